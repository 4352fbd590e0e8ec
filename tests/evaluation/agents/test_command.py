"""Real subprocesses: good ones, and ones that end, hang or talk nonsense."""

import os
import sys
import time

import pytest

from comity.core.errors import InputError
from comity.evaluation.agents.command import RESTARTS, CommandChannel, parsed
from comity.evaluation.agents.guard import AgentFault
from comity.evaluation.agents.loading import opened
from comity.evaluation.agents.remote import LARGEST_ANSWER
from evaluating import quickly

ECHO = "import sys\nfor line in sys.stdin: print(line.strip(), flush=True)"


@pytest.fixture
def start(tmp_path):
    channels = []

    def make(program, time_limit=20.0):
        file = tmp_path / "agent.py"
        file.write_text(program, "utf-8")
        channels.append(CommandChannel(f"{sys.executable} {file}", time_limit))
        return channels[-1]

    yield make
    for channel in channels:
        channel.close()
        channel.close()


def test_a_message_comes_back_as_it_went(start):
    message = {"a": [1, 2.5, "ü\n"], "long": "x" * 300_000}
    channel = start(ECHO)
    assert channel.ask("report", message) == message
    assert channel.ask("act", {}) == {}


def gone(pid):
    """Whether a process has ended and was waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_closing_ends_the_process(start):
    channel = start(ECHO)
    pid = channel._process.pid
    channel.close()
    assert gone(pid)


def test_one_that_ends_is_started_again(start):
    channel = start("print(input(), flush=True)")
    for k in range(3):
        assert channel.ask("report", {"k": k}) == {"k": k}
        with pytest.raises(AgentFault) as fault:
            channel.ask("report", {})
        assert fault.value.kind == "crash"


def test_it_is_not_started_for_ever(start):
    channel = start("import sys; sys.exit('out of order')")
    messages = []
    for _ in range(RESTARTS + 3):
        with pytest.raises(AgentFault) as fault:
            channel.ask("report", {})
        messages.append(str(fault.value))
    assert messages[0] == "it ended: out of order"
    assert messages[-1].endswith("times and is not again")
    assert len([m for m in messages if "out of order" in m]) == RESTARTS + 1


def test_one_that_hangs_is_killed(start):
    channel = start("import time\ntime.sleep(600)", time_limit=0.3)
    pid, before = channel._process.pid, time.monotonic()
    with pytest.raises(AgentFault) as fault:
        channel.ask("report", {"large": "x" * 500_000})
    assert fault.value.kind == "time-out"
    assert time.monotonic() - before < 60
    assert gone(pid)


@pytest.mark.parametrize(
    "program",
    [
        "input(); print('hello', flush=True); input()",
        "input(); print('NaN', flush=True); input()",
        "input(); print('[' * 100000, flush=True); input()",
        f"input(); print('1' * ({LARGEST_ANSWER} + 10), flush=True); input()",
    ],
)
def test_nonsense(start, program):
    with pytest.raises(AgentFault) as fault:
        start(program).ask("report", {})
    assert fault.value.kind == "nonsense"


@pytest.mark.parametrize("command", ["", "  ", "'unclosed", "/no/such/agent --x"])
def test_commands_that_cannot_be(command):
    with pytest.raises(InputError, match="AGENT"):
        CommandChannel(command)


def test_json():
    assert parsed(b' {"a": 1}\n') == {"a": 1}


def test_the_example_plays_without_a_fault(examples):
    command = f"command: {sys.executable} {examples / 'agents' / 'fair_command.py'}"
    with opened(command, 60.0) as agent:
        found = quickly(agent, ["dilemmas"], 2)
    assert found.faults == ()
    with opened(f"{examples / 'agents' / 'fair.py'}:Fair") as agent:
        same = quickly(agent, ["dilemmas"], 2)
    for name in ("agreement", "own gain", "joint gain"):
        assert found.score(name).figure == same.score(name).figure
