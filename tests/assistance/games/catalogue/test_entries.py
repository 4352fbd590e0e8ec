import pytest

from comity.assistance.games import GAMES, AssistanceGame, catalogue_game
from comity.core import InputError


@pytest.mark.parametrize("name", GAMES)
def test_every_game_says_what_it_is(name):
    game = catalogue_game(name)
    assert isinstance(game, AssistanceGame)
    assert game.title
    assert game.about.endswith(".")
    assert "ours" in game.source or "our reduction" in game.source
    assert len(game.goals) >= 2
    assert GAMES[name].note.endswith(".")


def test_unknown_names_and_settings_are_refused():
    with pytest.raises(InputError, match="no such assistance game"):
        catalogue_game("chess")
    with pytest.raises(InputError, match="no such setting"):
        catalogue_game("cake-or-pie", worms=0.1)
