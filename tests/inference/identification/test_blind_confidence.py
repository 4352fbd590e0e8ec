"""Confidence from counts: coverage with and without rank, rejection, and shrinking sets."""

import numpy as np
import pytest
from scipy.stats import chi2

from comity.core.errors import InputError
from comity.inference.identification.blind import blind_game
from comity.inference.identification.blind_confidence import blind_confidence, lower_envelope
from comity.inference.identification.frequencies import Interval, simultaneous
from comity.inference.identification.identified_set import IdentifiedSet
from comity.inference.identification.log_odds_model import LogOddsModel
from comity.inference.identification.played_states import PlayedState
from comity.inference.identification.regularised_equilibrium import regularised_equilibrium

RNG = np.random.default_rng(0)
FEATURES = [RNG.normal(size=(2, 3, 3)) for _ in range(2)]
POINT = np.array([1.2, -0.8, 1.5])


def equilibria(features, point=POINT):
    return [
        regularised_equilibrium(np.einsum("k,kab->ab", point[:-1], table), 1.0, point[-1])
        for table in features
    ]


def counted(features, size, rng, point=POINT):
    solved = equilibria(features, point)
    return [
        [np.maximum(rng.multinomial(size, mix), 1) for mix in mixes]
        for mixes in ([s.row for s in solved], [s.column for s in solved])
    ]


def test_both_sets_hold_the_truth():
    """Eight samples at level .99; how often the chi-square holds is tested with its model."""
    rng = np.random.default_rng(1)
    found = [blind_confidence(FEATURES, *counted(FEATURES, 800, rng), level=0.99) for _ in range(8)]
    assert sum(f.contains(POINT) for f in found) >= 7
    assert all(f.outer.contains(POINT) for f in found)
    assert sum(f.rejected for f in found) <= 1


def test_members_of_a_set_are_held_where_the_rank_condition_fails():
    """Free payoffs: any member of the identified set is as true as the planted one."""
    features = [np.eye(4).reshape(4, 2, 2)]
    point = np.array([1.0, -0.5, -0.8, 0.6, 0.7])
    solved = equilibria(features, point)[0]
    members = blind_game(features, [solved.row], [solved.column], box=(-4, 4)).members
    assert members.dimension == 3
    others = [members.point() + 0.2 * step for step in members.directions]
    rng = np.random.default_rng(2)
    held = []
    for _ in range(300):
        row, column = counted(features, 800, rng, point)
        played = PlayedState(features[0], row[0] / 800, column[0] / 800)
        model = LogOddsModel((played,), ((800.0, 800.0),), "own")
        held.append([model.statistic(x) <= chi2.ppf(0.9, 2) for x in [point, *others]])
    np.testing.assert_allclose(np.mean(held, axis=0), 0.9, atol=0.05)
    found = blind_confidence(features, row, column)
    assert np.isinf(found.standard_errors).all()
    assert found.outer.dimension == 5


def test_a_far_point_is_not_held_and_a_wrong_model_is_rejected():
    counts = counted(FEATURES, 5000, np.random.default_rng(3))
    found = blind_confidence(FEATURES, *counts)
    assert not found.contains(POINT + np.array([0, 1, 0]))
    assert not found.outer.contains(POINT + np.array([0, 2, 0]))
    flipped = [table[::-1] for table in FEATURES]
    wrong = blind_confidence([flipped[0], FEATURES[1]], *counts)
    assert wrong.rejected
    assert wrong.statistic > wrong.critical
    assert wrong.degrees == 8


def test_sets_shrink_to_the_identified_point():
    solved = equilibria(FEATURES)
    widths = []
    for size in (10**4, 10**6, 10**9):
        counts = [[np.round(size * mix) for mix in (s.row, s.column)] for s in solved]
        rows, columns = zip(*counts, strict=True)
        found = blind_confidence(FEATURES, rows, columns)
        assert found.outer.contains(POINT)
        assert not isinstance(found.outer, IdentifiedSet)
        widths.append(np.ptp(found.outer.bounds, axis=1).max())
    assert widths[0] > widths[1] > widths[2]
    assert widths[2] < 1e-2
    np.testing.assert_allclose(found.estimate, POINT, atol=1e-4)


def test_the_polyhedron_holds_all_that_some_play_in_the_intervals_explains():
    """Draw mixes inside the intervals that are equilibria of some point: it must be inside."""
    rng = np.random.default_rng(4)
    rows, columns = counted(FEATURES, 300, rng)
    found = blind_confidence(FEATURES, rows, columns, box=(-6, 6), largest_ratio=6)
    seen = simultaneous([*rows, *columns], 0.95)
    explained = 0
    for _ in range(200):
        point = POINT + rng.normal(size=3) * [0.4, 0.4, 0.3]
        solved = equilibria(FEATURES, point)
        mixes = [s.row for s in solved] + [s.column for s in solved]
        if all(np.all((i.low <= m) & (m <= i.high)) for i, m in zip(seen, mixes, strict=True)):
            explained += 1
            assert found.outer.contains(point)
    assert explained > 10


def test_envelope_is_below_and_touches():
    """Against the least of p d over a grid of p, for random x in the box."""
    rng = np.random.default_rng(5)
    features = rng.normal(size=(2, 4))
    low = rng.random(4) * 0.3
    chances = Interval(low, low + rng.random(4) * 0.2)
    box = np.array([[-1.0, 2.0], [0.5, 1.5]])
    weights, offset = lower_envelope(features, chances, box)
    for x in rng.uniform(box[:, 0], box[:, 1], size=(200, 2)):
        d = x @ features
        least = np.minimum(chances.low * d, chances.high * d).sum()
        assert weights @ x + offset <= least + 1e-12
    one, constant = lower_envelope(features[:1, :1], Interval(low[:1], low[:1] + 0.1), box[:1])
    for x in box[0]:
        d = x * features[0, 0]
        assert one[0] * x + constant == pytest.approx(min(low[0] * d, (low[0] + 0.1) * d))


def test_same_noise():
    point = np.array([1.2, -0.8, 1.0])
    found = blind_confidence(
        FEATURES, *counted(FEATURES, 5000, np.random.default_rng(8), point), noise="same"
    )
    assert found.names == ("weight 1", "weight 2")
    assert found.contains(point[:2])
    assert found.outer.contains(point[:2])
    assert np.all(np.abs(found.estimate - point[:2]) < 5 * found.standard_errors)


def test_wrong_input():
    counts = counted(FEATURES, 100, np.random.default_rng(7))
    with pytest.raises(InputError, match="level"):
        blind_confidence(FEATURES, *counts, level=0.0)
    with pytest.raises(InputError, match="a chance"):
        blind_confidence(FEATURES[:1], [[5, 5, 0]], [[1, 2, 3]])
