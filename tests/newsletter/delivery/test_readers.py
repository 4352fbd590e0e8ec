import json

import pytest
from sqlalchemy import select

from comity.core.database import transaction
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.disclosing import disclose
from comity.newsletter.delivery.readers import CONFIRM_WITHIN, Origin, Readers, Standing
from comity.newsletter.delivery.suppression import Reason, suppress, suppressed
from comity.newsletter.store.metadata import METADATA

ANN = parse("ann@example.org")
WEB = Origin("web", "192.0.2.0/24")


@pytest.fixture
def readers(engine, secret, clock):
    return Readers(engine, secret, clock)


def dump(engine):
    with engine.connect() as connection:
        tables = {t.name: connection.execute(select(t)).all() for t in METADATA.sorted_tables}
    return json.dumps(tables, default=str)


def acts(readers, address=ANN):
    return [row["act"] for row in disclose(readers, address)["consents"]]


def join(readers, address=ANN):
    return readers.confirm(readers.sign_up(address, "Ann", WEB).id, WEB)


def test_nobody_reads_before_confirming(readers):
    asked = readers.sign_up(ANN, "Ann", WEB)
    assert asked.standing == Standing.ASKED
    assert readers.all(Standing.READING) == []
    assert readers.confirm(asked.id, WEB).standing == Standing.READING
    assert [reader.address for reader in readers.all(Standing.READING)] == [ANN]


def test_consent_is_recorded_with_time_source_wording_and_network(readers, clock):
    asked = readers.sign_up(ANN, "Ann", WEB)
    clock.pass_by(hours=1)
    readers.confirm(asked.id, Origin("web", "198.51.100.0/24"))
    first, second = disclose(readers, ANN)["consents"]
    assert first == {
        "time": "2026-03-01T12:00:00+00:00",
        "act": "asked",
        "source": "web",
        "wording": "1",
        "network": "192.0.2.0/24",
    }
    assert second["time"] == "2026-03-01T13:00:00+00:00"
    assert second["network"] == "198.51.100.0/24"


def test_to_confirm_twice_changes_nothing(readers):
    reader = join(readers)
    assert readers.confirm(reader.id, WEB) == reader
    assert acts(readers) == ["asked", "confirmed"]


def test_an_old_link_does_not_bring_back_who_left(readers):
    reader = join(readers)
    readers.leave(reader.id, WEB)
    readers.leave(reader.id, WEB)
    assert readers.confirm(reader.id, WEB) is None
    assert acts(readers) == ["asked", "confirmed", "left"]
    assert readers.counts() == {"left": 1}


def test_who_left_may_ask_again(readers, clock):
    readers.leave(join(readers).id, WEB)
    clock.pass_by(days=1)
    again = readers.sign_up(parse("ANN@example.org"), "Ann", WEB)
    assert again.standing == Standing.ASKED
    assert readers.confirm(again.id, WEB).standing == Standing.READING
    assert len(readers.all()) == 1


def test_an_address_is_not_flooded_with_mails_to_confirm(readers, clock):
    mailed = 0
    for _ in range(7 * 24 * 12):
        mailed += readers.sign_up(ANN, "", WEB) is not None
        clock.pass_by(minutes=5)
    # Mails at 10, 20, 40, ... minutes after one another: eleven gaps fill 7 days.
    assert mailed == 10


def test_a_reader_who_asks_again_stays_a_reader(readers, clock):
    reader = join(readers)
    clock.pass_by(days=1)
    assert readers.sign_up(ANN, "Eve", WEB) == reader
    assert readers.sign_up(ANN, "Eve", WEB) is None
    assert readers.find(reader.id).name == "Ann"


def test_requests_that_nobody_confirmed_are_erased(readers, clock, engine):
    asked = readers.sign_up(ANN, "Ann", WEB)
    clock.pass_by(seconds=CONFIRM_WITHIN.total_seconds() + 1)
    readers.sign_up(parse("bob@example.org"), "", WEB)
    assert readers.confirm(asked.id, WEB) is None
    assert "ann@example.org" not in dump(engine)


def test_choices_are_kept_and_recorded(readers):
    reader = join(readers)
    readers.choose(reader.id, ["Lakes", "Rivers", "Lakes"], WEB)
    assert readers.find(reader.id).without == {"Lakes", "Rivers"}
    assert acts(readers)[-1] == "chose categories"
    readers.choose("a" * 16, ["Lakes"], WEB)  # nobody


def erase(readers):
    with transaction(readers.engine, writes=True) as connection:
        return readers.erase(connection, ANN)


def test_to_be_forgotten_leaves_no_trace_but_a_digest(readers, engine, secret):
    reader = join(readers)
    assert erase(readers)
    left = dump(engine)
    assert "ann" not in left.lower()
    assert reader.id not in left
    assert secret.hide(ANN.key) in left
    assert not erase(readers)
    assert readers.all() == []


def test_whoever_confirms_again_is_no_longer_suppressed(readers, engine, secret, clock):
    with transaction(engine, writes=True) as connection:
        suppress(connection, secret.hide(ANN.key), Reason.RETURNED, clock())
    asked = readers.sign_up(ANN, "", WEB)
    assert readers.silent([asked]) == {asked.id: "mail to it came back"}
    with transaction(engine, writes=False) as connection:
        assert suppressed(connection)
    readers.confirm(asked.id, WEB)
    with transaction(engine, writes=False) as connection:
        assert not suppressed(connection)
    assert readers.silent([asked]) == {}


def test_hostile_names_are_one_short_line(readers):
    asked = readers.sign_up(ANN, "x\r\nBcc: eve@example.org" + "y" * 1000, WEB)
    assert "\n" not in asked.name
    assert len(asked.name) == 100


def test_who_left_has_left_still_after_a_request_that_nobody_confirmed(readers, clock):
    reader = join(readers)
    readers.leave(reader.id, WEB)
    clock.pass_by(days=1)
    assert readers.sign_up(ANN, "", WEB).standing == Standing.ASKED
    clock.pass_by(days=CONFIRM_WITHIN.days + 1)
    readers.sign_up(parse("bob@example.org"), "", WEB)
    assert readers.find(reader.id).standing == Standing.LEFT
