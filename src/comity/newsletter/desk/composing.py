"""What an issue holds and in which order: each step one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.core.web.failures import Denied
from comity.newsletter.desk.forms import Form, even
from comity.newsletter.desk.merging import Merged, merge
from comity.newsletter.model.columns import EmailStatus
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.withholding import in_issue
from comity.newsletter.store.rows import entry_of_row, issue_of_row
from comity.newsletter.store.store import Store, now, write_entries, write_issues
from comity.newsletter.store.tables.content import ENTRIES, ISSUES
from comity.newsletter.text.references import bind, spell
from comity.newsletter.text.titles import Titles

FIELDS = ("title", "date", "opening", "closing")
TEXTS = ("opening", "closing")
HIGHEST = 999_999
"""Largest number of an issue."""
IN_NO_ISSUE = (EmailStatus.BLANK, EmailStatus.DO_NOT_SEND, EmailStatus.NOT_APPLICABLE)


@dataclass(frozen=True)
class Stored:
    """What became of the form of an issue.

    Attributes
    ----------
    done : whether it was saved.
    merged : both changes; with conflicts where nothing was saved.
    now : the form as it is in the database.
    """

    done: bool
    merged: Merged
    now: dict[str, str]


def issue_form(issue: Issue, titles: Titles) -> dict[str, str]:
    """Return an issue as a form."""
    texts = {name: getattr(issue, name) for name in FIELDS}
    return {k: even(spell(text, titles) if k in TEXTS else text) for k, text in texts.items()}


def begin(store: Store, number: int, title: str) -> Issue:
    """Make a draft; raise `InputError` where there is such an issue already."""
    if not 0 <= number <= HIGHEST:
        raise InputError("no number of an issue", place="number", found=number)
    issue = Issue(number, title=" ".join(title.split()), created=now())
    with transaction(store.engine, writes=True) as connection:
        if _issue(connection, number) is not None:
            raise InputError("there is such an issue already", place="number", found=number)
        write_issues(connection, [issue])
    return issue


def store_issue(store: Store, number: int, before: Form, mine: Form, titles: Titles) -> Stored:
    """Save the form of an issue, made if only its entries named it so far."""
    with transaction(store.engine, writes=True) as connection:
        issue = _issue(connection, number) or Issue(number, created=now())
        there = issue_form(issue, titles)
        merged = merge(before, mine, there)
        if merged.conflicts:
            return Stored(False, merged, there)
        changed: dict[str, Any] = {
            name: _value(name, text, titles)
            for name, text in merged.form.items()
            if text != there[name]
        }
        fresh = replace(issue, **changed)
        write_issues(connection, [fresh])
    return Stored(True, merged, issue_form(fresh, titles))


def include(store: Store, number: int, ids: Collection[str], label: str) -> None:
    """Put entries into an issue, behind those that are in it."""
    with transaction(store.engine, writes=True) as connection:
        _check_draft(connection, number)
        entries = _entries(connection, ids)
        write_entries(
            connection,
            [
                replace(
                    entry,
                    issue=number,
                    email=label,
                    email_status=EmailStatus.PENDING
                    if entry.email_status in IN_NO_ISSUE
                    else entry.email_status,
                )
                for entry in entries
                if entry.issue != number
            ],
        )


def exclude(store: Store, number: int, name: str) -> None:
    """Take an entry out of an issue; it waits for another one."""
    with transaction(store.engine, writes=True) as connection:
        _check_draft(connection, number)
        (entry,) = _entries(connection, [name])
        if entry.issue == number:
            write_entries(connection, [replace(entry, issue=None, email="")])


def move(store: Store, number: int, name: str, step: int) -> None:
    """Move an entry of an issue up or down among its neighbours, those of its own category.

    The two change places in the sheet, whose order is that of the issue.
    """
    with transaction(store.engine, writes=True) as connection:
        rows = connection.execute(
            select(ENTRIES).where(ENTRIES.c.issue == number).order_by(ENTRIES.c.position)
        ).mappings()
        entries = [entry_of_row(row) for row in rows]
        first = next((entry for entry in entries if entry.id == name), None)
        if first is None:
            raise Denied("unknown", "there is no such entry in this issue", place="entry")
        beside = neighbours(entries, first)
        place = beside.index(first) + step
        if 0 <= place < len(beside):
            other = beside[place]
            swapped = [
                replace(first, position=other.position),
                replace(other, position=first.position),
            ]
            write_entries(connection, swapped)


def neighbours(entries: Iterable[Entry], entry: Entry) -> list[Entry]:
    """Return the entries among which an entry stands in its issue: highlights, or a category."""
    group = _group(entry)
    return [each for each in entries if in_issue(each) is not None and _group(each) == group]


def _group(entry: Entry) -> str:
    return "" if entry.is_highlight else f"category {entry.category}"


def _issue(connection: Connection, number: int) -> Issue | None:
    row = connection.execute(select(ISSUES).where(ISSUES.c.number == number)).mappings().first()
    return None if row is None else issue_of_row(row)


def _check_draft(connection: Connection, number: int) -> None:
    issue = _issue(connection, number)
    if issue is not None and not issue.is_draft:
        raise InputError("the issue has been sent: what is in it stays", place=f"issue {number}")


def _entries(connection: Connection, ids: Collection[str]) -> Sequence[Entry]:
    rows = connection.execute(
        select(ENTRIES).where(ENTRIES.c.id.in_(list(ids)[:500])).order_by(ENTRIES.c.position)
    ).mappings()
    found = [entry_of_row(row) for row in rows]
    if not found:
        raise Denied("unknown", "there is no such entry", place="entry")
    return found


def _value(name: str, text: str, titles: Titles) -> str:
    """Return what the database keeps of a field; raise `InputError` for what is no day."""
    if name in TEXTS:
        return bind(text, titles)[0].strip()
    line = " ".join(text.split())
    if name == "date" and line:
        try:
            return date.fromisoformat(line).isoformat()
        except ValueError:
            raise InputError("not a day", place=name, found=line[:40]) from None
    return line
