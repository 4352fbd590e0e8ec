"""Polytopes of payoffs: planted games, membership one deviation at a time, vertices, coverage."""

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from comity.core.errors import InputError
from comity.games import MixedProfile, NormalForm
from comity.inference.identification.equilibrium_payoffs import (
    least_slack,
    payoffs_from_counts,
    payoffs_from_play,
)
from comity.inference.identification.frequencies import simultaneous
from comity.inference.identification.identified_set import ConfidencePolyhedron, IdentifiedSet
from comity.inference.identification.own_payoffs import own_payoffs
from comity.solutions import certify, correlated_equilibrium, mixed_equilibria

CHICKEN = np.array([[[0.75, 0.25], [1.0, 0.0]], [[0.75, 1.0], [0.25, 0.0]]])
MIXED = ([1 / 2, 1 / 2], [1 / 2, 1 / 2])


def games(count, shape=(3, 3), seed=0):
    rng = np.random.default_rng(seed)
    return [rng.random((len(shape), *shape)) for _ in range(count)]


def is_best_reply(table, mixes, player, slack=0.0):
    """Loop over own actions: none that is played falls short of the best by more than the slack."""
    moved = np.moveaxis(table, player, 0)
    for i in [i for i in reversed(range(len(mixes))) if i != player]:
        moved = moved @ mixes[i] if moved.ndim == 2 else np.tensordot(moved, mixes[i], (-1, 0))
    return all(moved.max() - moved[a] <= slack + 1e-9 for a in np.flatnonzero(mixes[player]))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("player", [0, 1])
def test_planted_payoffs_are_inside_for_every_equilibrium(seed, player):
    table = games(1, seed=seed)[0]
    profiles = mixed_equilibria(NormalForm.from_payoffs(table)).profiles
    found = payoffs_from_play(profiles, player)
    assert found.contains(table[player].ravel(), tolerance=1e-7)
    assert isinstance(found, IdentifiedSet)


@pytest.mark.parametrize("slack", [0.0, 0.2])
def test_membership_is_that_of_a_loop_over_deviations(slack):
    rng = np.random.default_rng(5)
    mixes = (np.array([0.5, 0.5, 0]), np.array([0.3, 0.7]))
    found = payoffs_from_play([mixes], 0, slack=slack)
    inside = 0
    for _ in range(300):
        table = rng.random((3, 2))
        table[1, 0] += (table[0] - table[1]) @ mixes[1] / 0.3 * rng.integers(0, 2)
        if table.min() < 0 or table.max() > 1:
            continue
        expected = is_best_reply(table, mixes, 0, slack)
        assert found.contains(table.ravel()) == expected
        inside += expected
    assert inside > 10


def test_three_players():
    rng = np.random.default_rng(8)
    mixes = (np.array([1.0, 0]), np.array([0.4, 0.6]), np.array([0.2, 0.8]))
    found = payoffs_from_play([MixedProfile(mixes)], 1, slack=0.1)
    expected = [
        (table, is_best_reply(table, mixes, 1, 0.1)) for table in rng.random((200, 2, 2, 2))
    ]
    assert {inside for _, inside in expected} == {True, False}
    for table, inside in expected:
        assert found.contains(table.ravel()) == inside


def test_vertices_of_matching_pennies_by_hand():
    """An even mix of the other: both own actions must be worth the same, on the unit cube."""
    found = payoffs_from_play([MIXED], 0)
    corners = {tuple(row) for row in found.vertices().round(6) + 0.0}
    cube = [np.array([i >> 3 & 1, i >> 2 & 1, i >> 1 & 1, i & 1]) for i in range(16)]
    expected = {tuple(map(float, v)) for v in cube if v[0] + v[1] == v[2] + v[3]}
    assert corners == expected
    assert found.dimension == 3
    np.testing.assert_allclose(found.bounds, [[0, 1]] * 4, atol=1e-9)


