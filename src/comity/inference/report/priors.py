"""The decision against the prior: what each action brings, and where the best one changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.core.page.drawing import Scale, path, ticks
from comity.core.page.labels import WIDTH_OF_LETTER
from comity.core.page.words import clean, number
from comity.inference.report.words import percent
from comity.inference.results import NewSetting

STEPS = 100
"""Positions of the slider above 0."""


@dataclass(frozen=True)
class Span:
    """A stretch of weights over which one action is best: weights, pixels, action, its label."""

    low: float
    high: float
    x: float
    width: float
    action: int
    label: str


@dataclass(frozen=True)
class Chart:
    """Payoffs against the weight of one member, in pixels, at one size."""

    name: str
    width: float
    height: float
    size: float
    left: float
    right: float
    top: float
    bottom: float
    ticks_x: list[tuple[float, str]]
    ticks_y: list[tuple[float, str]]
    lines: list[tuple[int, str]]
    best: str
    spans: list[Span]
    now: float


SIZES = (("wide", 720.0, 330.0, 14.5, 56.0), ("narrow", 360.0, 300.0, 13.0, 44.0))


def rest_of(setting: NewSetting, member: int) -> np.ndarray:
    """Return how the weight that one member leaves is shared by the others, shape (M,).

    By the shares, or evenly where nothing weighs the members.
    """
    given = setting.weights
    rest = np.ones(len(setting.members)) if given is None else np.array(given, float)
    rest[member] = 0.0
    if rest.sum() <= 0:
        rest = np.ones(len(setting.members))
        rest[member] = 0.0
    return rest / rest.sum() if rest.sum() > 0 else rest


def worth_along(setting: NewSetting, member: int) -> tuple[np.ndarray, np.ndarray]:
    """Return what each action brings at weight 0 and at weight 1 of a member, each shape (A,)."""
    return setting.payoffs @ rest_of(setting, member), np.array(setting.payoffs[:, member])


def relevant(setting: NewSetting) -> list[int]:
    """Return the actions worth showing: best at some weight, best by the shares, or in the lottery.

    Where these are few, the next best in the worst case are added, up to six.
    """
    grid = np.linspace(0, 1, STEPS + 1)
    kept = set(np.flatnonzero(np.asarray(setting.minimax_regret) > 1e-9).tolist())
    if setting.bayes_action in setting.actions:
        kept.add(setting.actions.index(setting.bayes_action))
    for member in range(len(setting.members)):
        low, high = worth_along(setting, member)
        kept |= set((np.outer(low, 1 - grid) + np.outer(high, grid)).argmax(axis=0).tolist())
        kept |= {setting.actions.index(a) for n, _, *two in setting.breaks
                 if n == setting.members[member] for a in two if a in setting.actions}  # fmt: skip
    for action in np.argsort(worst_regret(setting), kind="stable"):
        if len(kept) >= min(6, len(setting.actions)):
            break
        kept.add(int(action))
    return sorted(kept)


def worst_regret(setting: NewSetting) -> np.ndarray:
    """Return the most that each action may lose against the best one, shape (A,)."""
    return np.asarray((setting.payoffs.max(axis=0) - setting.payoffs).max(axis=1))


def charts(setting: NewSetting, member: int, now: float, shown: Sequence[int]) -> tuple[Chart, ...]:
    """Return the chart of one member for large and small screens."""
    return tuple(_chart(setting, member, now, shown, *size) for size in SIZES)


def _chart(
    setting: NewSetting,
    member: int,
    now: float,
    shown: Sequence[int],
    name: str,
    width: float,
    height: float,
    size: float,
    left: float,
) -> Chart:
    right, top, bottom = width - 12, 62.0, height - 46
    low, high = worth_along(setting, member)
    chosen = list(shown)
    ends = np.concatenate([low[chosen], high[chosen]])
    spread = float(np.ptp(ends)) or max(1.0, abs(float(ends[0])))
    x = Scale(0, 1, left, right)
    y = Scale(float(ends.min()) - 0.05 * spread, float(ends.max()) + 0.08 * spread, bottom, top)
    spans = _spans(setting, member, x, size)
    corners = [s.low for s in spans] + [1.0]
    best = [(w, float(np.max(low * (1 - w) + high * w))) for w in corners]
    return Chart(
        name,
        width,
        height,
        size,
        left,
        right,
        top,
        bottom,
        [(x(t), percent(t)) for t in (0, 0.25, 0.5, 0.75, 1)],
        [(y(t), number(t)) for t in ticks(y.low, y.high, 5)],
        [(k, path([(0, float(low[a])), (1, float(high[a]))], x, y)) for k, a in enumerate(chosen)],
        path(best, x, y),
        spans,
        x(now),
    )


def _spans(setting: NewSetting, member: int, x: Scale, size: float) -> list[Span]:
    """Return which action is best from where to where, by the break points."""
    name = setting.members[member]
    found = sorted((w, a, b) for n, w, a, b in setting.breaks if n == name)
    low, _ = worth_along(setting, member)
    first = found[0][1] if found else setting.actions[int(low.argmax())]
    actions = [first, *(after for _, _, after in found)]
    edges = [0.0, *(weight for weight, *_ in found), 1.0]
    spans = []
    for a, b, action in zip(edges, edges[1:], actions, strict=False):
        words, room = clean(action), x(b) - x(a) - 8
        fits = int(room / (size * WIDTH_OF_LETTER))
        label = words if len(words) <= fits else words[: fits - 1] + "…" if fits > 3 else ""
        place = setting.actions.index(action) if action in setting.actions else -1
        spans.append(Span(a, b, x(a), round(x(b) - x(a), 1), place, label))
    return spans
