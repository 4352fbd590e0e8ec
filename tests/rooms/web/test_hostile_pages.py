"""Whatever a page's paths are sent, no answer is a 5xx, all are short, and memory stays flat."""

import random
import sys
from collections import Counter

import httpx
import pytest

from comity.rooms.service.settings import Limits
from comity.rooms.web.automatic import BEHAVIOURS
from comity.rooms.web.examples import example
from room_mutations import mutated, resident, scrambled
from room_play import plain_json
from rooms_http import Meeting, bearer

FREELY = Limits(rate=1e6, burst=10**6, open_rate=1e6, open_burst=10**6)
NAME = "chicken"


@pytest.fixture
def target(serve):
    """A server that does not count requests, and a room about a shipped example on it."""
    server = serve(limits=FREELY)
    with httpx.Client(base_url=server.url, timeout=60) as client:
        yield Meeting(client, example(NAME).case)


def sound(target, examples) -> dict[str, list]:
    """Bodies that each path takes."""
    found = example(NAME)
    text = (examples / f"{NAME}.toml").read_text("utf-8")
    public = text[: text.index("[models.")]
    terms = plain_json(dict(found.terms.data))
    reports = plain_json(found.reports)
    return {
        "/open/rules": [{"terms": terms}, {"text": public, "format": "toml"}],
        "/workbench/case": [{"text": text, "format": "toml"}],
        "/workbench/agree": [{"terms": terms, "reports": reports}],
        f"/rooms/{target.id}/automatic": [{"kind": kind} for kind in BEHAVIOURS],
    }


def odd(body: dict, dice: random.Random):
    if "text" in body and dice.random() < 0.8:
        return {**body, "text": scrambled(body["text"], dice)}
    return mutated(body, dice)


def bombard(target, examples, path: str, count: int, seed: int) -> Counter:
    """Send so many odd bodies to one path; return the statuses of the answers."""
    dice, statuses = random.Random(seed), Counter()
    bodies = next(bodies for known, bodies in sound(target, examples).items() if path in known)
    address = next(known for known in sound(target, examples) if path in known)
    headers = bearer(target.tokens["Row"]) if path == "automatic" else {}
    for _ in range(count):
        body = odd(dice.choice(bodies), dice)
        answer = target.client.post(address, json=body, headers=headers)
        statuses[answer.status_code] += 1
        assert answer.status_code < 500, (answer.status_code, body)
        if answer.status_code >= 400:
            assert answer.json()["error"]["message"]
            assert len(answer.content) < 3000
    return statuses


PATHS = ("/open/rules", "/workbench/case", "/workbench/agree", "automatic")


@pytest.mark.parametrize("path", PATHS)
def test_a_sample_of_odd_bodies(target, examples, path):
    assert bombard(target, examples, path, 40, 1)[422] > 3


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory is in use")
@pytest.mark.parametrize("path", PATHS)
def test_many_odd_bodies_and_memory_stays_flat(target, examples, path):
    bombard(target, examples, path, 100, 0)
    before = resident()
    bombard(target, examples, path, 600, 2)
    assert resident() - before < 50_000_000


@pytest.mark.parametrize("name", ["Row", "Column", None])
def test_automatic_parties_move_by_their_own_link_alone(target, name):
    path = f"/rooms/{target.id}/automatic"
    answer = target.client.post(path, json={"kind": "honest"}, headers=bearer(target.tokens[name]))
    assert answer.status_code == (403 if name is None else 200)


def test_pages_that_are_asked_for_oddly(target):
    dice = random.Random(3)
    paths = ["/", "/open", "/workbench", f"/rooms/{target.id}", f"/rooms/{target.id}/panel"]
    odd = [
        "x" * 3000,
        "\0",
        "%ff",
        "de",
        "../..",
        "en\r\nX: y",
        "\u202e",
        "[]",
        "{{7*7}}",
        "<script>",
    ]
    for _ in range(60):
        params = {name: dice.choice(odd) for name in dice.sample(["lang", "about", "from", "x"], 2)}
        headers = {**bearer(target.tokens["Row"]), "Accept-Language": dice.choice(odd[3:5])}
        answer = target.client.get(dice.choice(paths), params=params, headers=headers)
        assert answer.status_code < 500
        assert "<script>" not in answer.text.lower().replace("<script src", "")
