"""What editors typed and have not saved yet: kept while they type, so that nothing is lost."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.sqlite import insert

from comity.core.database import transaction
from comity.newsletter.desk.forms import Form
from comity.newsletter.store.store import now
from comity.newsletter.store.tables.desk import DRAFTS


@dataclass(frozen=True)
class Draft:
    """An unsaved form.

    Attributes
    ----------
    before : the form when its editor began.
    form : the form as typed.
    time : when it was kept, ISO 8601.
    """

    entry: str
    editor: str
    before: dict[str, str]
    form: dict[str, str]
    time: str


def keep(engine: Engine, entry: str, editor: str, before: Form, form: Form) -> str:
    """Keep a form, in place of what the same editor typed before; return the time."""
    time = now()
    values = {"before": _json(before), "fields": _json(form), "time": time}
    with transaction(engine, writes=True) as connection:
        connection.execute(
            insert(DRAFTS)
            .values(entry=entry, editor=editor, **values)
            .on_conflict_do_update(index_elements=["entry", "editor"], set_=values)
        )
    return time


def drop(engine: Engine, entry: str, editor: str) -> None:
    """Forget what an editor typed."""
    with transaction(engine, writes=True) as connection:
        connection.execute(delete(DRAFTS).where(DRAFTS.c.entry == entry, DRAFTS.c.editor == editor))


def drafts(engine: Engine, entry: str | None = None) -> tuple[Draft, ...]:
    """Return what is unsaved, of one entry or of all, the latest first."""
    query = select(DRAFTS).order_by(DRAFTS.c.time.desc(), DRAFTS.c.entry, DRAFTS.c.editor)
    if entry is not None:
        query = query.where(DRAFTS.c.entry == entry)
    with transaction(engine, writes=False) as connection:
        return tuple(
            Draft(row.entry, row.editor, json.loads(row.before), json.loads(row.fields), row.time)
            for row in connection.execute(query)
        )


def _json(form: Form) -> str:
    return json.dumps(dict(form), ensure_ascii=False)
