import numpy as np
import pytest

from comity.assistance.games import WAIT, AssistanceGame, catalogue_game
from comity.core import InputError


def button(**fields):
    """One state, one button each, two goals."""
    tables = {"transitions": [[[[1.0], [1.0]]]], "rewards": [[[[1, 0]]], [[[0, 1]]]]}
    return AssistanceGame.from_tables(**tables, **{"horizon": 2, **fields})


def test_dense_tables_become_successors(rng):
    dense = rng.dirichlet(np.ones(3), size=(3, 2, 2)) * (rng.random((3, 2, 2, 3)) < 0.7)
    dense[..., 0] += 1e-3
    dense /= dense.sum(axis=-1, keepdims=True)
    game = AssistanceGame.from_tables(dense, rng.normal(size=(2, 3, 2, 2)), horizon=2)
    again = np.zeros_like(dense)
    for at in np.ndindex(3, 2, 2):
        for _, follows, chance in game.successors(*at):
            again[(*at, follows)] += chance
    assert np.allclose(again, dense)


def test_reachable_states_by_step():
    game = catalogue_game("cake-or-pie")
    names = [{game.states[s] for s in np.flatnonzero(seen)} for seen in game.reachable(2)]
    assert names == [{"kitchen"}, {"kitchen", "asked", "served"}]


def test_waiting_needs_both():
    game = catalogue_game("chef-world")
    assert game.waiting == (3, 3)
    assert game.person_actions[3] == WAIT
    assert button().waiting is None


def test_reward_range_counts_only_what_can_be():
    game = catalogue_game("wormy-apples")
    assert game.reward_range == (-2.0, 2.0)
    assert button().reward_range == (0.0, 1.0)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"prior": [0.5, 0.6]}, "prior"),
        ({"prior": [1.5, -0.5]}, "prior"),
        ({"prior": [1.0]}, "prior"),
        ({"horizon": 0}, "horizon"),
        ({"horizon": 1.5}, "horizon"),
        ({"horizon": None}, "discount"),
        ({"discount": 0}, "discount"),
        ({"discount": 1.2}, "discount"),
        ({"discount": float("nan")}, "discount"),
        ({"start": 1}, "start"),
        ({"final": np.zeros(2, bool)}, "final"),
        ({"goals": ("a", "a")}, "goals"),
        ({"goals": ("a", "")}, "goals"),
        ({"states": ()}, "states"),
        ({"orders": [2]}, "orders"),
        ({"person_allowed": np.zeros((1, 1), bool)}, "person_allowed"),
        ({"assistant_allowed": np.ones((1, 3), bool)}, "assistant_allowed"),
    ],
)
def test_bad_fields_are_named(fields, place):
    with pytest.raises(InputError, match=place):
        button(**fields)


def test_bad_tables_are_named():
    good = {"transitions": [[[[1.0], [1.0]]]], "rewards": [[[[1, 0]]], [[[0, 1]]]]}
    for name, table, words in [
        ("transitions", [[[[0.5], [1.0]]]], "chances"),
        ("transitions", [[[[1.0, 0.0]]]], "transitions"),
        ("transitions", "much", "not numbers"),
        ("transitions", [[[[1.0, -0.5]]], [[[0.0, 1.0]]]], "negative"),
        ("rewards", [[[[1, 0]]]] * 2, "one"),
        ("rewards", [[[[float("nan"), 0]]], [[[0, 1]]]], "rewards"),
        ("rewards", [[[[1]]]], "rewards"),
    ]:
        with pytest.raises(InputError, match=words):
            AssistanceGame.from_tables(**{**good, name: table}, horizon=1)


def test_two_goals_that_are_one_are_refused():
    with pytest.raises(InputError, match="no behaviour can reveal"):
        AssistanceGame.from_tables([[[[1.0]]]], [[[[1.0]]], [[[1.0]]]], horizon=1)


def test_names_are_looked_up():
    game = catalogue_game("cake-or-pie")
    assert game.goal("pie") == 1
    with pytest.raises(InputError, match=r"no such goal.*cake, pie"):
        game.goal("tart")
    with pytest.raises(InputError, match="no such state"):
        game.state("garden")


def test_arrays_cannot_be_changed():
    game = button()
    for name in ("prior", "rewards", "chances", "next_states", "final"):
        assert not getattr(game, name).flags.writeable
