"""The new setting: what such people would do there, and what to do in view of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from comity.core.page.words import clean, number
from comity.inference.report.lanes import Dot, Lane, Lanes
from comity.inference.report.priors import relevant, worst_regret
from comity.inference.report.words import (
    CANNOT_TELL,
    Shown,
    percent,
    share_range,
    shown,
    shown_share,
    untold,
)
from comity.inference.results import NewSetting, Understanding

MOST_LANES = 24
SHAPES = ("disc", "square", "diamond", "ring")
TINY = 1e-9


@dataclass(frozen=True)
class Action:
    """One action of the decider: worth by member, by the shares, at worst; part of the lottery.

    Attributes
    ----------
    best_for : places of the members for whom nothing is better.
    chosen : whether it is best by the shares.
    """

    name: str
    worth: tuple[str, ...]
    by_shares: str
    regret: str
    lottery: str
    best_for: tuple[int, ...]
    chosen: bool


@dataclass(frozen=True)
class Expectation:
    """An option in a situation, and its chance by member; ``implied`` by that of the other one."""

    situation: str
    option: str
    chances: tuple[Shown, ...]
    implied: bool


@dataclass(frozen=True)
class Elsewhere:
    """The section in words; see `NewSetting` for what each part holds."""

    role: str
    decider: str
    sentence: str
    members: tuple[str, ...]
    shares: tuple[str, ...]
    plot: Lanes | None
    plotted: str
    expectations: tuple[Expectation, ...]
    actions: tuple[Action, ...]
    others: tuple[Action, ...]
    bayes: str
    bayes_worth: Shown | None
    lottery: str
    regret: Shown
    pure: str
    pure_regret: str
    breaks: tuple[tuple[str, str, str, str], ...]
    failure: tuple[tuple[str, str, float], ...]
    failure_range: str


def elsewhere(understanding: Understanding) -> Elsewhere | None:
    """Return what follows in the new setting; ``None`` without one, or where nothing stands."""
    setting = understanding.setting
    if setting is None or not setting.members or not setting.actions:
        return None
    shown_first = relevant(setting)
    every = [_action(setting, a) for a in range(len(setting.actions))]
    plot, plotted = _plot(setting)
    regrets = worst_regret(setting)
    pure = int(regrets.argmin())
    return Elsewhere(
        role=clean(setting.role),
        decider=clean(setting.decider),
        sentence=clean(setting.sentence),
        members=tuple(map(clean, setting.members)),
        shares=() if setting.weights is None else tuple(percent(float(w)) for w in setting.weights),
        plot=plot,
        plotted=plotted,
        expectations=tuple(_expectations(setting)),
        actions=tuple(every[a] for a in shown_first),
        others=tuple(every[a] for a in range(len(every)) if a not in shown_first),
        bayes=clean(setting.bayes_action),
        bayes_worth=None if setting.bayes is None else shown(setting.bayes),
        lottery=lottery(setting),
        regret=shown(setting.regret),
        pure=clean(setting.actions[pure]),
        pure_regret=number(float(regrets[pure])),
        breaks=tuple((clean(m), percent(w), clean(a), clean(b)) for m, w, a, b in setting.breaks),
        failure=tuple(
            (clean(m), percent(p), round(200 * p, 1)) for m, p in setting.failure.items()
        ),
        failure_range=_range(setting),
    )


def _range(setting: NewSetting) -> str:
    """Return the range of the chance of failure over the members."""
    figure = setting.failure_range
    if figure is None or untold(figure):
        return CANNOT_TELL
    told = shown_share(figure)
    return told.interval or told.value


def _action(setting: NewSetting, a: int) -> Action:
    payoffs = np.asarray(setting.payoffs)
    near = TINY * (float(np.ptp(payoffs)) or 1.0)
    best = np.flatnonzero(payoffs[a] >= payoffs.max(axis=0) - near)
    chance = float(setting.minimax_regret[a])
    return Action(
        name=clean(setting.actions[a]),
        worth=tuple(number(float(v)) for v in payoffs[a]),
        by_shares="" if setting.weights is None else number(float(payoffs[a] @ setting.weights)),
        regret=number(float(worst_regret(setting)[a])),
        lottery=percent(chance) if chance > TINY else "",
        best_for=tuple(map(int, best)),
        chosen=setting.actions[a] == setting.bayes_action,
    )


def lottery(setting: NewSetting) -> str:
    """Return the choice of least regret in words: an action, or chances of several."""
    chances = np.asarray(setting.minimax_regret, float)
    order = [int(a) for a in np.argsort(-chances, kind="stable") if chances[a] > TINY]
    if len(order) == 1:
        return clean(setting.actions[order[0]])
    parts = [f"{percent(float(chances[a]))} {clean(setting.actions[a])}" for a in order]
    return "draw lots: " + ", ".join(parts)


def _expectations(setting: NewSetting) -> list[Expectation]:
    found = []
    for g, situation in enumerate(setting.situations):
        for k, option in enumerate(setting.options[g]):
            chances = tuple(_chance(setting, m, g, k) for m in range(len(setting.members)))
            implied = len(setting.options[g]) == 2 and k == 1
            found.append(Expectation(clean(situation), clean(option), chances, implied))
    return found


def _chance(setting: NewSetting, m: int, g: int, k: int) -> Shown:
    low, high = float(setting.low[m, g, k]), float(setting.high[m, g, k])
    return Shown(percent(float(setting.probabilities[m, g, k])), share_range(low, high))


def _plot(setting: NewSetting) -> tuple[Lanes | None, str]:
    """Return the chances as lanes, and which option they are of where it is the same everywhere.

    Of two options one is enough. ``None`` where there are too many lanes for a picture.
    """
    first = setting.options[0] if setting.options else ()
    alike = len(first) == 2 and all(menu == first for menu in setting.options)
    shown_options = [(g, k) for g, menu in enumerate(setting.options)
                     for k in range(1 if len(menu) == 2 else len(menu))]  # fmt: skip
    if not shown_options or len(shown_options) > MOST_LANES:
        return None, ""
    lanes = [
        Lane(
            clean(setting.situations[g])
            + ("" if alike else f": {clean(setting.options[g][k])}"),
            tuple(_dot(setting, m, g, k) for m in range(len(setting.members))),
        )
        for g, k in shown_options
    ]  # fmt: skip
    return Lanes(lanes, span=(0.0, 1.0), shares=True), clean(first[0]) if alike else ""


def _dot(setting: NewSetting, m: int, g: int, k: int) -> Dot:
    return Dot(
        float(setting.probabilities[m, g, k]),
        float(setting.low[m, g, k]),
        float(setting.high[m, g, k]),
        f"p{m % 6}",
        SHAPES[m % len(SHAPES)],
        f"{clean(setting.members[m])}: {_chance(setting, m, g, k)}",
    )
