"""Results in the words of the Case: names of parties and options in place of their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from comity.games import Game
from comity.language import outcome_words, play_lines, words_of

ENGLISH = words_of("en")


def happens(game: Game, play: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Return what a play in plain JSON does, and how often."""
    lines = play_lines(ENGLISH, game.frame(), play)
    return [{"how_often": often, "what": what} for often, what in lines]


def named(players: Sequence[str], values: Sequence[Any] | None) -> dict[str, Any] | None:
    """Return values, one per player, by name; ``None`` where there are none."""
    return None if values is None else dict(zip(players, values, strict=True))


def solution_words(game: Game, found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a solution in plain JSON says, in words.

    ``happens`` and ``worth`` are of one play, ``plays`` a list of both where there are several.
    """
    told: list[dict[str, Any]]
    worth = partial(named, game.players)
    if "play" in found:
        return {"happens": happens(game, found["play"]), "worth": worth(found["payoffs"])}
    if "profiles" in found:
        plays = zip(found["profiles"], found["payoffs"], strict=True)
        told = [{"happens": happens(game, p), "worth": worth(w)} for p, w in plays]
    else:
        outcomes = zip(found["outcomes"], found["points"], strict=True)
        told = [{"what": outcome_words(game.frame(), k), "worth": worth(w)} for k, w in outcomes]
    return {"plays": told}
