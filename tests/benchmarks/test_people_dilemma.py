"""Mixtures of automata by their counts: grids, loops, planted shares."""

import numpy as np
import pandas as pd
import people_dilemma as dilemma
import pytest
from scipy.stats import chi2

from comity.inference.evidence import ADAPTERS

PAYOFFS = {"R": 40, "S": 12, "T": 50, "P": 25, "delta": 0.75}


@pytest.fixture(scope="module")
def counts():
    """Misses of two automata by 30 people with 20 decisions each; two thirds follow the first."""
    rng = np.random.default_rng(3)
    follows = np.r_[np.zeros(20, int), np.ones(10, int)]
    rate = np.where(np.arange(2) == follows[:, None], 0.1, 0.55)
    return rng.binomial(20, rate), np.full(30, 20)


def value(misses, decisions, share, error):
    """Log-likelihood of everybody, written out."""
    total = 0.0
    for (first, second), n in zip(misses, decisions, strict=True):
        one, two = (error**m * (1 - error) ** (n - m) for m in (first, second))
        total += np.log(share * one + (1 - share) * two)
    return total


def on_grid(misses, decisions, shares, errors):
    return np.array([[value(misses, decisions, s, e) for e in errors] for s in shares])


def test_shares_and_errors_are_the_best_of_a_grid(counts):
    found = dilemma.fit_shares(*counts)
    shares, errors = np.linspace(0.4, 0.9, 101), np.linspace(0.05, 0.25, 81)
    values = on_grid(*counts, shares, errors)
    s, e = np.unravel_index(np.argmax(values), values.shape)
    assert found.shares[0] == pytest.approx(shares[s], abs=0.005)
    assert found.error == pytest.approx(errors[e], abs=0.0025)
    assert values.max() <= found.log_likelihood + 1e-9


def test_a_person_that_counts_twice_is_two_people(counts):
    misses, decisions = counts
    weights = np.where(np.arange(30) < 5, 2.0, 1.0)
    twice = np.r_[np.arange(30), np.arange(5)]
    weighted = dilemma.fit_shares(misses, decisions, weights)
    listed = dilemma.fit_shares(misses[twice], decisions[twice])
    np.testing.assert_allclose(weighted.shares, listed.shares, atol=1e-6)
    assert weighted.error == pytest.approx(listed.error, abs=1e-6)


def test_a_held_share_stays_and_the_rest_does_its_best(counts):
    found = dilemma.fit_shares(*counts, held=(0, 0.3))
    assert found.shares[0] == 0.3
    errors = np.linspace(0.05, 0.3, 501)
    best = on_grid(*counts, [0.3], errors).max()
    assert found.log_likelihood == pytest.approx(best, abs=1e-3)


def test_the_interval_of_a_share_is_where_the_profile_stands(counts):
    best = dilemma.fit_shares(*counts)
    low, high = dilemma.likelihood_interval(*counts, 0, best)
    shares, errors = np.linspace(0.3, 0.95, 131), np.linspace(0.05, 0.25, 81)
    profile = on_grid(*counts, shares, errors).max(axis=1)
    inside = shares[profile >= best.log_likelihood - chi2.ppf(0.95, 1) / 2]
    assert low == pytest.approx(inside[0], abs=0.008)
    assert high == pytest.approx(inside[-1], abs=0.008)


def test_a_share_of_nothing_may_still_be_something():
    """Nobody of 20 follows the second; if s of all did, that has the chance (1 - s)^20."""
    misses, decisions = np.tile([2, 30], (20, 1)), np.full(20, 40)
    best = dilemma.fit_shares(misses, decisions)
    assert best.shares[1] < 1e-9
    low, high = dilemma.likelihood_interval(misses, decisions, 1, best)
    assert low == 0
    assert high == pytest.approx(1 - np.exp(-chi2.ppf(0.95, 1) / 40), abs=dilemma.NEAR)


def play(people=6, matches=2, rounds=5, seed=0):
    rng = np.random.default_rng(seed)
    rows = []
    for person in range(people):
        for match in range(matches):
            for period in range(1, rounds + 1):
                own, other = rng.choice(["c", "d"], 2, p=[0.6, 0.4])
                rows.append((person, match, period, own, other))
    frame = pd.DataFrame(rows, columns=["id", "game", "period", "choice", "other_choice"])
    return frame, ADAPTERS["dilemma"].read(frame, {}, {"payoffs": PAYOFFS})


def test_states_are_what_both_did_last():
    frame, evidence = play()
    found = dilemma.states(evidence)
    kind = {("c", "c"): 1, ("c", "d"): 2, ("d", "c"): 3, ("d", "d"): 4}
    for row, (state, period) in enumerate(zip(found, frame["period"], strict=True)):
        last = frame.iloc[row - 1]
        assert state == (0 if period == 1 else kind[last["choice"], last["other_choice"]])


def test_own_rates_count_what_a_person_did_before():
    _, evidence = play()
    state = dilemma.states(evidence)
    rates = np.array([0.5, 0.9, 0.2, 0.4, 0.1])
    found = dilemma.own_rates(evidence, state, rates, 3.0)
    for row in range(len(evidence)):
        before = (
            (evidence.person == evidence.person[row])
            & (state == state[row])
            & (evidence.order < evidence.order[row])
        )
        seen = evidence.choice[before] == 0
        assert found[row] == pytest.approx((3 * rates[state[row]] + seen.sum()) / (3 + len(seen)))


def test_counts_and_next_moves_by_a_loop():
    """Tit for tat and always defect, told by own choices so far only."""
    frame, evidence = play(people=3)
    counts = dilemma.count(evidence, ("all-d", "tft"))
    shares = dilemma.Shares(np.array([0.3, 0.7]), 0.1, 0.0)
    found = dilemma.step_ahead(counts, shares, evidence)
    for person in range(3):
        weights = np.array([0.3, 0.7])
        misses = np.zeros(2, int)
        for row in np.flatnonzero(frame["id"] == person):
            first = frame["period"][row] == 1
            tft = first or frame["other_choice"][row - 1] == "c"
            planned = np.array([False, tft])
            chance = np.where(planned, 0.9, 0.1)
            assert found[row] == pytest.approx(weights @ chance / weights.sum())
            missed = planned != (frame["choice"][row] == "c")
            weights = weights * np.where(missed, 0.1, 0.9)
            misses += missed
        np.testing.assert_array_equal(counts.misses[person], misses)
    np.testing.assert_array_equal(counts.decisions, [10, 10, 10])


def test_rates_look_only_where_they_may():
    _, evidence = play()
    state = dilemma.states(evidence)
    learning = evidence.person < 3
    found = dilemma.rates_of(evidence, state, learning)
    for place in range(5):
        part = learning & (state == place)
        wanted = ((evidence.choice[part] == 0).sum() + 0.5) / (part.sum() + 1)
        assert found[place] == pytest.approx(wanted)
