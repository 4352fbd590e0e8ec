import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning import make, play
from comity.learning.partners.hanabi_rules import (
    MOST_RULES,
    RULES,
    RuleBot,
    rule_family,
    sound_rules,
)
from hanabi_seats import Blindfold


@pytest.mark.parametrize("listed", [[], ["play all"], [*RULES][: MOST_RULES + 1]])
def test_what_is_no_list_of_rules_is_refused(listed):
    with pytest.raises(InputError, match="not a list of rules"):
        RuleBot(listed)


def test_a_family_has_different_programs_that_do_all_three_things():
    family = rule_family(50, rng=1)
    assert len({bot.name for bot in family}) == 50
    assert [bot.name for bot in family] == [bot.name for bot in rule_family(50, rng=1)]
    for bot in family:
        assert {rule.split()[0] for rule in bot.listed} == {"play", "discard", "tell"}


@pytest.mark.parametrize("players", [2, 5])
def test_it_reads_nothing_that_its_seat_does_not_see(players):
    environment = make("hanabi", players=players)
    bots = [*rule_family(players - 1, rng=4), sound_rules()]
    plain = play(environment, bots, 100, rng=3)
    blind = play(environment, [Blindfold(bot) for bot in bots], 100, rng=3)
    assert np.array_equal(plain.actions, blind.actions)


def test_good_rules_score_far_above_random_play():
    environment = make("hanabi", bombing="keeps points")
    scores = play(environment, [sound_rules()] * 2, 500, rng=1).scores[:, 0]
    assert scores.mean() > 12


def test_sure_plays_never_cost_a_life():
    environment = make("hanabi", players=3)
    played = play(environment, [RuleBot(["play sure", "tell playable"])] * 3, 300, rng=1)
    assert (played.rewards >= 0).all()
