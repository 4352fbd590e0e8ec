"""Writing an entry: the form, what stands beside it, drafts that keep themselves, and saving."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from comity.core.errors import InputError
from comity.core.web.failures import Denied
from comity.newsletter.desk import drafts
from comity.newsletter.desk.access import Desk, Fields
from comity.newsletter.desk.doors import Editor
from comity.newsletter.desk.forms import (
    COLUMNS,
    HEADINGS,
    LINES,
    Form,
    given,
    read,
    unread_cells,
    written,
)
from comity.newsletter.desk.looking import look
from comity.newsletter.desk.rendering import content_of, desk_page, part
from comity.newsletter.desk.saving import NEW, Saved, blank, save
from comity.newsletter.desk.shelf import Content, Shelf
from comity.newsletter.model.columns import RATINGS, EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Fault
from comity.newsletter.sheets.fields import Reader
from comity.newsletter.store.store import Store

BEFORE = "before"
"""Field of the form that holds the form as it was when its editor began, in JSON."""
MOST_TITLES = 8

editing = APIRouter(prefix="/desk/entries", include_in_schema=False)


@editing.get("/{name}")
def edit(name: str, request: Request, editor: Desk) -> Response:
    """Return the form of an entry, or of a new one; with what its editor left unsaved."""
    content = content_of(request)
    entry = _entry(content, name)
    before = _written(request, content, entry)
    kept = {d.editor: d for d in drafts.drafts(_engine(request), name)}
    mine = kept.pop(editor.name, None)
    if mine and mine.form == before:
        # It was kept a moment after it was saved.
        mine = None
    form = mine.form if mine else before
    context: dict[str, Any] = {
        "draft": mine,
        "others": list(kept.values()),
        "saved": request.query_params.get("saved", ""),
    }
    return _form(request, editor, content, name, form, mine.before if mine else before, **context)


@editing.post("/{name}")
def store(name: str, request: Request, editor: Desk, fields: Fields) -> Response:
    """Save a form, or show what keeps it from being saved."""
    content = content_of(request)
    saved = save(
        _store(request),
        name,
        before_of(fields),
        given(fields),
        _reader(request, content),
        content.titles,
        request.app.state.settings.limits.text,
    )
    if not saved.done:
        drafts.keep(_engine(request), name, editor.name, saved.before, saved.form)
        return _refused(request, editor, content, name, saved)
    drafts.drop(_engine(request), name, editor.name)
    told = ",".join(saved.theirs) or "yes"
    return RedirectResponse(f"/desk/entries/{saved.entry.id}?saved={told}", 303)


@editing.post("/{name}/look")
def beside(name: str, request: Request, editor: Desk, fields: Fields) -> Response:
    """Keep what is typed, and return what stands beside it."""
    content = content_of(request)
    before, form = before_of(fields), given(fields)
    if all(form[field] == before.get(field) for field in form):
        drafts.drop(_engine(request), name, editor.name)
        time = ""
    else:
        time = drafts.keep(_engine(request), name, editor.name, before, form)
    look = _beside(request, content, name, before, form)
    return part("look", publication=content.publication, **look, kept=_clock(time))


@editing.post("/{name}/discard")
def discard(name: str, request: Request, editor: Desk) -> Response:
    """Forget what is unsaved."""
    drafts.drop(_engine(request), name, editor.name)
    return RedirectResponse("/desk" if name == NEW else f"/desk/entries/{name}", 303)


@editing.get("/find/titles")
def titles(request: Request, editor: Desk, q: str = "") -> Response:
    """Return titles that a reference may mean, those that begin with the words first."""
    content = content_of(request)
    found = content.find_titles(q, MOST_TITLES)
    return JSONResponse([{"title": e.title, "beside": _facts(content, e)} for e in found])


def _facts(content: Content, entry: Entry) -> str:
    issue = content.publication.label(entry.issue) if entry.issue is not None else ""
    return " · ".join(text for text in (issue, entry.category) if text)


def _form(
    request: Request,
    editor: Editor,
    content: Content,
    name: str,
    form: Form,
    before: Form,
    status: int = 200,
    **context: Any,
) -> Response:
    publication = content.publication
    beside = _beside(request, content, name, before, form, context.pop("faults", ()))
    return desk_page(
        request,
        "entry_form",
        editor,
        status,
        content=content,
        name=name,
        form=form,
        before=json.dumps(dict(before), ensure_ascii=False),
        columns=COLUMNS,
        headings=HEADINGS,
        lines=LINES,
        choices={
            "category": publication.category_names,
            "email_status": [s.value for s in EmailStatus if s.value],
            "public": [p.value for p in Publicity if p.value],
            "rating": [str(r) for r in reversed(RATINGS)],
        },
        levels=dict(_levels(content)),
        **{"saved": "", "draft": None, "others": [], "conflicts": {}, "refused": (), **context},
        **beside,
        kept="",
    )


def _refused(
    request: Request, editor: Editor, content: Content, name: str, saved: Saved
) -> Response:
    return _form(
        request,
        editor,
        content,
        name,
        saved.form,
        saved.before,
        409 if saved.conflicts else 422,
        conflicts=saved.conflicts,
        refused=saved.refused,
        faults=saved.faults,
        theirs=saved.theirs,
    )


def _beside(
    request: Request,
    content: Content,
    name: str,
    before: Form,
    form: Form,
    faults: tuple[Fault, ...] = (),
) -> dict[str, Any]:
    """Return what the panel beside a form needs."""
    entry = _entry(content, name)
    longest = request.app.state.settings.limits.text
    first = _written(request, content, entry)
    typed = read(entry, first, form, _reader(request, content), content.titles, longest)
    changed = frozenset(HEADINGS[key] for key, text in form.items() if text != first.get(key))
    return {"look": look(content, typed.entry, (*typed.faults, *faults), changed)}


def _written(request: Request, content: Content, entry: Entry) -> dict[str, str]:
    """Return the form of an entry, with what a sheet says in fields that nobody has decided."""
    kept = content.check.cells
    cells = {key: kept[entry.id, key] for key in HEADINGS if (entry.id, key) in kept}
    unread = unread_cells(entry, cells, _reader(request, content), content.titles)
    return written(entry, content.titles, unread)


def before_of(fields: Form) -> dict[str, str]:
    """Return the form as it was when its editor began; the form brings it along."""
    try:
        found = json.loads(fields.get(BEFORE, ""))
    except (ValueError, RecursionError) as error:
        raise InputError("the form is not whole", place=BEFORE) from error
    if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
        raise InputError("the form is not whole", place=BEFORE)
    return found


def _entry(content: Content, name: str) -> Entry:
    if name == NEW:
        return blank()
    entry = content.archive.by_id.get(name)
    if entry is None:
        raise Denied("unknown", "there is no such entry", place="entry")
    return entry


def _levels(content: Content) -> list[tuple[str, int]]:
    categories = content.publication.categories
    return [(node.name, level) for top in categories for level, node in top.walk()]


def _reader(request: Request, content: Content) -> Reader:
    return Reader(content.publication, _store(request).folder)


def _store(request: Request) -> Store:
    shelf: Shelf = request.app.state.shelf
    return shelf.store


def _engine(request: Request) -> Any:
    return _store(request).engine


def _clock(time: str) -> str:
    """Return a moment as a clock on the wall shows it."""
    return datetime.fromisoformat(time).astimezone().strftime("%H:%M:%S") if time else ""
