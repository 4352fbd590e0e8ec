import os
from datetime import UTC, datetime

import pytest

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.newsletter.delivery.ledger import Ledger, State
from comity.newsletter.delivery.resolving import RelayLog, resolve
from comity.newsletter.delivery.tokens import Sent
from newsletter_logs import LOGS, SECRET, filled, sent

CLAIMED, LATER, DAY = 1000.0, 2000.0, 86_400.0
TAKEN = """\
Mar  1 12:00:00 mx postfix/smtpd[1]: 4AF: client=localhost[127.0.0.1]
Mar  1 12:00:00 mx postfix/cleanup[2]: 4AF: message-id=<id(ann)>
Mar  1 12:00:00 mx postfix/qmgr[3]: 4AF: from=<b@example.org>, size=9, nrcpt=1 (queue active)
"""
READ_ONLY = """\
2026-03-01T12:00:01.5+00:00 mx postfix/sub/cleanup[2]: 4B0: message-id=<id(bob)>
2026-03-01T12:00:01.6+00:00 mx postfix/sub/cleanup[2]: 4B0: milter-reject: END-OF-MESSAGE
"""


@pytest.fixture
def log(tmp_path):
    def write(text, ended=LATER):
        path = tmp_path / "mail.log"
        last = f"{datetime.fromtimestamp(ended, UTC).isoformat()} relay goes on\n"
        path.write_text(filled(text) + last)
        os.utime(path, (ended, ended))
        return path

    return write


def ask(path, *names, now=LATER, known=(("ann", CLAIMED - 1),)):
    relay = RelayLog(path, SECRET, now)
    told = relay.took(
        {sent(name): CLAIMED for name in names}, {sent(name): time for name, time in known}
    )
    return {name: told[sent(name)] for name in names if sent(name) in told}


def test_a_mail_is_taken_once_it_is_in_the_queue(log):
    path = log(TAKEN + READ_ONLY)
    told = ask(path, "ann", "bob", "zoe")
    assert told == {"ann": True, "bob": False, "zoe": False}


def test_a_log_without_a_mail_of_ours_tells_of_no_absence(log):
    path = log("1970-01-01T00:00:00+00:00 relay postfix starts\n" + TAKEN)
    assert ask(path, "ann", "bob", known=[("old", CLAIMED - 1)]) == {"ann": True}
    assert ask(path, "bob", known=()) == {}


AFTER = [("ann", CLAIMED + 50)]
"""The only mail of ours in the log was sent after the claim."""


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, {"bob": False}), (879, {"bob": False}), (881, {}), (1500, {})]
)
def test_a_log_that_begins_before_the_claim_goes_back_far_enough(log, seconds, told):
    begun = datetime.fromtimestamp(seconds, UTC).isoformat()
    assert ask(log(f"{begun} relay postfix starts\n{TAKEN}"), "bob", known=AFTER) == told


@pytest.mark.parametrize(("day", "told"), [("Mar 14", {"bob": False}), ("Mar 16", {})])
def test_lines_without_a_year_are_of_the_latest_that_fits(log, day, told):
    claimed = datetime(2026, 3, 15, 12).timestamp()
    text = f"{day} 12:00:00 relay postfix starts\n{TAKEN}"
    path = log(text, ended=claimed + 2 * 86_400)
    mails, known = {sent("bob"): claimed}, {sent("ann"): claimed + 50}
    found = RelayLog(path, SECRET, claimed + 3 * 86_400).took(mails, known)
    assert found == {sent(name): answer for name, answer in told.items()}


def test_a_log_of_last_year_is_not_taken_for_one_of_this(log):
    claimed = datetime(2026, 1, 5, 12).timestamp()
    path = log(f"Dec 30 12:00:00 relay starts\n{TAKEN}", ended=claimed + 86_400)
    mails, known = {sent("bob"): claimed}, {sent("ann"): claimed + 1}
    assert RelayLog(path, SECRET, claimed + 2 * 86_400).took(mails, known) == {sent("bob"): False}


@pytest.mark.parametrize("name", LOGS)
def test_each_kind_of_log_tells_of_taken_and_of_not_taken(log, name):
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp() + DAY
    path = log(LOGS[name], ended=noon + 600)
    relay = RelayLog(path, SECRET, noon + 600)
    mails = {sent("ann"): noon, sent("bob"): noon}
    assert relay.took(mails, {sent("ann"): noon}) == {sent("ann"): True, sent("bob"): False}


def test_a_log_does_not_go_back_to_the_midnight_before_it(log):
    written = datetime(2026, 3, 1, 13).timestamp()
    path = log(LOGS["Exim"], ended=written)
    claimed = datetime(2026, 3, 1, 11).timestamp()
    relay = RelayLog(path, SECRET, written)
    assert relay.took({sent("bob"): claimed}, {sent("ann"): claimed + 3700}) == {}


def test_a_relay_may_still_be_taking_a_mail_for_ten_minutes(log):
    path = log(TAKEN)
    assert ask(path, "bob", now=CLAIMED + 599) == {}
    assert ask(path, "bob", now=CLAIMED + 600) == {"bob": False}


@pytest.mark.parametrize(("after", "told"), [(-1, {}), (599, {}), (600, {"bob": False})])
def test_a_log_that_ends_too_early_tells_of_no_absence(log, after, told):
    path = log(TAKEN, ended=CLAIMED + after)
    # A copy of what was rotated away is a file written just now.
    os.utime(path, (LATER, LATER))
    assert ask(path, "bob") == told


def test_a_log_that_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(InputError, match="cannot read the relay's log"):
        ask(tmp_path / "none", "ann")


class Tells:
    def __init__(self, **answers):
        self.answers = answers

    def took(self, mails, known):
        self.known = known
        return {m: self.answers[m.reader] for m in mails if m.reader in self.answers}


def test_what_the_relay_tells_settles_unknown_mails(office, enrol):
    ids = enrol("ann@a.org", "bob@b.org", "eve@c.org", "zoe@d.org")
    ledger = Ledger(office.engine, 12, lambda: office.clock().timestamp())
    ledger.begin("d", office.secret, office.clock())
    with transaction(office.engine, writes=True) as connection:
        ledger.settle(connection, ids["zoe@d.org"], State.SENT)
    office.clock.pass_by(minutes=1)
    with transaction(office.engine, writes=True) as connection:
        for address in ("ann@a.org", "bob@b.org", "eve@c.org"):
            assert ledger.claim(connection, ids[address], frozenset())
    resolver = Tells(**{ids["ann@a.org"]: True, ids["bob@b.org"]: False})
    left = resolve(ledger, office.secret, resolver)
    assert [str(each.address) for each in left] == ["eve@c.org"]
    assert {state.name: n for state, n in ledger.counts().items() if n} == {
        "SENT": 2,
        "WAITING": 1,
        "UNKNOWN": 1,
    }
    assert [str(job.to.address) for job in ledger.waiting()] == ["bob@b.org"]
    zoe = Sent(12, ids["zoe@d.org"])
    assert resolver.known == {zoe: office.clock().timestamp() - 60}


def test_without_anybody_to_ask_they_stay_unknown(office, enrol):
    reader = enrol("ann@a.org")["ann@a.org"]
    ledger = Ledger(office.engine, 12)
    ledger.begin("d", office.secret, office.clock())
    with transaction(office.engine, writes=True) as connection:
        ledger.claim(connection, reader, frozenset())
    assert [each.reader for each in resolve(ledger, office.secret, None)] == [reader]
    assert ledger.counts()[State.UNKNOWN] == 1
