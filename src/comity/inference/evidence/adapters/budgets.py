"""Intertemporal budgets: tokens for a sooner payment or a later one, either of which may fail."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.building import Builder
from comity.inference.evidence.columns import GAME, ORDER, PERSON, STUDY, Column
from comity.inference.evidence.menus import Steps, amount_names
from comity.inference.evidence.reading import Source
from comity.inference.evidence.sheet import Sheet, open_sheet
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence

RECIPIENTS = ("sooner", "later")
COMES = np.array([[1, 1], [1, 0], [0, 1], [0, 0]])
"""Which payments come through in each contingency: both, the sooner, the later, none."""

COLUMNS = (
    PERSON,
    STUDY,
    ORDER,
    GAME,
    Column("tokens_sooner", "tokens for the sooner payment", also=("tokens", "v")),
    Column("tokens_later", "tokens for the later payment", False),
    Column("total", "how many tokens there are"),
    Column("value_sooner", "what a token is worth in the sooner payment", also=("rate1",)),
    Column("value_later", "what a token is worth in the later payment", also=("rate2",)),
    Column("amount_sooner", "the sooner payment, to check the values by", False, ("cons1",)),
    Column("amount_later", "the later payment, to check the values by", False, ("cons2",)),
    Column("chance_sooner", "of the sooner payment, in percent", False, ("perc1",)),
    Column("chance_later", "of the later payment, in percent", False, ("perc2",)),
    Column("delay_sooner", "days until the sooner payment"),
    Column("gap", "days between the payments", also=("k",)),
)

Draws = Literal["independent", "together"]


def budgets(
    data: Source,
    *,
    step: float = 1.0,
    grid: int | None = None,
    draws: Draws = "independent",
    **given: Any,
) -> Evidence:
    """Return choices from convex time budgets (Andreoni and Sprenger 2012, AER 102).

    Parameters
    ----------
    data : a table with one budget of one person a row.
    step, grid : how finely tokens are parted; see `Steps`.
    draws : whether the two payments come through independently of each other, or the less
        likely one only when the likelier one does.
    given : where the columns are (`COLUMNS`), and options of every adapter (`open_sheet`).

    Recipients are one person at two dates, ``sooner`` and ``later``; ``delays`` holds the days.
    The contingencies are which payments come through: both, the sooner, the later, none. Options
    are tokens in the sooner payment. In *Risk preferences are not time preferences* a token is
    worth 0.20 in the later payment, the sooner one comes after 7 days, and the draws are
    independent. Payments that everybody gets besides are not counted.
    """
    check_choice(draws, ("independent", "together"), "no such draws", "draws")
    sheet, steps = open_sheet(data, COLUMNS, given), Steps(step, grid)
    total = sheet.numbers("total", low=0)
    sheet.set_aside(total == 0, "in {rows} there are no tokens to divide")
    choice = steps.places(sheet, "tokens_sooner", total)
    sheet.check_sum(total, ("tokens_sooner", "tokens_later"))
    values = [sheet.numbers(f"value_{when}", low=0) for when in RECIPIENTS]
    chances = [_chances(sheet, f"chance_{when}") for when in RECIPIENTS]
    sooner, gap = sheet.numbers("delay_sooner", low=0), sheet.numbers("gap", low=0)
    _check_amounts(sheet, total, values)

    def make(row: int) -> Situation:
        tokens = steps.amounts(total[row])
        amounts = np.stack(
            [tokens * values[0][row], (total[row] - tokens) * values[1][row]], axis=-1
        )
        p, q = chances[0][row], chances[1][row]
        return Situation(
            amount_names(tokens),
            amounts[:, None, :] * COMES,
            RECIPIENTS,
            contingencies=_joint(p, q, draws),
            delays=np.array([sooner[row], sooner[row] + gap[row]]),
            name=f"{total[row]:g} tokens at {values[0][row]:g} ({p:.0%}) in {sooner[row]:g} days "
            f"or {values[1][row]:g} ({q:.0%}) {gap[row]:g} days later",
        )

    builder = Builder(sheet)
    builder.add(
        sheet,
        key=[total, *values, *chances, sooner, gap],
        make=make,
        choice=choice,
        game=sheet.names("game") if "game" in sheet else _games(chances),
    )
    return builder.evidence()


def _chances(sheet: Sheet, column: str) -> np.ndarray:
    if column not in sheet:
        return np.ones(len(sheet))
    percent = sheet.numbers(column, low=0, high=100)
    if ((percent > 0) & (percent < 1)).any() and np.nanmax(percent) <= 1:
        raise InputError(
            "chances are not in percent",
            file=sheet.source or None,
            place=sheet.title(column),
            found=f"at most {np.nanmax(percent):g}",
            expected="50 for one half",
        )
    return percent / 100


def _joint(p: float, q: float, draws: Draws) -> np.ndarray:
    """Return how likely it is that both payments come through, one of them, or none."""
    both = p * q if draws == "independent" else min(p, q)
    return np.array([both, p - both, q - both, 1 - p - q + both])


def _games(chances: list[np.ndarray]) -> np.ndarray:
    pairs = zip(*chances, strict=True)
    return np.array([f"chances {p:.0%} and {q:.0%}" for p, q in pairs], object)


def _check_amounts(sheet: Sheet, total: np.ndarray, values: list[np.ndarray]) -> None:
    """Reject rows whose payments are not what their tokens are worth."""
    tokens = sheet.numbers("tokens_sooner")
    for when, count, value in zip(RECIPIENTS, (tokens, total - tokens), values, strict=True):
        column = f"amount_{when}"
        if column not in sheet:
            continue
        worth, stated = count * value, sheet.numbers(column)
        wrong = sheet.alive & (np.abs(worth - stated) > 1e-4 * np.maximum(1, np.abs(worth)))
        for i in map(int, np.flatnonzero(wrong)):
            expected = f"{worth[i]:g}, the worth of its tokens"
            sheet.reject_row(i, "contradictory", sheet.tell(column, i, expected))


BUDGETS = Adapter(
    "budgets",
    budgets,
    COLUMNS,
    {"chooser": RECIPIENTS},
    "someone divides tokens between a sooner payment and a later one, each of which may fail",
)
