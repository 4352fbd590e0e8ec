"""Whatever is sent, no answer is a 5xx, every answer is as OpenAPI says, and memory stays flat."""

import json
import os
import random
import sys
from collections import Counter

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from comity.rooms.service.settings import Limits
from room_play import agreeing, plain_json
from rooms_http import Meeting, bearer

FREELY = Limits(rate=1e6, burst=10**6, open_rate=1e6, open_burst=10**6)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PATHS = (
    ("GET", "/api/operator"),
    ("POST", "/api/rooms"),
    ("GET", "/api/rooms/{room}"),
    ("GET", "/api/rooms/{room}/log"),
    ("POST", "/api/rooms/{room}/messages"),
    ("GET", "/healthz"),
    ("GET", "/metrics"),
)
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.fixture
def target(serve):
    """A server that does not count requests, and a room on it."""
    server = serve(limits=FREELY)
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        meeting.move("A")
        meeting.server = server
        yield meeting


def probe(target, method: str, path: str, examples: int) -> None:
    """Send what schemathesis makes of one path; with a token and a real room, or without."""
    schema = schemathesis.openapi.from_dict(target.server.app.openapi())
    operation = schema[path][method]
    token = target.tokens["A"]

    @settings(max_examples=examples, deadline=None, suppress_health_check=QUIET, database=None)
    @given(operation.as_strategy(), st.booleans())
    def send(case, known) -> None:
        if known and case.path_parameters:
            case.path_parameters["room"] = target.id
        answer = case.call(base_url=target.server.url, headers=bearer(token))
        case.validate_response(answer, checks=CHECKS)

    send()


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_a_sample_of_everything(target, method, path):
    probe(target, method, path, 8)


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), PATHS)
def test_much_of_everything(target, method, path):
    probe(target, method, path, 300)


def mutated(data, dice: random.Random):
    """A message with one thing in it changed for something odd, at any depth."""
    data = json.loads(json.dumps(data))
    node = data
    while True:
        if not node:
            return data
        key = dice.choice(sorted(node)) if isinstance(node, dict) else dice.randrange(len(node))
        if isinstance(node[key], (dict, list)) and node[key] and dice.random() < 0.75:
            node = node[key]
            continue
        odd = dice.choice(ODD)
        if odd is DROP:
            del node[key]
        else:
            node[key] = odd(node[key], dice) if callable(odd) else odd
        return data


DROP = object()
ODD = (
    DROP, None, True, 0, -1, 0.5, 1e308, 2**53 + 1, -(2**63), "", "\0", "\u202e", "x" * 3000,
    [], {},
    [[]] * 50, {"a": {}}, {"": 1},
    lambda value, dice: [value],
    lambda value, dice: {"value": value},
    lambda value, dice: value[::-1] if isinstance(value, (str, list)) else str(value),
    lambda value, dice: value * 2 if isinstance(value, (str, list, int)) else value,
)  # fmt: skip


def bombard(target, count: int, seed: int) -> Counter:
    """Send so many mutated messages of all kinds; return the statuses of the answers."""
    dice, statuses = random.Random(seed), Counter()
    messages = [target.opening.to_dict()]
    other = Meeting(target.client, agreeing())
    while other.until("committing", "revealing", "answering")["phase"] != "ended":
        room = other.room()
        for name in other.state()["missing"]:
            messages.append(plain_json(other.seats[name].next(room).to_dict()))
            assert other.move(name).status_code == 200
    messages.append(plain_json(target.seats["A"].say(target.room(), "ask").to_dict()))
    headers = bearer(target.tokens["A"])
    for _ in range(count):
        message = mutated(dice.choice(messages), dice)
        if dice.random() < 0.3:
            answer = target.client.post("/api/rooms", json={"message": message})
        else:
            answer = target.client.post(f"{target.path}/messages", json=message, headers=headers)
        statuses[answer.status_code] += 1
        assert answer.status_code < 500, (answer.status_code, message)
        assert answer.status_code < 300 or answer.json()["error"]["message"]
        assert len(answer.content) < 3000
    return statuses


def test_mutated_messages(target):
    statuses = bombard(target, 100, 1)
    assert statuses[422] > 20


def resident() -> int:
    """Bytes of memory of this process, the server among it."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory is in use")
def test_ten_thousand_mutated_messages_and_memory_stays_flat(target):
    bombard(target, 1000, 0)
    before = resident()
    statuses = bombard(target, 10_000, 2)
    assert sum(statuses.values()) == 10_000
    assert {422, 403, 409} <= set(statuses)
    assert resident() - before < 50_000_000
