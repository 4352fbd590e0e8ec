import pytest

from comity.core.database import transaction
from comity.newsletter.delivery.account import account
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.ledger import Ledger, State
from comity.newsletter.delivery.mailer import Outcome, Result
from comity.newsletter.delivery.readers import Origin
from comity.newsletter.delivery.returning import note_refusal, take_back
from comity.newsletter.delivery.tokens import Sent
from newsletter_returns import ABUSE, RETURNS, report

WEB = Origin("web")


@pytest.fixture
def ids(enrol):
    return list(enrol(*(f"r{k}@a.org" for k in range(8))).values())


@pytest.fixture
def begin(office):
    def made(issue):
        ledger = Ledger(office.engine, issue, lambda: office.clock().timestamp())
        ledger.begin("d", office.secret, office.clock())
        return ledger

    return made


def back(office, reader, text, issue):
    sent = Sent(issue, reader)
    path = office.secret.return_path("bounces@example.org", sent)
    name = office.secret.message_id("example.org", sent)
    take_back([text.replace("{path}", path).replace("{id}", name).encode()], office.readers)


def test_an_issue_that_nobody_was_sent_has_no_account(office):
    assert account(office.engine, 12) is None


def test_mails_returns_and_leavers_are_counted_by_issue(office, ids, begin, clock):
    office.readers.leave(ids[7], WEB)
    clock.pass_by(days=1)
    ledger = begin(12)
    with transaction(office.engine, writes=True) as connection:
        for reader in ids[:5]:
            ledger.settle(connection, reader, State.SENT, "250 Ok")
        ledger.settle(connection, ids[5], State.REFUSED, "550 No")
        refusal = Outcome(Result.REFUSED, 550, "5.1.1 No such user", True)
        note_refusal(connection, office.readers, Sent(12, ids[5]), refusal)
    found = account(office.engine, 12)
    assert found.recipients == 7
    assert dict(found.mails) == {"sent": 5, "refused": 1, "waiting": 1}
    assert (dict(found.returned), found.left, found.finished) == ({}, 0, "")
    clock.pass_by(hours=1)
    full = report("5.2.2", "smtp; 552 5.2.2 Over quota")
    for _ in range(2):
        back(office, ids[0], full, 12)
    back(office, ids[0], full.replace("Over quota", "Still over quota"), 12)
    back(office, ids[1], RETURNS["postfix"][0], 12)
    back(office, ids[2], RETURNS["postfix"][0], 11)
    office.readers.leave(ids[3], WEB)
    back(office, ids[4], ABUSE, 12)
    clock.pass_by(days=7)
    begin(13)
    office.readers.leave(ids[6], WEB)
    found = account(office.engine, 12)
    assert dict(found.returned) == {"mailbox full": 1, "no such mailbox": 1}
    assert (found.left, found.complained) == (2, 1)
    assert account(office.engine, 13).left == 1


def test_who_is_forgotten_counts_among_the_mails_alone(office, ids, begin):
    ledger = begin(12)
    back(office, ids[0], RETURNS["postfix"][0], 12)
    with transaction(office.engine, writes=True) as connection:
        ledger.settle(connection, ids[0], State.SENT)
        office.readers.erase(connection, parse("r0@a.org"))
    found = account(office.engine, 12)
    assert dict(found.mails) == {"waiting": 7, "sent": 1}
    assert dict(found.returned) == {}
