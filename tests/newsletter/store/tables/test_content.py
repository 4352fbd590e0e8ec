"""The tables of content hold every field, and refuse what belongs to nothing."""

from dataclasses import fields

import pytest
from sqlalchemy import insert

from comity.core.database import Conflict, transaction
from comity.newsletter.model.entry import Entry, Version
from comity.newsletter.model.issue import Issue
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.content import ENTRIES, ERRATA, ISSUES, REPLIES, VERSIONS


def test_every_field_has_a_column():
    assert {field.name for field in fields(Entry)} == set(ENTRIES.c.keys()) - {"row"}
    assert {field.name for field in fields(Version)} == set(VERSIONS.c.keys()) - {"work", "place"}
    plain = {field.name for field in fields(Issue)} - {"audio"}
    audio = {"audio_file", "audio_bytes", "audio_seconds"}
    assert plain | audio == set(ISSUES.c.keys())


@pytest.mark.parametrize("table", [ERRATA, REPLIES])
def test_nothing_is_said_of_entries_that_are_not_there(tmp_path, table):
    store = Store.open(tmp_path / "newsletter.db")
    with pytest.raises(Conflict), transaction(store.engine, writes=True) as connection:
        connection.execute(insert(table).values(entry="nobody"))
    store.close()
