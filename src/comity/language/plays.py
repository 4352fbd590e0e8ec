"""Plays in words: who does what, or what is settled, and how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comity.core.page.words import clean
from comity.language.catalogue import Words
from comity.language.figures import RARE, chance, listed

CERTAIN = 1 - RARE


def outcome_words(frame: Mapping[str, Any], outcome: Sequence[int]) -> str:
    """Return an outcome in the words of the frame, which are the parties' own.

    Examples
    --------
    >>> frame = {"kind": "negotiation", "issues": [{"name": "rent", "options": ["800", "900"]}]}
    >>> outcome_words(frame, [1])
    'rent: 900'
    """
    names = _names(frame)
    pairs = zip(names, outcome, strict=True)
    return "; ".join(f"{clean(name)}: {clean(options[k])}" for (name, options), k in pairs)


def _names(frame: Mapping[str, Any]) -> list[tuple[str, Sequence[str]]]:
    if frame["kind"] == "negotiation":
        return [(issue["name"], issue["options"]) for issue in frame["issues"]]
    return list(zip(frame["players"], frame["actions"], strict=True))


def play_lines(
    words: Words, frame: Mapping[str, Any], play: Mapping[str, Any] | None, limit: int = 6
) -> list[tuple[str, str]]:
    """Return a play as (chance, what happens) pairs, likeliest first; the rest in one line.

    ``play`` is plain JSON, as `Lottery.to_dict` and `MixedProfile.to_dict` give it.
    """
    if play is None:
        return []
    pairs = _mixed(frame, play) if "strategies" in play else _drawn(frame, play)
    lines = [(chance(words, p), what) for p, what in pairs[:limit]]
    if len(pairs) > limit:
        rest = sum(p for p, _ in pairs[limit:])
        lines.append((chance(words, rest), words.say("table.more", n=len(pairs) - limit)))
    return lines


def _drawn(frame: Mapping[str, Any], play: Mapping[str, Any]) -> list[tuple[float, str]]:
    pairs = zip(play["probabilities"], play["outcomes"], strict=True)
    kept = [(p, outcome_words(frame, outcome)) for p, outcome in pairs if p > RARE]
    return sorted(kept, key=lambda pair: -pair[0])


def _mixed(frame: Mapping[str, Any], play: Mapping[str, Any]) -> list[tuple[float, str]]:
    """Return each player's own lottery, or one outcome where all are certain."""
    strategies = play["strategies"]
    if all(max(strategy) > CERTAIN for strategy in strategies):
        outcome = [max(range(len(s)), key=s.__getitem__) for s in strategies]
        return [(1.0, outcome_words(frame, outcome))]
    return [
        (p, f"{clean(name)}: {clean(action)}")
        for (name, actions), strategy in zip(_names(frame), strategies, strict=True)
        for action, p in zip(actions, strategy, strict=True)
        if p > RARE
    ]


def play_sentence(
    words: Words, frame: Mapping[str, Any], play: Mapping[str, Any] | None, limit: int = 3
) -> str:
    """Return a play as one phrase; empty where there is none."""
    lines = play_lines(words, frame, play, limit)
    if len(lines) == 1:
        return lines[0][1]
    return listed(words, [f"{what} ({often})" for often, what in lines])
