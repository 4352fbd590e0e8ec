"""Which issues are shown in which languages, as the database knows it.

Nothing but engines' answers to single sentences is kept. The translated edition is put together
anew from the edition as it is now: what has been withheld since, or corrected, is so in every
language. A sentence that changed since then stands in the original until it is translated.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import Engine as Database
from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from comity.core.database import transaction
from comity.newsletter.editions.assemble import assemble
from comity.newsletter.languages.memory import StoredMemory
from comity.newsletter.languages.translate import Pair, Plan
from comity.newsletter.languages.translated import Translated
from comity.newsletter.model.withholding import View
from comity.newsletter.store.tables.languages import TRANSLATIONS


def keep(database: Database, number: int, pair: Pair) -> None:
    """Note that an issue is shown in a language."""
    row = {
        "issue": number,
        "language": pair.target,
        "source": pair.source,
        "engine": pair.engine,
        "stand_ins": json.dumps(pair.stand_ins),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    statement = insert(TRANSLATIONS).values(row)
    with transaction(database, writes=True) as connection:
        connection.execute(
            statement.on_conflict_do_update(index_elements=["issue", "language"], set_=row)
        )


def drop(database: Database, number: int, language: str) -> bool:
    """No longer show an issue in a language; return whether it was."""
    gone = delete(TRANSLATIONS).where(
        TRANSLATIONS.c.issue == number, TRANSLATIONS.c.language == language
    )
    with transaction(database, writes=True) as connection:
        return bool(connection.execute(gone).rowcount)


def languages_of(database: Database) -> dict[int, tuple[str, ...]]:
    """Return the languages of every issue that was translated."""
    query = select(TRANSLATIONS.c.issue, TRANSLATIONS.c.language).order_by(
        TRANSLATIONS.c.issue, TRANSLATIONS.c.language
    )
    found: dict[int, tuple[str, ...]] = {}
    with transaction(database, writes=False) as connection:
        for number, language in connection.execute(query):
            found[number] = (*found.get(number, ()), language)
    return found


def translations(database: Database, view: View, number: int) -> tuple[Translated, ...]:
    """Return an issue in every language in which it is shown; no engine is asked.

    Parameters
    ----------
    database : of the publication.
    view : what the audience may see now.
    number : of the issue.
    """
    query = select(TRANSLATIONS).where(TRANSLATIONS.c.issue == number)
    with transaction(database, writes=False) as connection:
        rows = connection.execute(query.order_by(TRANSLATIONS.c.language)).all()
    if not rows:
        return ()
    edition = assemble(view, number)
    memory = StoredMemory(database)
    done = []
    for row in rows:
        pair = Pair(row.source, row.language, row.engine, tuple(json.loads(row.stand_ins)))
        plan = Plan.of(edition, pair)
        done.append(plan.finish(memory.recall(plan.keys)))
    return tuple(done)
