"""The switch "how likely is each explanation?": what the page embeds for its script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.page.words import clean, listed, number
from comity.core.results import plain
from comity.inference.report.priors import (
    STEPS,
    Chart,
    charts,
    relevant,
    rest_of,
    worst_regret,
)
from comity.inference.report.words import percent
from comity.inference.results import NewSetting, Understanding

MOST_NAMED = 4
"""Members whose payoffs a sentence names one by one."""


@dataclass(frozen=True)
class Board:
    """One member whose weight can be moved: its chart, and where the slider starts."""

    name: str
    start: int
    charts: tuple[Chart, ...]
    rest: str
    breaks: tuple[str, ...]


@dataclass(frozen=True)
class State:
    """What the page shows before anything is moved; the script says the same in the same words.

    Attributes
    ----------
    heading, sentence : the decision.
    bars : (action, worth, start, length) on a bar of 200 pixels.
    zero : where a worth of 0 stands on it.
    """

    heading: str
    sentence: str
    bars: tuple[tuple[str, str, float, float], ...]
    zero: float


@dataclass(frozen=True)
class Switch:
    """What the page embeds for its script, and what its template needs."""

    data: dict[str, Any]
    boards: tuple[Board, ...]
    state: State | None


def switch(understanding: Understanding) -> Switch:
    """Return the switch over the prior; empty where there are not two members to weigh."""
    setting = understanding.setting
    if setting is None or len(setting.members) < 2 or not setting.actions:
        return Switch({}, (), None)
    shown = relevant(setting)
    boards = tuple(_board(setting, m, shown) for m in range(len(setting.members)))
    span = _span(setting)
    return Switch(
        data={
            "actions": [clean(a) for a in setting.actions],
            "members": [clean(m) for m in setting.members],
            "payoffs": plain(np.asarray(setting.payoffs)),
            "regrets": plain(worst_regret(setting)),
            "rest": [plain(rest_of(setting, m)) for m in range(len(setting.members))],
            "shown": shown,
            "span": list(span),
            "steps": STEPS,
            "most_named": MOST_NAMED,
        },
        boards=boards,
        state=state(setting, 0, boards[0].start / STEPS, shown),
    )


def _board(setting: NewSetting, member: int, shown: list[int]) -> Board:
    weights = setting.weights
    given = 1 / len(setting.members) if weights is None else float(weights[member])
    start = min(STEPS, max(0, round(STEPS * given)))
    rest = rest_of(setting, member)
    others = [
        clean(name) if share == 1 else f"{percent(float(share))} {clean(name)}"
        for name, share in zip(setting.members, rest, strict=True)
        if share > 0
    ]
    return Board(
        clean(setting.members[member]),
        start,
        charts(setting, member, start / STEPS, shown),
        listed(others),
        tuple(
            f"Below {percent(w)} {clean(before)}, above it {clean(after)}."
            for name, w, before, after in setting.breaks
            if name == setting.members[member]
        ),
    )


def state(setting: NewSetting, member: int, weight: float, shown: list[int]) -> State:
    """Return the decision at a weight of one member, in words and bars."""
    mix = (1 - weight) * rest_of(setting, member)
    mix[member] += weight
    worth = np.asarray(setting.payoffs) @ mix
    best = int(worth.argmax())
    low, high = _span(setting)
    zero = round(200 * (0.0 - low) / (high - low), 1)
    return State(
        f"Best: {clean(setting.actions[best])}",
        _sentence(setting, best, worth),
        tuple(_bar(clean(setting.actions[a]), float(worth[a]), low, high) for a in shown),
        zero,
    )


def _sentence(setting: NewSetting, best: int, worth: np.ndarray) -> str:
    values = [float(value) for value in setting.payoffs[best]]
    by_member = listed(
        [
            f"{number(value)} if {clean(name)} is true"
            for name, value in zip(setting.members, values, strict=True)
        ]
    )
    if len(values) > MOST_NAMED:
        by_member = f"{number(min(values))} to {number(max(values))}, by which one is true"
    regret = float(worst_regret(setting)[best])
    return (
        f"It brings {number(float(worth[best]))} on average: {by_member}. At worst it loses "
        f"{number(regret)} against what would have been best."
    )


def _span(setting: NewSetting) -> tuple[float, float]:
    """Return the ends of the bars, which always hold 0."""
    low = min(0.0, float(np.min(setting.payoffs)))
    high = max(0.0, float(np.max(setting.payoffs)))
    return (low, high) if high > low else (0.0, 1.0)


def _bar(name: str, worth: float, low: float, high: float) -> tuple[str, str, float, float]:
    start, end = sorted((0.0, worth))
    unit = 200 / (high - low)
    return name, number(worth), round((start - low) * unit, 1), round((end - start) * unit, 1)
