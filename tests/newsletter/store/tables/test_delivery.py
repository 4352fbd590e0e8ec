"""The tables of delivery: one reader an address, and what goes with a reader who is erased."""

import pytest
from sqlalchemy import delete, insert, select

from comity.core.database import Conflict, transaction
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.delivery import CONSENTS, READERS


@pytest.fixture
def engine(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    with transaction(store.engine, writes=True) as connection:
        ann = {"id": "ann", "address": "Ann@example.org", "key": "ann@example.org"}
        connection.execute(insert(READERS).values(**ann))
        connection.execute(insert(CONSENTS).values(reader="ann", act="confirmed"))
    yield store.engine
    store.close()


def test_two_spellings_of_an_address_are_one_reader(engine):
    again = {"id": "again", "address": "ann@EXAMPLE.org", "key": "ann@example.org"}
    with pytest.raises(Conflict), transaction(engine, writes=True) as connection:
        connection.execute(insert(READERS).values(**again))


def test_nobody_consents_who_is_not_there(engine):
    with pytest.raises(Conflict), transaction(engine, writes=True) as connection:
        connection.execute(insert(CONSENTS).values(reader="nobody", act="confirmed"))


def test_what_a_reader_agreed_to_goes_with_the_reader(engine):
    with transaction(engine, writes=True) as connection:
        connection.execute(delete(READERS).where(READERS.c.id == "ann"))
        assert connection.execute(select(CONSENTS)).all() == []
