"""Crashes, lies and deadlines, as one seat lives through them."""

import asyncio
import json

import pytest

from comity.core.errors import InputError
from comity.rooms.client import chair as chairs
from comity.rooms.client.calls import Calls, Unreachable
from comity.rooms.client.driving import Driver
from comity.rooms.client.entering import Guest, enter
from comity.rooms.client.joining import join, join_async, open_room
from comity.rooms.client.links import Link
from comity.rooms.client.witness import Untrusted
from fake_rooms import ADDRESS, FakeServer


class Killed(BaseException):
    """The process ends here."""


def meet(server, links, case, **options):
    """How it ends for each who takes part, an error in place of a result."""

    async def everybody():
        jobs = [
            join_async(
                link,
                case,
                options.get("behaviours", {}).get(name),
                state=options.get("states", {}).get(name),
                transport=server.async_transport(),
                patience=options.get("patience", 5.0),
            )
            for name, link in links.items()
        ]
        return await asyncio.gather(*jobs, return_exceptions=True)

    return dict(zip(links, asyncio.run(everybody()), strict=True))


def sent(server, token):
    """Messages that came with a token, by type."""
    found = {}
    for heard, method, path, body in server.heard:
        if heard == token and method == "POST" and path.endswith("/messages"):
            message = json.loads(body)
            found.setdefault(message["type"], []).append(body)
    return found


@pytest.mark.parametrize("kind", ["join", "commit", "reveal", "answer"])
@pytest.mark.parametrize("heard", [True, False])
def test_after_a_crash_it_goes_on_and_commits_once(kind, heard, river, tmp_path):
    """The process dies while a message is under way, and the server has it or has it not."""
    server = FakeServer()
    opened = open_room(ADDRESS, river, transport=server.transport())
    name, other = river.names
    state = tmp_path / "seat"
    answer = server._answer
    killed = []

    def deadly(request):
        mine = request.url.path.endswith("/messages") and f'"author":"{name}"' in body(request)
        if mine and f'"type":"{kind}"' in body(request) and not killed:
            killed.append(answer(request) if heard else None)
            server.heard.append((request.headers["authorization"][7:], "POST", "/messages", ""))
            server.heard[-1] = (*server.heard[-1][:3], request.content.decode())
            raise Killed
        return answer(request)

    def body(request):
        return request.content.decode().replace('": ', '":')

    async def run():
        async def first():
            try:
                await joined(name)
            except Killed:
                return await joined(name)

        async def joined(who):
            where = state if who == name else None
            return await join_async(
                opened.links[who], river, state=where, transport=server.async_transport()
            )

        return await asyncio.gather(first(), joined(other))

    server._answer = deadly
    one, two = asyncio.run(run())
    assert killed
    assert one.status == two.status == "agreed"
    assert one.log == two.log
    token = opened.links[name].rpartition("/")[2]
    for kind_, bodies in sent(server, token).items():
        assert len(set(bodies)) == 1, kind_
    assert len(sent(server, token)[kind]) >= 2


def test_a_wavering_party_reveals_what_it_committed_to(river, tmp_path):
    """A report made anew after the crash would not open the commitment."""
    server = FakeServer()
    opened = open_room(ADDRESS, river, transport=server.transport())
    name, other = river.names

    class Wavering:
        asked = 0

        def report(self, context):
            Wavering.asked += 1
            block = f"tastes[{name}]"
            values = context.model.blocks()[block].values
            return context.model.replace(block, values + 0.01 * Wavering.asked)

        def respond(self, context, proposal):
            return context.judge(proposal)

        def act(self, context, play):
            return "comply"

    behaviours = {name: Wavering()}
    states = {name: tmp_path / "seat"}
    found = meet(server, opened.links, river, behaviours=behaviours, states=states)
    assert Wavering.asked == 1
    assert found[other].status in ("agreed", "refused")
    again = meet(server, {name: opened.links[name]}, river, behaviours=behaviours, states=states)
    assert again[name].log == found[name].log
    assert Wavering.asked == 1


def test_without_its_state_the_seat_is_lost(server, opened, river):
    name = river.names[0]
    link = opened.links[name]
    first = meet(server, opened.links, river)
    assert all(not isinstance(result, BaseException) for result in first.values())
    with pytest.raises(InputError, match="somebody has taken the seat"):
        join(link, river, transport=server.transport())


def test_a_server_that_comes_back(river):
    server = FakeServer()
    opened = open_room(ADDRESS, river, transport=server.transport())
    server.down = 6
    assert {result.status for result in meet(server, opened.links, river).values()} == {"agreed"}


def test_a_server_that_stays_away(river, server, opened):
    server.down = 10**6
    with pytest.raises(Unreachable, match="does not answer"):
        join(opened.links[river.names[0]], river, transport=server.transport(), patience=0.5)


