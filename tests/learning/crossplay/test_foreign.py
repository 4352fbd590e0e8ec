import numpy as np
import pytest

from comity.core import InputError
from comity.learning.crossplay.foreign import Foreign, read_maker
from comity.learning.environments.make import make
from comity.learning.policies.playing import play
from comity.learning.policies.protocol import Policy
from lever_players import Puller, pull


def test_a_players_own_memory_lasts_one_game():
    born = []

    def maker(seat):
        born.append(seat)
        seen = []

        def act(shown):
            seen.append(shown)
            return len(seen) - 1

        return act

    environment = make("tiny hanabi", game="E")
    found = play(environment, [Foreign("counts", maker), Puller(0)], 5)
    assert found.actions[0, :, 0].tolist() == [0] * 5
    assert born == ["first"] * 5
    assert isinstance(Foreign("counts", maker), Policy)


def test_it_is_shown_what_pettingzoo_shows():
    shown = []
    agent = Foreign("looks", lambda seat: lambda seen: shown.append(seen) or 0)
    play(make("tiny hanabi", game="E"), [agent, Puller(1)], 1)
    assert shown[0]["observation"].dtype == np.float32
    assert shown[0]["observation"].shape == (5,)
    assert shown[0]["action_mask"].tolist() == [1, 1, 1]


@pytest.mark.parametrize("answer", [10, -1, 0.5, "left", None])
def test_moves_that_are_not_allowed(answer):
    agent = Foreign("strange", lambda seat: lambda seen: answer)
    with pytest.raises(InputError, match="strange as player 1"):
        play(make("lever"), [agent, Puller(0)], 1)


def test_makers_that_make_nothing():
    with pytest.raises(InputError, match="can be called"):
        play(make("lever"), [Foreign("empty", lambda seat: None), Puller(0)], 1)


def test_a_new_player_where_a_game_ended():
    agent = Foreign("pulls", pull)
    table = agent.begin(make("lever"), 0, 2, 0)
    after = agent.forget(table, np.array([True, False]), 0)
    assert after.players[0] is not table.players[0]
    assert after.players[1] is table.players[1]


def test_python_paths(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("def agent(seat):\n    return lambda seen: 0\n")
    assert read_maker(f"{file}:agent")("first")({}) == 0
    assert read_maker("lever_players:pull") is not None


@pytest.mark.parametrize(
    "path", ["nothing", "no.such.module:agent", "missing.py:agent", "json:no_such_function"]
)
def test_paths_that_lead_nowhere(path):
    with pytest.raises(InputError):
        read_maker(path)
