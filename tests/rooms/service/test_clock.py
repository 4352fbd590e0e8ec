"""What happens by itself, also after the server was away."""

import asyncio

import httpx
import pytest
from sqlalchemy import text

from comity.core.database import Unavailable
from comity.rooms.service.clock import Clock
from comity.rooms.service.settings import Limits, Settings
from comity.rooms.service.space import Space
from comity.rooms.store.logs import Logs
from room_play import agreeing
from rooms_http import Meeting


def wait(meeting, phase: str) -> None:
    assert meeting.until(phase, silent=("A", "B"))["phase"] == phase


def test_a_deadline_ends_a_room_by_itself(serve, time):
    server = serve(clock=time)
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing(), {"joining": 60})
        meeting.move("A")
        time.pass_(60)
        assert meeting.state()["phase"] == "joining"
        time.pass_(0.001)
        wait(meeting, "ended")
        assert meeting.outcome()["missing"] == ["B"]


def test_a_deadline_survives_a_restart(serve, time):
    first = serve(clock=time)
    with httpx.Client(base_url=first.url, timeout=60) as client:
        meeting = Meeting(client, agreeing(), {"joining": 60})
    first.stop()
    time.pass_(61)
    second = serve(clock=time)
    with httpx.Client(base_url=second.url, timeout=60) as meeting.client:
        wait(meeting, "ended")
        assert meeting.outcome()["status"] == "expired"


def test_a_solution_that_was_lost_is_found_after_a_restart(serve):
    class Lost:
        async def solve(self, ask, group):
            await asyncio.sleep(600)

        async def stop(self):
            pass

    first = serve()
    first.app.state.solving.workers = Lost()
    with httpx.Client(base_url=first.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        meeting.until("solving")
    first.stop()
    second = serve()
    with httpx.Client(base_url=second.url, timeout=60) as meeting.client:
        wait(meeting, "answering")


def test_a_room_is_erased_with_its_tokens(serve, time):
    server = serve(clock=time, erase_after=3600)
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        meeting.until()
        time.pass_(3601)
        asyncio.run(Clock(server.app.state.rooms, server.settings, server.app.state.space).erase())
        assert meeting.get().status_code == 404
        assert client.get(f"/s/{meeting.tokens['A']}").status_code == 404


def test_a_damaged_room_does_not_stop_the_others(serve, time):
    server = serve(clock=time)
    with httpx.Client(base_url=server.url, timeout=60) as client:
        damaged, other = (Meeting(client, agreeing(), {"joining": s}) for s in (60, 61))
        server.stop()
        with server.app.state.engine.begin() as connection:
            change = (
                "UPDATE entries SET data = replace(data, 'comity', 'comedy') WHERE room = :room"
            )
            connection.execute(text(change), {"room": damaged.id})
    server.app.state.engine.dispose()
    time.pass_(62)
    again = serve(clock=time)
    with httpx.Client(base_url=again.url, timeout=60) as other.client:
        wait(other, "ended")
        damaged.client = other.client
        assert damaged.get().status_code == 503


class Rooms:
    """Rooms of which only the database is asked, and that answers as told."""

    def __init__(self, answers) -> None:
        self.book = self
        self.logs = Logs(None)
        self.answers = answers
        self.asked = 0

    async def in_thread(self, work, *arguments):
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else []
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.mark.parametrize(
    "failure", [Unavailable("the disk is full"), ValueError("a fault of ours")]
)
def test_the_clock_goes_on_whatever_happens(failure):
    async def work() -> int:
        rooms = Rooms([failure, failure, failure])
        task = asyncio.create_task(
            Clock(rooms, Settings(tick=0.001), Space(rooms.logs, Limits())).run()
        )
        while rooms.asked < 8:
            await asyncio.sleep(0.001)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return rooms.asked

    assert asyncio.run(work()) >= 8
