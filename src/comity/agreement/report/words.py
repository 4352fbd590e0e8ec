"""Plain words for numbers, chances, deals and rules: the vocabulary of page and terminal."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from comity.core import Certified
from comity.games import Game, Lottery, MixedProfile, Negotiation, NormalForm, Play

NEGLIGIBLE = 1e-6
"""Gains below this count as none."""

RARE = 1e-6
"""Chances below this count as none."""

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

KINDS: dict[str, str] = {
    "exact": "exact",
    "upper_bound": "upper bound",
    "lower_bound": "lower bound",
    "estimate": "estimate",
    "unknown": "cannot tell",
}
"""What sort of figure a certificate holds."""


def clean(text: object) -> str:
    """Return ``text`` without control characters, so that a name cannot steer a terminal."""
    return "".join(
        " " if c in "\n\t\r" else c for c in str(text) if c in "\n\t\r" or _printable(c)
    ).strip()


def _printable(character: str) -> bool:
    """Whether a character shows itself; joiners stay, as emoji and many scripts need them."""
    category = unicodedata.category(character)
    return category not in {"Cc", "Cs", "Co"} and character not in "\u202a\u202b\u202c\u202d\u202e"


def number(value: float, digits: int = 3) -> str:
    """Return a number with about three significant digits and a true minus sign.

    Examples
    --------
    >>> number(-1.7512), number(12345.6), number(2.0), number(0.00001)
    ('−1.75', '12,346', '2', '0')
    """
    if not math.isfinite(value):
        return "unknown" if math.isnan(value) else ("∞" if value > 0 else "−∞")
    size = abs(value)
    if size < 10.0**-digits / 2:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(size))) if size < 10**digits else 0
    text = f"{size:,.{min(places, digits)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("−" if value < 0 and text != "0" else "") + text


def signed(value: float) -> str:
    """Return a change with its sign; ``±0`` where there is none."""
    text = number(value)
    return "±0" if text == "0" else text if text[0] in "−∞u" else f"+{text}"


def chance(probability: float) -> str:
    """Return a chance as people say it.

    Examples
    --------
    >>> chance(0.75), chance(0.5), chance(1 / 3), chance(1.0), chance(0.6180339)
    ('3 times in 4', 'every other time', '1 time in 3', 'always', 'about 62 times in 100')
    """
    if probability >= 1 - RARE:
        return "always"
    if probability <= RARE:
        return "never"
    if probability < 0.005 or probability > 0.995:
        return "almost never" if probability < 0.5 else "almost always"
    simple = Fraction(probability).limit_denominator(10)
    off = abs(float(simple) - probability)
    if off < 0.006 and 0 < simple < 1:
        return ("" if off < 1e-4 else "about ") + _in_words(simple)
    hundredths = round(100 * probability)
    about = "" if abs(hundredths / 100 - probability) < 1e-4 else "about "
    return f"{about}{hundredths} time{'s' * (hundredths > 1)} in 100"


def _in_words(share: Fraction) -> str:
    if share == Fraction(1, 2):
        return "every other time"
    return f"{share.numerator} time{'s' * (share.numerator > 1)} in {share.denominator}"


def listed(items: Sequence[str], word: str = "and") -> str:
    """Return items as a sentence lists them: ``A, B and C``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def ended(text: str) -> str:
    """Return a sentence with one full stop, or the mark it ends with."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def counted(count: int, thing: str) -> str:
    """Return a count with its noun: ``1 day``, ``2 days``."""
    return f"{count:,} {thing}" + ("" if count == 1 else "s")


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


def certified(figure: Certified) -> str:
    """Return a certified figure with the claim it makes: ``at most 0.3``, ``cannot tell``."""
    if figure.kind == "unknown" or math.isnan(figure.value):
        return "cannot tell"
    word = {"upper_bound": "at most ", "lower_bound": "at least ", "estimate": "about "}
    text = word.get(figure.kind, "") + number(figure.value)
    if figure.low is not None and figure.high is not None and figure.low < figure.high:
        text += f" (between {number(figure.low)} and {number(figure.high)})"
    return text


def several(values: np.ndarray, percent: bool = False) -> str:
    """Return the numbers of one part of a view: all of a few, the range of many."""
    if percent:
        return " · ".join(f"{number(100 * v)}%" for v in values)
    if len(values) <= 4:
        return " · ".join(number(v) for v in values)
    return f"{number(float(values.min()))} to {number(float(values.max()))}"
