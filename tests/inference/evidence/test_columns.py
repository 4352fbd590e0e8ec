"""Finding columns by name, by spelling and as fields of oTree, and what is said where none is."""

import pytest

from comity.core.errors import InputError
from comity.inference.evidence.columns import ORDER, PERSON, Column, as_mapping, find_columns

GAVE = Column("gave", "what was given")
PIE = Column("pie", "what there was", required=False, also=("total",))
ASKED = (PERSON, GAVE, PIE)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["person", "gave", "pie"], ("person", "gave", "pie")),
        (["Person", "GAVE", "Total"], ("Person", "GAVE", "Total")),
        (["UserID", "gave"], ("UserID", "gave", None)),
        (["participant.code", "player.gave", "group.total"], None),
        (["Participant Code", "player_gave", "subsession.pie"], None),
        (["person", "GAVE", "gave"], ("person", "gave", None)),
        (["id", "sid", "gave"], ("sid", "gave", None)),
    ],
)
def test_by_name(names, found):
    places = find_columns(names, ASKED, {})
    assert tuple(places.get(c.name) for c in ASKED) == (found or tuple(names))


def test_given_names_numbers_and_absences():
    names = ["who", "x", "pie"]
    places = find_columns(names, ASKED, {"person": "WHO", "gave": "x", "pie": 10})
    assert places == {"person": "who", "gave": "x", "pie": 10.0}
    for absent in (None, ""):
        given = {"person": "who", "gave": "x", "pie": absent}
        assert "pie" not in find_columns(names, ASKED, given)


def test_columns_that_hold_nothing_are_passed_over_unless_they_are_asked_for():
    names, empty = ["person", "round", "trial"], frozenset(["round"])
    assert find_columns(names, (PERSON, ORDER), {}, empty)["order"] == "trial"
    assert find_columns(names, (PERSON, ORDER), {"order": "round"}, empty)["order"] == "round"


@pytest.mark.parametrize(
    ("names", "given", "words"),
    [
        (["person"], {}, r"no column for 'gave', what was given .*found person.*expected 'gave'"),
        (["person;gave"], {}, "one column only, so perhaps another delimiter"),
        (["person", "Gave", "gAVE"], {}, "several columns could be 'gave' .*Gave, gAVE"),
        (["person", "gave"], {"pie": "totl"}, r"columns\.pie: no column 'totl' .*person, gave"),
        (["person", "gave", "total"], {"pie": "totl"}, "no column 'totl'; is 'total' meant"),
        (["person", "gave"], {"peson": "a"}, "unknown name 'peson'; is 'person' meant"),
        (["person", "gave"], {"zzz": "a"}, r"unknown name 'zzz' \(expected person, gave, pie\)"),
        (["person", "gave"], {"gave": None}, "no column for 'gave'"),
        (["person", "gave"], {"gave": True}, "no column 'True'"),
        ([f"c{k}" for k in range(99)], {}, "c14 and 84 more"),
    ],
)
def test_what_is_not_found(names, given, words):
    with pytest.raises(InputError, match=words):
        find_columns(names, ASKED, given)


def test_options_that_are_tables():
    assert as_mapping(None, "payoffs", "") == {}
    assert as_mapping({1: 2}, "payoffs", "") == {"1": 2}
    with pytest.raises(InputError, match=r"payoffs: not a table \(found 'R=3'; expected numbers"):
        as_mapping("R=3", "payoffs", "numbers")
