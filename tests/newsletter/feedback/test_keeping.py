import pytest

from comity.core.database import Conflict, transaction
from comity.core.errors import InputError
from comity.newsletter.feedback import keeping
from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.reply import State
from comity.newsletter.feedback.taking import Reading
from newsletter_replies import ARCHIVE, PUBLICATION, examples, filled_store


@pytest.fixture
def store(tmp_path):
    store = filled_store(tmp_path)
    yield store
    store.close()


def add(store, *found):
    with transaction(store.engine, writes=True) as connection:
        for reply in found:
            keeping.add_reply(connection, reply)


def read():
    reading = Reading(PUBLICATION, ARCHIVE)
    return [reading.read(example.data) for example in examples()]


def test_replies_come_back_as_they_were_read(store):
    written = read()
    add(store, *written)
    found = keeping.replies(store.engine, sorts=tuple(Sort))
    assert {reply.id: reply for reply in found} == {reply.id: reply for reply in written}


def test_filters(store):
    written = read()
    add(store, *written)
    assert {r.sort for r in keeping.replies(store.engine)} == {Sort.REPLY}
    bounces = keeping.replies(store.engine, sorts=[Sort.BOUNCE])
    assert len(bounces) == sum(r.sort is Sort.BOUNCE for r in written)
    assert keeping.replies(store.engine, issue=11) == ()
    assert keeping.replies(store.engine, states=[State.PUBLISHED]) == ()


def test_the_beginning_of_an_id_will_do_if_it_is_one(store):
    first, second, *_ = read()
    add(store, first, second)
    assert keeping.reply(store.engine, first.id[:6].upper()) == first
    for name in ("", "zzz", "%"):
        with pytest.raises(InputError, match="no such reply"):
            keeping.reply(store.engine, name)


def test_the_same_mail_cannot_be_there_twice(store):
    (first, *_) = read()
    add(store, first)
    with pytest.raises(Conflict):
        add(store, first)


def test_keys_are_noted_by_mailbox(store):
    with transaction(store.engine, writes=True) as connection:
        for _ in range(2):
            keeping.mark_seen(connection, "a", "1")
        keeping.mark_seen(connection, "a", "")
        keeping.mark_seen(connection, "b", "2")
    assert keeping.seen_keys(store.engine, "a") == {"1"}
