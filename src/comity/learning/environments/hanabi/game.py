"""What both engines of Hanabi say of the game: its variant, its shape, its actions in words."""

from __future__ import annotations

from typing import Any

from comity.learning.environments.hanabi import layout
from comity.learning.environments.hanabi.rules import (
    COLOUR_NAMES,
    Rules,
    actions_of,
    horizon_of,
    rules_of,
    usual_hand,
)
from comity.learning.environments.protocol import Engine, Shape
from comity.learning.environments.stated import flag


class Hanabi:
    """A variant of Hanabi; the engines, `HanabiCompiled` and `HanabiBatched`, play it.

    Parameters
    ----------
    players : 2 to 5.
    colours, ranks : 1 to 5 of each. A colour has three cards of rank 1, one of the last rank, two
        of each other.
    hand : cards in a hand, 1 to 6; 5 for two or three players and 4 for more unless stated.
    information, lives : tokens at the start, also the most there can be of information.
    observation : ``minimal`` leaves out what the cards were told, ``card knowledge`` holds it,
        ``seer`` tells every card when it is drawn.
    bombing : ``loses all`` points with the last life, as in the reference, or ``keeps points``.
    empty_hints : whether a hint may touch no card.

    An observation is as long for every player, each number 0 or 1: see `layout.sections`. With
    the usual rules moves, their order, rewards and observations are those of
    hanabi-learning-environment 0.0.4 to the bit.
    """

    name = "hanabi"
    engine: Engine

    def __init__(
        self,
        engine: Engine,
        players: int = 2,
        colours: int = 5,
        ranks: int = 5,
        hand: int | None = None,
        information: int = 8,
        lives: int = 3,
        observation: str = "card knowledge",
        bombing: str = "loses all",
        empty_hints: bool = False,
    ) -> None:
        self.engine = engine
        self.variant: dict[str, Any] = {
            "players": players,
            "colours": colours,
            "ranks": ranks,
            "hand": usual_hand(players) if hand is None else hand,
            "information": information,
            "lives": lives,
            "observation": observation,
            "bombing": bombing,
            "empty_hints": flag(empty_hints, "empty_hints"),
        }
        self.rules: Rules = rules_of(self.variant)
        self.actions = actions_of(self.rules)
        self.length = layout.length(self.rules)
        self.shape = Shape(
            players=tuple(f"player {seat + 1}" for seat in range(players)),
            actions=(self.actions,) * players,
            observations=(self.length,) * players,
            horizon=horizon_of(self.rules),
            turns=True,
            symmetries=layout.colour_symmetry(self.rules),
        )

    def describe(self, player: int, action: int) -> str:
        """Return an action in words; cards are counted from the oldest."""
        rules = self.rules
        if action < 2 * rules.hand:
            what = "discard" if action < rules.hand else "play"
            return f"{what} card {action % rules.hand + 1}"
        told = action - 2 * rules.hand
        by_colour = (rules.players - 1) * rules.colours
        width = rules.colours if told < by_colour else rules.ranks
        offset, value = divmod(told if told < by_colour else told - by_colour, width)
        target = (player + 1 + offset) % rules.players + 1
        what = COLOUR_NAMES[value] if told < by_colour else f"{value + 1}s"
        return f"tell player {target} of {what}"
