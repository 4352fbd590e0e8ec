"""The protocol: who keeps it, and what plans and replies say."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.games import Game, Lottery, Plan


def test_both_kinds_of_game_keep_it(game, negotiation):
    assert isinstance(game, Game)
    assert isinstance(negotiation, Game)
    assert not isinstance(Lottery.pure((0,)), Game)


@pytest.mark.parametrize(("bound", "gap"), [(1.0, 0.0), (1.5, 0.5), (1 - 1e-12, 0.0)])
def test_gap_is_never_negative(bound, gap):
    assert Plan((0,), np.ones(1), 1.0, bound).gap == gap


@pytest.mark.parametrize("kind", ["game", "negotiation"])
def test_unknown_signals_and_players_are_refused(kind, request):
    situation = request.getfixturevalue(kind)
    play = Lottery.pure(situation.outcome(0))
    with pytest.raises(InputError, match=r"unknown signal.*whisper"):
        situation.best_reply(0, play, "whisper")
    for player in (-1, len(situation.players)):
        with pytest.raises(InputError, match="no such player"):
            situation.best_reply(player, play)
