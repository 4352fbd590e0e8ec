"""Blind inverse game theory: planted games come back, and sets where the rank condition fails."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.identification.blind import RATIO, blind_game
from comity.inference.identification.regularised_equilibrium import regularised_equilibrium

RNG = np.random.default_rng(0)
FEATURES = [RNG.normal(size=(2, 3, 3)), RNG.normal(size=(2, 2, 4))]
THETA, ROW_NOISE, COLUMN_NOISE = np.array([1.0, -0.7]), 0.6, 0.9


def play(features, theta=THETA, row_noise=ROW_NOISE, column_noise=COLUMN_NOISE):
    solved = [
        regularised_equilibrium(np.einsum("k,kab->ab", theta, table), row_noise, column_noise)
        for table in features
    ]
    return [s.row for s in solved], [s.column for s in solved]


def test_planted_weights_and_ratio_come_back():
    found = blind_game(FEATURES, *play(FEATURES), names=["food", "risk"])
    assert found.identified
    assert (found.rank, found.unknowns) == (3, 3)
    expected = np.append(THETA / ROW_NOISE, COLUMN_NOISE / ROW_NOISE)
    np.testing.assert_allclose(found.members.bounds[:, 0], expected, atol=1e-8)
    assert found.members.point_identified == ("food", "risk", RATIO)
    assert found.reproduction.value < 1e-9
    assert "point identified up to scale" in str(found)


def test_normalisations_fix_the_scale():
    rows, columns = play(FEATURES)
    length = blind_game(FEATURES, rows, columns).normalised
    np.testing.assert_allclose(length.weights, THETA / np.linalg.norm(THETA), atol=1e-8)
    assert length.row_noise == pytest.approx(ROW_NOISE / np.linalg.norm(THETA))
    known = blind_game(FEATURES, rows, columns, known_weight=("weight 2", -0.7)).normalised
    np.testing.assert_allclose(known.weights, THETA, atol=1e-8)
    assert (known.row_noise, known.column_noise) == pytest.approx((ROW_NOISE, COLUMN_NOISE))
    # A known weight of the wrong sign would need noise below 0.
    assert blind_game(FEATURES, rows, columns, known_weight=("weight 2", 0.7)).normalised is None


def test_scale_is_never_identified():
    first = play(FEATURES)
    second = play(FEATURES, 2.5 * THETA, 2.5 * ROW_NOISE, 2.5 * COLUMN_NOISE)
    for one, two in zip(first, second, strict=True):
        for a, b in zip(one, two, strict=True):
            np.testing.assert_allclose(a, b, atol=1e-10)
    assert "scale" in blind_game(FEATURES, *first).members.never_identified[0]


def test_the_same_noise_is_one_unknown_less_and_is_refuted_where_it_is_wrong():
    right = blind_game(FEATURES, *play(FEATURES, column_noise=ROW_NOISE), noise="same")
    assert right.identified
    np.testing.assert_allclose(right.members.point(), THETA / ROW_NOISE, atol=1e-8)
    wrong = blind_game(FEATURES, *play(FEATURES), noise="same")
    assert wrong.members.empty
    assert wrong.normalised is None
    assert wrong.reproduction.kind == "unknown"
    assert "no such game" in str(wrong)


def all_cells(rows, columns):
    """One feature per cell of the payoff table."""
    return np.eye(rows * columns).reshape(rows * columns, rows, columns)


def test_a_free_payoff_table_leaves_a_set():
    """A x B payoffs against (A - 1) + (B - 1) equations; members reproduce the play."""
    features = [all_cells(2, 3)]
    theta = RNG.normal(size=6)
    rows, columns = play(features, theta)
    found = blind_game(features, rows, columns, box=(-6, 6))
    assert not found.identified
    assert found.normalised is None
    assert (found.rank, found.unknowns, found.members.dimension) == (3, 7, 4)
    truth = np.append(theta / ROW_NOISE, COLUMN_NOISE / ROW_NOISE)
    assert found.members.contains(truth)
    assert found.members.contains(truth + np.append(np.full(6, 0.3), 0))
    assert found.reproduction.value < 1e-6
    rng = np.random.default_rng(2)
    inside = found.members.point()
    for step in found.members.directions:
        x = inside + 0.05 * rng.normal() * step
        solved = regularised_equilibrium(x[:6].reshape(2, 3), 1.0, x[6])
        np.testing.assert_allclose(solved.row, rows[0], atol=1e-9)
        np.testing.assert_allclose(solved.column, columns[0], atol=1e-9)


def test_bounds_of_a_set_are_those_of_its_vertices():
    features = [all_cells(2, 2)]
    found = blind_game(features, *play(features, RNG.normal(size=4)), box=(-3, 3), noise="same")
    corners = found.members.vertices()
    np.testing.assert_allclose(found.members.bounds[:, 0], corners.min(axis=0), atol=1e-7)
    np.testing.assert_allclose(found.members.bounds[:, 1], corners.max(axis=0), atol=1e-7)
    assert found.members.dimension == 2


def test_a_feature_that_never_matters_is_named_as_open():
    constant = [np.concatenate([table, np.ones((1, *table.shape[1:]))]) for table in FEATURES]
    rows, columns = play(FEATURES)
    found = blind_game(constant, rows, columns, names=["food", "risk", "entry fee"])
    assert found.members.flat_directions == ("entry fee",)
    assert found.members.point_identified == ("food", "risk", RATIO)
    assert found.members.bounds[2].tolist() == [-np.inf, np.inf]


def test_more_states_restore_the_rank():
    one = blind_game(FEATURES[1:], *play(FEATURES[1:]))
    weak = [table[:, :2, :2] for table in FEATURES]
    assert not blind_game(weak[:1], *play(weak[:1])).identified
    assert blind_game(weak, *play(weak)).identified
    assert one.identified
    assert 0 < one.conditioning < 1


def test_uniform_play_has_no_scale():
    """No payoff differences at all: noise is infinite for weights of length 1."""
    features = [np.array([[[1.0, -1], [-1, 1]]])]
    found = blind_game(features, [[0.5, 0.5]], [[0.5, 0.5]], noise="same")
    assert found.members.flat_directions == ("weight 1",)
    tilted = [np.array([[[1.0, 1], [-1, -1]]])]
    nothing = blind_game(tilted, [[0.5, 0.5]], [[0.5, 0.5]], noise="same")
    assert nothing.identified
    assert nothing.normalised is None
    np.testing.assert_allclose(nothing.members.point(), 0, atol=1e-12)


def test_wrong_input():
    rows, columns = play(FEATURES)
    with pytest.raises(InputError, match="noise"):
        blind_game(FEATURES, rows, columns, noise="none")
    with pytest.raises(InputError, match="one name per weight"):
        blind_game(FEATURES, rows, columns, names=["food"])
    with pytest.raises(InputError, match="no such weight"):
        blind_game(FEATURES, rows, columns, known_weight=("food", 1))
