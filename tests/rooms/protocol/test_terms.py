"""Terms that hold whatever is reported, and hostile ones that are refused quickly."""

import copy
import dataclasses
import tracemalloc

import pytest

from agreement_situations import chicken
from comity.cases import Party
from comity.core.errors import InputError
from comity.rooms.protocol.keys import Key
from comity.rooms.protocol.messages import Message, message_from_dict
from comity.rooms.protocol.room import Room
from comity.rooms.protocol.state import Refused
from comity.rooms.protocol.terms import DEADLINES, MOST_NUMBERS, MOST_PARTIES, Terms
from room_play import (
    OPERATOR,
    ROOM,
    START_TIME,
    agreeing,
    dealing,
    elaborate,
    plain_json,
    refusing,
    talking,
    three,
)

CASES = (agreeing, dealing, elaborate, refusing, talking, three)


def terms_of(case):
    return plain_json(dict(Terms.of(case()).data))


@pytest.mark.parametrize("case", CASES)
def test_terms_of_a_case_hold_and_hash_alike_on_both_sides(case):
    made = Terms.of(case())
    made.check()
    read = Terms(terms_of(case))
    read.check()
    assert read.hash == made.hash
    assert read.constitution == made.constitution
    assert read.notion == made.notion


def test_no_model_is_in_the_terms():
    """Cases that differ in every number of their models have the same terms."""
    made = agreeing()
    shifted = [Party(p.name, chicken(p.model.table * 3 + 1)) for p in made.parties]
    other = dataclasses.replace(made, parties=tuple(shifted))
    assert Terms.of(other).data == Terms.of(made).data


def hostile():
    """Terms that somebody made up, each with the place where it breaks."""
    players = [f"p{k}" for k in range(51)]
    many = [["a", "b"]] * 20
    frames = {
        "huge": {"players": players[:20], "actions": many},
        "wide": {"actions": [[str(k) for k in range(600)]] * 2},
        "states": {"states": [str(k) for k in range(40_000)]},
        "quantities": {"quantities": [str(k) for k in range(90_000)]},
        "51 parties": {"players": players, "actions": [["a"]] * 51},
        "one party": {"players": ["A"], "actions": [["a"]]},
        "no party": {"players": [], "actions": []},
        "twins": {"players": ["A", "A"]},
        "no names": {"players": ["", "B"]},
        "numbers as names": {"players": [1, 2]},
        "a long name": {"players": ["x" * 201, "B"]},
        "text for actions": {"actions": "ab"},
        "numbers for actions": {"actions": [1, 2]},
        "no actions": {"actions": [[], []]},
        "twin actions": {"actions": [["a", "a"], ["a", "b"]]},
        "kind": {"kind": "war"},
        "kinds": {"kind": ["normal-form"]},
        "more": {"more": 1},
        "nan": {"states": [float("nan")]},
        "nulls": {"players": None},
    }
    rules = {
        "rounds": {"talk": {"rounds": -1, "tolerance_step": 0.0, "revise": 0.0}},
        "solution": {"solution": ["war"]},
        "solutions": {"solution": 3},
        "acceptance": {"acceptance": [{"rule": "war"}]},
        "policy": {"default": "policy", "policy": {}},
        "unknown": {"unknown": 1},
        "nan": {"disagreement_point": {"A": float("nan")}},
    }
    whole = {
        "no object": None,
        "a list": [],
        "evidence": {"evidence": [{"quantity": "x"}]},
        "evidence as text": {"evidence": "x"},
        "title": {"title": 3},
        "long title": {"title": "x" * 201},
        "long summary": {"summary": "x" * 2001},
        "more": {"more": 1},
    }
    deadlines = [-1, 0, True, 1.5, "1", None, 10**400, 366 * 86400 + 1, float("inf")]
    for name, change in frames.items():
        yield f"frame: {name}", lambda d, c=change: d["frame"].update(c)
    for name, change in rules.items():
        yield f"rules: {name}", lambda d, c=change: d["constitution"].update(c)
    for name, change in whole.items():
        yield f"terms: {name}", lambda d, c=change: d.update(c) if isinstance(c, dict) else c
    for value in deadlines:
        change = {"joining": value}
        yield f"deadline: {str(value)[:9]}", lambda d, c=change: d["deadlines"].update(c)


HOSTILE = dict(hostile())


def made_hostile(name):
    data = terms_of(agreeing)
    change = HOSTILE[name]
    if name in ("terms: no object", "terms: a list"):
        return change(data)
    change(data)
    return data


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_terms_are_bad_input_and_cost_nothing(name):
    data = made_hostile(name)
    tracemalloc.start()
    with pytest.raises(InputError):
        Terms(data).check()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 20e6


@pytest.mark.parametrize("name", HOSTILE)
def test_a_room_does_not_open_by_them(name):
    """They come in a signed message; those without a canonical form cannot even be signed."""
    data, key = made_hostile(name), Key(bytes(32))
    try:
        message = Message.signed(key, room=ROOM, type="propose", body={"terms": data})
        message = message_from_dict(message.to_dict())
    except InputError:
        return
    with pytest.raises(Refused) as refusal:
        Room(OPERATOR.public).check(message, START_TIME)
    assert refusal.value.code == "content"


@pytest.mark.parametrize("levels", [40, 500, 900, 100_000])
@pytest.mark.parametrize("place", ["frame", "constitution", "evidence", "title"])
def test_deep_terms_are_bad_input(levels, place):
    data, deep = terms_of(agreeing), []
    for _ in range(levels):
        deep = [deep]
    data[place] = deep
    with pytest.raises(InputError, match="nested too deep"):
        Terms(data).check()


def test_the_largest_frames_that_are_allowed_hold():
    side = int((MOST_NUMBERS / 2) ** 0.5)
    data = terms_of(agreeing)
    data["frame"]["actions"] = [[str(k) for k in range(side)]] * 2
    Terms(data).check()
    data["frame"]["actions"][0] = [str(k) for k in range(side + 2)]
    with pytest.raises(InputError, match="too large"):
        Terms(copy.deepcopy(data)).check()


def test_fifty_parties_may_meet():
    data = terms_of(dealing)
    data["frame"]["players"] = [f"p{k}" for k in range(MOST_PARTIES)]
    Terms(data).check()


def test_terms_state_everything_in_full():
    data = terms_of(agreeing)
    del data["constitution"]["tie_break"]
    with pytest.raises(InputError, match="full form"):
        Terms(data).check()
    data = terms_of(dealing)
    data["frame"]["constraints"] = [{"label": "x", "limit": True, "coefficients": [0.0] * 6}]
    with pytest.raises(InputError, match="full form"):
        Terms(data).check()


def test_deadlines_are_those_asked_for():
    made = Terms.of(agreeing(), {"answering": 5})
    assert made.data["deadlines"] == {**DEADLINES, "answering": 5}
