"""The tools through the official client, in one process."""

import asyncio
import json

import pytest
from mcp import Client

from comity.cases import loads
from comity.rooms.protocol.verification import verify_log
from comity.rooms.tools.server import make_server
from comity.solutions import CONCEPTS
from fake_rooms import ADDRESS

TOOLS = {
    *("case_format", "check", "compare", "solve", "agree"),
    *("open_room", "join_room", "room_state"),
    *("commit", "reveal", "answer", "say", "leave", "room_log"),
}


def talk(server, conversation):
    """What a conversation of one client returns."""

    async def run():
        async with Client(server) as client:

            async def call(tool, **arguments):
                answer = await client.call_tool(tool, arguments)
                text = answer.content[0].text
                return text if answer.is_error else answer.structured_content

            return await conversation(client, call)

    return asyncio.run(run())


@pytest.fixture
def server(rooms, examples):
    return make_server(ADDRESS, examples, transport=rooms.async_transport())


def test_every_tool_says_what_it_takes(server):
    async def ask(client, call):
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in talk(server, ask)}
    assert set(tools) == TOOLS
    for tool in tools.values():
        assert tool.description
        assert tool.input_schema["type"] == "object"
        assert tool.output_schema["type"] == "object"
    assert tools["leave"].annotations.destructive_hint
    assert tools["agree"].annotations.read_only_hint


def test_an_agent_is_told_how_a_case_is_written(server):
    """It can write one from what the tools say alone, and choose among the concepts there are."""

    async def ask(client, call):
        told = await call("case_format")
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        checked = [await call("check", case=told[kind]) for kind in ("to_divide", "to_act")]
        return told, checked, tools["solve"].input_schema["properties"]["concept"]["enum"]

    told, checked, concepts = talk(server, ask)
    assert [found["faults"] for found in checked] == [[], []]
    assert len(json.dumps(told)) < 5000
    assert concepts == list(CONCEPTS)


def test_a_whole_room_through_tools(server, rooms, river):
    async def play(client, call):
        opened = await call("open_room", case="river.toml", deadlines={"joining": 600})
        seats = {}
        for name, link in opened["links"].items():
            told = await call("join_room", link=link, case=river, name=name)
            seats[name] = told["seat"]
        for tool in ("commit", "reveal"):
            for seat in seats.values():
                told = await call(tool, seat=seat)
        assert told["next"] == "answer", told
        for seat in seats.values():
            told = await call("answer", seat=seat, accept=True)
        log = await call("room_log", seat=seat)
        return told, log

    told, log = talk(server, play)
    assert told["result"]["status"] == "agreed"
    assert told["result"]["gain"]["kind"] == "exact"
    assert verify_log(log, loads(river)).ok


def test_errors_say_place_found_and_expected(server):
    async def ask(client, call):
        return [
            await call("compare", case='title = "x"\n[frame]\n'),
            await call("solve", case="river.toml", concept="best"),
            await call("check", case="../secrets.toml"),
            await call("room_state", seat="mine"),
            await call("open_room", case="river.toml", server="http://internal.test"),
            await call("join_room", link=f"http://internal.test/s/{'x' * 43}", case="river.toml"),
            await call("join_room", link="nonsense", case="river.toml"),
            await call("open_room", case="river.toml", deadlines={"joining": 0}),
            await call("say", seat="mine", act="threaten"),
            await call("room_state", seat="mine", wait=1e9),
        ]

    told = talk(server, ask)
    expected = [
        "models: is missing",
        "concept: no such solution concept (found best; expected",
        "case: no such file in the folder of Cases (found ../secrets.toml)",
        "seat: no such seat (expected what join_room gave)",
        "server: rooms are opened at one server here (found http://internal.test; expected",
        "link: the link is of another server",
        "LINK: not the link of a seat",
        "terms.deadlines.joining: a deadline is out of range (found 0; expected",
        "act",
        "wait",
    ]
    for words, text in zip(expected, told, strict=True):
        assert isinstance(text, str), text
        assert words in text


def test_without_a_server_none_is_called(rooms, river):
    server = make_server(transport=rooms.async_transport())

    async def ask(client, call):
        return await call("open_room", case=river)

    assert "server: no server of rooms is known" in talk(server, ask)
    assert rooms.heard == []


def test_what_opens_a_room_holds_no_view(server, rooms, river):
    async def ask(client, call):
        return await call("open_room", case=river)

    talk(server, ask)
    (body,) = [body for *_, path, body in rooms.heard if path.endswith("/api/rooms")]
    terms = json.loads(body)["message"]["body"]["terms"]
    assert "models" not in terms
    assert "blocks" not in body
