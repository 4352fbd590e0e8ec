import numpy as np
import pytest

from cases.bad_files import DEAL, GAME
from comity.cases import dumps, loads
from comity.cases.translate import from_data, to_data

WATCHED = """
[[evidence]]
quantity = "delay"
values = [4, 6]
cell = "drive | drive"
state = "dry"
source = "a count of cars"

[parties.Bo]
kind = "exaggerating"
options = { factor = 2 }
about = "In a hurry."
"""


def test_evidence_and_parties():
    case = loads(GAME + WATCHED)
    item = case.evidence[0]
    assert (item.quantity, item.cell, item.state) == ("delay", "drive, drive", "dry")
    assert item.values.tolist() == [4, 6]
    assert item.sd is None
    assert (case.parties[0].kind, case.parties[1].kind) == ("honest", "exaggerating")
    assert case.parties[1].options == {"factor": 2}
    assert 'cell = "drive | drive"' in dumps(case)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"drive | drive"', '"drive | *"', "one outcome or all"),
        ('"drive | drive"', '"drive"', "not an outcome"),
        ('"dry"', '"drie"', "mean 'dry'"),
        ("[4, 6]", "[]", "no observations"),
        ("[4, 6]", "[4, 6]\nsd = 0", "noise is not positive"),
    ],
)
def test_evidence_that_is_none(old, new, words):
    _, faults = _read(GAME + WATCHED.replace(old, new, 1))
    assert len(faults) == 1
    assert words in str(faults[0])
    assert faults[0].place.startswith("evidence.0")


def _read(text):
    import tomllib

    return from_data(tomllib.loads(text))


def test_evidence_on_issues():
    text = DEAL.replace('["Ana", "Bo"]', '["Ana", "Bo"]\nquantities = ["noise"]')
    for name in ("Ana", "Bo"):
        text += f"[models.{name}.facts]\nnoise = {{ room = {{ big = 2, small = 1 }} }}\n"
    text += '[[evidence]]\nquantity = "noise"\nvalues = [1, 2]\ncell = "CELL"\n'
    assert loads(text.replace("CELL", "room: big")).evidence[0].cell == "room: big"
    assert loads(text.replace("CELL", "room")).evidence[0].cell == "room"
    _, faults = _read(text.replace("CELL", "room: huge"))
    assert "unknown option" in str(faults[0])


def test_there_and_back():
    case, faults = from_data(to_data(loads(GAME + WATCHED)))
    assert faults == []
    assert to_data(case) == to_data(loads(GAME + WATCHED))


def test_nothing_is_filled_in_twice():
    once = loads(GAME)
    twice = loads(dumps(once))
    assert twice.assumptions == once.assumptions
    np.testing.assert_array_equal(twice.models["Bo"].tastes, once.models["Bo"].tastes)


def test_no_half_read_case_is_returned():
    case, faults = from_data({"title": "x"})
    assert case is None
    assert faults
