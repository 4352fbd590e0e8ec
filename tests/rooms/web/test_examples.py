"""The Cases that ship with the pages."""

import pytest

from comity.cases import load
from comity.rooms.protocol.terms import Terms
from comity.rooms.web.examples import EXAMPLES, example, example_of, folder


def test_all_are_there_and_hold_a_room(examples):
    assert folder().resolve() == examples.resolve()
    for name in EXAMPLES:
        found = example(name)
        found.terms.check()
        assert set(found.reports) == set(found.terms.players) == set(found.about)


def test_terms_know_their_example_whatever_the_deadlines(examples):
    case = load(examples / "river.toml")
    assert example_of(Terms.of(case, {"joining": 5})).name == "river"


@pytest.mark.parametrize("change", ["title", "frame"])
def test_other_terms_are_no_example(examples, change):
    data = dict(Terms.of(load(examples / "river.toml")).data)
    data["title" if change == "title" else "frame"] = (
        "Another dam" if change == "title" else {**data["frame"], "states": ["a", "b"]}
    )
    assert example_of(Terms(data)) is None
