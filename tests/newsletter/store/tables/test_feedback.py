import pytest
from sqlalchemy import delete, func, insert, select

from comity.core.database import Conflict, transaction
from comity.newsletter.store.tables.feedback import (
    FEEDBACK,
    FEEDBACK_CONSENT,
    FEEDBACK_ERASED,
    FEEDBACK_MATCHES,
)
from newsletter_replies import filled_store


@pytest.fixture
def engine(tmp_path):
    store = filled_store(tmp_path)
    yield store.engine
    store.close()


def add(engine, table, **values):
    with transaction(engine, writes=True) as connection:
        connection.execute(insert(table).values(values))


def test_one_mail_is_there_once(engine):
    add(engine, FEEDBACK, id="a", digest="d")
    with pytest.raises(Conflict):
        add(engine, FEEDBACK, id="b", digest="d")


def test_nothing_is_noted_about_a_mail_that_is_not_there(engine):
    with pytest.raises(Conflict):
        add(engine, FEEDBACK_CONSENT, reply="nobody")


def test_what_was_noted_goes_with_its_mail(engine):
    add(engine, FEEDBACK, id="a", digest="d")
    add(engine, FEEDBACK_CONSENT, reply="a")
    add(engine, FEEDBACK_MATCHES, reply="a", place=0, paragraph=0)
    with transaction(engine, writes=True) as connection:
        connection.execute(delete(FEEDBACK))
        for table in (FEEDBACK_CONSENT, FEEDBACK_MATCHES):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0


def test_of_what_was_erased_nothing_stays_but_a_digest_and_the_time():
    assert {column.name for column in FEEDBACK_ERASED.columns} == {"digest", "at"}
