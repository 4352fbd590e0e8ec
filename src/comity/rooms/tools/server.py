"""The tools as a server of the Model Context Protocol, on its official package.

Over HTTP the protocol may have no sessions, so a seat is known by a handle that only whoever sat
down was told; a handle opens no other seat, and no tool shows a secret, a nonce or a key.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import wraps
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

import anyio.to_thread
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from comity.cases import Case, loads
from comity.core.errors import ComityError, InputError
from comity.rooms.client.calls import FIRST_PATIENCE, Calls
from comity.rooms.client.driving import AsyncDriver
from comity.rooms.client.links import server_address
from comity.rooms.client.opening import open_steps
from comity.rooms.protocol.bodies import LONGEST_LABEL, LONGEST_TEXT
from comity.rooms.tools.format import case_format as written
from comity.rooms.tools.intake import Intake
from comity.rooms.tools.seats import LONGEST_WAIT, Seats
from comity.rooms.tools.working import Bench
from comity.solutions import CONCEPTS

Data = dict[str, Any]
CaseText = Annotated[
    str, Field(description="A Case as TOML or JSON, or the name of a file in the folder of Cases.")
]
Handle = Annotated[str, Field(description="The seat: what join_room gave.", max_length=100)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
Label = Annotated[str, Field(max_length=LONGEST_LABEL)]
Wait = Annotated[
    float, Field(description="Seconds to wait for news at most.", ge=0, le=LONGEST_WAIT)
]
Concept = Annotated[
    str, Field(description="What to look for.", json_schema_extra={"enum": list(CONCEPTS)})
]
Act = Literal["greet", "explain", "ask", "doubt", "thank", "note"]
Reason = Literal["gain", "distance", "evidence", "rule", "other"]
Phase = Literal["joining", "committing", "revealing", "solving", "answering"]

READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
ACTS_ONCE = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=True)

INSTRUCTIONS = """\
comity finds what parties with different views of one situation can agree on, and proves it.
case_format says how a Case is written; check, compare, solve and agree work on one.
In a room each party keeps its own view:
1. open_room gives one link per party; give each party only its own.
2. join_room with your link and the Case that holds your view gives a seat.
3. room_state waits for the others and says what to do next: commit, then reveal.
4. When the proposal is there, room_state shows what you gain by your own view: answer.
Everyone commits before anyone's report is seen. Figures say how they were certified."""


@dataclass
class Workplace:
    """What the tools work with.

    Attributes
    ----------
    server : address of the server of rooms; empty where any link is followed.
    intake : where Cases come from.
    bench : where heavy work is done.
    seats : the seats that are held.
    transport : an `httpx` transport in place of sockets.
    """

    server: str = ""
    intake: Intake = field(default_factory=Intake)
    bench: Bench = field(default_factory=Bench)
    seats: Seats = field(default_factory=Seats)
    transport: Any = None

    async def case(self, text: str) -> Case:
        """Return a Case that was found sound, within limits, before it is read here."""
        stated = self.intake.text(text)
        found = await self.bench.run("check", text=stated)
        if not found["ok"]:
            fault = found["faults"][0]
            where = {name: fault.get(name) for name in ("place", "found", "expected")}
            raise InputError(fault["message"], **where)
        return await anyio.to_thread.run_sync(loads, stated)


def make_server(
    server: str = "",
    folder: str | Path | None = None,
    *,
    seconds: float = 60.0,
    memory: int = 2_000_000_000,
    transport: Any = None,
) -> MCPServer[None]:
    """Return a server of tools.

    Parameters
    ----------
    server : address of the only server of rooms that is used; any where empty.
    folder : files that may be named as Cases; none unless given.
    seconds, memory : what one computation may use; memory in bytes.
    transport : an `httpx` transport in place of sockets.
    """
    address = server_address(server) if server else ""
    place = Workplace(
        address,
        Intake(None if folder is None else Path(folder)),
        Bench(seconds, memory),
        Seats(address, transport=transport),
        transport,
    )
    made: MCPServer[None] = MCPServer(
        "comity",
        title="comity",
        instructions=INSTRUCTIONS,
        version=version("comity"),
        log_level="WARNING",
        lifespan=_lifespan(place),
    )
    for tools in (_case_tools, _room_tools, _seat_tools):
        for tool, hints in tools(place):
            made.add_tool(_told(tool), annotations=hints)
    return made


def _lifespan(place: Workplace) -> Any:
    @asynccontextmanager
    async def live(_: MCPServer[None]) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await place.bench.stop()

    return live


