import asyncio
from dataclasses import replace

import pytest

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.bodies import Content
from comity.newsletter.delivery.ledger import State
from comity.newsletter.delivery.letters import Recipient
from comity.newsletter.delivery.mailer import Result
from comity.newsletter.delivery.readers import Origin
from comity.newsletter.delivery.sending import Sending
from comity.newsletter.delivery.turns import alone
from newsletter_relay import Relay

WEB = Origin("web")


@pytest.fixture
def relay():
    with Relay() as made:
        yield made


@pytest.fixture
def sending(office, relay):
    rendered = []

    def render(without):
        rendered.append(without)
        left = {"Rivers", "Lakes"} - without
        return Content("RL #12", f"{sorted(left)}\n", "<p>x</p>") if left else None

    post = replace(
        office.publication.post,
        host="127.0.0.1",
        port=relay.port,
        per_second=1e9,
        per_domain=1e9,
    )
    there = replace(office, publication=replace(office.publication, post=post))
    made = Sending(there, 12, render, backoff=(0.0, 0.0))
    made.rendered = rendered
    return made


def run(sending, **settings):
    return asyncio.run(sending.run(**settings))


def count(sending):
    return {state.name: n for state, n in sending.ledger.counts().items() if n}


def test_readers_get_what_they_want_and_equal_wishes_are_rendered_once(sending, enrol, relay):
    ids = enrol(*(f"r{k}@a.org" for k in range(9)))
    wishes = [set(), {"Rivers"}, {"Rivers", "Lakes"}]
    for k, reader in enumerate(ids.values()):
        sending.office.readers.choose(reader, wishes[k % 3], WEB)
    run(sending)
    got = {
        m.recipient: m.message.get_body(("plain",)).get_content().split("\r\n")[0]
        for m in relay.taken
    }
    assert {got[f"r{k}@a.org"] for k in (0, 3, 6)} == {"['Lakes', 'Rivers']"}
    assert {got[f"r{k}@a.org"] for k in (1, 4, 7)} == {"['Lakes']"}
    assert count(sending) == {"SENT": 6, "EMPTY": 3}
    assert len(sending.rendered) == 3


def test_every_mail_is_its_readers_own(sending, enrol, relay):
    enrol("ann@a.org", "bob@b.org")
    run(sending)
    ids = {mail.message_id for mail in relay.taken}
    ways_out = {str(mail.message["List-Unsubscribe"]) for mail in relay.taken}
    assert len(ids) == len(ways_out) == len({mail.sender for mail in relay.taken}) == 2


def test_a_prospect_tells_who_would_get_it(sending, enrol):
    enrol("ann@a.org", "bob@b.org")
    before = sending.prospect()
    assert (before.begun, before.waiting, before.is_changed) == (False, 2, False)
    run(sending)
    after = sending.prospect()
    assert (after.begun, after.waiting, after.counts[State.SENT]) == (True, 0, 2)


def test_an_issue_that_changed_midway_is_noticed(sending, enrol):
    enrol("ann@a.org")
    run(sending)
    changed = Sending(sending.office, 12, lambda without: Content("RL #12", "Other\n"))
    assert changed.prospect().is_changed
    assert not sending.prospect().is_changed


def test_a_test_goes_the_same_way_and_into_no_ledger(sending, relay, enrol):
    enrol("ann@a.org")
    outcome = asyncio.run(sending.test(Recipient("a" * 16, parse("me@b.org"))))
    assert outcome.result == Result.TAKEN
    (mail,) = relay.taken
    assert mail.recipient == "me@b.org"
    assert mail.message["Subject"] == "[Test] RL #12"
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not sending.prospect().begun
    run(sending)
    sending.office.clock.pass_by(seconds=1)
    asyncio.run(sending.test(Recipient("a" * 16, parse("me@b.org"))))
    assert [each.recipient for each in relay.taken] == ["me@b.org", "ann@a.org", "me@b.org"]
    assert len({each.message_id for each in relay.taken}) == 3
    assert set(relay.taken[0].message.keys()) == set(relay.taken[1].message.keys())


def unknown(sending, address):
    """Leave a mail claimed, as a crash does."""
    ledger = sending.ledger
    ledger.begin("d", sending.office.secret, sending.office.clock())
    (job,) = [job for job in ledger.waiting() if str(job.to.address) == address]
    with transaction(ledger.engine, writes=True) as connection:
        assert ledger.claim(connection, job.to.reader, job.without)


@pytest.mark.parametrize(
    ("decision", "left", "got", "states"),
    [
        (None, ["ann@a.org"], ["bob@b.org"], {"SENT": 1, "UNKNOWN": 1}),
        (State.WAITING, [], ["ann@a.org", "bob@b.org"], {"SENT": 2}),
        (State.GIVEN_UP, [], ["bob@b.org"], {"SENT": 1, "GIVEN_UP": 1}),
    ],
)
def test_the_editor_decides_on_unknown_mails(sending, enrol, relay, decision, left, got, states):
    enrol("ann@a.org", "bob@b.org")
    unknown(sending, "ann@a.org")
    assert [str(each.address) for each in run(sending, unknown=decision)] == left
    assert sorted(mail.recipient for mail in relay.taken) == got
    assert count(sending) == states


def test_a_refusal_stops_later_issues_and_can_be_tried_again(sending, enrol, relay):
    enrol("ann@a.org", "bob@b.org")
    relay.answers["recipient", "ann@a.org"] = ["550 5.1.1 No such user"]
    run(sending)
    assert count(sending) == {"SENT": 1, "REFUSED": 1}
    assert Sending(sending.office, 13, sending.render).prospect().waiting == 1
    run(sending, refused=True)
    assert count(sending) == {"SENT": 2}
    assert Sending(sending.office, 13, sending.render).prospect().waiting == 2


def test_two_programs_do_not_send_at_once(sending, enrol):
    enrol("ann@a.org")
    with alone(sending.office.folder), pytest.raises(InputError, match="another program"):
        run(sending)
    assert count(sending) == {}
