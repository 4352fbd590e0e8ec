"""Issues at the desk: drafts and what was sent, what is in each, how it looks, what blocks it."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from comity.core.errors import InputError
from comity.core.web.failures import Denied
from comity.newsletter.desk import composing
from comity.newsletter.desk.access import Desk, Fields, Lists
from comity.newsletter.desk.doors import Editor
from comity.newsletter.desk.editing import before_of
from comity.newsletter.desk.forms import even
from comity.newsletter.desk.looking import noted
from comity.newsletter.desk.rendering import READERS_HEADERS, content_of, desk_page
from comity.newsletter.desk.shelf import Content
from comity.newsletter.editions.addresses import issue as issue_address
from comity.newsletter.editions.addresses import placed
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.editions.email import Mail, email
from comity.newsletter.editions.web.pages import page_at
from comity.newsletter.model.columns import EmailStatus
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.withholding import in_issue
from comity.newsletter.store.store import Store

MAIL_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'self'; form-action 'none'; base-uri 'none'; sandbox allow-popups",
    "X-Frame-Options": "SAMEORIGIN",
}
"""A mail has its styles in its elements; it runs nothing and loads nothing."""
STEPS = {"up": -1, "down": 1}
Number = Annotated[int, Path(ge=0, lt=10_000_000)]
"""Of an issue, in an address."""

issues = APIRouter(prefix="/desk/issues", include_in_schema=False)


@issues.get("")
def overview(request: Request, editor: Desk) -> Response:
    """Return all issues, drafts first."""
    content = content_of(request)
    known = {issue.number: issue for issue in content.archive.issues}
    named = {n for e in content.archive.entries if (n := in_issue(e)) is not None}
    numbers = sorted({*known, *named}, reverse=True)
    listed = [(_issue(content, number), _members(content, number)) for number in numbers]
    return desk_page(
        request,
        "issues",
        editor,
        content=content,
        drafts=[pair for pair in listed if pair[0].is_draft],
        sent=[pair for pair in listed if not pair[0].is_draft],
        next_number=max(numbers, default=0) + 1,
    )


@issues.post("")
def begin(request: Request, editor: Desk, fields: Fields) -> Response:
    """Make a draft."""
    number = _number(fields.get("number", ""))
    composing.begin(_store(request), number, fields.get("title", ""))
    return _back(number)


@issues.get("/{number}")
def show(number: Number, request: Request, editor: Desk) -> Response:
    """Return an issue."""
    content = content_of(request)
    form = composing.issue_form(_issue(content, number), content.titles)
    told = request.query_params.get("told", "")
    return _page(request, editor, content, number, form, form, told=told)


@issues.post("/{number}")
def store(number: Number, request: Request, editor: Desk, fields: Fields) -> Response:
    """Save an issue's own words."""
    content = content_of(request)
    _issue(content, number)
    mine = {name: even(fields[name]) for name in composing.FIELDS if name in fields}
    if any(len(text) > request.app.state.settings.limits.text for text in mine.values()):
        raise InputError("a text is too long", place=f"issue {number}")
    stored = composing.store_issue(_store(request), number, before_of(fields), mine, content.titles)
    if stored.done:
        return _back(number, "Saved.")
    merged = stored.merged
    return _page(
        request, editor, content, number, merged.form, stored.now, 409, conflicts=merged.conflicts
    )


@issues.post("/{number}/include")
def include(number: Number, request: Request, editor: Desk, fields: Lists) -> Response:
    """Put entries into an issue."""
    content = content_of(request)
    label = content.publication.label(number)
    composing.include(_store(request), number, fields.get("entry[]", []), label)
    return _back(number)


@issues.post("/{number}/exclude")
def exclude(number: Number, request: Request, editor: Desk, fields: Fields) -> Response:
    """Take an entry out of an issue."""
    composing.exclude(_store(request), number, fields.get("entry", ""))
    return _back(number)


@issues.post("/{number}/move")
def move(number: Number, request: Request, editor: Desk, fields: Fields) -> Response:
    """Move an entry up or down."""
    step = STEPS.get(fields.get("step", ""))
    if step is None:
        raise InputError("no such step", place="step", expected="up or down")
    composing.move(_store(request), number, fields.get("entry", ""), step)
    return _back(number)


@issues.get("/{number}/web")
def web(number: Number, request: Request, editor: Desk) -> Response:
    """Return the page of an issue as readers will see it, drafts included."""
    page = page_at(content_of(request).preview, issue_address(number))
    if page is None:
        raise Denied("unknown", "there is no such issue", place="issue")
    headers = {**READERS_HEADERS, "Cache-Control": "no-store"}
    return HTMLResponse(placed(page.html, "/"), headers=headers)


@issues.get("/{number}/mail")
def mail(number: Number, request: Request, editor: Desk) -> Response:
    """Return the mail of an issue as HTML."""
    return HTMLResponse(_mail(content_of(request), number).html, headers=MAIL_HEADERS)


@issues.get("/{number}/text")
def text(number: Number, request: Request, editor: Desk) -> Response:
    """Return the mail of an issue as plain text."""
    headers = {**MAIL_HEADERS, "X-Content-Type-Options": "nosniff"}
    return PlainTextResponse(_mail(content_of(request), number).text, headers=headers)


def _mail(content: Content, number: int) -> Mail:
    view = content.preview.view
    return email(view, assemble(view, number))


def _page(
    request: Request,
    editor: Editor,
    content: Content,
    number: int,
    form: dict[str, str],
    before: dict[str, str],
    status: int = 200,
    **context: Any,
) -> Response:
    issue = _issue(content, number)
    members = _members(content, number)
    pending = [
        entry
        for entry in reversed(content.archive.entries)
        if entry.email_status is EmailStatus.PENDING and in_issue(entry) is None
    ]
    return desk_page(
        request,
        "issue_form",
        editor,
        status,
        content=content,
        number=number,
        label=content.publication.label(number),
        issue=issue,
        form=form,
        before=json.dumps(before, ensure_ascii=False),
        groups=_groups(members),
        members=members,
        waiting=pending,
        noted=noted(content.check.issue(number)),
        **{"conflicts": {}, "told": "", **context},
    )


def _groups(members: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """Return an issue's entries in groups whose members can change places."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(members, key=lambda e: (not e.is_highlight, e.position)):
        name = "Highlights" if entry.is_highlight else entry.category or "No category"
        found.setdefault(name, []).append(entry)
    return list(found.items())


def _members(content: Content, number: int) -> list[Entry]:
    return [entry for entry in content.archive.entries if in_issue(entry) == number]


def _issue(content: Content, number: int) -> Issue:
    """Return an issue; one that only its entries name is a draft, if any of them is pending."""
    issue = content.archive.issue(number)
    if issue is not None:
        return issue
    members = _members(content, number)
    if not members:
        raise Denied("unknown", "there is no such issue", place="issue")
    waits = any(entry.email_status is EmailStatus.PENDING for entry in members)
    return Issue(number, sent="" if waits else "unknown")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise InputError("no number of an issue", place="number", found=text[:40])
    return int(text)


def _back(number: int, told: str = "") -> Response:
    address = f"/desk/issues/{number}"
    return RedirectResponse(f"{address}?told={told}" if told else address, 303)


def _store(request: Request) -> Store:
    store: Store = request.app.state.shelf.store
    return store
