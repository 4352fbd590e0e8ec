"""Senders that die without a warning: everybody gets the issue exactly once all the same."""

import random

import pytest

from comity.newsletter.delivery.ledger import State
from newsletter_killing import PLACES, Killer
from newsletter_relay import Relay


def test_three_hundred_readers_and_a_kill_in_every_window(world):
    world = world(300)
    with Relay(world.log) as relay:
        for number, place in enumerate(PLACES):
            killer = Killer(relay, place, 1 + 40 * number)
            assert world.run(relay, killer) == ""
            assert killer.count <= 0
        assert world.run(relay) == "300 sent, 0 unknown"
        world.assert_everybody_has_one(relay)


@pytest.mark.slow
def test_ten_thousand_readers_and_kills_at_any_moment(world):
    world = world(10_000, connections=4)
    generator = random.Random(6)
    with Relay(world.log) as relay:
        kills = 0
        while kills < 20:
            place = generator.choice(PLACES)
            killer = Killer(relay, place, generator.randint(1, 400))
            words = world.run(relay, killer)
            kills += words == ""
            relay.acts.clear()
        while "0 unknown" not in (words := world.run(relay)):
            assert words
        assert words == "10000 sent, 0 unknown"
        world.assert_everybody_has_one(relay)
        assert world.counts() == {State.SENT: 10_000}
