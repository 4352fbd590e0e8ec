"""The explanations that data leave standing, as people an assistant may have before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.explained import explained
from comity.assistance.people.procedure import Fixed
from comity.core.errors import InputError

if TYPE_CHECKING:
    from comity.inference import ConfidenceSet, Member


def standing_people(
    game: AssistanceGame,
    members: Sequence[Member],
    found: ConfidenceSet | None = None,
    *,
    assistant: np.ndarray | None = None,
) -> dict[str, Fixed]:
    """Return each explanation that stands as a person in a game, by name.

    Parameters
    ----------
    members : explanations with their parameters, such as their fits.
    found : the confidence set of the data; all members stand unless given. A member counts by the
        name of its explanation.
    assistant : how people think the assistant acts; see `explained`.

    What comes out goes into `wrong_model`: what an assistant is worth over the whole set, and the
    mixture of plans that risks least over it. Raises `InputError` where none stands.
    """
    standing: Mapping[str, Member] = {
        member.name: member
        for member in members
        if found is None or member.explanation.name in found.standing
    }
    if len({member.name for member in members}) < len(members):
        raise InputError(
            "members need names of their own",
            place="members",
            found=", ".join(member.name for member in members),
        )
    if not standing:
        raise InputError(
            "no explanation stands: none of these",
            place="members",
            found=", ".join(member.name for member in members) or "none",
            expected="one that the data leave standing",
        )
    return {name: explained(game, m, assistant=assistant) for name, m in standing.items()}
