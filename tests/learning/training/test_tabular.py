import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.make import make
from comity.learning.exact.decentralised import optimum, values
from comity.learning.exact.plays import enumerate_plays
from comity.learning.policies.playing import play
from comity.learning.training.tabular import Tabular, tables


def of(environment, plays, policies, **options):
    return Tabular(
        "table", environment.name, dict(environment.variant), tables(plays, policies), **options
    )


@pytest.mark.parametrize("game", ["B", "F"])
def test_it_plays_what_the_table_says(game):
    environment = make("tiny hanabi", game=game)
    plays = enumerate_plays(environment)
    best = of(environment, plays, optimum(plays).policies)
    scores = play(environment, [best, best], 3000, rng=0).scores[:, 0]
    worth = optimum(plays).value.value
    assert scores.mean() == pytest.approx(worth, abs=5 * scores.std() / np.sqrt(3000) + 1e-6)


def test_it_draws_where_asked():
    environment = make("lever", payoffs=[1.0, 1.0])
    plays = enumerate_plays(environment)
    uniform = tuple(sets.uniform() for sets in plays.sets)
    drawing = of(environment, plays, uniform, greedy=False)
    scores = play(environment, [drawing, drawing], 2000, rng=0).scores[:, 0]
    assert scores.mean() == pytest.approx(values(plays, uniform)[0], abs=0.06)


def test_games_begin_anew():
    environment = make("tiny hanabi", game="A")
    plays = enumerate_plays(environment)
    agent = of(environment, plays, optimum(plays).policies)
    place = agent.begin(environment, 0, 2, 0)._replace(last=np.array([[0, 1], [1, 0]]))
    assert agent.forget(place, np.array([True, False]), 0).last.tolist() == [[-1, -1], [1, 0]]


def test_another_game_is_refused():
    environment = make("tiny hanabi", game="A")
    plays = enumerate_plays(environment)
    agent = of(environment, plays, optimum(plays).policies)
    with pytest.raises(InputError, match="another game"):
        agent.begin(make("tiny hanabi", game="B"), 0, 1, 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held.pop("0/chances"),
        lambda held: held.update({"1/chances": held["1/chances"][:-1]}),
        lambda held: held.update({"0/parents": held["0/parents"][:, 0]}),
        lambda held: held.update({"0/chances": held["0/chances"] * np.nan}),
        lambda held: held.update({"0/observations": held["0/observations"].astype(str)}),
        lambda held: held.clear(),
    ],
)
def test_arrays_that_are_no_tables(change):
    environment = make("tiny hanabi", game="A")
    plays = enumerate_plays(environment)
    held = tables(plays, optimum(plays).policies)
    change(held)
    with pytest.raises(InputError, match="not a table"):
        Tabular("table", environment.name, dict(environment.variant), held)
