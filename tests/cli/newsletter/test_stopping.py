import asyncio
import os
import signal

import pytest

from comity.cli.newsletter._stopping import SOON, run_stoppable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs signals")


async def signalled(times, name, steps, stopped):
    for _ in range(times):
        os.kill(os.getpid(), name)
        await asyncio.sleep(0.01)
    steps.append("soon")
    if not stopped:
        await asyncio.sleep(60)
    return "done"


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_lets_the_work_end(name, capsys):
    steps, stopped = [], []
    work = signalled(1, name, steps, stopped)
    assert run_stoppable(work, lambda: stopped.append(True)) == "done"
    assert (steps, stopped) == (["soon"], [True])
    assert capsys.readouterr().err == f"{SOON}\n"


def test_the_second_signal_ends_it_at_once():
    steps, stopped = [], []
    with pytest.raises(KeyboardInterrupt):
        run_stoppable(signalled(2, signal.SIGINT, steps, stopped), lambda: stopped.append(True))
    assert (steps, stopped) == ([], [True])


def test_failures_come_through():
    async def work():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        run_stoppable(work(), lambda: None)
