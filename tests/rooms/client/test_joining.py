"""Programs that take part in a room, from its opening to its verified end."""

import asyncio
import json
import threading
from dataclasses import replace

import numpy as np
import pytest

from comity.agreement import PARTIES, agree, default_payoffs, make_party
from comity.cases import load
from comity.core.errors import InputError
from comity.rooms.client.joining import join, join_async, open_room, open_room_async
from comity.rooms.protocol.verification import verify_log
from fake_rooms import ADDRESS, FakeServer


def test_two_programs_agree_on_what_the_same_case_leads_to(opened, river, play_all):
    found = play_all(opened, river)
    alone = agree(river, misreports="none")
    for i, (name, result) in enumerate(found.items()):
        assert result.status == alone.status == "agreed"
        assert result.play.to_dict() == alone.play.to_dict()
        model = river.models[name]
        worth = model.payoffs(alone.play)[i]
        default = default_payoffs(model, river.constitution)[i]
        assert result.worth.value == pytest.approx(worth)
        assert result.gain.value == pytest.approx(worth - default)
        assert result.gain.kind == "exact"
        assert result.verification.ok
        assert verify_log(json.loads(json.dumps(result.log)), river).ok


def test_all_hold_the_same_log_and_the_same_draw(opened, river, play_all):
    one, other = play_all(opened, river).values()
    assert one.log == other.log
    assert one.drawn == other.drawn
    outcomes = {tuple(outcome) for outcome in one.play.to_dict()["outcomes"]}
    assert one.drawn in outcomes


def test_nothing_of_a_model_leaves_before_all_have_committed(server, examples, play_all):
    case = load(examples / "household.toml")
    marked = mark(case)
    play_all(open_room(ADDRESS, case, transport=server.transport()), marked)
    sent = [(path, body) for _, _, path, body in server.heard]
    first = next(k for k, (_, body) in enumerate(sent) if '"reveal"' in body)
    posted = [json.loads(body)["type"] for path, body in sent[:first] if path.endswith("/messages")]
    assert sorted(posted) == ["commit"] * 2 + ["join"] * 2
    secrets = {repr(MARK + k) for k in range(1, 9)}
    before = "".join(path + body for path, body in sent[:first])
    after = "".join(path + body for path, body in sent[first:])
    assert not {secret for secret in secrets if secret[:12] in before}
    assert {secret for secret in secrets if secret[:12] in after}


MARK = 0.7318645201


def mark(case):
    """The Case with tastes that nothing else could spell."""

    def marked(party, k):
        block = f"tastes[{party.name}]"
        values = party.model.blocks()[block].values
        numbers = MARK + np.arange(1, 1 + len(values)) + 10 * k
        return replace(party, model=party.model.replace(block, numbers % 9), uncertainty={})

    parties = tuple(marked(party, k) for k, party in enumerate(case.parties))
    return replace(case, parties=parties)


OPTIONS = {
    "committed": {"demand": -100.0},
    "best-responding": {"tries": 10},
    "reputation-building": {"demand": 0.0},
    "fickle": {"among": ["honest", "cautious"]},
    "policy-switching": {"first": "honest", "then": "cautious"},
}


@pytest.mark.parametrize("kind", PARTIES)
def test_every_automatic_party_can_sit_at_a_table(kind, opened, river, play_all):
    behaviour = make_party(kind, OPTIONS.get(kind, {}))
    found = play_all(opened, river, {river.names[0]: behaviour})
    statuses = {result.status for result in found.values()}
    assert len(statuses) == 1
    assert statuses <= {"agreed", "refused", "declined", "no gain"}
    assert all(result.verification.ok for result in found.values())
    if kind == "silent":
        assert statuses == {"declined"}


def test_refusal_ends_without_agreement_and_each_hears_it(opened, river, play_all):
    name = river.names[1]
    found = play_all(opened, river, {name: make_party("committed", {"demand": 1e6})})
    assert {result.status for result in found.values()} == {"refused"}
    for result in found.values():
        assert result.play is None
        assert result.gain.kind == "unknown"
        assert result.verification.ok


def test_blocking_and_waiting_clients_meet(server, opened, river):
    names = list(opened.links)
    results = {}

    def run():
        results["sync"] = join(opened.links[names[0]], river, transport=server.transport())

    thread = threading.Thread(target=run)
    thread.start()
    found = asyncio.run(
        join_async(opened.links[names[1]], river, transport=server.async_transport())
    )
    thread.join()
    assert results["sync"].log == found.log
    assert found.status == "agreed"


def test_without_events_it_polls(river):
    server = FakeServer(events=False)
    opened = open_room(ADDRESS, river, transport=server.transport())

    async def both():
        return await asyncio.gather(
            *(
                join_async(link, river, transport=server.async_transport())
                for link in opened.links.values()
            )
        )

    one, other = asyncio.run(both())
    assert one.status == other.status == "agreed"
    tries = [path for _, _, path, _ in server.heard if path.endswith("/events")]
    assert len(tries) < 200


def test_a_room_opens_within_a_loop(server, river):
    found = asyncio.run(open_room_async(ADDRESS, river, transport=server.async_transport()))
    assert set(found.links) == set(river.names)
    assert found.operator == server.key.public


def test_a_link_to_nowhere(server, opened, river):
    with pytest.raises(InputError, match="opens no seat"):
        join(f"{ADDRESS}/s/{'x' * 43}", river, transport=server.transport())
    with pytest.raises(InputError, match="only lets one watch"):
        join(opened.watch, river, transport=server.transport())
