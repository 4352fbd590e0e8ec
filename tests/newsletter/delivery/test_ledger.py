import pytest
from sqlalchemy import select

from comity.core.database import transaction
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.ledger import Ledger, State, recipients
from comity.newsletter.delivery.readers import Origin
from comity.newsletter.delivery.suppression import Reason, suppress
from comity.newsletter.store.tables.delivery import LEDGER

NOTHING = frozenset()
WEB = Origin("web")


@pytest.fixture
def ledger(office):
    return Ledger(office.engine, 12, lambda: office.clock().timestamp())


@pytest.fixture
def begin(ledger, office):
    return lambda digest="d": ledger.begin(digest, office.secret, office.clock())


def within(ledger, step):
    with transaction(ledger.engine, writes=True) as connection:
        return step(connection)


def count(ledger):
    return {state.name: n for state, n in ledger.counts().items() if n}


def test_who_gets_an_issue_is_written_down_once(ledger, begin, enrol):
    ids = enrol("ann@a.org", "bob@b.org")
    assert ledger.digest() is None
    assert begin("first") == "first"
    enrol("eve@c.org")
    assert begin("second") == "first"
    assert ledger.digest() == "first"
    assert {job.to.reader for job in ledger.waiting()} == set(ids.values())


def test_it_is_known_when_a_sending_began(ledger, begin, office):
    assert ledger.begun() is None
    began = office.clock()
    begin()
    office.clock.pass_by(hours=3)
    begin()
    assert ledger.begun() == began.replace(microsecond=0)


def test_suppressed_readers_and_those_who_left_are_not_among_them(office, enrol, begin, ledger):
    ids = enrol("ann@a.org", "bob@a.org", "eve@a.org")
    office.readers.leave(ids["bob@a.org"], WEB)
    office.readers.sign_up(parse("new@a.org"), "", WEB)
    with transaction(office.engine, writes=True) as connection:
        suppress(connection, office.secret.hide("eve@a.org"), Reason.RETURNED, office.clock())
    begin()
    assert [str(job.to.address) for job in ledger.waiting()] == ["ann@a.org"]


def test_domains_take_turns(office, enrol):
    enrol(*(f"r{k}@big.org" for k in range(5)), "x@a.org", "y@b.org")
    with transaction(office.engine, writes=False) as connection:
        ids = recipients(connection, office.secret)
    domains = [office.readers.find(reader).address.domain for reader in ids]
    assert domains == ["a.org", "b.org", *["big.org"] * 5] or domains[:3].count("big.org") == 1


def test_a_mail_is_claimed_once(ledger, begin, enrol):
    reader = enrol("ann@a.org")["ann@a.org"]
    begin()
    assert within(ledger, lambda c: ledger.claim(c, reader, NOTHING))
    assert not within(ledger, lambda c: ledger.claim(c, reader, NOTHING))
    assert count(ledger) == {"CLAIMED": 1}
    assert ledger.waiting() == []


def test_who_leaves_before_the_claim_gets_nothing(ledger, begin, enrol, office):
    reader = enrol("ann@a.org")["ann@a.org"]
    begin()
    office.readers.leave(reader, WEB)
    assert not within(ledger, lambda c: ledger.claim(c, reader, NOTHING))
    assert ledger.waiting() == []
    assert count(ledger) == {"WITHDRAWN": 1}


def test_what_a_dead_run_claimed_is_unknown_and_names_its_address(ledger, begin, enrol, office):
    ids = enrol("ann@a.org", "bob@b.org")
    begin()
    for reader in ids.values():
        within(ledger, lambda c, r=reader: ledger.claim(c, r, NOTHING))
    with transaction(office.engine, writes=True) as connection:
        office.readers.erase(connection, parse("bob@b.org"))
    unknown = ledger.find_unknown()
    assert {str(each.address) for each in unknown} == {"ann@a.org", "None"}
    assert {each.time for each in unknown} == {office.clock().timestamp()}
    assert ledger.find_unknown() == unknown
    assert ledger.waiting() == []


@pytest.mark.parametrize("end", ["settle", "defer"])
def test_the_relays_words_on_somebody_forgotten_midway_are_not_kept(
    ledger, begin, enrol, office, end
):
    ids = enrol("ann@a.org", "bob@b.org")
    begin()
    said = "550 5.1.1 <{}>: no such user"
    for address, reader in ids.items():
        within(ledger, lambda c, r=reader: ledger.claim(c, r, NOTHING))
        words = said.format(address)
        if address == "bob@b.org":
            within(office, lambda c: office.readers.erase(c, parse("bob@b.org")))
        if end == "settle":
            within(ledger, lambda c, r=reader, w=words: ledger.settle(c, r, State.REFUSED, w))
        else:
            within(ledger, lambda c, r=reader, w=words: ledger.defer(c, r, 1, w, 0.0))
    with transaction(office.engine, writes=False) as connection:
        kept = connection.scalars(select(LEDGER.c.words).order_by(LEDGER.c.place)).all()
    assert kept == [said.format("ann@a.org"), ""]


def test_an_issue_is_finished_when_nothing_is_open(ledger, begin, enrol, office):
    ids = list(enrol("ann@a.org", "bob@b.org", "eve@c.org").values())
    begin()
    now = office.clock()
    assert not ledger.finish(now)
    within(ledger, lambda c: ledger.settle(c, ids[0], State.SENT))
    within(ledger, lambda c: ledger.settle(c, ids[1], State.REFUSED, "550 no"))
    within(ledger, lambda c: ledger.claim(c, ids[2], NOTHING))
    assert not ledger.finish(now)
    ledger.find_unknown()
    assert not ledger.finish(now)
    ledger.decide([ids[2]], State.GIVEN_UP, "x")
    assert ledger.finish(now)
    assert ledger.finish(now)
    assert ledger.refused() == [(parse("bob@b.org"), "550 no")]


def test_what_is_settled_stays_so(ledger, begin, enrol):
    reader = enrol("ann@a.org")["ann@a.org"]
    begin()
    within(ledger, lambda c: ledger.settle(c, reader, State.SENT))
    within(ledger, lambda c: ledger.settle(c, reader, State.REFUSED))
    within(ledger, lambda c: ledger.defer(c, reader, 1, "x", 0.0))
    assert not within(ledger, lambda c: ledger.claim(c, reader, NOTHING))
    assert count(ledger) == {"SENT": 1}


def test_a_deferred_mail_waits_with_its_tries(ledger, begin, enrol):
    reader = enrol("ann@a.org")["ann@a.org"]
    begin()
    within(ledger, lambda c: ledger.claim(c, reader, NOTHING))
    within(ledger, lambda c: ledger.defer(c, reader, 3, "451 later", 99.0))
    (job,) = ledger.waiting()
    assert (job.tries, job.due) == (3, 99.0)


def test_an_issue_without_readers_is_finished_at_once(ledger, begin, office):
    begin()
    assert ledger.finish(office.clock())


def test_a_mail_is_claimed_only_as_its_reader_wants_it_now(office, ledger, enrol):
    (reader,) = enrol("ann@a.org").values()
    ledger.begin("d", office.secret, office.clock())
    office.readers.choose(reader, ["Floods"], WEB)
    assert not within(ledger, lambda c: ledger.claim(c, reader, NOTHING))
    assert within(ledger, lambda c: ledger.still(c, reader)).without == {"Floods"}
    assert within(ledger, lambda c: ledger.claim(c, reader, frozenset({"Floods"})))
    assert within(ledger, lambda c: ledger.still(c, reader)) is None
