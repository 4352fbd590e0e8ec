"""What was written comes back, and anything else is named."""

import json

import pytest

from comity.core.errors import InputError
from comity.evaluation.files import LARGEST, evaluation_from_dict, read_evaluation
from evaluating import evaluated


def test_there_and_back(tmp_path):
    found = evaluated("honest")
    file = tmp_path / "card.json"
    file.write_text(json.dumps(found.to_dict()), "utf-8")
    assert read_evaluation(file).to_dict() == found.to_dict()
    assert read_evaluation(file) == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("[]", "not an evaluation"),
        ('{"kind": "comity evaluation"}', "a damaged evaluation"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_other_files(tmp_path, text, message):
    file = tmp_path / "x.json"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=message) as error:
        read_evaluation(file)
    assert "x.json" in str(error.value)


def test_no_file(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_evaluation(tmp_path / "none.json")


def test_a_file_too_large(tmp_path):
    file = tmp_path / "large.json"
    with file.open("wb") as stream:
        stream.truncate(LARGEST + 1)
    with pytest.raises(InputError, match="too large"):
        read_evaluation(file)


def damaged(change):
    data = json.loads(json.dumps(evaluated("honest").to_dict()))
    change(data)
    return data


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d["settings"].update(format=99),
        lambda d: d["settings"].update(more=1),
        lambda d: d["settings"].pop("digests"),
        lambda d: d["scores"][0].pop("figure"),
        lambda d: d["scores"][0].pop("difference"),
        lambda d: d["scores"][0]["values"].update(dilemmas=["x"]),
        lambda d: d.update(cells=3),
        lambda d: d.pop("level"),
    ],
)
def test_damage_is_refused(change):
    with pytest.raises(InputError):
        evaluation_from_dict(damaged(change))