def test_bounds_and_vertices_by_all_bases():
    """Solve every choice of four binding conditions of a small set and compare the corners."""
    joint = np.array([[0.3, 0.3], [0.4, 0.0]])
    found = payoffs_from_play([joint], 0, notion="correlated")
    a, b = found.rows, found.limits
    corners = []
    for chosen in combinations(range(len(a)), 4):
        if abs(np.linalg.det(a[list(chosen)])) < 1e-9:
            continue
        x = np.linalg.solve(a[list(chosen)], b[list(chosen)])
        if np.all(a @ x <= b + 1e-9):
            corners.append(x)
    corners = np.array(corners)
    np.testing.assert_allclose(found.bounds[:, 0], corners.min(axis=0), atol=1e-8)
    np.testing.assert_allclose(found.bounds[:, 1], corners.max(axis=0), atol=1e-8)
    unique = {tuple(row) for row in corners.round(6) + 0.0}
    assert {tuple(row) for row in found.vertices().round(6) + 0.0} == unique


@pytest.mark.parametrize("notion", ["correlated", "coarse"])
def test_correlated_play_by_the_certificate_of_the_game(notion):
    """Inside iff the certificate, which shares no code, finds no gain from deviating."""
    signal = {"correlated": "private", "coarse": "none"}[notion]
    plays = correlated_equilibrium(NormalForm.from_payoffs(CHICKEN), coarse=notion == "coarse").play
    joint = np.zeros((2, 2))
    for outcome, chance in zip(plays.outcomes, plays.probabilities, strict=True):
        joint[outcome] += chance
    found = payoffs_from_play([joint], 0, notion=notion)
    assert found.contains(CHICKEN[0].ravel(), tolerance=1e-7)
    rng, seen = np.random.default_rng(2), set()
    for table in np.round(rng.random((40, 2, 2)), 1):
        game = NormalForm.from_payoffs(np.stack([table, table]))
        inside = certify(game, plays).deviation_gains[signal][0] <= 1e-9
        assert found.contains(table.ravel()) == inside
        seen.add(inside)
    assert seen == {True, False}


def test_what_is_never_identified_changes_nothing():
    """No condition moves with terms of the others' actions alone or with scale."""
    rng = np.random.default_rng(3)
    table = games(1, (2, 3), seed=9)[0][0]
    profiles = mixed_equilibria(NormalForm.from_payoffs(games(1, (2, 3), seed=9)[0])).profiles
    found = payoffs_from_play(profiles, 0)
    inner = found.rows[: -2 * table.size]
    for _ in range(20):
        others_only = np.broadcast_to(rng.normal(size=3), (2, 3))
        np.testing.assert_allclose(inner @ others_only.ravel(), 0, atol=1e-12)
        inside = found.contains((0.4 * table + 0.3).ravel(), 1e-7)
        assert inside == found.contains(table.ravel(), 1e-7)
    text = " ".join(found.never_identified)
    for word in ("scale", "actions of the others alone", "baseline"):
        assert word in text
    assert found.contains(np.full(table.size, 0.7))


def test_relabelling_players_moves_the_answer_along():
    joint = np.array([[0.3, 0.1], [0.2, 0.4]])
    first = payoffs_from_play([joint], 0, notion="correlated")
    second = payoffs_from_play([joint.T], 1, notion="correlated")
    swap = np.arange(4).reshape(2, 2).T.ravel()
    np.testing.assert_allclose(first.bounds[swap], second.bounds, atol=1e-9)
    np.testing.assert_allclose(first.between([1, 2, 0, 0]), second.between([1, 0, 2, 0]), atol=1e-9)


def test_more_play_never_widens_and_known_payoffs_bind():
    one = payoffs_from_play([MIXED], 0, known_payoffs={("0", "0"): 1.0, ("1", "1"): 1.0})
    np.testing.assert_allclose(one.bounds[0], [1, 1], atol=1e-9)
    plays = [MIXED, ([1, 0], [0.8, 0.2])]
    two = payoffs_from_play(plays, 0, known_payoffs={("0", "0"): 1.0, ("1", "1"): 1.0})
    assert np.all(two.bounds[:, 0] >= one.bounds[:, 0] - 1e-9)
    assert np.all(two.bounds[:, 1] <= one.bounds[:, 1] + 1e-9)
    differences = own_payoffs((2, 2), 0, None).differences(two)
    assert differences["1 above 0, at 1"][0] >= -1e-9


