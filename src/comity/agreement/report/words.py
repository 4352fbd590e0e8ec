"""Plain words for numbers, chances, deals and rules: the vocabulary of page and terminal."""

from __future__ import annotations

import numpy as np

from comity.core.page.words import RARE, chance, clean, number
from comity.games import Game, Lottery, MixedProfile, Negotiation, NormalForm, Play

NEGLIGIBLE = 1e-6
"""Gains below this count as none."""


SOLUTIONS: dict[str, tuple[str, str]] = {
    "nash": ("Nash bargaining", "the largest product of what each gains, so nobody is forgotten"),
    "kalai-smorodinsky": (
        "Kalai-Smorodinsky",
        "each gets the same share of the most it could hope for",
    ),
    "egalitarian": ("Egalitarian", "whoever gains least gains as much as possible"),
    "utilitarian": ("Utilitarian", "the largest total, whoever gets it"),
    "best-equilibrium": (
        "Best equilibrium",
        "the best plan that nobody alone would want to leave",
    ),
    "best-correlated-equilibrium": (
        "Best correlated equilibrium",
        "the best plan that everyone would follow when a mediator tells each its own part",
    ),
}
"""Name in the field, and what it does in plain words."""

DISAGREEMENT: dict[str, tuple[str, str]] = {
    "maximin": ("Maximin", "what each can secure whatever the others do"),
    "favourite-equilibrium": (
        "Favourite equilibrium",
        "what happens if each insists on its own favourite outcome",
    ),
    "no-deal": ("No deal", "what each has if they walk away"),
    "point": ("Fixed point", "figures the parties fixed beforehand"),
}
"""Where bargaining starts: name in the field, and plain words."""

RULES: dict[str, str] = {
    "gain": "no party may be worse off than without a deal, by its own view",
    "public": "the reports may not lie too far apart",
    "private": "a report may not lie too far from a party's own view",
    "evidence": "a report may not fit the shared data too badly",
}
"""The acceptance rules in plain words."""


def outcome_words(game: Game, outcome: tuple[int, ...]) -> str:
    """Return an outcome in words, with who does what."""
    if isinstance(game, NormalForm):
        pairs = zip(game.players, game.actions, outcome, strict=True)
        return "; ".join(f"{clean(p)}: {clean(names[a])}" for p, names, a in pairs)
    if isinstance(game, Negotiation):
        chosen = zip(game.issues, outcome, strict=True)
        return "; ".join(f"{clean(i.name)}: {clean(i.options[o])}" for i, o in chosen)
    return clean(game.describe(outcome))


def play_lines(game: Game, play: Play | None, limit: int = 6) -> list[tuple[str, str]]:
    """Return a play as (chance, what happens) pairs, likeliest first; the rest in one line."""
    if play is None:
        return []
    if isinstance(play, MixedProfile) and not _certain(play):
        return _mixed_lines(game, play)
    lottery = play.to_lottery() if isinstance(play, MixedProfile) else play
    ranked = np.argsort(-lottery.probabilities, kind="stable")
    order = [k for k in ranked if lottery.probabilities[k] > RARE]
    lines = [
        (chance(float(lottery.probabilities[k])), outcome_words(game, lottery.outcomes[k]))
        for k in order[:limit]
    ]
    if len(order) > limit:
        rest = float(lottery.probabilities[order[limit:]].sum())
        lines.append((chance(rest), f"one of {len(order) - limit:,} other outcomes"))
    return lines


def _certain(play: MixedProfile) -> bool:
    return all(s.max() > 1 - RARE for s in play.strategies)


def _mixed_lines(game: Game, play: MixedProfile) -> list[tuple[str, str]]:
    assert isinstance(game, NormalForm)
    return [
        (chance(float(p)), f"{clean(name)}: {clean(action)}")
        for name, actions, strategy in zip(game.players, game.actions, play.strategies, strict=True)
        for action, p in zip(actions, strategy, strict=True)
        if p > RARE
    ]


def play_sentence(game: Game, play: Play | None, limit: int = 3) -> str:
    """Return a play as one phrase, for a verdict."""
    lines = play_lines(game, play, limit)
    if not lines:
        return "nothing is agreed"
    if len(lines) == 1:
        return lines[0][1]
    return "; ".join(f"{often}, {what}" for often, what in lines)


def is_lottery(play: Play | None) -> bool:
    """Whether chance decides anything in this play."""
    if isinstance(play, Lottery):
        return bool(play.probabilities.max() < 1 - RARE)
    return play is not None and not _certain(play)


def several(values: np.ndarray, percent: bool = False) -> str:
    """Return the numbers of one part of a view: all of a few, the range of many."""
    if percent:
        return " · ".join(f"{number(100 * v)}%" for v in values)
    if len(values) <= 4:
        return " · ".join(number(v) for v in values)
    return f"{number(float(values.min()))} to {number(float(values.max()))}"
