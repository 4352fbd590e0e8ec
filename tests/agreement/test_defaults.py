"""Default rules and disagreement points in games with known answers; crash rates."""

import numpy as np
import pytest

from agreement_situations import CHICKEN, chicken, random_negotiation
from comity.agreement import actual_default, default_payoffs, default_play, disagreement_point
from comity.agreement.defaults import favourite_equilibrium, play_payoffs
from comity.cases import Constitution
from comity.core.errors import InputError
from comity.games import Lottery, MixedProfile, NormalForm

FAVOURITE = Constitution(default="favourite-equilibrium")
PENNIES = NormalForm.from_payoffs([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]], ["A", "B"])


def test_each_goes_for_its_favourite_and_they_crash():
    assert favourite_equilibrium(chicken(), 0) == (1, 0)
    assert favourite_equilibrium(chicken(), 1) == (0, 1)
    play = default_play(chicken(), FAVOURITE)
    assert [s.tolist() for s in play.strategies] == [[0, 1], [0, 1]]
    assert default_payoffs(chicken(), FAVOURITE).tolist() == [-5, -5]


def test_maximin_swerves():
    assert default_payoffs(chicken(), Constitution(default="maximin")).tolist() == [0, 0]


def test_without_a_pure_equilibrium_the_favourite_is_maximin():
    assert favourite_equilibrium(PENNIES, 0) is None
    play = default_play(PENNIES, FAVOURITE)
    assert np.allclose(play.strategies, 0.5)


def test_a_policy_plays_the_named_actions():
    rules = Constitution(default="policy", policy={"A": "D", "B": "C"})
    assert default_payoffs(chicken(), rules).tolist() == [5, -1]


def test_without_a_deal_each_has_its_reservation_value(rng):
    game = random_negotiation(rng, reservation=[0.3, 0.4])
    for rule in ("no-deal", "maximin"):
        assert default_play(game, Constitution(default=rule)) is None
        assert default_payoffs(game, Constitution(default=rule)).tolist() == [0.3, 0.4]


def test_what_happens_is_by_each_ones_own_model():
    """B is sure that A goes on, so it swerves: the favourite of A by both models."""
    sure = chicken(np.stack([CHICKEN[0], [[0, -2], [-1, -5]]]))
    play = actual_default({"A": chicken(), "B": sure}, FAVOURITE)
    assert [s.tolist() for s in play.strategies] == [[0, 1], [1, 0]]


def test_three_players():
    table = np.zeros((3, 2, 2, 2))
    table[:, 1, 1, 1] = [1, 2, 3]
    game = NormalForm.from_payoffs(table, list("ABC"))
    assert default_payoffs(game, FAVOURITE).tolist() == [1, 2, 3]


def crash_rate(sd, draws, seed=0):
    rng = np.random.default_rng(seed)
    crashes = 0.0
    for _ in range(draws):
        views = {name: chicken(CHICKEN + sd * rng.standard_normal((2, 2, 2))) for name in "AB"}
        play = actual_default(views, FAVOURITE)
        crashes += play.strategies[0][1] * play.strategies[1][1]
    return crashes / draws


@pytest.mark.parametrize(("sd", "rate"), [(0.1, 1.0), (0.25, 1.0), (1.0, 0.90), (2.0, 0.58)])
def test_crash_rates(sd, rate):
    """Clifton's asymmetric chicken with private models = truth + N(0, sd^2)."""
    draws = 400
    slack = 4 * np.sqrt(rate * (1 - rate) / draws) + 0.005
    assert abs(crash_rate(sd, draws) - rate) <= slack


@pytest.mark.slow
@pytest.mark.parametrize(("sd", "rate"), [(0.25, 1.0), (1.0, 0.90), (2.0, 0.58)])
def test_crash_rates_to_a_percent(sd, rate):
    assert abs(crash_rate(sd, 20_000, seed=1) - rate) <= 0.01


POINTS = {
    "maximin": [-1.5, -1],
    "favourite-equilibrium": [-5, -5],
    "point": [0.5, 0.25],
}


@pytest.mark.parametrize("name", POINTS)
def test_disagreement_points(name):
    rules = Constitution(disagreement=name, disagreement_point={"A": 0.5, "B": 0.25})
    assert np.allclose(disagreement_point(chicken(), rules), POINTS[name])


def test_a_negotiation_starts_from_no_deal(rng):
    game = random_negotiation(rng, reservation=[0.3, 0.4])
    for name in ("no-deal", "maximin"):
        assert disagreement_point(game, Constitution(disagreement=name)).tolist() == [0.3, 0.4]


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (Constitution(default="no-deal"), "no such default"),
        (Constitution(default="policy"), "constitution.policy.A"),
        (Constitution(default="policy", policy={"A": "C", "B": "X"}), "constitution.policy.B"),
    ],
)
def test_defaults_that_a_game_cannot_have(rules, message):
    with pytest.raises(InputError, match=message):
        default_play(chicken(), rules)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (Constitution(disagreement="no-deal"), "no reservation values"),
        (Constitution(disagreement="point"), "constitution.disagreement_point.A"),
        (
            Constitution(disagreement="point", disagreement_point={"A": 1, "B": np.inf}),
            "constitution.disagreement_point.B",
        ),
        (Constitution(disagreement="threat"), "no such disagreement point"),
    ],
)
def test_points_that_a_game_cannot_have(rules, message):
    with pytest.raises(InputError, match=message):
        disagreement_point(chicken(), rules)


@pytest.mark.parametrize("rule", ["favourite-equilibrium", "policy"])
def test_defaults_that_a_negotiation_cannot_have(rule, rng):
    game = random_negotiation(rng)
    with pytest.raises(InputError, match="nobody acts"):
        default_play(game, Constitution(default=rule))
    if rule != "policy":
        with pytest.raises(InputError, match="nobody acts"):
            disagreement_point(game, Constitution(disagreement=rule))


def test_payoffs_of_a_play_or_of_none(rng):
    game = random_negotiation(rng, reservation=0.2)
    assert play_payoffs(game, None).tolist() == [0.2, 0.2]
    assert play_payoffs(chicken(), Lottery.pure((1, 0))).tolist() == [5, -1]
    mixed = MixedProfile((np.array([0.5, 0.5]), np.array([1.0, 0.0])))
    assert play_payoffs(chicken(), mixed).tolist() == [2.5, -0.5]
    with pytest.raises(InputError, match="without a play"):
        play_payoffs(chicken(), None)
