import asyncio
import socket
import sys

import pytest
from mcp import Client, StdioServerParameters

from comity.cli import main

COMITY = "from comity.cli import main; raise SystemExit(main())"


def test_over_http_it_needs_to_know_its_server(capsys):
    assert main(["mcp", "--http"]) == 2
    assert "--server" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--cases", "nowhere"], "no such folder"),
        (["--server", "rooms"], "not the address of a server"),
        (["--seconds", "0"], "seconds"),
    ],
)
def test_bad_usage(arguments, words, capsys):
    assert main(["mcp", *arguments]) == 2
    assert words in capsys.readouterr().err.replace("\n", " ")


def test_a_port_that_is_taken(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["mcp", "--http", "--server", "http://rooms.test", "--port", port]) == 2
    assert "cannot listen here" in capsys.readouterr().err


def test_the_official_client_talks_over_stdio(examples):
    """What goes over standard output is the protocol alone."""
    arguments = ["-c", COMITY, "mcp", "--cases", str(examples)]
    server = StdioServerParameters(command=sys.executable, args=arguments)

    async def talk():
        async with Client(server) as client:
            tools = (await client.list_tools()).tools
            return tools, await client.call_tool("check", {"case": "chicken.toml"})

    tools, answer = asyncio.run(talk())
    assert {"agree", "open_room", "join_room", "commit"} <= {tool.name for tool in tools}
    assert answer.structured_content["ok"]
