"""Beginning a publication: an empty one, or a small example in which everything is in use."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import tomlkit

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.core.files import write_atomic
from comity.newsletter.delivery.keys import make_secret
from comity.newsletter.model.entry import Entry, Version, Work
from comity.newsletter.model.ids import new_id
from comity.newsletter.model.issue import Erratum, Issue
from comity.newsletter.publication.reading import SETTINGS, read_publication
from comity.newsletter.sheets.cells import Cell, Table
from comity.newsletter.sheets.fields import CASES
from comity.newsletter.sheets.importing import apply, plan_import
from comity.newsletter.store.store import DATABASE, Store, write_entries, write_issues, write_works

EMPTY = """\
# The settings of a publication. What is left out is as it is by default; see the reference on the
# data of a newsletter for all there is.

name = "{name}"
short = "{short}"                # before the number of an issue
url = "http://localhost:8080"    # where the site will be, without a slash at the end
language = "en"

# In the order in which an issue has them: "News", {{ name = "Agreement", inside = ["Bargaining"] }}
categories = [
]

# One person, however the name is written. No other spellings are joined.
[aliases]

[post]
sender = ""
host = "localhost"
port = 25
"""
CASE = "chicken.toml"
"""The Case that an entry of the example carries."""
SEED = 2026
"""Of the example's ids, so that its addresses are the same wherever it is made."""
IGNORED = "keys/\nout/\nnewsletter.db*\nsending.lock\n"
"""What stays out of a repository: secrets, readers' addresses, and what can be built again."""


def begin(folder: str | Path, *, example: bool, name: str = "", short: str = "") -> Store:
    """Make the folder of a publication and return its database.

    Raises `InputError` where the folder holds a publication already.
    """
    target = Path(folder)
    for there in (SETTINGS, DATABASE):
        if (target / there).exists():
            raise InputError("there is a publication already", file=str(target / there))
    try:
        (target / CASES).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "cannot make the folder", file=str(target), found=error.strerror
        ) from error
    if example:
        _copy_example(target)
    else:
        settings = {"name": name or "A newsletter", "short": short or "NL"}
        escaped = {key: _escaped(value) for key, value in settings.items()}
        write_atomic(target / SETTINGS, EMPTY.format(**escaped))
    read_publication(target)
    write_atomic(target / ".gitignore", IGNORED)
    make_secret(target)
    store = Store.open(target)
    if example:
        fill(store)
    return store


def fill(store: Store) -> None:
    """Store what the example has read."""
    text = (files(__package__) / "example" / "content.toml").read_text(encoding="utf-8")
    content = tomllib.loads(text)
    publication = read_publication(store.folder)
    rng = Random(SEED)
    table = _table(content["entries"])
    plan = plan_import(table, store.load(), publication, folder=store.folder, rng=rng)
    if plan.faults:
        raise InputError("the example is broken", found=str(plan.faults[0]))
    apply(store, plan)
    ids = {entry.title: entry.id for entry in plan.entries}
    archive = store.load()
    works = [_work(row, archive.by_id[ids[row["entry"]]], new_id(rng)) for row in content["works"]]
    with transaction(store.engine, writes=True) as connection:
        write_issues(connection, [_issue(row) for row in content["issues"]])
        write_works(connection, [work for work, _ in works])
        write_entries(connection, [entry for _, entry in works])
    for row in content["errata"]:
        store.add_erratum(Erratum(ids[row["entry"]], row["date"], row["note"]))


def _copy_example(target: Path) -> None:
    source = files(__package__) / "example"
    write_atomic(target / SETTINGS, (source / SETTINGS).read_text(encoding="utf-8"))
    write_atomic(target / CASES / CASE, (_cases() / CASE).read_text(encoding="utf-8"))


def _cases() -> Path:
    """Return the folder of the Cases that come with comity, installed or in its repository."""
    home = Path(str(files("comity.core"))).parent
    packaged = home / "examples"
    return packaged if packaged.is_dir() else home.parents[1] / "examples"


def _escaped(text: str) -> str:
    """Return a text as it stands between quotes in TOML."""
    return tomlkit.string(" ".join(text.split())).as_string()[1:-1]


def _table(rows: Sequence[Mapping[str, Any]]) -> Table:
    headings = tuple(dict.fromkeys(heading for row in rows for heading in row))
    cells = tuple(
        {
            place: Cell(value.strip() if isinstance(value, str) else value)
            for place, heading in enumerate(headings)
            if (value := row.get(heading)) is not None
        }
        for row in rows
    )
    return Table("content.toml", headings, cells)


def _issue(row: Mapping[str, Any]) -> Issue:
    return Issue(**{"created": row.get("sent", "2026-02-02T08:00:00+00:00"), **row})


def _work(row: Mapping[str, Any], entry: Entry, key: str) -> tuple[Work, Entry]:
    """Return a work with its versions, and the entry on it."""
    versions = tuple(Version(**version) for version in row["versions"])
    return Work(key, entry.title, entry.authors, versions), replace(entry, work=key)
