"""Games whose numbers can be reached cell by cell."""

from __future__ import annotations

from comity.core.errors import InputError
from comity.games import Game, Negotiation, NormalForm

BlockGame = NormalForm | Negotiation


def in_blocks(game: Game, purpose: str) -> BlockGame:
    """Return the game itself, or raise `InputError` where its cells cannot be reached.

    Examples
    --------
    >>> in_blocks(NormalForm.from_payoffs([[[1.]], [[2.]]]), "to scale payoffs").size
    1
    """
    if not isinstance(game, NormalForm | Negotiation):
        raise InputError(
            f"this kind of game has no cells {purpose}",
            found=type(game).__name__,
            expected="NormalForm or Negotiation",
        )
    return game
