"""The process that solves: JSON lines in and out, within the limits of the system."""

import io
import json
import subprocess
import sys

import pytest

from comity.rooms.protocol.solving import solve
from comity.rooms.service.solver import serve, solved
from room_play import agreeing, gainless, plain_json, table

COMMAND = (sys.executable, "-m", "comity.rooms.service.solver")


def job(case=agreeing) -> dict:
    room = table(case()).until("solving").room
    return plain_json({"terms": room.terms.data, "opened": room.opened, "round": 0})


def test_it_solves_what_the_protocol_solves():
    for case in (agreeing, gainless):
        room = table(case()).until("solving").room
        expected = plain_json(solve(room.terms, room.opened, 0))
        assert plain_json(solved(job(case))) == {"body": expected}


def test_what_cannot_be_solved_is_said():
    broken = job()
    broken["terms"]["constitution"]["solution"] = ["nothing"]
    assert set(solved(broken)) == {"failed"}
    assert set(solved({"terms": {}, "opened": {}, "round": 0})) == {"failed"}


def test_lines_in_and_out():
    jobs = io.StringIO("".join(json.dumps(one) + "\n" for one in (job(), {"terms": {}}, job())))
    answers = io.StringIO()
    limited(serve, jobs, answers, 600)
    first, second, third = map(json.loads, answers.getvalue().splitlines())
    assert first == third
    assert set(first) == {"body"}
    assert set(second) == {"failed"}


def limited(work, *arguments) -> None:
    """Do something that limits this process, and lift the limit again."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_CPU)
    try:
        work(*arguments)
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, before)


def run(program: str) -> subprocess.CompletedProcess:
    start = "from comity.rooms.service.solver import limit_memory, limit_time\n"
    command = [sys.executable, "-c", start + program]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much memory is in use")
def test_memory_is_limited():
    done = run("limit_memory(100_000_000)\nbytearray(50_000_000)\nbytearray(200_000_000)")
    assert "MemoryError" in done.stderr
    assert run("limit_memory(400_000_000)\nbytearray(200_000_000)").returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_time_is_limited():
    import signal

    assert run("limit_time(0)\nwhile True: pass").returncode == -signal.SIGXCPU
    # Each job has its time from its own beginning.
    assert run("for _ in range(99): limit_time(0)").returncode == 0
