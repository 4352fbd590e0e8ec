from itertools import product

import numpy as np
import pytest

from assisting import random_game
from comity.assistance.games import catalogue_game
from comity.assistance.people import RATIONAL, Reply, noisy, teaching
from comity.assistance.solving import (
    evaluate_assistant,
    solve_assistance,
    solve_by_points,
    unsure,
)
from comity.assistance.solving.points import _shared_out, _subsets
from comity.core import InputError


@pytest.mark.parametrize("name", ["cake-or-pie", "wormy-apples", "off-switch", "chef-world"])
def test_agrees_with_the_exact_solution(name):
    game = catalogue_game(name)
    for person in (RATIONAL, noisy(game, 3.0), teaching(game, 3.0)):
        exact = solve_assistance(game, person).value.value
        found = solve_by_points(game, person, gap=1e-6)
        assert found.value.value == pytest.approx(exact, abs=1e-5)
        assert found.value.value <= exact + 1e-9
        assert exact <= found.upper_bound.value + 1e-9


@pytest.mark.parametrize("seed", range(3))
def test_bounds_hold_however_soon_it_stops(seed):
    game = random_game(np.random.default_rng(seed), goals=3, horizon=3, discount=0.9)
    exact = solve_assistance(game).value.value
    gaps = []
    for trials in (1, 3, 20):
        found = solve_by_points(game, gap=1e-9, trials=trials)
        assert found.value.value <= exact + 1e-9
        assert exact <= found.upper_bound.value + 1e-9
        gaps.append(found.gap)
    assert gaps == sorted(gaps, reverse=True)


def test_the_plan_is_worth_what_is_said():
    game = catalogue_game("kitchen-helper")
    person = noisy(game, 3.0)
    found = solve_by_points(game, person)
    again = evaluate_assistant(game, found.assistant, person)
    assert again.value.value == pytest.approx(found.value.value)
    assert found.gap <= 1e-3


def test_types_that_reply_beside_types_that_do_not():
    game = catalogue_game("chef-world", recipes=2)
    hidden = unsure(game, {"teaches": RATIONAL, "errs": noisy(game, 2.0)})
    exact = solve_assistance(hidden).value.value
    found = solve_by_points(hidden, gap=1e-6)
    assert found.value.value == pytest.approx(exact, abs=1e-5)


def test_without_end():
    game = random_game(np.random.default_rng(0), states=2, horizon=None, discount=0.6)
    exact = solve_assistance(game, error=1e-3)
    found = solve_by_points(game, gap=1e-2, error=1e-3)
    assert found.value.value <= exact.upper_bound.value + 1e-9
    assert exact.value.value <= found.upper_bound.value + 1e-9


def test_sharing_out_is_the_best_of_all_ways(rng):
    worths = rng.normal(size=(3, 8))
    value, shares = _shared_out(worths)
    best = max(
        sum(worths[j, sum(1 << x for x in range(3) if who[x] == j)] for j in range(3))
        for who in product(range(3), repeat=3)
    )
    assert value == pytest.approx(best)
    assert sum(shares) == 7  # Every type has one action.
    assert sum(worths[j, m] for j, m in enumerate(shares)) == pytest.approx(value)
    assert _subsets(2, 3, np.array([0, 2])).tolist() == [[0, 0, 0], [1, 0, 0], [0, 0, 1], [1, 0, 1]]


def test_refusals():
    game = catalogue_game("off-switch")
    with pytest.raises(InputError, match="without error"):
        solve_by_points(game, Reply(1.0))
    with pytest.raises(InputError, match="gap"):
        solve_by_points(game, gap=0)
