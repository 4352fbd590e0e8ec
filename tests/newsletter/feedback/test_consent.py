import pytest

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.newsletter.feedback import consent
from comity.newsletter.feedback.automatic import Sort
from comity.newsletter.feedback.keeping import add_reply, is_known, replies
from comity.newsletter.feedback.reply import Consent, State
from comity.newsletter.feedback.taking import Reading
from comity.newsletter.model.withholding import withhold
from newsletter_replies import ARCHIVE, PUBLICATION, filled_store, mail


@pytest.fixture
def store(tmp_path):
    store = filled_store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def name(store):
    return put(store, "First.\n\nSecond.\n")


def put(store, text, **fields):
    reply = Reading(PUBLICATION, ARCHIVE).read(mail(text, **fields))
    with transaction(store.engine, writes=True) as connection:
        add_reply(connection, reply)
    return reply.id


def printed(store):
    return [(r.entry, r.name, r.text) for r in store.load().replies]


def published(store, name):
    consent.approve(store.engine, name, "river", paragraphs=[2])
    consent.record(store.engine, name, Consent.GIVEN, "mail")
    return consent.publish(store.engine, name)


def test_printed_words_are_those_agreed_to_and_every_view_has_them(store, name):
    reply = published(store, name)
    assert reply.state is State.PUBLISHED
    assert printed(store) == [("river", "Jane Roe", "Second.")]
    assert store.load().replies[0].date == "2026-05-05"
    view = withhold(PUBLICATION, store.load(), "public")
    assert [r.text for r in view.replies["river"]] == ["Second."]
    consent.publish(store.engine, name)
    assert len(printed(store)) == 1


def test_nothing_is_printed_without_both_words(store, name):
    with pytest.raises(InputError, match="not approved"):
        consent.publish(store.engine, name)
    with pytest.raises(InputError, match="approve it first"):
        consent.record(store.engine, name, Consent.GIVEN, "mail")
    consent.approve(store.engine, name, "river")
    with pytest.raises(InputError, match="consent unasked; expected consent given"):
        consent.publish(store.engine, name)
    consent.record(store.engine, name, Consent.ASKED, "mail")
    with pytest.raises(InputError, match="found consent asked"):
        consent.publish(store.engine, name)
    assert printed(store) == []


def test_consent_to_some_words_is_none_to_others(store, name):
    published(store, name)
    consent.approve(store.engine, name, "river", paragraphs=[1])
    assert printed(store) == []
    with pytest.raises(InputError, match="consent unasked"):
        consent.publish(store.engine, name)
    consent.approve(store.engine, name, "river", paragraphs=[2], printed_name="J.")
    with pytest.raises(InputError, match="consent unasked"):
        consent.publish(store.engine, name)
    consent.approve(store.engine, name, "trust", paragraphs=[2])
    with pytest.raises(InputError, match="consent unasked"):
        consent.publish(store.engine, name)
    consent.approve(store.engine, name, "river", paragraphs=[2])
    assert consent.publish(store.engine, name).state is State.PUBLISHED


def test_a_refusal_takes_back_at_once_and_all_words_stay_recorded(store, name):
    published(store, name)
    reply = consent.record(store.engine, name, Consent.REFUSED, "phone call")
    assert printed(store) == []
    assert (reply.state, reply.consent) == (State.DISMISSED, Consent.REFUSED)
    said = [(word.consent.value, word.how) for word in reply.said]
    assert said == [("given", "mail"), ("refused", "phone call")]
    assert all(s.at.endswith("+00:00") for s in reply.said)
    consent.approve(store.engine, name, "river")
    with pytest.raises(InputError, match="consent refused"):
        consent.publish(store.engine, name)


@pytest.mark.parametrize("change", [consent.withdraw, consent.dismiss, consent.forget])
def test_what_is_taken_back_is_gone_and_nobody_else_s(store, name, change):
    other = put(store, "Another.", From="Max <max@example.com>")
    consent.approve(store.engine, other, "river")
    consent.record(store.engine, other, Consent.GIVEN, "mail")
    consent.publish(store.engine, other)
    published(store, name)
    change(store.engine, name)
    assert printed(store) == [("river", "Max", "Another.")]


def test_erasure_leaves_no_word_in_the_file_and_the_mail_is_not_read_again(store, name):
    published(store, name)
    reply = consent.forget(store.engine, name)
    assert replies(store.engine) == ()
    with transaction(store.engine, writes=False) as connection:
        assert is_known(connection, reply.digest)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    data = store.path.read_bytes()
    for word in (b"Second.", b"Jane Roe", b"jane@example.net", name.encode() + b"\x00"):
        assert word not in data


def test_all_mails_of_one_address_are_erased_and_no_others(store, name):
    published(store, name)
    put(store, "Away.", Auto_Submitted="auto-replied")
    other = put(store, "Another.", From="Max <max@example.com>")
    assert consent.forget_all(store.engine, " Jane@example.net") == 2
    assert printed(store) == []
    assert [reply.id for reply in replies(store.engine, sorts=tuple(Sort))] == [other]
    assert consent.forget_all(store.engine, "") == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"entry": "nothing"}, "no such entry"),
        ({"entry": "river", "paragraphs": [3]}, "no such paragraph.*found 3; expected 1 to 2"),
        ({"entry": "river", "paragraphs": [0]}, "no such paragraph"),
    ],
)
def test_what_cannot_be_printed_is_refused(store, name, arguments, message):
    with pytest.raises(InputError, match=message):
        consent.approve(store.engine, name, **arguments)


def test_only_what_people_wrote_can_be_printed(store):
    name = put(store, "Away.", Auto_Submitted="auto-replied")
    with pytest.raises(InputError, match="nobody wrote this mail"):
        consent.approve(store.engine, name, "river")
    empty = put(store, "> only a quote")
    with pytest.raises(InputError, match="an empty reply"):
        consent.approve(store.engine, empty, "river")


def test_words_on_consent_say_how_they_came(store, name):
    consent.approve(store.engine, name, "river")
    with pytest.raises(InputError, match="how consent came"):
        consent.record(store.engine, name, Consent.GIVEN, "  ")
    with pytest.raises(InputError, match="no word on consent"):
        consent.record(store.engine, name, Consent.UNASKED, "mail")
