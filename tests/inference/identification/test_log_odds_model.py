"""The delta method against simulated counts and against numerical derivatives."""

import numpy as np
import pytest
from scipy.stats import chi2

from comity.core.errors import InputError
from comity.inference.identification.log_odds_model import LogOddsModel
from comity.inference.identification.played_states import PlayedState
from comity.inference.identification.regularised_equilibrium import regularised_equilibrium

RNG = np.random.default_rng(0)
FEATURES = [RNG.normal(size=(2, 3, 3)), RNG.normal(size=(2, 2, 3))]
POINT = np.array([1.2, -0.8, 1.5])


def solved(table, point=POINT):
    return regularised_equilibrium(np.einsum("k,kab->ab", point[:2], table), 1.0, point[2])


PLAY = [solved(table) for table in FEATURES]
SIZES = ((20_000.0, 15_000.0), (25_000.0, 10_000.0))
MODEL = LogOddsModel(
    tuple(PlayedState(f, p.row, p.column) for f, p in zip(FEATURES, PLAY, strict=True)),
    SIZES,
    "own",
)


def draws(count, rng):
    """Frequencies of simulated play, as states."""
    for _ in range(count):
        yield tuple(
            PlayedState(f, rng.multinomial(n, p.row) / n, rng.multinomial(m, p.column) / m)
            for f, p, (n, m) in zip(FEATURES, PLAY, SIZES, strict=True)
        )


def errors(states):
    """What the equations miss at the true point, with the most played action of the truth."""
    found = []
    for state, truth in zip(states, PLAY, strict=True):
        table = np.einsum("k,kab->ab", POINT[:2], state.features)
        for worth, mix, ratio, base in (
            (table @ state.column, state.row, 1.0, int(np.argmax(truth.row))),
            (-table.T @ state.row, state.column, POINT[2], int(np.argmax(truth.column))),
        ):
            gains = worth - worth[base] - ratio * np.log(mix / mix[base])
            found.append(np.delete(gains, base))
    return np.concatenate(found)


def test_the_true_point_solves_the_system():
    left, right = MODEL.system()
    np.testing.assert_allclose(left @ POINT, right, atol=1e-10)
    assert MODEL.statistic(POINT) == pytest.approx(0, abs=1e-12)


def test_covariance_is_that_of_simulated_errors():
    rng = np.random.default_rng(1)
    simulated = np.cov(np.array([errors(states) for states in draws(4000, rng)]).T)
    exact = MODEL.covariance(POINT)
    scale = np.sqrt(np.outer(np.diag(exact), np.diag(exact)))
    np.testing.assert_allclose(simulated / scale, exact / scale, atol=0.12)


def test_covariance_by_numerical_derivatives():
    """Move one frequency at a time, keep the sum, and collect what the equations miss."""
    total = np.zeros_like(MODEL.covariance(POINT))
    step = 1e-6
    for s, state in enumerate(MODEL.states):
        for name, size in zip(("row", "column"), SIZES[s], strict=True):
            mix = getattr(state, name)
            slopes = []
            for k in range(len(mix)):
                ends = []
                for sign in (1, -1):
                    moved = mix + sign * step * np.eye(len(mix))[k]
                    parts = {"row": state.row, "column": state.column, name: moved}
                    states = list(MODEL.states)
                    states[s] = PlayedState(state.features, parts["row"], parts["column"])
                    ends.append(errors(states))
                slopes.append((ends[0] - ends[1]) / (2 * step))
            slopes = np.array(slopes).T
            total += slopes @ (np.diag(mix) - np.outer(mix, mix)) @ slopes.T / size
    np.testing.assert_allclose(MODEL.covariance(POINT), total, atol=1e-7)


def test_statistic_is_chi_square_at_the_truth():
    rng = np.random.default_rng(2)
    seen = [LogOddsModel(states, SIZES, "own").statistic(POINT) for states in draws(400, rng)]
    degrees = len(MODEL.system()[1])
    assert np.mean(seen) == pytest.approx(degrees, abs=0.7)
    assert np.mean(np.array(seen) <= chi2.ppf(0.9, degrees)) == pytest.approx(0.9, abs=0.05)


def test_fit_is_exact_without_error_and_its_errors_are_those_of_simulation():
    point, standard_errors = MODEL.fit()
    np.testing.assert_allclose(point, POINT, atol=1e-8)
    rng = np.random.default_rng(3)
    fits = np.array([LogOddsModel(states, SIZES, "own").fit()[0] for states in draws(150, rng)])
    np.testing.assert_allclose(fits.std(axis=0), standard_errors, rtol=0.25)
    np.testing.assert_allclose(fits.mean(axis=0), POINT, atol=3 * standard_errors.max())


def test_open_directions_have_infinite_errors_and_leave_others_alone():
    wide = tuple(
        PlayedState(
            np.concatenate([s.features, np.ones((1, *s.features.shape[1:]))]), s.row, s.column
        )
        for s in MODEL.states
    )
    point, standard_errors = LogOddsModel(wide, SIZES, "own").fit()
    assert standard_errors[2] == np.inf
    np.testing.assert_allclose(np.delete(point, 2), POINT, atol=1e-8)
    np.testing.assert_allclose(np.delete(standard_errors, 2), MODEL.fit()[1], rtol=1e-6)


def test_shapes_are_checked():
    with pytest.raises(InputError, match="shape"):
        MODEL.statistic(np.zeros(2))
