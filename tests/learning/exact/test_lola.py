import numpy as np
import pytest

from comity.core import InputError
from comity.learning.exact.lola import SEATS, chances, derivatives, directions, lola

DILEMMA = np.array([[[-1.0, -3.0], [0.0, -2.0]], [[-1.0, 0.0], [-3.0, -2.0]]])
DISCOUNT = 0.96


def summed(theta, payoffs, discount, rounds=3000):
    """Values by playing the chain forward, round by round."""
    a, b = chances(theta[0]), chances(theta[1])[SEATS]
    now = np.array([a[0] * b[0], a[0] * (1 - b[0]), (1 - a[0]) * b[0], (1 - a[0]) * (1 - b[0])])
    total = np.zeros(2)
    for t in range(rounds):
        total += discount**t * payoffs.reshape(2, 4) @ now
        p, q = a[1:], b[1:]
        rows = np.stack([p * q, p * (1 - q), (1 - p) * q, (1 - p) * (1 - q)], axis=1)
        now = now @ rows
    return total


def moved(theta, first, second, k, place, h):
    """Log odds with one parameter of each player moved, in the first player's order."""
    out = theta.copy()
    out[0, k] += first * h
    out[1, SEATS[place]] += second * h
    return out


def test_values_are_those_of_the_chain_played_forward():
    theta = np.random.default_rng(0).normal(size=(3, 2, 5))
    found = derivatives(theta, DILEMMA, DISCOUNT)[0]
    assert found == pytest.approx(np.array([summed(t, DILEMMA, DISCOUNT) for t in theta]))


def test_gradients_are_those_of_finite_differences():
    game = np.random.default_rng(1).normal(size=(2, 2, 2))
    theta, h = np.random.default_rng(2).normal(size=(2, 5)), 1e-4

    def value(*move):
        return derivatives(moved(theta, *move, h)[None], game, 0.9)[0][0]

    _, slopes, mixed = derivatives(theta[None], game, 0.9)
    for k in range(5):
        by_first = (value(1, 0, k, 0) - value(-1, 0, k, 0)) / (2 * h)
        by_second = (value(0, 1, 0, k) - value(0, -1, 0, k)) / (2 * h)
        assert slopes[0, :, 0, k] == pytest.approx(by_first, abs=1e-6)
        assert slopes[0, :, 1, k] == pytest.approx(by_second, abs=1e-6)
        for place in range(5):
            corners = [value(i, j, k, place) * i * j for i in (1, -1) for j in (1, -1)]
            assert mixed[0, :, k, place] == pytest.approx(sum(corners) / (4 * h * h), abs=1e-5)


def test_the_players_are_treated_alike():
    theta = np.random.default_rng(3).normal(size=(2, 2, 5))
    there = directions(theta, DILEMMA, DISCOUNT, 1.0)
    back = directions(theta[:, ::-1], DILEMMA, DISCOUNT, 1.0)
    assert there == pytest.approx(back[:, ::-1])


def test_the_direction_is_the_gradient_through_the_others_step():
    theta, step, h = np.random.default_rng(4).normal(size=(1, 2, 5)), 0.7, 1e-5
    slopes = derivatives(theta, DILEMMA, DISCOUNT)[1][0]

    def shaped(first):
        """What player 1 foresees: to first order the other moves by its own gradient."""
        ahead = derivatives(np.stack([first, theta[0, 1]])[None], DILEMMA, DISCOUNT)
        return ahead[0][0, 0] + step * ahead[1][0, 1, 1] @ slopes[0, 1]

    expected = [
        (shaped(theta[0, 0] + h * unit) - shaped(theta[0, 0] - h * unit)) / (2 * h)
        for unit in np.eye(5)
    ]
    assert directions(theta, DILEMMA, DISCOUNT, step)[0, 0] == pytest.approx(expected, abs=1e-5)


def test_naive_learners_defect_and_lola_learners_cooperate():
    naive = lola(DILEMMA, rule="naive", runs=200)
    shaping = lola(DILEMMA, runs=200)
    assert naive.value.value == pytest.approx(-1.997, abs=0.005)
    assert shaping.value.low < -1.05 < shaping.value.high
    assert np.median(shaping.values) > -1.01
    reciprocity = shaping.cooperation.mean(axis=(0, 1))
    assert reciprocity[[1, 3]].min() > 0.85
    assert reciprocity[[2, 4]].max() < 0.3


def test_a_step_of_nothing_is_naive():
    still = lola(DILEMMA, step=0.0, runs=3, updates=20)
    assert np.array_equal(still.values, lola(DILEMMA, rule="naive", runs=3, updates=20).values)


@pytest.mark.parametrize(
    "wrong", [{"rule": "sos"}, {"discount": 1.0}, {"payoffs": np.zeros((2, 3, 3))}]
)
def test_what_cannot_be_learned(wrong):
    with pytest.raises(InputError):
        lola(**({"payoffs": DILEMMA} | wrong))
