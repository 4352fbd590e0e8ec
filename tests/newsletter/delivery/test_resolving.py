import os
from datetime import UTC, datetime

import pytest

from comity.core.database import transaction
from comity.core.errors import InputError
from comity.newsletter.delivery.ledger import Ledger, State
from comity.newsletter.delivery.resolving import PostfixLog, resolve
from comity.newsletter.delivery.tokens import Sent

CLAIMED, LATER = 1000.0, 2000.0
TAKEN = """\
Mar  1 12:00:00 mx postfix/smtpd[1]: 4AF: client=localhost[127.0.0.1]
Mar  1 12:00:00 mx postfix/cleanup[2]: 4AF: message-id=<12.ann.mac@example.org>
Mar  1 12:00:00 mx postfix/qmgr[3]: 4AF: from=<b@example.org>, size=9, nrcpt=1 (queue active)
"""
READ_ONLY = """\
2026-03-01T12:00:01.5+00:00 mx postfix/sub/cleanup[2]: 4B0: message-id=<12.bob.mac@example.org>
2026-03-01T12:00:01.6+00:00 mx postfix/sub/cleanup[2]: 4B0: milter-reject: END-OF-MESSAGE
"""
QUEUE_USED_AGAIN = """\
Mar  1 12:00:02 mx postfix/qmgr[3]: 4AF: removed
Mar  1 12:00:03 mx postfix/cleanup[2]: 4AF: message-id=<12.eve.mac@example.org>
"""


@pytest.fixture
def log(tmp_path):
    def write(text, written=LATER):
        path = tmp_path / "mail.log"
        path.write_text(text)
        os.utime(path, (written, written))
        return path

    return write


def ask(path, *names, now=LATER, known=(("12.ann.mac", CLAIMED - 1),)):
    told = PostfixLog(path, now).took({f"12.{x}.mac": CLAIMED for x in names}, dict(known))
    return {name.split(".")[1]: answer for name, answer in told.items()}


def test_a_mail_is_taken_once_it_is_in_the_queue(log):
    path = log(TAKEN + READ_ONLY + QUEUE_USED_AGAIN)
    told = ask(path, "ann", "bob", "eve", "zoe")
    assert told == {"ann": True, "bob": False, "eve": False, "zoe": False}


def test_a_log_without_a_mail_of_ours_tells_of_no_absence(log):
    path = log("1970-01-01T00:00:00+00:00 relay postfix starts\n" + TAKEN)
    assert ask(path, "ann", "bob", known=[("11.old.mac", CLAIMED - 1)]) == {"ann": True}
    assert ask(path, "bob", known=()) == {}


AFTER = [("12.ann.mac", CLAIMED + 50)]
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
    path = log(text, written=claimed + 2 * 86_400)
    names, known = {"12.bob.mac": claimed}, {"12.ann.mac": claimed + 50}
    found = PostfixLog(path, claimed + 3 * 86_400).took(names, known)
    assert found == {f"12.{name}.mac": answer for name, answer in told.items()}


def test_a_log_of_last_year_is_not_taken_for_one_of_this(log):
    claimed = datetime(2026, 1, 5, 12).timestamp()
    path = log(f"Dec 30 12:00:00 relay starts\n{TAKEN}", written=claimed + 86_400)
    found = PostfixLog(path, claimed + 2 * 86_400).took({"b": claimed}, {"12.ann.mac": claimed + 1})
    assert found == {"b": False}


def test_a_relay_may_still_be_taking_a_mail_for_ten_minutes(log):
    path = log(TAKEN)
    assert ask(path, "bob", now=CLAIMED + 599) == {}
    assert ask(path, "bob", now=CLAIMED + 600) == {"bob": False}


def test_a_log_that_ends_before_the_claim_tells_of_no_absence(log):
    assert ask(log(TAKEN, written=CLAIMED - 1), "bob") == {}


def test_a_log_that_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(InputError, match="cannot read the relay's log"):
        ask(tmp_path / "none", "ann")


class Tells:
    def __init__(self, **answers):
        self.answers = answers

    def took(self, names, known):
        self.known = known
        return {
            name: self.answers[name.split(".")[1]]
            for name in names
            if name.split(".")[1] in self.answers
        }


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
    message_id = office.secret.message_id("example.org", Sent(12, ids["zoe@d.org"]))
    assert resolver.known == {message_id[1:].split("@")[0]: office.clock().timestamp() - 60}


def test_without_anybody_to_ask_they_stay_unknown(office, enrol):
    reader = enrol("ann@a.org")["ann@a.org"]
    ledger = Ledger(office.engine, 12)
    ledger.begin("d", office.secret, office.clock())
    with transaction(office.engine, writes=True) as connection:
        ledger.claim(connection, reader, frozenset())
    assert [each.reader for each in resolve(ledger, office.secret, None)] == [reader]
    assert ledger.counts()[State.UNKNOWN] == 1
