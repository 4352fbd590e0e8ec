"""Whatever is sent, no answer is a 5xx, every answer is as OpenAPI says, and memory stays flat."""

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
from room_mutations import mutated, resident
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
    ("GET", "/api/seat"),
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


ODD_PLACES = (
    "0",
    "1",
    "2147483647",
    "2147483648",
    "-1",
    "x",
    "",
    "1.5",
    "\u0661",
    "9" * 400,
    "0x1",
)


def test_streams_begin_somewhere_or_say_why_not(target):
    """Schemathesis reads to the end, which a stream has not."""
    path, token = f"{target.path}/events", bearer(target.tokens["A"])
    asked = [(start, {}) for start in ODD_PLACES]
    asked += [("0", {"Last-Event-ID": last.encode()}) for last in ODD_PLACES]
    for start, more in asked:
        headers = {**token, **more}
        with target.client.stream("GET", path, params={"from": start}, headers=headers) as answer:
            assert answer.status_code in (200, 422)
            if answer.status_code == 200:
                assert next(answer.iter_lines()).startswith("event: ")
            else:
                assert len(answer.read()) < 3000


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


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory is in use")
def test_ten_thousand_mutated_messages_and_memory_stays_flat(target):
    bombard(target, 1000, 0)
    before = resident()
    statuses = bombard(target, 10_000, 2)
    assert sum(statuses.values()) == 10_000
    assert {422, 403, 409} <= set(statuses)
    assert resident() - before < 50_000_000
