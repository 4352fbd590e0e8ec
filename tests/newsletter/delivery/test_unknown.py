"""Senders that die without a warning, and a relay that nobody can ask: never twice, and named."""

import pytest

from comity.newsletter.delivery.ledger import Ledger
from newsletter_killing import Killer
from newsletter_relay import Relay


@pytest.mark.parametrize(
    ("place", "taken", "unknown"), [("recipient", 5, 0), ("words", 5, 1), ("taken", 6, 1)]
)
def test_without_a_record_of_the_relay_nobody_is_mailed_twice(world, place, taken, unknown):
    world = world(12, connections=1)
    with Relay() as relay:
        killer = Killer(relay, place, 6)
        assert world.run(relay, killer, asks=False) == ""
        assert len(relay.taken) == taken
        assert world.run(relay, asks=False) == f"{12 - unknown} sent, {unknown} unknown"
        recipients = [mail.recipient for mail in relay.taken]
        assert len(set(recipients)) == len(recipients)
        left = Ledger(world.store.engine, 12).find_unknown()
        assert [str(each.address) for each in left] == [killer.address] * unknown
        missing = set(world.addresses) - set(recipients)
        assert missing == ({killer.address} if place == "words" else set())


def test_a_kill_at_the_very_first_mail(world):
    world = world(20, connections=2)
    with Relay(world.log) as relay:
        assert world.run(relay, Killer(relay, "words", 1)) == ""
        # Nothing shows yet that the log is the right one: those stay unknown for now.
        assert world.run(relay) in ("19 sent, 1 unknown", "18 sent, 2 unknown")
        assert world.run(relay) == "20 sent, 0 unknown"
        world.assert_everybody_has_one(relay)