def test_a_server_that_denies_what_it_took(river):
    """It takes a commitment, and ends the room as if none had come."""
    server = FakeServer()
    opened = open_room(ADDRESS, river, {"committing": 5}, transport=server.transport())
    name, other = river.names

    take = server.take

    def deny(desk, who, data):
        if data["type"] == "commit" and who == name:
            server.ahead = 10_000
            return 200, {"held": False, "entries": len(desk.room.entries)}
        if data["type"] == "commit":
            return 200, {"held": False, "entries": len(desk.room.entries)}
        return take(desk, who, data)

    server.take = deny
    found = meet(server, opened.links, river)
    assert isinstance(found[name], Untrusted)
    assert "as if" in str(found[name])
    log = found[name].evidence["log"]
    assert log["entries"][-1]["message"]["body"]["missing"] == [name, other]


def test_a_server_that_never_ends_a_phase(river, monkeypatch):
    server = FakeServer()
    opened = open_room(ADDRESS, river, {"joining": 1}, transport=server.transport())
    server.go_on = lambda desk: None
    monkeypatch.setattr(chairs, "GRACE", 0.3)
    with pytest.raises(Untrusted, match="and it goes on"):
        join(opened.links[river.names[0]], river, transport=server.transport())


def test_who_waits_for_nobody_hears_that_it_expired(river):
    server = FakeServer()
    opened = open_room(ADDRESS, river, {"joining": 1}, transport=server.transport())
    name, other = river.names
    found = join(opened.links[name], river, transport=server.transport())
    assert found.status == "expired"
    assert found.missing == (other,)
    assert found.verification.ok


def test_a_proposal_that_does_not_follow_makes_it_leave(river):
    server = FakeServer()
    opened = open_room(ADDRESS, river, transport=server.transport())
    go_on = server.go_on

    def cheat(desk):
        room = desk.room
        if room.phase != "solving":
            return go_on(desk)
        from comity.rooms.protocol.solving import solve

        body = json.loads(json.dumps(solve(room.terms, room.opened, room.round)))
        body["payoffs"][0] += 1.0
        return desk.propose(body, server.now)

    server.go_on = cheat
    found = meet(server, opened.links, river)
    for result in found.values():
        assert result.status == "left"
        assert not result.verification.ok
        assert "payoffs" in str(result.verification.faults[0])


def test_lost_messages_are_said_again(river, monkeypatch):
    """A database restored from yesterday has forgotten what it acknowledged."""
    monkeypatch.setattr(chairs, "LONGEST_WAIT", 0.2)
    server = FakeServer()
    opened = open_room(ADDRESS, river, transport=server.transport())
    forgotten = []
    take = server.take

    def forget(desk, who, data):
        if data["type"] == "reveal" and who == river.names[0] and not forgotten:
            forgotten.append(data)
            return 200, {"held": True, "entries": len(desk.room.entries)}
        return take(desk, who, data)

    server.take = forget
    found = meet(server, opened.links, river)
    assert forgotten
    assert {result.status for result in found.values()} == {"agreed"}


def test_a_room_that_went_on_meanwhile_is_no_error(server, opened, river):
    """The other walks away while a commitment is under way."""
    chairs = []
    for link in map(Link.read, opened.links.values()):
        driver = Driver(link.server, link.token, server.transport())
        chairs.append((driver, driver.run(enter(Calls(), Guest(river)))))
    for driver, chair in chairs:
        driver.run(chair.move())
    for driver, chair in chairs:
        driver.run(chair.look())
    (mine, chair), (yours, partner) = chairs
    yours.run(partner.leave())
    assert chair.room.phase == "committing"
    assert mine.run(chair.move())
    assert chair.room.outcome["status"] == "left"
    for driver, _ in chairs:
        driver.http.close()


def test_a_chair_can_be_moved_by_hand(server, opened, river):
    """What an interface for people or agents does: say, look, answer, leave."""
    heard = []
    link = Link.read(opened.links[river.names[0]])
    other = Link.read(opened.links[river.names[1]])
    with (
        Driver(link.server, link.token, server.transport()) as mine,
        Driver(other.server, other.token, server.transport()) as yours,
    ):
        chair = mine.run(enter(Calls(), Guest(river, watch=heard.append)))
        partner = yours.run(enter(Calls(), Guest(river)))
        for _ in range(3):
            mine.run(chair.move())
            yours.run(partner.move())
            mine.run(chair.look())
            yours.run(partner.look())
        assert chair.room.phase == "answering"
        mine.run(chair.say("ask", "facts", "How sure are you?"))
        mine.run(chair.look())
        assert chair.room.said == {river.names[0]: 1}
        assert mine.run(chair.answer(True))
        yours.run(partner.answer(False, ("other",)))
        mine.run(chair.look())
        assert chair.room.phase != "answering" or chair.room.round == 1
        if chair.room.phase != "ended":
            mine.run(chair.leave("Enough."))
            mine.run(chair.look())
        assert chair.room.outcome["status"] in ("refused", "left")
    assert [entry.index for entry in heard] == list(range(len(heard)))
