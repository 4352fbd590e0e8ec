"""Every cell of the table both ways: random instances where it holds, its counterexample else."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from comity.games import NormalForm
from comity.solutions import maximin_point, solve
from comity.solutions.axioms import AXIOMS, CELLS

seeds = st.integers(0, 10**6)
CLOSE = 1e-6


def answer(concept, payoffs, point):
    """Return what a concept gives both players."""
    game = NormalForm.from_payoffs(payoffs)
    if concept == "maximin":
        return maximin_point(game)
    options = {} if concept.startswith("best") else {"disagreement": point}
    return solve(game, concept, **options).payoffs


def is_same(first, second):
    return np.allclose(first, second, atol=CLOSE)


# Each axiom: what must be true of the two situations, and of the two answers.
def scaled(example):
    before, after = map(np.array, (example.before, example.after))
    return is_same(after / np.array([3, 1]).reshape(2, 1, 1), before)


def larger(example):
    """The situations are options to choose from, or the second has more actions."""
    before, after = np.array(example.before), np.array(example.after)
    old = {tuple(p) for p in before.reshape(2, -1).T}
    new = {tuple(p) for p in after.reshape(2, -1).T}
    return old < new


def reaches(example, payoffs):
    """The answer to the larger situation can still be played in the smaller."""
    after = NormalForm.from_payoffs(example.after)
    points = after.payoff_points()
    found = linprog(
        np.zeros(len(points)),
        A_eq=np.vstack([points.T, np.ones(len(points))]),
        b_eq=np.append(payoffs, 1),
    )
    return found.status == 0


def dominated(example):
    """The smaller situation leaves out actions of one that are strictly dominated, in turn."""
    before, after = sorted((np.array(example.before), np.array(example.after)), key=np.size)
    return any(is_same(reduced, before) for reduced in without_dominated(after))


def without_dominated(table):
    yield table
    for player, own in ((0, table[0]), (1, table[1].T)):
        for a, b in itertools.permutations(range(len(own)), 2):
            if (own[a] < own[b]).all():
                yield from without_dominated(np.delete(table, a, axis=player + 1))


BROKEN = {
    "scale": lambda e, u, v: scaled(e) and not is_same(v / [3, 1], u),
    "Pareto": lambda e, u, v: undominated_gap(e.before, u) > CLOSE,
    "dominated actions": lambda e, u, v: dominated(e) and not is_same(u, v),
    "irrelevant alternatives": lambda e, u, v: reaches(e, u) and not is_same(u, v),
    "individual monotonicity": lambda e, u, v: larger(e) and same_ideal(e) and v[1] < u[1] - CLOSE,
    "strong monotonicity": lambda e, u, v: larger(e) and (v < u - CLOSE).any(),
    "worst-off monotonicity": lambda e, u, v: larger(e) and v.min() < u.min() - CLOSE,
}


def same_ideal(example):
    return np.max(example.before[0]) == np.max(example.after[0])


def undominated_gap(payoffs, reached):
    """Return how much the sum could rise with nobody losing."""
    from solutions.oracles import program

    points = np.array(payoffs, float).reshape(2, -1).T
    best, _ = program(np.ones(2), points, np.asarray(reached) - 1e-9)
    return float(np.sum(best - reached))


@pytest.mark.parametrize(
    "cell", [c for c in CELLS if not c.holds], ids=lambda c: f"{c.concept}: {c.axiom}"
)
def test_counterexample(cell):
    example = cell.counterexample
    first = answer(cell.concept, example.before, example.disagreement)
    second = answer(cell.concept, example.after, example.disagreement_after)
    assert BROKEN[cell.axiom](example, first, second)


# Random instances of each axiom: two situations and the relation between their answers.
def keeps_scale(concept, rng):
    table, point = situation(rng, concept)
    factor = rng.uniform(0.2, 5, 2)
    changed = answer(concept, table * factor.reshape(2, 1, 1), point * factor)
    return is_same(changed / factor, answer(concept, table, point))


def keeps_shift(concept, rng):
    table, point = situation(rng, concept)
    shift = rng.uniform(-3, 3, 2)
    changed = answer(concept, table + shift.reshape(2, 1, 1), point + shift)
    return is_same(changed - shift, answer(concept, table, point))


def keeps_relabelling(concept, rng):
    table, point = situation(rng, concept)
    rows, columns = (rng.permutation(size) for size in table.shape[1:])
    swapped = table[::-1, rows][:, :, columns].transpose(0, 2, 1)
    changed = answer(concept, swapped, point[::-1])
    return is_same(changed[::-1], answer(concept, table, point))


def keeps_symmetry(concept, rng):
    own = rng.normal(size=(3, 3)) if is_strategic(concept) else rng.integers(0, 5, (3, 3))
    first, second = answer(concept, np.array([own, own.T]), np.full(2, own.min() - 1.0))
    return abs(first - second) < CLOSE


def keeps_pareto(concept, rng):
    table, point = situation(rng, concept)
    return undominated_gap(table, answer(concept, table, point)) < CLOSE


def keeps_dominated(concept, rng):
    table, point = situation(rng, concept)
    worse = table[:, :1, :].copy()
    worse[0] -= rng.uniform(0.1, 1)
    worse[1] = rng.normal(size=worse[1].shape)
    changed = answer(concept, np.concatenate([table, worse], axis=1), point)
    return is_same(changed, answer(concept, table, point))


def keeps_irrelevant(concept, rng):
    points = rng.uniform(0, 1, (6, 2))
    found = answer(concept, listed(points), np.zeros(2))
    lines = [rng.dirichlet(np.ones(6)) @ points for _ in range(2)]
    fewer = np.vstack([found, points[:2], lines])
    return is_same(answer(concept, listed(fewer), np.zeros(2)), found)


def keeps_individual(concept, rng):
    points, more = nested(rng)
    more = more[more[:, 0] <= points[:, 0].max()]
    before = answer(concept, listed(points), np.zeros(2))
    after = answer(concept, listed(np.vstack([points, more])), np.zeros(2))
    return after[1] >= before[1] - CLOSE


def keeps_worst_off(concept, rng):
    points, more = nested(rng)
    before = answer(concept, listed(points), np.zeros(2))
    after = answer(concept, listed(np.vstack([points, more])), np.zeros(2))
    return after.min() >= before.min() - CLOSE


KEEPS = {
    "scale": keeps_scale,
    "shift": keeps_shift,
    "relabelling": keeps_relabelling,
    "symmetry": keeps_symmetry,
    "Pareto": keeps_pareto,
    "dominated actions": keeps_dominated,
    "irrelevant alternatives": keeps_irrelevant,
    "individual monotonicity": keeps_individual,
    "worst-off monotonicity": keeps_worst_off,
}


def is_strategic(concept):
    return concept.startswith("best") or concept == "maximin"


def situation(rng, concept):
    """Return a game and a disagreement point below some of its payoffs."""
    if is_strategic(concept):
        return rng.normal(size=(2, 3, 3)), np.zeros(2)
    table = rng.integers(0, 8, size=(2, 3, 3)).astype(float)
    return table, table.reshape(2, -1).T[rng.integers(9)] - rng.integers(0, 2, 2)


def listed(points):
    return np.asarray(points).T.reshape(2, -1, 1)


def nested(rng):
    return rng.uniform(0.01, 1, (4, 2)), rng.uniform(0.01, 1, (3, 2)) * [1, 2]


@pytest.mark.parametrize(
    "cell", [c for c in CELLS if c.holds], ids=lambda c: f"{c.concept}: {c.axiom}"
)
def test_promise(cell):
    @settings(max_examples=25)
    @given(seeds)
    def kept(seed):
        assert KEEPS[cell.axiom](cell.concept, np.random.default_rng(seed))

    kept()


def test_the_table_has_every_cell_that_means_something():
    pairs = [(cell.concept, cell.axiom) for cell in CELLS]
    assert len(pairs) == len(set(pairs))
    names = [axiom.name for axiom in AXIOMS]
    bargaining = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian")
    for concept in bargaining:
        assert {axiom for c, axiom in pairs if c == concept} == set(names)
    for cell in CELLS:
        assert cell.holds == (cell.counterexample is None)
        assert cell.axiom in names
