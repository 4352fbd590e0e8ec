"""Server-sent events: nothing is missed, whoever changes the room and however often one returns."""

import asyncio
import json
from itertools import pairwise
from threading import Thread
from time import sleep
from types import SimpleNamespace

import httpx
import pytest
from starlette.requests import ClientDisconnect

from comity.rooms.service import events as module
from comity.rooms.service.events import Watch
from comity.rooms.service.settings import Limits
from room_play import agreeing
from rooms_http import Meeting, bearer


def read(lines) -> list[tuple[str, dict, str]]:
    """Events as (name, data, id) from lines, by the rules of the standard."""
    found, current = [], {}
    for line in lines:
        if not line and current:
            found.append((current.get("event"), json.loads(current["data"]), current.get("id", "")))
            current = {}
            if found[-1][0] == "state" and found[-1][1]["phase"] == "ended":
                break
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            current[name] = value
    return found


def stream(meeting, name=None, **options):
    headers = {**bearer(meeting.tokens[name]), **options.pop("headers", {})}
    return meeting.client.stream("GET", f"{meeting.path}/events", headers=headers, **options)


def test_everything_is_told_in_order(meeting, server):
    found = []

    def listen() -> None:
        with httpx.Client(base_url=server.url, timeout=60) as client:
            path, headers = f"{meeting.path}/events", bearer(meeting.tokens["A"])
            with client.stream("GET", path, headers=headers) as answer:
                assert answer.headers["content-type"].startswith("text/event-stream")
                found.extend(read(answer.iter_lines()))

    listener = Thread(target=listen)
    listener.start()
    meeting.until()
    listener.join(60)
    entries = [data for name, data, _ in found if name == "entry"]
    assert entries == meeting.log()["entries"]
    assert [int(number) for name, _, number in found if name == "entry"] == list(
        range(len(entries))
    )
    states = [data for name, data, _ in found if name == "state"]
    assert states[0]["you"] == "A"
    assert any(state["sent"] for state in states)
    assert all(before != after for before, after in pairwise(states))


def test_who_returns_misses_nothing(meeting):
    meeting.until()
    entries = meeting.log()["entries"]
    with stream(meeting, headers={"Last-Event-ID": "4"}) as answer:
        found = read(answer.iter_lines())
    assert [data for name, data, _ in found if name == "entry"] == entries[5:]
    with stream(meeting, params={"from": 7}) as answer:
        found = read(answer.iter_lines())
    assert [data for name, data, _ in found if name == "entry"] == entries[7:]


def test_another_server_changes_the_room(serve, monkeypatch):
    monkeypatch.setattr(module, "POLL_SECONDS", 0.05)
    monkeypatch.setattr("comity.rooms.service.app.POLL_SECONDS", 0.05)
    one, two = serve(), serve()
    with httpx.Client(base_url=one.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        other = httpx.Client(base_url=two.url, timeout=60)
        with (
            other,
            other.stream(
                "GET", f"{meeting.path}/events", headers=bearer(meeting.tokens[None])
            ) as answer,
        ):
            lines = answer.iter_lines()
            first = next(lines)
            assert first == "event: entry"
            meeting.until()
            found = read(lines)
    assert found[-1][1]["phase"] == "ended"


def test_a_quiet_stream_says_that_it_is_there(meeting, monkeypatch):
    monkeypatch.setattr(module, "QUIET_SECONDS", 0.05)
    with stream(meeting) as answer:
        assert next(line for line in answer.iter_lines() if line.startswith(":"))


def test_as_many_streams_as_there_may_be(serve):
    server = serve(limits=Limits(streams=1))
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        with stream(meeting) as first:
            # Kept: a reader that is forgotten hangs up.
            lines = first.iter_lines()
            next(lines)
            with stream(meeting) as second:
                assert second.status_code == 429
                assert second.read()
                assert "retry-after" in second.headers


def test_one_address_does_not_hold_all_streams(serve):
    """Counted until a stream has ended, and from the moment that it is granted."""
    server = serve(limits=Limits(streams=3, streams_each=2))
    streams = server.app.state.streams
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        with stream(meeting) as first, stream(meeting, "A") as second:
            lines = first.iter_lines(), second.iter_lines()
            assert [next(line) for line in lines] == ["event: entry"] * 2
            with stream(meeting, "B") as third:
                assert third.status_code == 429
                assert "your address" in third.read().decode()
            streams.check("192.0.2.1")
            assert streams.open.total() == 2
        for _ in range(6000):
            if not streams.open:
                break
            sleep(0.01)
        assert dict(streams.open) == {}


def test_a_stream_that_is_granted_and_never_read_ends_too(meeting, server):
    """The reader may hang up before the first word is sent."""
    streams = server.app.state.streams

    async def gone(_) -> None:
        raise OSError

    async def work() -> None:
        granted = streams.begin("192.0.2.1", meeting.id, None, 0)
        assert streams.open.total() == 1
        with pytest.raises((OSError, ClientDisconnect)):
            await granted({"type": "http", "asgi": {"spec_version": "2.4"}}, None, gone)

    asyncio.run(work())
    assert streams.open.total() == 0


def test_bells():
    async def work() -> list[bool]:
        watch = Watch()
        watch.tell("nobody is there yet")
        mine, other = watch.enter("a"), watch.enter("b")
        Thread(target=watch.tell, args=("a",)).start()
        await asyncio.wait_for(mine.wait(), 5)
        watch.leave("a", mine)
        watch.leave("a", mine)
        watch.tell("a")
        return [mine.is_set(), other.is_set(), "a" in watch._bells]

    assert asyncio.run(work()) == [True, False, False]


def test_looks_at_the_database_ring_once_per_change():
    """The first look rings as well: another server may have been at it since the room was read."""

    class Rooms:
        book = SimpleNamespace(logs=SimpleNamespace(versions=None))

        async def in_thread(self, work, rooms):
            version = found.pop(0)
            return {} if version is None else dict.fromkeys(rooms, version)

    found = [3, 3, 4, 4, None, None]

    async def work() -> list[bool]:
        watch, rung = Watch(), []
        bell = watch.enter("a")
        for _ in range(6):
            await watch.poll(Rooms())
            rung.append(bell.is_set())
            bell.clear()
        watch.leave("a", bell)
        await watch.poll(Rooms())
        return rung

    assert asyncio.run(work()) == [True, False, True, False, True, False]


@pytest.mark.parametrize("odd", ["x", "-1", "99999999999"])
def test_odd_places_to_go_on_from(meeting, odd):
    with stream(meeting, headers={"Last-Event-ID": odd}) as answer:
        assert answer.status_code == (422 if len(odd) > 10 else 200)
