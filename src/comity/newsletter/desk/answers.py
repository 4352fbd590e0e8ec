"""What readers wrote back, at the desk: settle what to print, note consent, print, take back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Engine

from comity.core.errors import InputError
from comity.newsletter.desk.access import Desk, Lists
from comity.newsletter.desk.rendering import content_of, desk_page
from comity.newsletter.feedback import consent, keeping
from comity.newsletter.feedback.reply import Consent, Reply, State

Form = Mapping[str, list[str]]
Step = Callable[[Engine, str, Form], Reply]

answers = APIRouter(prefix="/desk/replies", include_in_schema=False)


@answers.get("")
def overview(request: Request, editor: Desk, state: str = "") -> Response:
    """Return replies, the newest first."""
    content = content_of(request)
    wanted = [State(state)] if state in [*State] else [*State]
    return desk_page(
        request,
        "replies",
        editor,
        content=content,
        replies=keeping.replies(_engine(request), states=wanted),
        state=state if state in [*State] else "",
        states=[*State],
    )


@answers.get("/{name}")
def show(name: str, request: Request, editor: Desk) -> Response:
    """Return one reply, with the entries that each paragraph may be about."""
    content = content_of(request)
    reply = keeping.reply(_engine(request), name)
    matches = {
        number: [match for match in reply.matches if match.paragraph == number]
        for number in range(len(reply.paragraphs))
    }
    return desk_page(
        request,
        "reply",
        editor,
        content=content,
        reply=reply,
        matches=matches,
        suggested=next((match.entry for match in reply.matches), ""),
        title=content.titles.titles.get(reply.entry or "", ""),
    )


@answers.post("/{name}/{step}")
def do(name: str, step: str, request: Request, editor: Desk, fields: Lists) -> Response:
    """Do one of `STEPS` with a reply."""
    made = STEPS.get(step)
    if made is None:
        raise InputError("no such step", place="step", found=step[:40], expected=", ".join(STEPS))
    reply = made(_engine(request), name, _titled(request, fields))
    return RedirectResponse(f"/desk/replies/{reply.id}", 303)


def _titled(request: Request, fields: Form) -> Form:
    """Return a form whose entry is an id; editors may give its title instead."""
    given = _one(fields, "entry")
    found = content_of(request).titles.find(given) if given else ()
    return {**fields, "entry": [found[0]]} if len(found) == 1 else fields


def _approve(engine: Engine, name: str, fields: Form) -> Reply:
    numbers = [int(text) for text in fields.get("paragraph[]", []) if text.isdigit()]
    return consent.approve(
        engine,
        name,
        _one(fields, "entry"),
        paragraphs=sorted(numbers),
        printed_name=" ".join(_one(fields, "printed_name").split()) or None,
    )


def _record(engine: Engine, name: str, fields: Form) -> Reply:
    word = _one(fields, "consent")
    if word not in [*Consent]:
        raise InputError("no word on consent", place="consent", found=word[:40])
    return consent.record(engine, name, Consent(word), _one(fields, "how")[:300])


STEPS: Mapping[str, Step] = {
    "approve": _approve,
    "consent": _record,
    "publish": lambda engine, name, _: consent.publish(engine, name),
    "withdraw": lambda engine, name, _: consent.withdraw(engine, name),
    "dismiss": lambda engine, name, _: consent.dismiss(engine, name),
}
"""What may be done with a reply."""


def _one(fields: Form, name: str) -> str:
    return (fields.get(name) or [""])[-1].strip()


def _engine(request: Request) -> Engine:
    engine: Engine = request.app.state.shelf.store.engine
    return engine
