"""Types from draws."""

import numpy as np
import pytest

from comity.agreement.studies.scalar import scalar_case
from comity.agreement.studies.second_best import second_best
from comity.agreement.studies.simulation import Runs, Simulated
from comity.agreement.studies.types_of_truth import discretised_second_best, outcomes_worth_listing
from comity.cases import Case, Constitution, Party
from comity.games import Issue, Negotiation


def drawn_trade(rng, draws):
    """A buyer and a seller who know their own value and cost; payments of plus or minus 2."""
    value, cost = rng.random((2, draws))
    deals = [(trade, paid) for trade in (0, 1) for paid in (-2.0, 2.0)]
    buyer = np.stack([t * value - p for t, p in deals], axis=1)
    seller = np.stack([p - t * cost for t, p in deals], axis=1)
    worth = np.stack([buyer, seller], axis=1)
    nothing = np.zeros((draws, 2))
    runs = Runs(nothing, nothing, np.zeros(draws), np.ones(draws, bool), np.ones(draws, bool))
    views = np.stack([buyer, seller], axis=1)
    return Simulated((runs,), nothing, np.maximum(value - cost, 0), views, worth)


def test_trade_drawn_at_random_approaches_the_midpoints(rng):
    """Sorted draws make types of equal frequency, whose means are near the midpoints."""
    count = 5
    found = discretised_second_best(drawn_trade(rng, 40_000), count)
    v, c = np.meshgrid(*[(np.arange(count) + 0.5) / count] * 2, indexing="ij")
    deals = [(trade, paid) for trade in (0, 1) for paid in (-2.0, 2.0)]
    buyer = np.stack([t * v - p for t, p in deals], axis=-1)
    seller = np.stack([p - t * c for t, p in deals], axis=-1)
    exact = second_best(
        np.stack([buyer, seller]),
        np.full((count, count), 1 / count**2),
        np.zeros((2, count, count)),
    )
    assert found.welfare.value == pytest.approx(exact.welfare.value, abs=0.01)


def test_too_many_types_are_left_out(rng):
    assert discretised_second_best(drawn_trade(rng, 50), 40) is None


def test_small_games_are_listed_whole():
    assert outcomes_worth_listing(scalar_case(0.5, 0.5, 0.2)) == ((0,), (1,))


def test_large_games_list_what_is_best_for_somebody(rng):
    issues = [Issue(f"issue {k}", tuple("abcde")) for k in range(5)]
    values = {name: {i.name: rng.random(5) for i in issues} for name in "AB"}
    game = Negotiation.additive(("A", "B"), issues, values)
    case = Case("large", (Party("A", game), Party("B", game)), Constitution())
    listed = outcomes_worth_listing(case)
    assert game.best_plan([1, 1]).outcome in listed
    assert len(listed) <= 5
