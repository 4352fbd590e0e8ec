"""Worker processes, and what becomes of those that die."""

import asyncio
import os
import signal

import pytest

from comity.rooms.protocol.solving import solve
from comity.rooms.service.metrics import Metrics
from comity.rooms.service.workers import MODULE, Died, Worker, Workers
from room_play import agreeing, plain_json, table

SCRIPTED = "scripted_worker"
ECHO = """
import json, os, signal, sys, time
print("{}", flush=True)
for line in sys.stdin:
    job = json.loads(line)
    if job["do"] == "die" or (job["do"] == "die once" and not os.path.exists(job["mark"])):
        if "mark" in job:
            open(job["mark"], "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    if job["do"] == "hang":
        time.sleep(600)
    if job["do"] == "babble":
        print("not JSON", flush=True)
    answer = {"failed": "X"} if job["do"] == "fail" else {"body": {"pid": os.getpid()}}
    print(json.dumps(answer), flush=True)
"""


@pytest.fixture
def scripted(tmp_path, monkeypatch):
    """Workers that do what the job says, without importing anything."""
    (tmp_path / f"{SCRIPTED}.py").write_text(ECHO)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    return Metrics()


def asking(job):
    """Gives a job when its turn has come."""

    async def ask():
        return job

    return ask


def run(metrics, *jobs, count=1, seconds=30.0, module=SCRIPTED) -> list:
    """What becomes of some jobs, one after the other."""

    async def work() -> list:
        workers = Workers(count, seconds, 10**12, metrics, module)
        try:
            return [await workers.solve(asking(job)) for job in jobs]
        finally:
            await workers.stop()

    return asyncio.run(work())


def test_one_process_for_many_jobs(scripted):
    first, second = run(scripted, {"do": "work"}, {"do": "work"})
    assert first == second
    assert 'comity_solutions_total{result="solved"} 2' in scripted.text()


def test_a_job_that_is_dropped_while_it_is_sent_is_not_answered_to_the_next(scripted):
    async def work() -> dict:
        worker, sending = Worker(30.0, 10**12, SCRIPTED), asyncio.Event()

        async def drain() -> None:
            # Once: from Python 3.13 on, the end of a process drains its pipe too.
            del worker.process.stdin.drain
            sending.set()
            await asyncio.Event().wait()

        try:
            await worker.start()
            worker.process.stdin.drain = drain
            dropped = asyncio.create_task(worker.run({"do": "fail"}))
            await sending.wait()
            dropped.cancel()
            with pytest.raises(asyncio.CancelledError):
                await dropped
            return await worker.run({"do": "work"})
        finally:
            await worker.stop()

    assert "body" in asyncio.run(work())


def test_a_killed_worker_is_tried_again_once(scripted, tmp_path):
    once = {"do": "die once", "mark": str(tmp_path / "mark")}
    before, again, after = run(scripted, {"do": "work"}, once, {"do": "work"})
    assert again == after != before
    assert 'comity_solutions_total{result="died"} 1' in scripted.text()


def test_a_worker_that_always_dies_is_given_up(scripted):
    assert run(scripted, {"do": "die"}, {"do": "work"})[0] is None
    assert 'comity_solutions_total{result="died"} 2' in scripted.text()


def test_a_worker_that_hangs_is_killed(scripted):
    async def work() -> list:
        workers = Workers(1, 0.3, 10**12, scripted, SCRIPTED)
        try:
            nothing = await workers.solve(asking({"do": "hang"}))
            # Only what hangs may not wait for a slow machine.
            workers.all[0].seconds = 30.0
            return [nothing, await workers.solve(asking({"do": "work"}))]
        finally:
            await workers.stop()

    nothing, something = asyncio.run(work())
    assert nothing is None
    assert something is not None


def test_what_is_no_answer(scripted):
    assert run(scripted, {"do": "babble"}) == [None]


def test_a_job_that_fails_is_not_tried_again(scripted):
    assert run(scripted, {"do": "fail"}) == [None]
    assert 'comity_solutions_total{result="failed"} 1' in scripted.text()


def test_killed_between_two_jobs(scripted):
    async def work():
        worker = Worker(30.0, 10**12, SCRIPTED)
        first = await worker.run({"do": "work"})
        os.kill(first["body"]["pid"], signal.SIGKILL)
        await worker.process.wait()
        second = await worker.run({"do": "work"})
        await worker.stop()
        return first, second

    first, second = asyncio.run(work())
    assert first != second


def test_jobs_wait_for_a_free_worker(scripted):
    async def work():
        workers = Workers(2, 30.0, 10**12, scripted, SCRIPTED)
        await workers.warm()
        pids = {worker.process.pid for worker in workers.all}
        found = await asyncio.gather(*(workers.solve(asking({"do": "work"})) for _ in range(9)))
        await workers.stop()
        return pids, {one["pid"] for one in found}

    pids, used = asyncio.run(work())
    assert len(pids) == 2
    assert used <= pids


def test_a_job_that_nobody_wants_any_more_costs_nothing(scripted):
    assert run(scripted, None, {"do": "work"})[0] is None
    assert 'comity_solutions_total{result="solved"} 1' in scripted.text()
    assert "died" not in scripted.text()


def test_who_sends_many_slow_jobs_does_not_keep_others_waiting(scripted):
    """Of one worker each gets a turn; a job that dies waits for another turn of its own group.

    Whether it ran out of time or crashed is the same to the turns, and a crash needs no clock.
    """

    async def work() -> list[str]:
        done: list[str] = []
        workers = Workers(1, 30.0, 10**12, scripted, SCRIPTED)
        await workers.warm()

        async def solve(group: str, do: str) -> None:
            await workers.solve(asking({"do": do}), group)
            done.append(group)

        slow = [asyncio.create_task(solve("slow", "die")) for _ in range(3)]
        await asyncio.sleep(0)
        quick = [asyncio.create_task(solve("quick", "work")) for _ in range(2)]
        await asyncio.gather(*slow, *quick)
        await workers.stop()
        return done

    # Two tries of each slow job, and a quick one after each of the first two.
    assert asyncio.run(work()) == ["quick", "quick", "slow", "slow", "slow"]


def test_nothing_is_left_running(scripted):
    async def work():
        worker = Worker(30.0, 10**12, SCRIPTED)
        await worker.start()
        process = worker.process
        task = asyncio.create_task(worker.run({"do": "hang"}))
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await worker.stop()
        return process.returncode

    assert asyncio.run(work()) == -signal.SIGKILL


def test_a_module_that_does_not_start():
    async def work():
        await Worker(1.0, 10**12, "no_such_module").start()

    with pytest.raises(Died):
        asyncio.run(work())


def test_a_real_worker_solves():
    room = table(agreeing()).until("solving").room
    job = plain_json({"terms": room.terms.data, "opened": room.opened, "round": 0})
    (body,) = run(Metrics(), job, seconds=120.0, module=MODULE)
    assert body == plain_json(solve(room.terms, room.opened, 0))
