import json

import pytest

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.disclosing import disclose
from comity.newsletter.delivery.forgetting import forget
from comity.newsletter.delivery.ledger import Ledger, State
from comity.newsletter.delivery.readers import Origin
from comity.newsletter.delivery.returning import take_back
from comity.newsletter.delivery.tokens import Sent
from comity.newsletter.feedback.mailboxes import Found
from comity.newsletter.feedback.taking import Reading
from newsletter_replies import mail
from newsletter_returns import RETURNS

ANN = parse("ann@example.com")
"""Whom the mails in `newsletter_returns` are about."""
WEB = Origin("web", "192.0.2.0/24")


class Listed:
    name = "listed"

    def __init__(self, *mails):
        self.all = mails

    def mails(self, known):
        yield from (Found(str(k), data) for k, data in enumerate(self.all))


def returned(office, reader):
    sent = Sent(12, reader)
    path = office.secret.return_path("bounces@example.org", sent)
    name = office.secret.message_id("example.org", sent)
    return RETURNS["postfix"][0].replace("{path}", path).replace("{id}", name).encode()


@pytest.fixture
def ann(office, store, enrol):
    """Somebody who reads, wrote, and whose mail came back; her id."""
    asked = office.readers.sign_up(ANN, "Ann", WEB)
    office.readers.confirm(asked.id, WEB)
    enrol("bob@example.com")
    ledger = Ledger(office.engine, 12, lambda: office.clock().timestamp())
    ledger.begin("d", office.secret, office.clock())
    with transaction(office.engine, writes=True) as connection:
        ledger.settle(connection, asked.id, State.SENT, "250 2.0.0 Ok: queued")
    reading = Reading(
        office.publication,
        store.load(),
        returned=lambda data: take_back([data], office.readers),
    )
    mine = mail("Mine.", From="Ann <ANN@example.com>", Subject="Re: a river")
    theirs = mail("Theirs, not of ann@example.com.", From="Bob <bob@example.com>")
    words = "<ann@example.com>: host mx.example.com said: 550 5.1.1 no such user"
    machine = mail(words, From="MAILER-DAEMON@mx.example.org", Subject="Undelivered Mail")
    reading.take(store.engine, Listed(mine, theirs, machine, returned(office, asked.id)))
    return asked.id


def test_everything_that_is_kept_is_told(office, ann):
    told = disclose(office.readers, parse("ANN@example.com"))
    assert told["reader"]["id"] == ann
    assert (told["reader"]["address"], told["reader"]["without"]) == ("ann@example.com", [])
    assert [row["act"] for row in told["consents"]] == ["asked", "confirmed"]
    assert told["consents"][0]["network"] == "192.0.2.0/24"
    assert [row["kind"] for row in told["returns"]] == ["no such mailbox"]
    assert told["mails"] == [
        {
            "issue": 12,
            "state": "sent",
            "tries": 0,
            "due": "",
            "time": "2026-03-01T12:00:00+00:00",
            "words": "250 2.0.0 Ok: queued",
        }
    ]
    assert sorted(reply["sort"] for reply in told["replies"]) == ["bounce", "reply"]
    (mine,) = (reply for reply in told["replies"] if reply["sort"] == "reply")
    assert (mine["subject"], mine["pieces"][0]["text"]) == ("Re: a river", "Mine.")
    assert told["suppressed"]["reason"] == "mail to it came back"
    json.dumps(told)


def test_what_is_of_others_is_not_told(office, ann):
    assert "bob" not in json.dumps(disclose(office.readers, ANN)).lower()


def test_of_somebody_who_only_wrote_the_mails_are_told(office, ann):
    told = disclose(office.readers, parse("bob@example.com"))
    assert [reply["pieces"][0]["text"] for reply in told["replies"]] == [
        "Theirs, not of ann@example.com."
    ]
    with transaction(office.engine, writes=True) as connection:
        office.readers.erase(connection, parse("bob@example.com"))
    told = disclose(office.readers, parse("bob@example.com"))
    assert (told["reader"], told["mails"], len(told["replies"])) == (None, [], 1)


def test_of_somebody_forgotten_nothing_is_left_but_why(office, store, ann):
    forget(store, office.readers, ANN)
    told = disclose(office.readers, ANN)
    assert told.pop("suppressed")["reason"] == "its reader asked to be forgotten"
    assert not any(told.values())


def test_nothing_is_kept_of_somebody_unknown(office):
    with pytest.raises(InputError, match="nothing is kept of this address"):
        disclose(office.readers, ANN)