def test_play_that_known_payoffs_contradict_is_an_empty_set_with_the_slack_that_mends_it():
    """A dominated action that is played: it gives up 0.4, as known."""
    known = {("0", "0"): 0.2, ("0", "1"): 0.2, ("1", "0"): 0.6, ("1", "1"): 0.6}
    play = [([1, 0], [0.5, 0.5])]
    assert payoffs_from_play(play, 0, known_payoffs=known).empty
    assert least_slack(play, 0, known_payoffs=known) == pytest.approx(0.4)
    mended = payoffs_from_play(play, 0, known_payoffs=known, slack=0.4 + 1e-9)
    assert not mended.empty
    assert least_slack([MIXED], 0) == pytest.approx(0)


def some_mix_explains(table, interval):
    """Whether some mix of the other inside the interval makes all played actions best: an LP."""
    gains = np.vstack([table[1] - table[0], table[0] - table[1], table[2] - table[0]])
    box = list(zip(interval.low, interval.high, strict=True))
    found = linprog(
        np.zeros(3), A_ub=gains, b_ub=np.zeros(3), A_eq=[[1, 1, 1]], b_eq=[1], bounds=box
    )
    return found.status == 0


def test_sets_from_counts_hold_all_that_some_play_in_the_intervals_explains():
    counts = [([6, 4, 0], [8, 30, 22])]
    found = payoffs_from_counts(counts, 0, level=0.9)
    assert isinstance(found, ConfidencePolyhedron)
    interval = simultaneous([counts[0][1]], 0.9)[0]
    rng, explained, outside = np.random.default_rng(4), 0, 0
    for _ in range(200):
        table = rng.random((3, 3))
        table[2] *= 0.5
        inside = found.contains(table.ravel())
        outside += not inside
        if some_mix_explains(table, interval):
            explained += 1
            assert inside
    assert explained > 10
    assert outside > 20


def test_sets_from_counts_shrink_to_the_identified_set():
    joint = np.array([[0.3, 0.3], [0.4, 0.0]])
    exact = payoffs_from_play([joint], 0, notion="correlated")
    wide = payoffs_from_counts([joint * 100], 0, notion="correlated")
    narrow = payoffs_from_counts([joint * 10**9], 0, notion="correlated")
    weights = np.array([1, -1, -1, 1.0])
    ends = [np.array(s.between(weights)) for s in (exact, narrow, wide)]
    np.testing.assert_allclose(ends[0], ends[1], atol=1e-3)
    assert ends[2][0] < ends[0][0] - 1e-3 or ends[2][1] > ends[0][1] + 1e-3


def test_coverage_of_planted_payoffs():
    """Play of a mixed equilibrium, 40 observations: the truth is inside at least 90% of times."""
    rng = np.random.default_rng(6)
    held = [
        payoffs_from_counts(
            [(rng.multinomial(40, [0.5, 0.5]), rng.multinomial(40, [0.5, 0.5]))], 0, level=0.9
        ).contains(CHICKEN[0].ravel() / 2 + 0.2)
        for _ in range(40)
    ]
    assert np.mean(held) >= 0.88


@pytest.mark.parametrize(
    ("plays", "more"),
    [
        ([], {}),
        ([MIXED], {"notion": "quantal"}),
        ([MIXED], {"slack": -1}),
        ([MIXED], {"bounds": (1, 0)}),
        ([MIXED, ([1.0], [1.0])], {}),
        ([([0.5, 0.6], [1, 0])], {}),
        ([[[0.5, 0.6], [0, 0]]], {"notion": "correlated"}),
    ],
)
def test_wrong_input(plays, more):
    with pytest.raises(InputError):
        payoffs_from_play(plays, 0, **more)


def test_wrong_players_and_counts():
    with pytest.raises(InputError, match="no such player"):
        payoffs_from_play([MIXED], 2)
    with pytest.raises(InputError, match="no such player"):
        payoffs_from_counts([([1, 2], [3, 4])], 2)
    with pytest.raises(InputError, match="counts"):
        payoffs_from_counts([([1, 2], [0, 0])], 0)
    with pytest.raises(InputError, match="no play"):
        payoffs_from_counts([], 0)
