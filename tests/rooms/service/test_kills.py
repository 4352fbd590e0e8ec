"""`kill -9` of a real server, and of its worker, at every step of a room; nothing is lost."""

import os
import re
import signal
import subprocess
import sys
import time

import httpx
import pytest

from comity.rooms.protocol.verification import verify_log
from room_play import agreeing
from rooms_http import Meeting

COMITY = "from comity.cli import main; raise SystemExit(main())"
STEPS = 9
"""Messages of two who agree: two each of join, commit, reveal, answer, and what the server adds."""


class Process:
    """`comity serve` on one database, again and again."""

    def __init__(self, folder, database: str) -> None:
        self.folder, self.database = folder, database
        self.start()

    def start(self) -> None:
        command = [
            sys.executable,
            "-c",
            COMITY,
            "serve",
            "--port",
            "0",
            "--database",
            self.database,
        ]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        line = self.process.stdout.readline()
        self.url = re.search(r"http://\S+", line)[0]

    def kill(self) -> None:
        """As the kernel would: nothing is said to it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def workers(self) -> list[int]:
        """Its child processes."""
        listed = f"/proc/{self.process.pid}/task/{self.process.pid}/children"
        with open(listed, encoding="ascii") as file:
            return [int(word) for word in file.read().split()]


@pytest.fixture
def process(tmp_path, request):
    begun = []

    def begin(database: str) -> Process:
        begun.append(Process(tmp_path, database))
        return begun[-1]

    yield begin
    for one in begun:
        one.kill()


def play(process: Process, meeting: Meeting, kill_at: int) -> int:
    """Play a room to its end, killing the server after so many messages; return their number.

    After a kill whoever got no answer sends the same message again.
    """
    sent, end = 0, time.monotonic() + 300
    while time.monotonic() < end:
        state = meeting.state()
        if sent == kill_at:
            before = meeting.log()["entries"]
            process.kill()
            process.start()
            meeting.client = httpx.Client(base_url=process.url, timeout=60)
            after = meeting.log()["entries"]
            assert after[: len(before)] == before
            kill_at = -1
            continue
        if state["phase"] == "ended":
            return sent
        if not state["missing"]:
            time.sleep(0.05)
            continue
        message = meeting.seats[state["missing"][0]].next(meeting.room())
        first = meeting.send(message)
        again = meeting.send(message)
        assert first.status_code == again.status_code == 200, (first.text, again.text)
        sent += 1
    raise AssertionError("the room never ended")


def check(meeting: Meeting) -> None:
    """The room has one outcome, and its log holds."""
    log = meeting.log()
    kinds = [entry["message"]["type"] for entry in log["entries"]]
    assert kinds.count("outcome") == 1
    assert kinds[-1] == "outcome"
    assert verify_log(log, operator=meeting.opened["operator"]).ok


def killed_at(process, database: str, step: int) -> None:
    server = process(database)
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        assert play(server, meeting, step) == 8
        check(meeting)
        assert meeting.outcome()["status"] == "agreed"
        meeting.client.close()


def test_killed_between_two_reveals(process, tmp_path):
    """One is held back; the server that comes after has it still."""
    killed_at(process, f"sqlite:///{tmp_path}/rooms.db", 5)


@pytest.mark.slow
@pytest.mark.parametrize("step", [k for k in range(STEPS) if k != 5])
def test_killed_at_every_step(process, tmp_path, step):
    killed_at(process, f"sqlite:///{tmp_path}/rooms.db", step)


@pytest.mark.slow
@pytest.mark.parametrize("step", [3, 5, 6, 7])
def test_killed_on_postgresql(process, cluster, step):
    killed_at(process, cluster.fresh(), step)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists children in /proc")
def test_killed_workers(process, tmp_path):
    """Workers are killed again and again while rooms wait; every room ends all the same."""
    server = process(f"sqlite:///{tmp_path}/rooms.db")
    with httpx.Client(base_url=server.url, timeout=60) as client:
        outcomes = []
        for kills in range(4):
            meeting = Meeting(client, agreeing())
            meeting.until("revealing")
            for name in meeting.seats:
                meeting.move(name)
            for _ in range(kills):
                for worker in server.workers():
                    os.kill(worker, signal.SIGKILL)
                time.sleep(0.2)
            meeting.until()
            check(meeting)
            outcomes.append(meeting.outcome()["status"])
    assert outcomes[0] == "agreed"
    assert set(outcomes) <= {"agreed", "unsolved"}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment(process, tmp_path, seed):
    """Killed while it is at work, not between two requests; what it acknowledged is there."""
    import random
    import threading

    dice = random.Random(seed)
    server = process(f"sqlite:///{tmp_path}/rooms.db")
    client = httpx.Client(base_url=server.url, timeout=60)
    meeting, acknowledged = Meeting(client, agreeing()), []
    for name in ("A", "B"):
        meeting.move(name)
    said = [meeting.seats["A"].say(meeting.room(), "note", text=str(k)) for k in range(150)]
    timer = threading.Timer(dice.uniform(0.05, 1.0), server.kill)
    timer.start()
    try:
        for message in said:
            if meeting.send(message).status_code == 200:
                acknowledged.append(message)
    except httpx.TransportError:
        pass
    timer.join()
    client.close()
    server.start()
    with httpx.Client(base_url=server.url, timeout=60) as meeting.client:
        log = [entry["message"] for entry in meeting.log()["entries"]]
        assert [m for m in acknowledged if m.to_dict() not in log] == []
        meeting.until()
        check(meeting)
