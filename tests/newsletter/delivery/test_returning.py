from datetime import UTC, datetime
from email import message_from_bytes
from urllib.parse import parse_qs

import pytest
from sqlalchemy import func, select

from comity.core.database import transaction
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.bodies import Content
from comity.newsletter.delivery.ledger import recipients
from comity.newsletter.delivery.letters import Recipient
from comity.newsletter.delivery.mailer import Outcome, Result
from comity.newsletter.delivery.readers import Origin, Standing
from comity.newsletter.delivery.returning import (
    forgive_refusals,
    leave_by_mail,
    note_refusal,
    take_back,
)
from comity.newsletter.delivery.suppression import Reason, suppress
from comity.newsletter.delivery.tokens import Sent
from comity.newsletter.store.tables.delivery import RETURNS as TABLE
from newsletter_returns import ABUSE, NO_RETURNS, NOBODYS, RETURNS, report

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FULL = report("5.2.2", "smtp; 552 5.2.2 Over quota")


@pytest.fixture
def ann(enrol):
    return enrol("ann@example.com")["ann@example.com"]


@pytest.fixture
def back(office, ann):
    def filled(text, issue):
        sent = Sent(issue, ann)
        path = office.secret.return_path("bounces@example.org", sent)
        name = office.secret.message_id("example.org", sent)
        return text.replace("{path}", path).replace("{id}", name).encode()

    return lambda text, *issues: take_back([filled(text, n) for n in issues], office.readers)


def is_mailed(office):
    with transaction(office.engine, writes=False) as connection:
        return bool(recipients(connection, office.secret))


def test_one_missing_mailbox_is_enough(office, back):
    assert is_mailed(office)
    assert back(RETURNS["postfix"][0], 12) == {"no such mailbox": 1}
    assert not is_mailed(office)


def test_a_full_mailbox_must_be_so_for_some_issues(office, back):
    back(FULL, 1, 2, 3, 3, 3)
    assert is_mailed(office)
    back(FULL, 4)
    assert not is_mailed(office)


def test_a_mail_that_is_read_again_counts_once(office, back):
    for _ in range(10):
        back(FULL, 1)
    with transaction(office.engine, writes=False) as connection:
        assert connection.scalar(select(func.count()).select_from(TABLE)) == 1
    assert is_mailed(office)


def test_old_returns_are_forgiven(office, back):
    back(FULL, 1, 2, 3)
    office.clock.pass_by(days=91)
    back(FULL, 4)
    assert is_mailed(office)


def test_policy_never_costs_a_reader(office, back):
    back(RETURNS["policy"][0], *range(1, 30))
    assert is_mailed(office)


def test_a_complaint_stops_all_mail(office, back, ann):
    assert back(ABUSE, 12) == {"complaints": 1}
    assert not is_mailed(office)
    assert office.readers.find(ann).standing == Standing.LEFT


def test_what_is_no_return_or_not_ours_changes_nothing(office, back):
    assert back(NOBODYS, 12) == {"returns of no mail of ours": 1}
    for text in NO_RETURNS.values():
        assert back(text, 12) == {"no returns": 1}
    assert is_mailed(office)


def test_returns_of_readers_who_are_gone_change_nothing(office, back):
    with transaction(office.engine, writes=True) as connection:
        office.readers.erase(connection, parse("ann@example.com"))
    assert back(RETURNS["postfix"][0], 12) == {"no such mailbox": 1}


@pytest.mark.parametrize(
    ("outcome", "mailed"),
    [
        (Outcome(Result.REFUSED, 550, "5.1.1 No such user", True), False),
        (Outcome(Result.REFUSED, 550, "No", True), False),
        (Outcome(Result.REFUSED, 554, "Looks like spam", False), True),
        (Outcome(Result.REFUSED, 550, "No", False), True),
        (Outcome(Result.LATER, 450, "Later", True), True),
    ],
)
def test_what_the_relay_refused_at_once_counts_too(office, ann, outcome, mailed):
    with transaction(office.engine, writes=True) as connection:
        note_refusal(connection, office.readers, Sent(12, ann), outcome)
    assert is_mailed(office) is mailed


def test_a_refusal_that_is_tried_again_is_forgiven_and_nothing_else(office, back, ann):
    refusal = Outcome(Result.REFUSED, 550, "No", True)
    with transaction(office.engine, writes=True) as connection:
        note_refusal(connection, office.readers, Sent(12, ann), refusal)
    assert not is_mailed(office)
    forgive_refusals(office.readers, 11)
    assert not is_mailed(office)
    forgive_refusals(office.readers, 12)
    assert is_mailed(office)
    back(RETURNS["postfix"][0], 12)
    forgive_refusals(office.readers, 12)
    assert not is_mailed(office)


def test_who_asked_to_be_left_alone_stays_so_whatever_is_tried_again(office, ann):
    refusal = Outcome(Result.REFUSED, 550, "No", True)
    with transaction(office.engine, writes=True) as connection:
        suppress(connection, office.secret.hide("ann@example.com"), Reason.COMPLAINED, NOW)
        note_refusal(connection, office.readers, Sent(12, ann), refusal)
    forgive_refusals(office.readers, 12)
    assert not is_mailed(office)


def test_what_came_back_before_somebody_confirmed_again_stops_nothing(office, ann, back):
    back(RETURNS["postfix"][0], 12)
    assert not is_mailed(office)
    office.readers.leave(ann, Origin("web"))
    office.readers.sign_up(parse("ann@example.com"), "", Origin("web"))
    office.readers.confirm(ann, Origin("web"))
    assert is_mailed(office)
    back(FULL, 13)
    assert is_mailed(office)


def test_the_mail_that_a_list_unsubscribe_field_offers_stops_all_mail(office, ann):
    content = Content("Rivers", "Hello")
    to = Recipient(ann, parse("ann@example.com"))
    letter = office.stationery.issue(content, to, 12, NOW)
    field = message_from_bytes(letter.message)["List-Unsubscribe"]
    _, mail = field.split(",")
    address, _, query = mail.strip(" \r\n<>").removeprefix("mailto:").partition("?")
    subject = parse_qs(query)["subject"][0]
    assert address == "bounces@example.org"
    for forged in ("unsubscribe", f"{subject}x", subject.replace(ann, "b" * 16), f"Re: {subject}"):
        assert not leave_by_mail(forged, office.readers)
    assert is_mailed(office)
    assert leave_by_mail(subject, office.readers)
    assert office.readers.find(ann).standing == Standing.LEFT
