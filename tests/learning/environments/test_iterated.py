"""Iterated games: payoffs from the game itself, lengths from the geometric law."""

import jax
import numpy as np
import pytest

from comity.core import InputError
from comity.games import Lottery, NormalForm
from comity.games.catalogue import asymmetric_chicken, prisoners_dilemma
from comity.learning.environments.check import check_environment
from comity.learning.environments.iterated import Iterated
from comity.learning.environments.make import make

UNEVEN = NormalForm.from_payoffs(np.random.default_rng(0).integers(9, size=(3, 2, 3, 4)))


@pytest.mark.parametrize("engine", ["numba", "jax"])
@pytest.mark.parametrize("continuation", [None, 0.8])
def test_the_protocol_is_kept(engine, continuation):
    report = check_environment(Iterated(engine, UNEVEN, 9, continuation))
    assert report.ok, str(report)


@pytest.mark.parametrize("game", [prisoners_dilemma(), asymmetric_chicken(), UNEVEN])
def test_each_round_pays_what_the_game_pays(game):
    rng = np.random.default_rng(1)
    iterated = Iterated(game=game, horizon=4)
    state = iterated.begin(0, 5)
    for _ in range(4):
        actions = np.stack([rng.integers(count, size=5) for count in game.shape], axis=1)
        step = iterated.step(state, actions)
        for pair, paid in zip(actions, step.rewards, strict=True):
            assert paid == pytest.approx(game.payoffs(Lottery.pure(tuple(pair))))
        state = step.state
    assert step.done.all()
    with pytest.raises(InputError, match="over"):
        iterated.step(state, actions)


def test_both_engines_play_the_same():
    one, other = (Iterated(engine, UNEVEN, 6) for engine in ("numba", "jax"))
    mine, yours = one.begin(0, 7), other.begin(0, 7)
    rng = np.random.default_rng(2)
    for _ in range(6):
        assert np.array_equal(one.observe(mine), other.observe(yours))
        actions = np.stack([rng.integers(count, size=7) for count in UNEVEN.shape], axis=1)
        a, b = (
            one.step(mine, actions),
            jax.jit(lambda s, x: _plain(other.step(s, x)))(yours, actions),
        )
        assert np.array_equal(a.rewards, b[1])
        assert np.array_equal(a.done, b[2])
        mine, yours = a.state, b[0]


def _plain(step):
    return step.state, step.rewards, step.done


def test_each_sees_itself_first():
    iterated = Iterated(game=UNEVEN, horizon=2)
    state = iterated.begin(0, 1)
    assert not iterated.observe(state).any()
    seen = iterated.observe(iterated.step(state, [[1, 2, 3]]).state)[0]
    first, second, third = [0, 1], [0, 0, 1], [0, 0, 0, 1]
    assert seen.tolist() == [
        first + second + third,
        second + first + third,
        third + first + second,
    ]


@pytest.mark.parametrize("engine", ["numba", "jax"])
def test_lengths_follow_the_geometric_law(engine):
    iterated = Iterated(engine, horizon=5000, continuation=0.9)
    lengths = np.asarray(iterated.begin(3, 40_000).length)
    # Mean 1 / (1 - .9), standard deviation sqrt(.9) / .1; four standard errors.
    assert lengths.mean() == pytest.approx(10, abs=4 * np.sqrt(0.9) / 0.1 / 200)
    assert (lengths == 1).mean() == pytest.approx(0.1, abs=4 * np.sqrt(0.09) / 200)


def test_all_starts_have_their_chance():
    listed, chances = Iterated(horizon=40, continuation=0.9).starts()
    assert [one["rounds"] for one in listed] == list(range(1, 41))
    assert chances.sum() == pytest.approx(1)
    assert Iterated(horizon=7).starts()[0] == [{"rounds": 7}]


def test_the_variant_makes_the_same_game():
    iterated = make("iterated", game=asymmetric_chicken(), horizon=3)
    again = make("iterated", **iterated.variant)
    assert np.array_equal(again.game.table, iterated.game.table)
    assert again.describe(0, 1) == iterated.describe(0, 1)


@pytest.mark.parametrize(
    ("rules", "word"),
    [
        ({"horizon": 0}, "horizon"),
        ({"continuation": 1.0}, "continuation"),
        ({"game": "divide_the_pie"}, "strategic form"),
        ({"game": {"prizes": []}}, "payoffs"),
        ({"game": 3}, "NormalForm"),
    ],
)
def test_what_is_no_game_is_refused(rules, word):
    with pytest.raises(InputError, match=word):
        Iterated(**rules)


@pytest.mark.parametrize("rounds", [0, 101, 2.5, "two"])
def test_starts_must_fit_the_horizon(rounds):
    with pytest.raises(InputError, match="rounds"):
        Iterated().start({"rounds": rounds})
