import asyncio
from dataclasses import replace

import pytest

from comity.cases import loads
from comity.core.errors import InputError, SizeError
from comity.rooms.client import chair as chairs
from comity.rooms.client.joining import open_room
from comity.rooms.protocol.verification import verify_log
from comity.rooms.tools import seats as module
from comity.rooms.tools.seats import Seats
from fake_rooms import ADDRESS


@pytest.fixture
def case(river):
    return loads(river)


@pytest.fixture
def opened(rooms, case):
    return open_room(ADDRESS, case, transport=rooms.transport())


@pytest.fixture
def seats(rooms):
    return Seats(ADDRESS, transport=rooms.async_transport())


async def sit(seats, opened, case):
    """The handles of all seats."""
    return [(await seats.join(link, case, name))["seat"] for name, link in opened.links.items()]


def test_two_agents_go_to_a_verified_agreement(seats, opened, case):
    async def play():
        one, other = await sit(seats, opened, case)
        assert (await seats.state(one))["next"] == "commit"
        for seat in (one, other):
            told = await seats.commit(seat, None)
        assert told["next"] == "reveal"
        assert (await seats.state(one))["next"] == "reveal"
        for seat in (one, other):
            told = await seats.reveal(seat)
        assert told["next"] == "answer"
        assert told["proposal"]["rules_accept"]
        await seats.say(one, "thank", "", "Fair enough.")
        await seats.answer(one, True, ())
        assert (await seats.state(one))["next"] == "wait"
        told = await seats.answer(other, True, ())
        return told, await seats.state(one), await seats.log(one)

    told, again, log = asyncio.run(play())
    for seen in (told, again):
        assert seen["next"] == "nothing"
        assert seen["result"]["status"] == "agreed"
        assert seen["result"]["verification"]["ok"]
    assert told["talk"] == [
        {"party": case.names[0], "act": "thank", "about": "", "text": "Fair enough."}
    ]
    assert verify_log(log, case).ok


def test_an_agent_may_state_another_view(seats, opened, case):
    name, other = case.names
    block = f"tastes[{name}]"
    party = case.parties[0]
    bent = party.model.replace(block, party.model.blocks()[block].values + 1.0)
    stated = replace(case, parties=(replace(party, model=bent), case.parties[1]))

    async def play():
        one, two = await sit(seats, opened, case)
        await seats.commit(one, stated)
        await seats.commit(two, None)
        await seats.reveal(one)
        await seats.reveal(two)
        return seats._find(two).chair.room

    room = asyncio.run(play())
    seen = room.reports[name].blocks()[block].values
    assert seen == pytest.approx(bent.blocks()[block].values)
    assert room.reports[other].values == pytest.approx(case.models[other].values)


def test_refusing_and_leaving(seats, opened, case):
    async def play():
        one, other = await sit(seats, opened, case)
        for seat in (one, other):
            await seats.commit(seat, None)
        for seat in (one, other):
            await seats.reveal(seat)
        await seats.answer(one, False, ("other",))
        return await seats.leave(other, "Good bye.")

    told = asyncio.run(play())
    assert told["result"]["status"] == "left"
    assert told["result"]["missing"] == [case.names[1]]


def test_everything_in_its_time(seats, opened, case):
    async def play():
        handle = (await seats.join(opened.links[case.names[0]], case, None))["seat"]
        moves = {
            "committing": lambda: seats.commit(handle, None),
            "revealing": lambda: seats.reveal(handle),
            "answering": lambda: seats.answer(handle, True, ()),
        }
        for phase, move in moves.items():
            with pytest.raises(InputError, match="not the time for this") as caught:
                await move()
            assert (caught.value.found, caught.value.expected) == ("joining", phase)

    asyncio.run(play())


def test_a_handle_opens_one_seat_and_shows_no_secret(seats, opened, case):
    async def play():
        one, other = await sit(seats, opened, case)
        with pytest.raises(InputError, match="no such seat"):
            await seats.state(one[:-1])
        with pytest.raises(InputError, match="no such seat"):
            await seats.state(opened.room)
        told = [await seats.commit(seat, None) for seat in (one, other)]
        hidden = [seats._find(seat).chair for seat in (one, other)]
        return told, hidden

    told, chairs = asyncio.run(play())
    for shown in map(str, told):
        for chair in chairs:
            assert chair.memory.secret not in shown
            assert chair.seat.key.seed.hex() not in shown
        for link in opened.links.values():
            assert link.rpartition("/")[2] not in shown


def test_links_of_other_servers_are_not_followed(seats, case, rooms):
    with pytest.raises(InputError, match="another server"):
        asyncio.run(seats.join(f"http://internal.test/s/{'x' * 43}", case, None))
    assert rooms.heard == []


def test_who_one_means_to_be(seats, opened, case):
    with pytest.raises(InputError, match="another's"):
        asyncio.run(seats.join(opened.links[case.names[0]], case, case.names[1]))


def test_seats_are_not_without_end(rooms, case):
    now = [0.0]
    seats = Seats(ADDRESS, 2, rooms.async_transport(), lambda: now[0])

    def link():
        return open_room(ADDRESS, case, transport=rooms.transport()).links[case.names[0]]

    async def play():
        first = (await seats.join(link(), case, None))["seat"]
        await seats.join(link(), case, None)
        with pytest.raises(SizeError, match="too many seats"):
            await seats.join(link(), case, None)
        await seats.leave(first, "")
        third = (await seats.join(link(), case, None))["seat"]
        with pytest.raises(InputError, match="no such seat"):
            await seats.state(first)
        now[0] = 2 * module.IDLE
        await seats.join(link(), case, None)
        with pytest.raises(InputError, match="no such seat"):
            await seats.state(third)

    asyncio.run(play())


def test_what_a_server_lost_is_said_again(seats, opened, case, rooms, monkeypatch):
    monkeypatch.setattr(chairs, "LONGEST_WAIT", 0.0)
    take, lost = rooms.take, []

    def forget(desk, who, data):
        if data["type"] == "commit" and not lost:
            lost.append(data)
            return 200, {"held": False, "entries": len(desk.room.entries)}
        return take(desk, who, data)

    rooms.take = forget

    async def play():
        one, other = await sit(seats, opened, case)
        await seats.commit(one, None)
        await seats.commit(other, None)
        return await seats.state(one)

    told = asyncio.run(play())
    assert lost
    assert told["phase"] == "revealing"


def test_waiting_ends_when_something_happens(seats, opened, case):
    name, other = case.names

    async def play():
        handle = (await seats.join(opened.links[name], case, None))["seat"]

        async def later():
            await asyncio.sleep(0.05)
            await seats.join(opened.links[other], case, None)

        _, told = await asyncio.gather(later(), seats.state(handle, 20.0))
        while told["phase"] == "joining":
            told = await seats.state(handle, 20.0)
        return told

    assert asyncio.run(play())["next"] == "commit"
