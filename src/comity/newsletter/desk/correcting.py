"""Corrections: what was wrong in an entry that readers have, told wherever it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from comity.core.errors import InputError
from comity.core.web.failures import Denied
from comity.newsletter.desk.access import Desk, Fields
from comity.newsletter.desk.doors import Editor
from comity.newsletter.desk.forms import even
from comity.newsletter.desk.rendering import content_of, desk_page
from comity.newsletter.desk.shelf import Content
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Erratum
from comity.newsletter.store.store import now
from comity.newsletter.text.references import bind

correcting = APIRouter(prefix="/desk/entries", include_in_schema=False)


@correcting.get("/{name}/errata")
def show(name: str, request: Request, editor: Desk) -> Response:
    """Return the corrections of an entry, and a form for one more."""
    return _page(name, request, editor, {"note": "", "date": _today(request)})


@correcting.post("/{name}/errata")
def add(name: str, request: Request, editor: Desk, fields: Fields) -> Response:
    """Add a correction; the entry's own text is changed in its form.

    What cannot be kept is shown again as it was typed, with what is wrong.
    """
    content = content_of(request)
    _entry(content, name)
    typed = {key: even(fields.get(key, "")) for key in ("note", "date")}
    try:
        note = _note(typed["note"].strip(), content, request.app.state.settings.limits.text)
        day = _day(typed["date"], request.app.state.settings.today())
    except InputError as error:
        return _page(name, request, editor, typed, error)
    request.app.state.shelf.store.add_erratum(Erratum(name, day, note, now()))
    return RedirectResponse(f"/desk/entries/{name}/errata", 303)


def _page(
    name: str,
    request: Request,
    editor: Editor,
    typed: Mapping[str, str],
    fault: InputError | None = None,
) -> Response:
    content = content_of(request)
    return desk_page(
        request,
        "errata",
        editor,
        200 if fault is None else 422,
        content=content,
        entry=_entry(content, name),
        errata=[erratum for erratum in content.archive.errata if erratum.entry == name],
        typed=typed,
        fault=fault,
        html=content.preview.html,
    )


def _today(request: Request) -> str:
    day: date = request.app.state.settings.today()
    return day.isoformat()


def _note(text: str, content: Content, longest: int) -> str:
    """Return what was corrected, its references bound to entries."""
    if not text or len(text) > longest:
        raise InputError("say what was corrected", place="note", found="nothing or too much")
    bound, faults = bind(text, content.titles)
    if faults:
        raise InputError(faults[0].reason, place="note", found=faults[0].found)
    return bound


def _entry(content: Content, name: str) -> Entry:
    entry = content.archive.by_id.get(name)
    if entry is None:
        raise Denied("unknown", "there is no such entry", place="entry")
    return entry


def _day(text: str, today: date) -> str:
    """Return a day that has come somewhere: a later one would lead feeds until it comes."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            "not a day", place="date", found=text[:40], expected="2026-11-26"
        ) from None
    if day > today + timedelta(days=1):
        raise InputError("the day is still to come", place="date", found=day.isoformat())
    return day.isoformat()
