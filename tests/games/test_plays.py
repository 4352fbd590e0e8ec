"""Lotteries and mixed profiles: what they hold and how they become each other."""

import json
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.games import Lottery, MixedProfile
from comity.games.plays import play_from_dict

LOTTERY = Lottery(((0, 1), (1, 0)), [0.25, 0.75])
MIXED = MixedProfile(([0.5, 0.5], [0.2, 0.3, 0.5]))


def test_pure_and_uniform():
    assert Lottery.pure([2, 1]).outcomes == ((2, 1),)
    assert Lottery.uniform([(0,), (1,)]).probabilities.tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("play", "pure"),
    [
        (Lottery.pure((0,)), True),
        (LOTTERY, False),
        (Lottery(((0,), (1,)), [0, 1]), True),
        (Lottery(((1,), (1,)), [0.5, 0.5]), True),
    ],
)
def test_pure_is_about_chances(play, pure):
    assert play.is_pure is pure


def test_table_round_trip(rng):
    table = rng.dirichlet(np.ones(6)).reshape(2, 3)
    play = Lottery.from_table(table)
    for outcome, p in zip(play.outcomes, play.probabilities, strict=True):
        assert p == pytest.approx(table[outcome])
    assert set(Lottery.from_table(table, table.max() * 0.999).outcomes) == {
        tuple(np.unravel_index(table.argmax(), table.shape))
    }


def test_mixed_profile_is_the_product_of_its_strategies():
    play = MIXED.to_lottery()
    found = dict(zip(play.outcomes, play.probabilities, strict=True))
    for a, b in product(range(2), range(3)):
        assert found[a, b] == pytest.approx(MIXED.strategies[0][a] * MIXED.strategies[1][b])


@pytest.mark.parametrize("play", [LOTTERY, MIXED])
def test_json_round_trip_and_equality(play):
    again = play_from_dict(json.loads(json.dumps(play.to_dict())))
    assert again == play
    assert hash(again) == hash(play)
    assert play != "play"


def test_plays_that_differ_are_not_equal():
    assert Lottery(((0, 1), (1, 0)), [0.5, 0.5]) != LOTTERY
    assert MixedProfile(([1, 0], [0, 0, 1])) != MIXED
    assert MixedProfile(([0.5, 0.5],)) != MIXED
    assert LOTTERY != MIXED


@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=30))
def test_rounding_errors_are_taken_out(weights):
    p = np.array(weights) / sum(weights)
    play = Lottery(tuple((k,) for k in range(len(p))), p * (1 + 1e-12))
    assert abs(play.probabilities.sum() - 1) < 1e-15 * len(p) + 1e-15
    assert not play.probabilities.flags.writeable


BAD = [
    (lambda: Lottery((), []), "one probability per outcome"),
    (lambda: Lottery.uniform([]), "one probability per outcome"),
    (lambda: Lottery(((0,),), [0.5, 0.5]), "one probability per outcome"),
    (lambda: Lottery(((0,), (0, 1)), [0.5, 0.5]), "differ in length"),
    (lambda: Lottery(((0.5,),), [1]), "not made of whole numbers"),
    (lambda: Lottery(((0,), (1,)), [1.5, -0.5]), "negative or not finite"),
    (lambda: Lottery(((0,), (1,)), [np.nan, 1]), "negative or not finite"),
    (lambda: Lottery(((0,), (1,)), [0.5, 0.4]), "do not sum to 1"),
    (lambda: MixedProfile(()), "there are no strategies"),
    (lambda: MixedProfile(([],)), r"strategies\[0\]: not a mixed strategy"),
    (lambda: MixedProfile(([[1.0]],)), r"strategies\[0\]: not a mixed strategy"),
    (lambda: MixedProfile(([1], [2, -1])), r"strategies\[1\]: probability is negative"),
    (lambda: MixedProfile(([0.5],)), r"strategies\[0\]: probabilities do not sum to 1"),
    (lambda: play_from_dict({"kind": "dance"}), "unknown kind of play"),
    (lambda: play_from_dict({"kind": "lottery"}), "not a play"),
    (lambda: play_from_dict({"kind": "mixed", "strategies": 3}), "not a play"),
]


@pytest.mark.parametrize(("make", "words"), BAD)
def test_bad_plays(make, words):
    with pytest.raises(InputError, match=words):
        make()
