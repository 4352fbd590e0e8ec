"""Exact enumeration: real types of the campsite game, plain loops, and the general machinery."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.agreement.misreports.enumeration import enumerate_reports, enumerate_utilities
from comity.cases import AcceptanceRule, Constitution
from comity.core.errors import InputError
from comity.games import Issue, Negotiation, NormalForm

DEALS = np.array(list(itertools.product(range(4), repeat=3)))
PRIORITIES = np.array(list(itertools.permutations((5.0, 4.0, 3.0))))


def campsite(**options):
    """Three kinds of packages, three of each, worth 5, 4 and 3; walking away is worth 5."""
    utilities = [PRIORITIES @ DEALS.T, PRIORITIES @ (3 - DEALS).T]
    return enumerate_utilities(utilities, [5, 5], **options)


@pytest.mark.parametrize("player", [0, 1])
def test_campsite_figures(player):
    """Uniform priors: honesty is the interim best reply at 19.83; ex post lies reach 20.50."""
    found = campsite()
    assert found.honest[player].mean() == pytest.approx(19.8333, abs=5e-5)
    assert found.interim_gain(player).max() == pytest.approx(0, abs=1e-12)
    assert found.gain(player, "interim").value == pytest.approx(0, abs=1e-12)
    best = found.honest[player].mean() + found.gain(player, "ex post").value
    assert best == pytest.approx(20.50, abs=1e-9)


def test_campsite_with_lotteries_gains_a_little():
    plain, lottery = campsite(), campsite(lotteries=True)
    assert lottery.honest[0].mean() > plain.honest[0].mean()
    assert lottery.gain(0, "ex post").value == pytest.approx(20.6 - 19.841667, abs=1e-6)


def nash_by_loops(u1, u2, floor):
    """Expected payoffs to both, as functions of the outcome: the uniform lottery over the best."""
    gains = [(a - floor[0], b - floor[1]) for a, b in zip(u1, u2, strict=True)]
    allowed = [k for k, g in enumerate(gains) if min(g) >= 0 and max(g) > 0]
    if not allowed:
        return []
    key = {k: (gains[k][0] * gains[k][1], sum(gains[k])) for k in allowed}
    top = max(key[k][0] for k in allowed)
    best = [k for k in allowed if key[k][0] >= top - 1e-9]
    if top <= 0:
        most = max(key[k][1] for k in best)
        best = [k for k in best if key[k][1] >= most - 1e-9]
    return best


@settings(max_examples=30)
@given(st.integers(0, 2**32))
def test_tables_by_plain_loops(seed):
    rng = np.random.default_rng(seed)
    u = [rng.integers(0, 5, (2, 4)).astype(float), rng.integers(0, 5, (3, 4)).astype(float)]
    floor = rng.integers(0, 4, 2).astype(float)
    found = enumerate_utilities(u, floor)
    for true, a, b in itertools.product(range(2), range(2), range(3)):
        best = nash_by_loops(u[0][a], u[1][b], floor)
        worth = max(floor[0], np.mean(u[0][true][best])) if best else floor[0]
        assert found.values[0][true, a, b] == pytest.approx(worth)
    for true, a, b in itertools.product(range(3), range(2), range(3)):
        best = nash_by_loops(u[0][a], u[1][b], floor)
        worth = max(floor[1], np.mean(u[1][true][best])) if best else floor[1]
        assert found.values[1][true, a, b] == pytest.approx(worth)


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_information_is_worth_something_to_a_liar(seed):
    """Knowing more cannot hurt: ex post >= interim, and ex ante is the mean of the interim."""
    rng = np.random.default_rng(seed)
    found = enumerate_utilities([rng.random((3, 5)), rng.random((2, 5))], [0.2, 0.2])
    chances = rng.dirichlet(np.ones(6)).reshape(3, 2)
    for player in (0, 1):
        post, interim, ante = (
            found.gain(player, word, chances).value for word in ("ex post", "interim", "ex ante")
        )
        assert post >= interim - 1e-12
        assert ante == pytest.approx(interim)
        assert min(post, interim) >= 0


def test_interim_by_plain_loops(rng):
    found = enumerate_utilities([rng.random((3, 5)), rng.random((2, 5))], [0.1, 0.1])
    chances = rng.dirichlet(np.ones(6)).reshape(3, 2)
    for own in range(2):
        given_own = chances[:, own] / chances[:, own].sum()
        worth = [
            sum(given_own[t] * found.values[1][own, t, report] for t in range(3))
            for report in range(2)
        ]
        honest = sum(given_own[t] * found.honest[1][t, own] for t in range(3))
        assert found.interim_values(1, chances)[own] == pytest.approx(worth)
        assert found.interim_gain(1, chances)[own] == pytest.approx(max(max(worth) - honest, 0))


def tabulated(own, other, reservation):
    issue = Issue("deal", tuple("abcd"[: len(own)]))
    return Negotiation.tabulated(
        ("A", "B"), [issue], np.array([own, other]), reservation=reservation
    )


@pytest.mark.parametrize("concept", ["nash", "utilitarian", "egalitarian"])
def test_general_machinery_agrees(rng, concept):
    u = [rng.integers(0, 6, (2, 4)).astype(float) for _ in range(2)]
    floor = [1.0, 2.0]
    types = {
        "A": [tabulated(row, row, floor) for row in u[0]],
        "B": [tabulated(row, row, floor) for row in u[1]],
    }
    constitution = Constitution(
        solution=(concept,), disagreement="no-deal", default="no-deal", lotteries=False
    )
    slow = enumerate_reports(types, constitution)
    fast = enumerate_utilities(u, floor, concept=concept)
    for i in (0, 1):
        assert slow.values[i] == pytest.approx(fast.values[i])
        assert slow.honest[i] == pytest.approx(fast.honest[i])


def test_general_machinery_agrees_with_lotteries(rng):
    u = [rng.random((2, 4)) for _ in range(2)]
    types = {
        name: [tabulated(row, row, 0.3) for row in rows] for name, rows in zip("AB", u, strict=True)
    }
    constitution = Constitution(disagreement="no-deal", default="no-deal")
    slow = enumerate_reports(types, constitution)
    fast = enumerate_utilities(u, [0.3, 0.3], lotteries=True)
    for i in (0, 1):
        assert slow.values[i] == pytest.approx(fast.values[i], abs=1e-9)


def test_games_of_actions_with_facts(rng):
    """Reports of a common truth: the honest diagonal is what the protocol gives."""
    truth = rng.normal(size=(2, 2, 2))
    types = {
        name: [
            NormalForm.from_payoffs(truth + s * rng.normal(size=truth.shape), "AB", block="facts")
            for s in (0.1, 0.5)
        ]
        for name in "AB"
    }
    constitution = Constitution(acceptance=(AcceptanceRule("gain"),))
    found = enumerate_reports(types, constitution)
    assert found.values[0].shape == (2, 2, 2)
    assert min(found.gain(i, "ex post").value for i in (0, 1)) >= 0


@pytest.mark.parametrize("options", [{"concept": "fair"}, {"lotteries": True, "concept": "fair"}])
def test_unknown_concepts_are_named(options):
    with pytest.raises(InputError):
        campsite(**options)


def test_bad_chances_are_named():
    with pytest.raises(InputError, match="chances"):
        campsite().gain(0, "interim", np.ones((6, 6)))
    with pytest.raises(InputError, match="information"):
        campsite().gain(0, "ex nihilo")
