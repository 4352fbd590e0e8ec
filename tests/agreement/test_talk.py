"""Reports move as the constitution says, and what they say of tastes does not."""

import dataclasses

import numpy as np
import pytest

from agreement_situations import full_game
from comity.agreement.talk import check_talk, revise
from comity.cases import Constitution, Evidence, Talk
from comity.core.errors import InputError

EVIDENCE = tuple(Evidence(name, np.zeros(3), sd=0.5) for name in ("fish", "smoke"))


def reports(rng):
    return {name: full_game(rng) for name in "AB"}


@pytest.mark.parametrize("weight", [0.0, 0.25, 1.0])
def test_facts_and_priors_move_towards_the_mean(weight, rng):
    before = reports(rng)
    after = revise(before, Constitution(talk=Talk(rounds=1, revise=weight)))
    for field in ("facts", "prior"):
        mean = np.mean([getattr(report, field) for report in before.values()], axis=0)
        for name in "AB":
            own = getattr(before[name], field)
            assert np.allclose(getattr(after[name], field), own + weight * (mean - own))


def test_tastes_stay(rng):
    before = reports(rng)
    after = revise(before, Constitution(tastes="mean", talk=Talk(rounds=1, revise=1.0)))
    for name in "AB":
        assert np.array_equal(after[name].tastes, before[name].tastes)
        assert np.array_equal(after[name].weights, before[name].weights)


def test_distance_shrinks_by_the_same_factor_each_round(rng):
    now, rules = reports(rng), Constitution(talk=Talk(rounds=3, revise=0.4))
    gaps = []
    for _ in range(3):
        gaps.append(np.abs(now["A"].facts - now["B"].facts).max())
        now = revise(now, rules)
    assert np.allclose(np.divide(gaps[1:], gaps[:-1]), 0.6)


def test_shared_evidence_draws_both_to_the_better_one(rng):
    """One report fits the data and the other is far off: both end near the first."""
    game = full_game(rng)
    before = {
        "A": game.replace("facts", np.zeros(game.facts.size)),
        "B": game.replace("facts", np.full(game.facts.size, 5.0)),
    }
    talk = Talk(rounds=1, share_evidence=True)
    after = revise(before, Constitution(talk=talk), EVIDENCE)
    assert all(np.abs(report.facts).max() < 1e-6 for report in after.values())
    half = revise(before, Constitution(talk=dataclasses.replace(talk, revise=0.5)), EVIDENCE)
    assert np.allclose(half["B"].facts, 2.5)


def test_without_a_rule_nothing_moves(rng):
    before = reports(rng)
    after = revise(before, Constitution(talk=Talk(rounds=2, tolerance_step=0.1)))
    assert all(after[name] is before[name] for name in "AB")


@pytest.mark.parametrize(
    ("talk", "place"),
    [
        (Talk(rounds=-1), "rounds"),
        (Talk(tolerance_step=-0.1), "tolerance_step"),
        (Talk(tolerance_step=np.nan), "tolerance_step"),
        (Talk(tolerance_step=np.inf), "tolerance_step"),
        (Talk(revise=1.5), "revise"),
    ],
)
def test_numbers_out_of_range(talk, place):
    with pytest.raises(InputError, match=f"constitution.talk.{place}"):
        check_talk(talk)
