"""One list of all tables, with names that migrations can rely on."""

from comity.newsletter.store import tables
from comity.newsletter.store.metadata import METADATA


def test_every_table_is_on_the_list():
    assert tables
    assert {"entries", "issues", "works", "versions", "errata", "cells", "search_postings"} <= set(
        METADATA.tables
    )


def test_constraints_have_names():
    constraints = [c for table in METADATA.tables.values() for c in table.constraints]
    assert all(constraint.name for constraint in constraints if constraint.name is not None)
    keys = {table.primary_key.name for table in METADATA.tables.values()}
    assert keys == {f"pk_{name}" for name in METADATA.tables}
