"""The workbench: several views side by side without a room, and the agreement they lead to.

Unlike in a room the server sees all views here; it computes and forgets them.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from comity.agreement.transcripts.wire import report_to_dict
from comity.cases import loads
from comity.core.errors import ComityError, InputError
from comity.language import play_lines
from comity.rooms.protocol.checks import read_report
from comity.rooms.protocol.terms import UNREADABLE, Terms
from comity.rooms.service.access import anyone
from comity.rooms.service.rooms import Rooms
from comity.rooms.web.body import body
from comity.rooms.web.examples import EXAMPLES, example
from comity.rooms.web.pages import page, words_for

bench = APIRouter(include_in_schema=False)


@bench.get("/workbench", dependencies=[Depends(anyone)])
async def workbench(request: Request) -> Response:
    """Return the page of the workbench."""
    return page(request, "workbench", examples=[example(name) for name in EXAMPLES])


@bench.post("/workbench/case", dependencies=[Depends(anyone)])
async def read(request: Request) -> Response:
    """Return the terms and the views of a Case file."""
    rooms: Rooms = request.app.state.rooms
    return JSONResponse(await rooms.in_thread(_read, await body(request)))


@bench.post("/workbench/agree", dependencies=[Depends(anyone)])
async def agree(request: Request) -> Response:
    """Return what the rules make of the views: ``null`` where that takes too long."""
    state = request.app.state
    rooms: Rooms = state.rooms
    job = await rooms.in_thread(_job, await body(request))
    proposal = await state.solving.workers.solve(job)
    lines: list[Any] = []
    if proposal is not None:
        lines = play_lines(words_for(request), job["terms"]["frame"], proposal["play"])
    return JSONResponse({"proposal": proposal, "lines": lines})


def _read(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise InputError("not a Case file", expected="text and format")
    try:
        case = loads(data["text"], format="json" if data.get("format") == "json" else "toml")
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
