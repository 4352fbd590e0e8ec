"""The workbench: several views side by side without a room, and the agreement they lead to.

Unlike in a room the server sees all views here; it computes and forgets them.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from comity.agreement.transcripts.wire import report_to_dict
from comity.cases import loads
from comity.cases.schema import parse
from comity.core.errors import ComityError, InputError
from comity.core.web.failures import Denied
from comity.core.web.senders import address_of
from comity.language import play_lines
from comity.rooms.protocol.checks import read_report
from comity.rooms.protocol.terms import UNREADABLE, Terms
from comity.rooms.service.access import anyone
from comity.rooms.service.intake import body_of
from comity.rooms.service.rooms import Rooms
from comity.rooms.service.workers import Workers
from comity.rooms.web.body import WEIGHT, parsed
from comity.rooms.web.examples import EXAMPLES, example
from comity.rooms.web.pages import page, words_for
from comity.rooms.web.publishing import small_frame

SECONDS = 10.0
"""Longest that a job may take, from when it begins."""

MOST_WAITING, MOST_EACH = 8, 2
"""Jobs that wait or run, and of one address."""

bench = APIRouter(include_in_schema=False)


@bench.get("/workbench", dependencies=[Depends(anyone)])
async def workbench(request: Request) -> Response:
    """Return the page of the workbench."""
    return page(request, "workbench", examples=[example(name) for name in EXAMPLES])


@bench.post("/workbench/case", dependencies=[Depends(anyone)])
async def read(request: Request) -> Response:
    """Return the terms and the views of a Case file."""
    rooms: Rooms = request.app.state.rooms
    return JSONResponse(await rooms.in_thread(_read, await body_of(request, WEIGHT)))


@bench.post("/workbench/agree", dependencies=[Depends(anyone)])
async def agree(request: Request) -> Response:
    """Return what the rules make of the views: ``null`` where that takes too long."""
    state = request.app.state
    rooms: Rooms = state.rooms
    job = await rooms.in_thread(_job, await body_of(request))
    proposal = await state.bench.solve(job, address_of(request))
    lines: list[Any] = []
    if proposal is not None:
        lines = play_lines(words_for(request), job["terms"]["frame"], proposal["play"])
    return JSONResponse({"proposal": proposal, "lines": lines})


class Bench:
    """The workbench's own process: rooms have others, so that nothing here makes them wait.

    Parameters
    ----------
    workers : one that gives each job `SECONDS`, once.
    """

    def __init__(self, workers: Workers) -> None:
        self.workers = workers
        self.asking: Counter[str] = Counter()

    async def solve(self, job: dict[str, Any], address: str) -> dict[str, Any] | None:
        """Return the body of a proposal, or ``None`` where it would take too long.

        Raises `Denied` where too many jobs wait, in all or from one address.
        """
        if self.asking.total() >= MOST_WAITING or self.asking[address] >= MOST_EACH:
            raise Denied("rate", "the workbench is busy", retry=SECONDS)

        async def ask() -> dict[str, Any]:
            return job

        self.asking[address] += 1
        try:
            return await self.workers.solve(ask, address)
        finally:
            self.asking[address] -= 1
            self.asking += Counter()


def _read(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict) or set(data) != {"text", "format"}:
        raise InputError("not a Case file", expected="text and format")
    shaped, faults = parse(parsed(data["text"], data["format"]))
    if shaped is None:
        raise faults[0]
    small_frame(shaped)
    try:
        case = loads(data["text"], format=data["format"])
    except UNREADABLE as error:
        raise InputError("the Case cannot be read", found=type(error).__name__) from error
    terms = Terms.of(case)
    terms.check()
    reports = {party.name: report_to_dict(party.model) for party in case.parties}
    return {"terms": dict(terms.data), "reports": reports}


def _job(data: Any) -> dict[str, Any]:
    """Return a job for a worker, from checked terms and views."""
    if not isinstance(data, dict) or set(data) != {"terms", "reports"}:
        raise InputError("neither terms nor views", expected="terms and reports")
    terms, reports = Terms(data["terms"]), data["reports"]
    terms.check()
    if not isinstance(reports, dict) or set(reports) != set(terms.players):
        raise InputError("a party has no view", place="reports")
    try:
        for name in terms.players:
            read_report(terms, reports[name])
    except ComityError:
        raise
    except UNREADABLE as error:
        raise InputError("a view cannot be read", place="reports") from error
    opened = {name: {"report": reports[name]} for name in terms.players}
    return {"terms": data["terms"], "opened": opened, "round": 0}
