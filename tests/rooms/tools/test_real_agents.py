"""Agents with the official client, each its own process or session, at a real server of rooms."""

import asyncio
import contextlib
import json
import socket
import subprocess
import sys

import pytest
from mcp import Client, StdioServerParameters

from comity.cases import loads
from comity.rooms.protocol.verification import verify_log

pytestmark = pytest.mark.slow

COMITY = "from comity.cli import main; raise SystemExit(main())"


async def call(client, tool, **arguments):
    answer = await client.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    return answer.structured_content


async def take_part(client, link, case):
    """One agent that does what the room says next, until there is nothing more."""
    told = await call(client, "join_room", link=link, case=case)
    seat = told["seat"]
    while told["next"] != "nothing":
        step = told["next"]
        if step == "wait":
            told = await call(client, "room_state", seat=seat, wait=10.0)
        elif step == "answer":
            accept = told["proposal"]["rules_accept"]
            told = await call(client, "answer", seat=seat, accept=accept)
        else:
            told = await call(client, step, seat=seat)
    return told["result"], await call(client, "room_log", seat=seat)


async def meet(first, second, case):
    """The first opens a room, and both take part at once."""
    opened = await call(first, "open_room", case=case)
    jobs = [
        take_part(client, link, case)
        for client, link in zip((first, second), opened["links"].values(), strict=True)
    ]
    return await asyncio.gather(*jobs)


def check(ends, river):
    (one, log), (other, same) = ends
    assert one["status"] == other["status"] == "agreed"
    assert one["verification"]["ok"]
    assert other["verification"]["ok"]
    assert one["drawn"] == other["drawn"]
    assert json.dumps(log) == json.dumps(same)
    assert verify_log(log, loads(river)).ok


def test_two_agents_with_tools_of_their_own_over_stdio(serve, river):
    url = serve().url

    def tools():
        arguments = ["-c", COMITY, "mcp", "--server", url]
        return Client(StdioServerParameters(command=sys.executable, args=arguments))

    async def play():
        async with tools() as first, tools() as second:
            return await meet(first, second, river)

    check(asyncio.run(play()), river)


@pytest.fixture
def tools_over_http(serve):
    """Address of tools that a process serves over streamable HTTP."""
    url = serve().url
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ["mcp", "--http", "--port", str(port), "--server", url]
    command = [sys.executable, "-c", COMITY, *arguments]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        yield f"http://127.0.0.1:{port}/mcp"
        process.terminate()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_two_sessions_over_streamable_http(mode, tools_over_http, river):
    async def connected():
        for _ in range(600):
            with contextlib.suppress(OSError):
                host, port = tools_over_http.split("/")[2].split(":")
                _, writer = await asyncio.open_connection(host, int(port))
                writer.close()
                return
            await asyncio.sleep(0.1)

    async def play():
        await connected()
        async with (
            Client(tools_over_http, mode=mode) as first,
            Client(tools_over_http, mode=mode) as second,
        ):
            return await meet(first, second, river)

    check(asyncio.run(play()), river)
