"""Data read as a Case says, and otherwise where something is said on top."""

import pytest

from comity.core.errors import InputError
from comity.inference.understanding.reading import read_behaviour


def test_the_case_says_how(answers):
    evidence, behaviour = answers
    assert (len(evidence), len(evidence.people), behaviour.kind) == (600, 60, "ultimatum")
    assert behaviour.options["total"] == 1


def test_the_file_is_what_its_script_makes(repository, tmp_path):
    namespace = {"__name__": "last_offer", "__file__": "last_offer.py"}
    exec((repository / "examples" / "last_offer.py").read_text("utf-8"), namespace)
    namespace["write"](tmp_path / "again.csv")
    shipped = (repository / "examples" / "last_offer.csv").read_text("utf-8")
    assert (tmp_path / "again.csv").read_text("utf-8") == shipped


def test_several_files_are_joined(repository, last_offer):
    file = repository / "examples" / "last_offer.csv"
    evidence, _ = read_behaviour([file, file], last_offer)
    assert len(evidence) == 1200


def test_what_is_said_on_top_goes_before_the_case(repository, last_offer):
    file = repository / "examples" / "last_offer.csv"
    with pytest.raises(InputError, match="nowhere"):
        read_behaviour([file], last_offer, columns={"offer": "nowhere"})


@pytest.mark.parametrize(
    ("data", "kind", "message"),
    [
        ([], "ultimatum", "no data"),
        (["x.csv"], "quarrel", "unknown kind of data"),
        (["x"], None, "no Case"),
    ],
)
def test_what_cannot_be_read_is_said(data, kind, message):
    with pytest.raises(InputError, match=message):
        read_behaviour(data, None, kind=kind)
