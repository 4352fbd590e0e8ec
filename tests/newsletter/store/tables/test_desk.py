"""The table of drafts has one row for each entry and editor."""

import pytest
from sqlalchemy import insert

from comity.core.database import Conflict, transaction
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.desk import DRAFTS


def test_one_draft_of_an_entry_and_editor(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    row = {"entry": "a", "editor": "Ada", "before": "{}", "fields": "{}", "time": "t"}
    with transaction(store.engine, writes=True) as connection:
        connection.execute(insert(DRAFTS).values(row))
        connection.execute(insert(DRAFTS).values({**row, "editor": "Bo"}))
    with pytest.raises(Conflict), transaction(store.engine, writes=True) as connection:
        connection.execute(insert(DRAFTS).values(row))
    store.close()
