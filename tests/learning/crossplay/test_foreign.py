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

        def act(observation, info):
            seen.append(observation)
            return len(seen) - 1

        return act

    environment = make("tiny hanabi", game="E")
    found = play(environment, [Foreign("counts", maker), Puller(0)], 5)
    assert found.actions[0, :, 0].tolist() == [0] * 5
    assert born == ["player_0"] * 5
    assert isinstance(Foreign("counts", maker), Policy)


@pytest.mark.parametrize("name", ["tiny hanabi", "overcooked"])
def test_it_is_shown_what_pettingzoo_shows(name):
    pytest.importorskip("pettingzoo")
    from comity.learning.environments.pettingzoo import to_pettingzoo

    game = make(name, **({"horizon": 6} if name == "overcooked" else {}))
    shown = []
    agent = Foreign("looks", lambda seat: lambda seen, info: shown.append((seen, info)) or 0)
    played = play(game, [agent, Puller(1)], 1)
    table, expected = to_pettingzoo(game), []
    table.reset(seed=0, options={"start": played.given[0]})
    for seat in table.agent_iter():
        seen, _, ended, _, info = table.last()
        if seat == table.possible_agents[0] and not ended:
            expected.append((seen, info))
        table.step(None if ended else int(seat != table.possible_agents[0]))
    assert len(shown) == len(expected)
    for (ours, info), (theirs, told) in zip(shown, expected, strict=True):
        assert ours.dtype == theirs.dtype
        assert np.array_equal(ours, theirs)
        assert np.array_equal(info["action_mask"], told["action_mask"])


@pytest.mark.parametrize("answer", [10, -1, 0.5, "left", None])
def test_moves_that_are_not_allowed(answer):
    agent = Foreign("strange", lambda seat: lambda seen, info: answer)
    with pytest.raises(InputError, match="strange as player_0"):
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
    file.write_text("def agent(seat):\n    return lambda seen, info: 0\n")
    assert read_maker(f"{file}:agent")("player_0")(None, {}) == 0
    assert read_maker("lever_players:pull") is not None


@pytest.mark.parametrize(
    "path", ["nothing", "no.such.module:agent", "missing.py:agent", "json:no_such_function"]
)
def test_paths_that_lead_nowhere(path):
    with pytest.raises(InputError):
        read_maker(path)


@pytest.mark.parametrize("code", ["import no_such_library", "def agent(:", "1 / 0"])
def test_files_that_cannot_be_run(code, tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(code)
    with pytest.raises(InputError, match=r"mine\.py: the Python code cannot be loaded") as found:
        read_maker(f"{file}:agent")
    assert "Error: " in str(found.value)
