"""Plain data as rows of the database, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry, Version
from comity.newsletter.model.issue import Audio, Issue
from comity.newsletter.store.tables.content import TEXT_FIELDS

PLAIN = ("id", *TEXT_FIELDS, "highlight", "rating", "issue", "position", "part_of", "work", "case")
"""Fields of an entry that are columns as they stand."""
ISSUE_FIELDS = ("number", "title", "date", "opening", "closing", "sent", "created")
VERSION_FIELDS = ("kind", "url", "venue", "year", "doi", "arxiv")


def entry_to_row(entry: Entry) -> dict[str, Any]:
    """Return the row of an entry."""
    row = {name: getattr(entry, name) for name in PLAIN}
    row |= {"email_status": entry.email_status.value, "public": entry.public.value}
    return row | {"topics": _json(entry.topics), "extra": _json(entry.extra)}


def entry_of_row(row: Mapping[Any, Any]) -> Entry:
    """Return the entry of a row."""
    fields = {name: row[name] for name in PLAIN}
    fields["email_status"] = EmailStatus(row["email_status"])
    fields["public"] = Publicity(row["public"])
    fields["topics"] = tuple(json.loads(row["topics"]))
    fields["extra"] = tuple((heading, text) for heading, text in json.loads(row["extra"]))
    return Entry(**fields)


def issue_to_row(issue: Issue) -> dict[str, Any]:
    """Return the row of an issue."""
    audio = issue.audio
    row = {name: getattr(issue, name) for name in ISSUE_FIELDS}
    return row | {
        "audio_file": audio.file if audio else None,
        "audio_bytes": audio.bytes if audio else None,
        "audio_seconds": audio.seconds if audio else None,
    }


def issue_of_row(row: Mapping[Any, Any]) -> Issue:
    """Return the issue of a row."""
    audio = None
    if row["audio_file"] is not None:
        audio = Audio(row["audio_file"], row["audio_bytes"], row["audio_seconds"])
    return Issue(**{name: row[name] for name in ISSUE_FIELDS}, audio=audio)


def version_of_row(row: Mapping[Any, Any]) -> Version:
    """Return the version of a row."""
    return Version(**{name: row[name] for name in VERSION_FIELDS})


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
