"""Cells go with their entries."""

from sqlalchemy import insert, select

from comity.core.database import transaction
from comity.newsletter.model.entry import Entry
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.sheet import CELLS


def test_cells_are_gone_with_their_entry(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    store.save_entries([Entry("a", "One"), Entry("b", "Two")])
    with transaction(store.engine, writes=True) as connection:
        rows = [{"entry": key, "field": "year", "cell": "[2018]"} for key in "ab"]
        connection.execute(insert(CELLS), rows)
    store.remove_entries(["a"])
    with transaction(store.engine, writes=False) as connection:
        assert connection.scalars(select(CELLS.c.entry)).all() == ["b"]
    store.close()
