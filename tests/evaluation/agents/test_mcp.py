"""The official package on both ends: over standard streams and over streamable HTTP."""

import socket
import subprocess
import sys
import time

import pytest

from comity.agreement.parties import Honest
from comity.core.errors import InputError
from comity.evaluation.agents.guard import AgentFault
from comity.evaluation.agents.loading import opened
from comity.evaluation.agents.mcp import McpChannel
from evaluating import quickly

pytest.importorskip("mcp")

SERVER = """
import sys, time
from typing import Any
from mcp.server.mcpserver import MCPServer

server = MCPServer("planted")

@server.tool()
def report(message: dict[str, Any]) -> dict[str, Any]:
    return {"report": {}}

@server.tool()
def respond(message: dict[str, Any]) -> dict[str, Any]:
    if "proposal" not in message:
        raise ValueError("out of order")
    return {"accept": message["proposal"]["rules"]["accept"]}

@server.tool()
def act(message: dict[str, Any]) -> str:
    if message.get("sleep"):
        time.sleep(5)
    return '{"act": "comply"}' if message.get("move") else "no idea"

if len(sys.argv) > 1:
    server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[1]))
else:
    server.run()
"""


@pytest.fixture
def planted(tmp_path):
    file = tmp_path / "server.py"
    file.write_text(SERVER, "utf-8")
    return f"{sys.executable} {file}"


def plays_like_an_honest_one(agent):
    away, home = (quickly(one, ["dilemmas"], 2) for one in (agent, Honest()))
    assert away.faults == ()
    for name in ("agreement", "own gain", "joint gain"):
        assert away.score(name).figure == home.score(name).figure


def test_over_standard_streams(planted):
    with opened(f"mcp: {planted}", 60.0) as agent:
        plays_like_an_honest_one(agent)


def test_over_streamable_http(planted):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = subprocess.Popen(
        [*planted.split(), str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _await_port(port)
        with opened(f"mcp: http://127.0.0.1:{port}/mcp", 60.0) as agent:
            plays_like_an_honest_one(agent)
    finally:
        running.kill()
        running.wait()


def _await_port(port):
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail("the server did not start")


def test_faults(planted):
    channel = McpChannel(planted, 60.0)
    with pytest.raises(AgentFault, match="Error executing tool respond") as fault:
        channel.ask("respond", {})
    assert fault.value.kind == "crash"
    with pytest.raises(AgentFault) as fault:
        channel.ask("act", {})
    assert fault.value.kind == "nonsense"
    channel.time_limit = 0.5
    with pytest.raises(AgentFault) as fault:
        channel.ask("act", {"sleep": True})
    assert fault.value.kind == "time-out"
    channel.close()
    channel.close()


def test_a_missing_tool_is_bad_input(tmp_path):
    file = tmp_path / "server.py"
    file.write_text(SERVER.replace("def respond", "def answer"), "utf-8")
    with pytest.raises(InputError, match="no tool respond"):
        McpChannel(f"{sys.executable} {file}")


@pytest.mark.parametrize("target", ["", "/no/such/server", "http://127.0.0.1:9/mcp"])
def test_nobody_there(target):
    with pytest.raises(InputError, match="AGENT"):
        McpChannel(target)


def test_the_example_answers_every_move(examples):
    channel = McpChannel(f"{sys.executable} {examples / 'agents' / 'fair_mcp.py'}", 60.0)
    answers = [
        channel.ask(move, message)
        for move, message in (
            ("report", {}),
            ("respond", {"proposal": {"gain": -0.5}}),
            ("act", {}),
        )
    ]
    channel.close()
    assert answers == [{"report": {}}, {"accept": False}, {"act": "comply"}]
