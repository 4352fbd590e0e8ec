"""What the database itself refuses and erases, whoever writes to it."""

import pytest
from sqlalchemy import delete, func, insert, select

from comity.core.database import Conflict, transaction
from comity.newsletter.store.store import Store
from comity.newsletter.store.tables.delivery import CONSENTS, LEDGER, READERS, RETURNS, SENDINGS


@pytest.fixture
def engine(tmp_path):
    store = Store.open(tmp_path / "newsletter.db")
    yield store.engine
    store.close()


def add(engine, table, **values):
    with transaction(engine, writes=True) as connection:
        connection.execute(insert(table).values(values))


def count(engine, table):
    with transaction(engine, writes=False) as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_one_address_is_one_reader(engine):
    add(engine, READERS, id="a", key="ann@example.org")
    with pytest.raises(Conflict):
        add(engine, READERS, id="b", key="ann@example.org")


def test_what_is_known_of_a_reader_goes_with_them_but_for_a_row_that_names_nobody(engine):
    add(engine, READERS, id="a", key="ann@example.org")
    add(engine, CONSENTS, reader="a")
    add(engine, RETURNS, digest="d", reader="a", issue=1)
    add(engine, SENDINGS, issue=1)
    add(engine, LEDGER, issue=1, reader="a", place=0)
    with transaction(engine, writes=True) as connection:
        connection.execute(delete(READERS))
    assert [count(engine, table) for table in (CONSENTS, RETURNS, LEDGER)] == [0, 0, 1]


def test_a_reader_has_one_row_of_a_sending_that_has_begun(engine):
    with pytest.raises(Conflict):
        add(engine, LEDGER, issue=1, reader="a", place=0)
    add(engine, SENDINGS, issue=1)
    add(engine, LEDGER, issue=1, reader="a", place=0)
    with pytest.raises(Conflict):
        add(engine, LEDGER, issue=1, reader="a", place=1)
