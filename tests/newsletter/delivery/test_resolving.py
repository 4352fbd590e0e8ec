import os

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


def ask(path, *names, now=LATER, witnesses=("12.ann.mac",)):
    names = {f"12.{name}.mac": CLAIMED for name in names}
    told = PostfixLog(path, now).took(names, dict.fromkeys(names, witnesses))
    return {name.split(".")[1]: answer for name, answer in told.items()}


def test_a_mail_is_taken_once_it_is_in_the_queue(log):
    path = log(TAKEN + READ_ONLY + QUEUE_USED_AGAIN)
    told = ask(path, "ann", "bob", "eve", "zoe")
    assert told == {"ann": True, "bob": False, "eve": False, "zoe": False}


def test_a_log_that_does_not_go_back_far_enough_tells_of_no_absence(log):
    path = log(TAKEN)
    assert ask(path, "ann", "bob", witnesses=("11.old.mac",)) == {"ann": True}
    assert ask(path, "bob", witnesses=()) == {}


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

    def took(self, names, witnesses):
        self.names, self.witnesses = names, witnesses
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
            assert ledger.claim(connection, ids[address])
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
    assert set(map(tuple, resolver.witnesses.values())) == {(message_id[1:].split("@")[0],)}


def test_without_anybody_to_ask_they_stay_unknown(office, enrol):
    reader = enrol("ann@a.org")["ann@a.org"]
    ledger = Ledger(office.engine, 12)
    ledger.begin("d", office.secret, office.clock())
    with transaction(office.engine, writes=True) as connection:
        ledger.claim(connection, reader)
    assert [each.reader for each in resolve(ledger, office.secret, None)] == [reader]
    assert ledger.counts()[State.UNKNOWN] == 1
