"""Mutated messages: refused with a reason or taken whole, never another error, never half taken."""

import copy

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.rooms.protocol.messages import Message, message_from_dict
from comity.rooms.protocol.state import CODES, Refused
from room_play import OPERATOR, agreeing, plain_json, table, talking

PHASES = ("joining", "committing", "revealing", "solving", "answering", "ended")
JUNK = [
    None,
    True,
    0,
    -1,
    0.5,
    1e308,
    10**400,
    float("nan"),
    float("-inf"),
    "",
    "A",
    "0" * 64,
    "\ud800",
    "x" * 5000,
    [],
    {},
    [[]],
    {"kind": "lottery"},
]


def places(data, path=()):
    """The path of every entry of plain JSON, large or small."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        yield (*path, key)
        if isinstance(value, (dict, list)):
            yield from places(value, (*path, key))


def mutated(data, rng):
    """Plain JSON with one place dropped, doubled, moved or replaced."""
    forged = copy.deepcopy(data)
    paths = list(places(forged))
    *path, last = paths[rng.integers(len(paths))]
    place = forged
    for key in path:
        place = place[key]
    kind = rng.integers(5)
    if kind == 0:
        del place[last]
    elif kind == 1 and isinstance(place, list):
        place.insert(0, copy.deepcopy(place[last]))
    elif kind == 1:
        place["more"] = copy.deepcopy(place[last])
    elif kind == 2 and isinstance(place[last], str) and place[last]:
        at = int(rng.integers(len(place[last])))
        place[last] = place[last][:at] + chr(int(rng.integers(1, 300))) + place[last][at + 1 :]
    else:
        place[last] = copy.deepcopy(JUNK[rng.integers(len(JUNK))])
    return forged


def honest(found):
    """Messages that could be sent now, and some that belong elsewhere."""
    room = found.room
    messages = [seat.next(room) for seat in found.seats.values()]
    messages += [seat.say(room, "note") for seat in found.seats.values()]
    messages += [seat.leave(room) for seat in found.seats.values()]
    messages += [entry.message for entry in room.entries]
    return [plain_json(message.to_dict()) for message in messages if message is not None]


def signed_again(data, found, rng):
    """The mutation, signed by who sends it half of the time, so that more than that counts."""
    seat = found.seats.get(data.get("author")) if isinstance(data.get("author"), str) else None
    key = seat.key if seat else OPERATOR
    fields = ("room", "type", "body", "author", "round", "after")
    if rng.integers(2) or not set(fields) <= set(data):
        return data
    try:
        signed = Message.signed(key, **{name: data[name] for name in fields}).to_dict()
    except (InputError, RecursionError, AttributeError, TypeError):
        return data
    return {**data, "key": signed["key"], "signature": signed["signature"]}


def state_of(found):
    return found.room.head, found.room.phase, dict(found.desk.waiting), dict(found.room.said)


def knock(found, data):
    """Send plain JSON; return the code of the refusal, or an empty word where it was taken."""
    before = state_of(found)
    try:
        message = message_from_dict(data)
        found.desk.take(message, found.now)
    except Refused as refusal:
        code, words = refusal.code, str(refusal)
    except InputError as error:
        code, words = "form", str(error)
    else:
        return ""
    assert state_of(found) == before
    assert code in CODES
    assert 0 < len(words) < 2000
    return code


def campaign(count, seed):
    """Codes of refusals of so many mutated messages over all phases of two Cases."""
    rng = np.random.default_rng(seed)
    codes: dict[str, int] = {}
    share = count // (2 * len(PHASES))
    for case in (agreeing, talking):
        for phase in PHASES:
            found = table(case()).until(phase)
            pool = honest(found)
            for _ in range(share):
                forged = mutated(pool[rng.integers(len(pool))], rng)
                code = knock(found, signed_again(forged, found, rng))
                codes[code] = codes.get(code, 0) + 1
                if not code:
                    found = table(case()).until(phase)
    return codes


def test_a_sample_of_mutated_messages():
    codes = campaign(600, seed=1)
    assert {"form", "signature", "phase"} <= set(codes)


@pytest.mark.slow
def test_ten_thousand_mutated_messages():
    codes = campaign(10_000, seed=2)
    assert sum(codes.values()) >= 9_990
    assert {"form", "signature", "phase", "seat", "room", "stale", "content"} <= set(codes)
    assert codes.get("", 0) < 1_500


def test_nesting_stops_at_the_door():
    """Whatever depth the reader of JSON lets through."""
    found = table(agreeing()).until("committing")
    data = found.next("A").to_dict()
    for levels in (33, 400, 900, 5000):
        deep: list = []
        for _ in range(levels):
            deep = [deep]
        assert knock(found, {**data, "body": {**data["body"], "draws": deep}}) == "form"
