"""Normal forms against plain loops over profiles."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.games import Lottery, MixedProfile, NormalForm
from comity.games.normal_form import exact_table

SHAPES = [(2, 2), (3, 2), (4,), (2, 3, 2), (1, 3), (2, 2, 2, 2)]


def random_game(rng, shape) -> NormalForm:
    return NormalForm.from_payoffs(rng.normal(size=(len(shape), *shape)))


def random_lottery(rng, shape) -> Lottery:
    return Lottery.from_table(rng.dirichlet(np.full(int(np.prod(shape)), 0.5)).reshape(shape), 1e-4)


def worth(game, player, profile) -> float:
    return float(game.table[(player, *profile)])


def moved(profile, player, action):
    return (*profile[:player], action, *profile[player + 1 :])


def gains_by_loops(game, player, play, signal) -> float:
    """The best deviation's gain, one message and one action at a time."""
    hears = {"none": lambda o: 0, "private": lambda o: o[player], "public": lambda o: o}[signal]
    draws = list(zip(play.outcomes, play.probabilities, strict=True))
    return sum(
        max(
            sum(
                p * (worth(game, player, moved(o, player, b)) - worth(game, player, o))
                for o, p in draws
                if hears(o) == message
            )
            for b in range(game.shape[player])
        )
        for message in {hears(o) for o, _ in draws}
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_payoffs_of_lotteries_and_mixed_profiles(shape, rng):
    game, play = random_game(rng, shape), random_lottery(rng, shape)
    expected = [
        sum(p * worth(game, i, o) for o, p in zip(play.outcomes, play.probabilities, strict=True))
        for i in range(len(shape))
    ]
    np.testing.assert_allclose(game.payoffs(play), expected)
    mixed = MixedProfile(tuple(rng.dirichlet(np.ones(a)) for a in shape))
    np.testing.assert_allclose(game.payoffs(mixed), game.payoffs(mixed.to_lottery()))


@pytest.mark.parametrize("signal", ["private", "public", "none"])
@pytest.mark.parametrize("shape", SHAPES)
def test_best_reply_to_a_lottery(shape, signal, rng):
    game, play = random_game(rng, shape), random_lottery(rng, shape)
    for player in range(len(shape)):
        reply = game.best_reply(player, play, signal)
        expected = gains_by_loops(game, player, play, signal)
        assert reply.gain == pytest.approx(max(0, expected), abs=1e-12)
        assert (reply.description == "none") == (reply.gain == 0)


@pytest.mark.parametrize("shape", SHAPES)
def test_best_reply_to_a_mixed_profile(shape, rng):
    game = random_game(rng, shape)
    mixed = MixedProfile(tuple(rng.dirichlet(np.ones(a)) for a in shape))
    for player in range(len(shape)):
        now = game.payoffs(mixed)[player]
        pure = [
            game.payoffs(MixedProfile(moved(mixed.strategies, player, np.eye(a)[b])))[player]
            for a in [shape[player]]
            for b in range(a)
        ]
        for signal in ("private", "public", "none"):
            assert game.best_reply(player, mixed, signal).gain == pytest.approx(max(pure) - now)


def test_more_information_never_gains_less(rng):
    for _ in range(20):
        game, play = random_game(rng, (3, 3)), random_lottery(rng, (3, 3))
        gains = [game.best_reply(0, play, s).gain for s in ("none", "private", "public")]
        assert np.all(np.diff(gains) >= -1e-12)


def test_words_of_a_reply():
    game = NormalForm.from_payoffs(
        [[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ["Ana", "Bo"], [["stay", "leave"]] * 2
    )
    play = Lottery.pure((0, 0))
    assert game.best_reply(0, play, "none").description == "play leave"
    assert game.best_reply(0, play).description == "play leave when told stay"
    public = game.best_reply(0, play, "public").description
    assert public == "play leave when the draw is (stay, stay)"
    assert game.best_reply(0, Lottery.pure((1, 1))).description == "none"


@pytest.mark.parametrize("shape", SHAPES)
def test_best_plan_is_the_best_point(shape, rng):
    game, weights = random_game(rng, shape), rng.normal(size=len(shape))
    plan = game.best_plan(weights)
    points = game.payoff_points()
    assert plan.value == plan.upper_bound == pytest.approx((points @ weights).max())
    assert plan.gap == 0
    np.testing.assert_allclose(plan.payoffs, game.payoffs(Lottery.pure(plan.outcome)))


def test_points_are_in_the_order_of_outcomes(game):
    for k, point in enumerate(game.payoff_points()):
        np.testing.assert_allclose(point, game.payoffs(Lottery.pure(game.outcome(k))))
    assert [game.outcome(k) for k in range(game.size)] == list(product(*map(range, game.shape)))


def test_bystanders_are_counted_apart(game):
    play = Lottery.pure((1, 2, 0))
    assert game.effects(play) == pytest.approx([game.values[3].reshape(game.shape)[1, 2, 0]])
    assert len(game.payoffs(play)) == 3


def test_facts_and_tastes_give_the_same_payoffs(rng):
    payoffs, effects = rng.normal(size=(2, 2, 3)), rng.normal(size=(1, 2, 3))
    games = [
        NormalForm.from_payoffs(payoffs, bystanders=["fish"], effects=effects, block=block)
        for block in ("tastes", "facts")
    ]
    np.testing.assert_array_equal(games[0].values, games[1].values)
    assert games[1].quantities == ("payoff of player 1", "payoff of player 2", "payoff of fish")


def test_states_are_weighed_by_the_prior(rng):
    tables = {"dry": rng.normal(size=(2, 2, 2)), "wet": rng.normal(size=(2, 2, 2))}
    game = NormalForm.from_payoffs(np.zeros((2, 2, 2))).with_states(tables, [0.25, 0.75])
    np.testing.assert_allclose(game.table, 0.25 * tables["dry"] + 0.75 * tables["wet"])
    assert game.states == ("dry", "wet")


def exact_game() -> NormalForm:
    thirds = exact_table([Fraction(k, 3) for k in range(8)], (2, 2, 2))
    return NormalForm.from_payoffs(thirds, exact=thirds)


def test_exact_payoffs_stand_beside_floats_and_go_when_numbers_change():
    game = exact_game()
    assert game.exact[0, 0, 1] == Fraction(1, 3)
    assert game.table[0, 0, 1] == 1 / 3
    assert game.replace("tastes[player 1]", np.zeros(4)).exact is None
    assert game.with_states({"a": np.zeros((2, 2, 2))}, [1]).exact is None


BAD = [
    (lambda: NormalForm.from_payoffs([[1, 2], [3]]), "ragged or not numbers"),
    (lambda: NormalForm.from_payoffs([1, 2]), r"shape does not fit.*player axis first"),
    (lambda: NormalForm.from_payoffs(np.zeros((3, 2, 2))), "shape does not fit"),
    (lambda: NormalForm.from_payoffs([[1, np.nan]]), r"payoffs\[0, 1\]: not finite"),
    (lambda: NormalForm.from_payoffs(np.zeros((2, 2, 0))), r"actions\.player 2.*no action"),
    (lambda: NormalForm.from_payoffs([[1, 2]], actions=[["a"]]), "actions and payoffs disagree"),
    (lambda: NormalForm.from_payoffs([[1, 2]], actions=[["a", "a"]]), "stands twice"),
    (lambda: NormalForm.from_payoffs([[1, 2]], ["a", "b"]), "players and action lists disagree"),
    (lambda: NormalForm.from_payoffs([[1, 2]], bystanders=["b"], effects=[[1]]), "effects: shape"),
    (lambda: NormalForm.from_payoffs([[1, 2]], exact=np.zeros((1, 3))), "exact payoffs differ"),
    (lambda: NormalForm.from_payoffs([[1, 2]], exact=np.zeros((1, 2))), "exact payoffs differ"),
    (lambda: exact_game().with_states({}, []), "there are no states"),
    (lambda: exact_game().with_states({"a": [1]}, [1]), r"tables\.a: shape does not fit"),
    (lambda: exact_game().best_plan([1, np.nan]), r"weights\[1\]: not finite"),
    (lambda: exact_game().best_plan([1]), "weights: shape does not fit"),
    (lambda: exact_game().payoffs(Lottery.pure((0, 2))), "not a profile of this game"),
    (lambda: exact_game().payoffs(Lottery.pure((0, -1))), "not a profile of this game"),
    (lambda: exact_game().best_reply(0, Lottery.pure((0,))), "not a profile of this game"),
    (lambda: exact_game().payoffs(MixedProfile(([1, 0],))), "strategies do not fit"),
    (lambda: exact_game().best_reply(0, MixedProfile(([1], [1]))), "strategies do not fit"),
]


@pytest.mark.parametrize(("make", "words"), BAD)
def test_bad_input(make, words):
    with pytest.raises(InputError, match=words):
        make()