def _told(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Return a tool whose errors of ours reach the agent with place, found and expected."""

    @wraps(tool)
    async def run(*args: Any, **named: Any) -> Any:
        try:
            return await tool(*args, **named)
        except ComityError as error:
            raise ToolError(str(error)) from error

    return run


Tools = list[tuple[Callable[..., Any], ToolAnnotations]]


def _case_tools(place: Workplace) -> Tools:
    async def case_format() -> Data:
        """Say how a Case is written, with two short ones; read it before you write."""
        return written()

    async def check(case: CaseText) -> Data:
        """Say what a Case holds, or everything that is wrong with it, where, and what to write."""
        return await place.bench.run("check", text=place.intake.text(case))

    async def compare(case: CaseText) -> Data:
        """Rank the differences between the views of a Case by what each changes."""
        return await place.bench.run("compare", text=place.intake.text(case))

    async def solve(
        case: CaseText,
        concept: Concept,
        view: Annotated[str, Field(description="A party; empty for the views combined.")] = "",
    ) -> Data:
        """Find equilibria, a bargaining solution or the frontier of one view, with certificate."""
        text = place.intake.text(case)
        return await place.bench.run("solve", text=text, concept=concept, view=view)

    async def agree(
        case: CaseText,
        misreports: Annotated[
            Literal["none", "local"], Field(description="How hard to look for gains from lying.")
        ] = "none",
        seed: Annotated[int, Field(ge=0, lt=2**31)] = 0,
    ) -> Data:
        """Find what all parties of one Case can agree on, with the certificate of the agreement."""
        text = place.intake.text(case)
        return await place.bench.run("agree", text=text, misreports=misreports, seed=seed)

    return [(tool, READS) for tool in (case_format, check, compare, solve, agree)]


def _room_tools(place: Workplace) -> Tools:
    async def open_room(
        case: CaseText,
        server: Annotated[str, Field(description="Address of the server of rooms.")] = "",
        deadlines: Annotated[
            dict[Phase, int] | None, Field(description="Seconds for each phase.")
        ] = None,
    ) -> Data:
        """Open a room by the public part of a Case; gives one secret link for each party."""
        address = _address(place, server)
        stated: Mapping[str, int] = {str(name): count for name, count in (deadlines or {}).items()}
        read = await place.case(case)
        async with AsyncDriver(address, transport=place.transport) as driver:
            opened = await driver.run(open_steps(Calls(FIRST_PATIENCE), address, read, stated))
        return opened.to_dict()

    async def join_room(
        link: Annotated[str, Field(description="Your own link.", max_length=500)],
        case: CaseText,
        name: Annotated[str | None, Field(description="Who you mean to be.")] = None,
    ) -> Data:
        """Take your seat with the Case that holds your own view; gives the handle of the seat."""
        return await place.seats.join(link, await place.case(case), name)

    async def room_state(seat: Handle, wait: Wait = 0.0) -> Data:
        """Say where the room stands and what to do next; with the proposal or result, if any."""
        return await place.seats.state(seat, wait)

    return [(open_room, ACTS_ONCE), (join_room, ACTS_ONCE), (room_state, READS)]


def _seat_tools(place: Workplace) -> Tools:
    async def commit(
        seat: Handle,
        report: Annotated[
            str, Field(description="A Case whose view of yours you state; your own if empty.")
        ] = "",
    ) -> Data:
        """Bind yourself to a report that nobody can see yet."""
        return await place.seats.commit(seat, await place.case(report) if report else None)

    async def reveal(seat: Handle) -> Data:
        """Open the report that you committed to; others see it once all have opened theirs."""
        return await place.seats.reveal(seat)

    async def answer(seat: Handle, accept: bool, reasons: list[Reason] | None = None) -> Data:
        """Accept the proposal, or refuse it with reasons; nobody sees your answer before theirs."""
        return await place.seats.answer(seat, accept, tuple(reasons or ()))

    async def say(seat: Handle, act: Act, about: Label = "", text: Text = "") -> Data:
        """Say something to all parties: a typed act, what it is about, your own words beside it."""
        return await place.seats.say(seat, act, about, text)

    async def leave(seat: Handle, text: Text = "") -> Data:
        """Walk away: the room ends, and each party plays its default."""
        return await place.seats.leave(seat, text)

    async def room_log(seat: Handle) -> Data:
        """Give the signed log of the room as your seat has checked it; `comity verify` reads it."""
        return dict(await place.seats.log(seat))

    acting = [(tool, ACTS_ONCE) for tool in (commit, reveal, answer, say)]
    ending = ToolAnnotations(read_only_hint=False, destructive_hint=True, idempotent_hint=True)
    return [*acting, (leave, ending), (room_log, READS)]


def _address(place: Workplace, server: str) -> str:
    if not (server or place.server):
        raise InputError("no server of rooms is known", place="server", expected="https://HOST")
    address = server_address(server) if server else place.server
    if place.server and address != place.server:
        raise InputError(
            "rooms are opened at one server here",
            place="server",
            found=address[:80],
            expected=place.server,
        )
    return address
