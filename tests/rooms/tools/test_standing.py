import asyncio

import pytest

from comity.agreement import agree
from comity.agreement.transcripts.replay import play_of
from comity.cases import load, loads
from comity.rooms.client.calls import Calls
from comity.rooms.client.driving import AsyncDriver
from comity.rooms.client.entering import Guest, enter
from comity.rooms.client.joining import open_room
from comity.rooms.client.links import Link
from comity.rooms.protocol.state import Phase
from comity.rooms.tools.standing import NEXT, proposal_of, standing
from fake_rooms import ADDRESS


@pytest.fixture
def case(river):
    return loads(river)


def play(rooms, case, moves):
    """The chairs of all parties after so many moves of each."""
    opened = open_room(ADDRESS, case, transport=rooms.transport())

    async def run():
        chairs = []
        for link in map(Link.read, opened.links.values()):
            driver = AsyncDriver(link.server, link.token, rooms.async_transport())
            chairs.append((driver, await driver.run(enter(Calls(), Guest(case)))))
        for _ in range(moves):
            for driver, chair in chairs:
                await driver.run(chair.move())
            for driver, chair in chairs:
                await driver.run(chair.look())
        for driver, _ in chairs:
            await driver.http.aclose()
        return [chair for _, chair in chairs]

    return asyncio.run(run())


def test_every_phase_has_its_next_step():
    assert set(NEXT) == set(Phase.__args__)


@pytest.mark.parametrize(
    ("moves", "phase", "step"),
    [
        (1, "committing", "commit"),
        (2, "revealing", "reveal"),
        (3, "answering", "answer"),
        (4, "ended", "nothing"),
    ],
)
def test_what_to_do_next(moves, phase, step, rooms, case):
    for chair in play(rooms, case, moves):
        told = standing(chair)
        assert (told["phase"], told["next"]) == (phase, step)
        assert told["entries"] == len(chair.room.entries)


def test_the_proposal_is_told_from_the_own_side(rooms, case):
    alone = agree(case, misreports="none")
    for i, chair in enumerate(play(rooms, case, 3)):
        told = proposal_of(chair)
        assert told["play"] == alone.play.to_dict()
        assert told["faults"] == []
        assert told["rules_accept"]
        assert (told["lots"], told["can_lose"]) == ([], 0.0)
        assert told["reasons"] == list(alone.decisions[i].reasons)


def test_an_agent_is_told_what_a_lottery_can_leave_it_with(rooms, examples):
    case = load(examples / "chicken.toml")
    for chair in play(rooms, case, 3):
        told = proposal_of(chair)
        context = chair.seat.context(chair.room.terms)
        expected = sum(lot["chance"] * lot["gain"] for lot in told["lots"])
        assert expected == pytest.approx(context.gain(play_of(told["play"])))
        assert told["can_lose"] == max(0.0, -min(lot["gain"] for lot in told["lots"]))
        assert [line["what"] for line in told["happens"]] == [x["what"] for x in told["lots"]]
