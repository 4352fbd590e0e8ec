"""The schemas against real messages and mutated ones, by another package's validator."""

import subprocess
import sys

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from comity.core.errors import InputError
from comity.rooms.protocol.bodies import BODIES
from comity.rooms.protocol.messages import FIELDS, message_from_dict
from comity.rooms.protocol.schemas import room_schema
from comity.rooms.protocol.verification import log_to_dict
from room_forgeries import misformed
from room_play import ENDINGS, agreeing, dealing, elaborate, plain_json, play_out, table

SCHEMA = room_schema()


def validator(name):
    return Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{name}"})


LOG, MESSAGE = validator("log"), validator("message")


def test_it_is_a_schema_of_2020_12():
    Draft202012Validator.check_schema(SCHEMA)
    assert set(BODIES) <= set(SCHEMA["$defs"])


@pytest.mark.parametrize("name", ENDINGS)
def test_every_log_fits(name):
    log = plain_json(log_to_dict(ENDINGS[name]().room))
    assert list(LOG.iter_errors(log)) == []


@pytest.mark.parametrize("case", [dealing, elaborate])
def test_negotiations_and_facts_fit(case):
    assert LOG.is_valid(plain_json(log_to_dict(play_out(case()).room)))


def test_talk_fits():
    found = table(agreeing()).until("answering")
    assert MESSAGE.is_valid(found.seats["A"].say(found.room, "ask", "C", "Why?").to_dict())


def real_messages():
    rooms = [make().room for make in ENDINGS.values()]
    found = {e.message.type: e.message.to_dict() for room in rooms for e in room.entries}
    return [plain_json(found[name]) for name in sorted(found)]


def is_read(message):
    try:
        message_from_dict(message)
    except InputError:
        return False
    return True


def test_what_is_not_read_does_not_fit():
    """500 mutations: the schema takes nothing that the reader refuses."""
    rng = np.random.default_rng(1)
    messages = real_messages()
    refused = 0
    for _ in range(500):
        forged = misformed(messages[rng.integers(len(messages))], rng)
        if not is_read(forged):
            refused += 1
            assert not MESSAGE.is_valid(forged), forged
    assert refused > 300


@pytest.mark.parametrize("name", FIELDS)
def test_a_message_without_a_field_does_not_fit(name):
    for message in real_messages():
        assert MESSAGE.is_valid(message)
        assert not MESSAGE.is_valid({k: v for k, v in message.items() if k != name})


@pytest.mark.parametrize(
    "change",
    [{"author": "A"}, {"round": 1}, {"after": "1" * 64}, {"protocol": "comity-room-2"}],
    ids=str,
)
def test_who_opens_a_room_speaks_for_no_seat_and_follows_nothing(change):
    (first,) = [m for m in real_messages() if m["type"] == "propose"]
    assert not MESSAGE.is_valid({**first, **change})


def test_a_body_fits_its_own_type_alone():
    messages = real_messages()
    for message, other in zip(messages, [*messages[1:], messages[0]], strict=True):
        assert not MESSAGE.is_valid({**message, "body": other["body"]})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("deadlines", "joining"), 0),
        (("deadlines", "joining"), -5),
        (("frame", "players"), ["A"]),
        (("frame", "players"), ["A", "A"]),
        (("frame", "players"), [str(k) for k in range(51)]),
        (("frame", "kind"), "war"),
        (("title",), "x" * 201),
    ],
    ids=str,
)
def test_terms_out_of_range_do_not_fit(path, value):
    terms = plain_json(log_to_dict(play_out(agreeing()).room))["entries"][0]["message"]["body"]
    place = terms["terms"]
    for key in path[:-1]:
        place = place[key]
    assert validator("terms").is_valid(terms["terms"])
    place[path[-1]] = value
    assert not validator("terms").is_valid(terms["terms"])


def test_the_schema_needs_no_server():
    """Whoever prints it loads no web framework and no database."""
    script = (
        "import sys, comity.rooms.protocol.schemas as s; s.room_schema(); "
        "print(sorted({'fastapi', 'sqlalchemy', 'httpx', 'mcp'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
