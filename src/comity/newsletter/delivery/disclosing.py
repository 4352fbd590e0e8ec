"""All that is kept of one address, for whoever it belongs to: what `forgetting` would erase.

Whoever asks is entitled to a copy of it (GDPR, article 15). Where others wrote the address is not
told: that is theirs, and `forgetting` names it to the editor.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, select

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.core.results import plain
from comity.newsletter.delivery.addresses import Address
from comity.newsletter.delivery.forgetting import mails_of
from comity.newsletter.delivery.readers import Readers
from comity.newsletter.delivery.spellings import Spellings
from comity.newsletter.feedback.keeping import read_reply
from comity.newsletter.store.tables.delivery import CONSENTS, LEDGER, READERS, RETURNS, SUPPRESSED


def disclose(readers: Readers, address: Address) -> dict[str, Any]:
    """Return all that is kept of an address, as plain data.

    Returns
    -------
    ``reader``, with ``consents``, ``returns`` and ``mails`` of issues; ``replies``, mails that came
    from the address, and those of machines that name it; ``suppressed``, why it gets no mail.

    Raises `InputError` where nothing is kept.
    """
    spellings = Spellings(address)
    with transaction(readers.engine, writes=False) as connection:
        found = _of_reader(connection, address)
        found["replies"] = [
            plain(vars(read_reply(connection, row.id))) for row in mails_of(connection, spellings)
        ]
        found["suppressed"] = _suppressed(connection, readers.secret.hide(address.key))
    if not any(found.values()):
        raise InputError("nothing is kept of this address", found=str(address))
    return found


def _of_reader(connection: Connection, address: Address) -> dict[str, Any]:
    query = select(READERS).where(READERS.c.key == address.key)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return {"reader": None, "consents": [], "returns": [], "mails": []}
    own = {name: value for name, value in row.items() if name != "key"}
    return {
        "reader": own | {"without": json.loads(row["without"])},
        "consents": [*_rows_of(connection, CONSENTS, row["id"], "id")],
        "returns": [*_rows_of(connection, RETURNS, row["id"], "time")],
        "mails": [*map(_mail, _rows_of(connection, LEDGER, row["id"], "issue"))],
    }


def _rows_of(
    connection: Connection, table: Table, reader: str, order: str
) -> Iterator[dict[str, Any]]:
    query = select(table).where(table.c.reader == reader).order_by(table.c[order])
    hidden = {"id", "reader", "digest"}
    for row in connection.execute(query).mappings():
        yield {name: value for name, value in row.items() if name not in hidden}


def _mail(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of one issue's mail, its times as people read them."""
    moments = {
        name: datetime.fromtimestamp(row[name], UTC).isoformat(timespec="seconds") * bool(row[name])
        for name in ("due", "time")
    }
    return {name: value for name, value in row.items() if name != "place"} | moments


def _suppressed(connection: Connection, hidden: str) -> dict[str, str] | None:
    query = select(SUPPRESSED.c.reason, SUPPRESSED.c.time).where(SUPPRESSED.c.hidden == hidden)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else {"reason": row["reason"], "since": row["time"]}
