import numpy as np
import pytest

from comity.core.errors import InputError
from comity.learning.environments.make import make
from comity.learning.environments.stated import flag, whole


@pytest.mark.parametrize("value", [2, 5, np.int64(3)])
def test_a_whole_number_in_range_is_taken(value):
    assert whole(value, "players", 2, 5) == value
    assert type(whole(value, "players", 2, 5)) is int


@pytest.mark.parametrize("value", [1, 6, 2.0, "3", True, None, float("nan")])
def test_anything_else_is_no_whole_number_in_range(value):
    with pytest.raises(InputError, match=r"players.*whole number, 2 to 5"):
        whole(value, "players", 2, 5)


def test_yes_and_no_are_not_words():
    assert flag(True, "rule") is True
    assert flag(np.False_, "rule") is False
    for value in ("no", 0, 1, None):
        with pytest.raises(InputError, match="rule: neither yes nor no"):
            flag(value, "rule")


@pytest.mark.parametrize(
    ("name", "rule", "value"),
    [
        ("commons", "horizon", 9.5),
        ("commons", "reach", "far"),
        ("hanabi", "empty_hints", "no"),
        ("hanabi", "lives", 2.0),
        ("iterated", "horizon", 1.5),
        ("lever", "payoffs", "ab"),
        ("lever", "payoffs", None),
        ("lever", "players", "3"),
        ("overcooked", "horizon", 3.5),
        ("overcooked", "layout", 3),
        ("overcooked", "old_dynamics", "no"),
        ("overcooked", "random_start", "no"),
        ("overcooked", "recipes", 3),
        ("overcooked", "recipes", {"value": float("nan")}),
        ("overcooked", "recipes", {"value": "20"}),
        ("overcooked", "recipes", {"times": {"OOO": 2.5}}),
        ("tiny hanabi", "game", ["A"]),
    ],
)
def test_a_rule_of_another_kind_is_refused_before_a_game_begins(name, rule, value):
    with pytest.raises(InputError):
        make(name, **{rule: value})
