"""The facts of the catalogue, each by brute force that shares nothing with our solvers."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy.optimize import linprog

from comity.core.errors import InputError
from comity.games import Lottery, NormalForm, catalogue
from comity.games.catalogue import ENTRIES, entry

GAMES = {name: known.make() for name, known in ENTRIES.items()}
NORMAL = [name for name, game in GAMES.items() if isinstance(game, NormalForm)]


def profiles(game) -> list:
    return list(product(*map(range, game.shape)))


def moved(profile, player, action):
    return (*profile[:player], action, *profile[player + 1 :])


def worth(game, profile) -> np.ndarray:
    return game.payoffs(Lottery.pure(profile))


def is_equilibrium(game, profile) -> bool:
    return all(
        worth(game, moved(profile, i, a))[i] <= worth(game, profile)[i] + 1e-12
        for i in range(len(game.players))
        for a in range(game.shape[i])
    )


def security_by_lp(game, player) -> float:
    """Maximise v subject to: every profile of the others leaves the player at least v."""
    moved_axis = np.moveaxis(game.table[player], player, 0).reshape(game.shape[player], -1)
    actions = len(moved_axis)
    found = linprog(
        c=[*np.zeros(actions), -1],
        A_ub=np.column_stack([-moved_axis.T, np.ones(moved_axis.shape[1])]),
        b_ub=np.zeros(moved_axis.shape[1]),
        A_eq=[[*np.ones(actions), 0]],
        b_eq=[1],
        bounds=[(0, 1)] * actions + [(None, None)],
    )
    return -found.fun


def dominates(a, b) -> bool:
    return bool(np.all(a >= b - 1e-12) and np.any(a > b + 1e-9))


@pytest.mark.parametrize("name", ENTRIES)
def test_every_function_of_the_face_has_an_entry_and_a_source(name):
    assert getattr(catalogue, name) is ENTRIES[name].make
    assert any(character.isdigit() for character in ENTRIES[name].source)
    assert ENTRIES[name].source.split()[0] in ENTRIES[name].make.__doc__
    assert GAMES[name].title


def test_every_function_of_the_face_is_listed():
    functions = {n for n in catalogue.__all__ if n.islower() and n != "entry"}
    assert functions == set(ENTRIES)
    assert entry("chicken") is ENTRIES["chicken"]
    with pytest.raises(InputError, match=r"no such game.*hawk.*prisoners_dilemma"):
        entry("hawk")


@pytest.mark.parametrize("name", NORMAL)
def test_pure_equilibria(name):
    game = GAMES[name]
    found = tuple(p for p in profiles(game) if is_equilibrium(game, p))
    assert found == ENTRIES[name].facts.pure_equilibria


@pytest.mark.parametrize("name", NORMAL)
def test_security(name):
    game = GAMES[name]
    found = [security_by_lp(game, i) for i in range(len(game.players))]
    assert found == pytest.approx(ENTRIES[name].facts.security)


@pytest.mark.parametrize("name", ENTRIES)
def test_efficient_outcomes(name):
    game = GAMES[name]
    points = {p: worth(game, p) for p in profiles(game)}
    found = tuple(p for p in points if not any(dominates(q, points[p]) for q in points.values()))
    assert found == ENTRIES[name].facts.efficient


@pytest.mark.parametrize("name", NORMAL)
def test_dominant_actions(name):
    game = GAMES[name]
    found = [
        [
            a
            for a in range(game.shape[i])
            if all(
                worth(game, moved(p, i, a))[i] > worth(game, moved(p, i, b))[i] + 1e-12
                for p in profiles(game)
                for b in range(game.shape[i])
                if b != a
            )
        ]
        for i in range(len(game.players))
    ]
    expected = ENTRIES[name].facts.dominant
    assert (tuple(a[0] for a in found) if all(found) else None) == expected


def mixed_by_indifference(game) -> list:
    """The equilibrium of a 2 x 2 game in which both mix, from the two indifference conditions."""
    (a, b), (c, d) = game.table[0]
    e, f, g, h = game.table[1].ravel()
    if a - b - c + d == 0 or e - f - g + h == 0:
        return []
    q = (d - b) / (a - b - c + d)
    p = (h - g) / (e - f - g + h)
    return [((p, 1 - p), (q, 1 - q))] if 0 < p < 1 and 0 < q < 1 else []


@pytest.mark.parametrize("name", [n for n in NORMAL if GAMES[n].shape == (2, 2)])
def test_mixed_equilibria_of_two_by_two(name):
    """In these games no action is weakly dominated in part, so both mix or neither does."""
    found = mixed_by_indifference(GAMES[name])
    expected = ENTRIES[name].facts.mixed_equilibria
    assert len(found) == len(expected)
    for ours, known in zip(found, expected, strict=True):
        assert np.concatenate(ours) == pytest.approx(np.concatenate(known))


@pytest.mark.parametrize("name", [n for n in NORMAL if ENTRIES[n].facts.dominant])
def test_dominance_leaves_no_mixed_equilibrium(name):
    assert ENTRIES[name].facts.mixed_equilibria == ()


def best_product_on_a_segment(p, q, d) -> np.ndarray:
    """The point of a segment with the largest product of gains, by the root of the derivative."""
    x, y = p - d, q - p
    a, b = y[0] * y[1], x[0] * y[1] + x[1] * y[0]
    steps = [0.0, 1.0] + ([min(1.0, max(0.0, -b / (2 * a)))] if a else [])
    feasible = [p + t * y for t in steps if np.all(p + t * y >= d - 1e-12)]
    return max(feasible, key=lambda point: np.prod(point - d), default=d)


TWO = [n for n in ENTRIES if len(GAMES[n].players) == 2]


@pytest.mark.parametrize("name", TWO)
def test_nash_bargaining_of_two(name):
    """The best product of gains over lotteries lies on a segment between two outcomes."""
    facts = ENTRIES[name].facts
    d = np.array(facts.security, dtype=float)
    points = np.unique(GAMES[name].payoff_points(), axis=0)
    candidates = [best_product_on_a_segment(p, q, d) for p, q in combinations(points, 2)]
    best = max(candidates, key=lambda point: np.prod(point - d))
    if facts.nash_bargaining is None:
        assert np.prod(best - d) == pytest.approx(0, abs=1e-12)
    else:
        assert best == pytest.approx(facts.nash_bargaining)


def test_nash_bargaining_of_public_goods():
    """By symmetry and concavity it is the best equal point: the largest mean payoff."""
    facts = ENTRIES["public_goods"].facts
    best = GAMES["public_goods"].payoff_points().mean(axis=1).max()
    assert facts.nash_bargaining == pytest.approx([best] * 3)


def test_security_in_a_negotiation_is_no_deal():
    assert GAMES["divide_the_pie"].reservation.tolist() == list(
        ENTRIES["divide_the_pie"].facts.security
    )
