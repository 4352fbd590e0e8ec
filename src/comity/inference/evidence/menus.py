"""Menus of amounts: from nothing to a total in even steps."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from comity.core.errors import InputError
from comity.inference.evidence.sheet import Sheet
from comity.inference.evidence.words import counted

MOST_OPTIONS = 2001
"""Most options of one menu."""

CLOSE = 1e-6


@dataclass(frozen=True)
class Steps:
    """How finely amounts are parted.

    Attributes
    ----------
    step : between two options.
    grid : number of options whatever the total is; amounts are then rounded to the nearest.
    most : largest number of options.
    """

    step: float = 1.0
    grid: int | None = None
    most: int = MOST_OPTIONS

    def __post_init__(self) -> None:
        if not is_number(self.step) or not 0 < self.step < math.inf:
            raise InputError("not a step", place="step", found=self.step, expected="above 0")
        if self.grid is not None:
            check_count(self.grid, self.most, "grid")

    def amounts(self, total: float) -> np.ndarray:
        """Return the menu up to a total.

        Examples
        --------
        >>> Steps(2.5).amounts(10).tolist(), Steps(grid=3).amounts(10).tolist()
        ([0.0, 2.5, 5.0, 7.5, 10.0], [0.0, 5.0, 10.0])
        """
        count = self.grid - 1 if self.grid else round(total / self.step)
        return np.linspace(0, total, count + 1).round(9)

    def places(self, sheet: Sheet, column: str, total: np.ndarray) -> np.ndarray:
        """Return where a column's amounts stand in the menus up to the totals, shape (N,).

        Rejects amounts below 0, above the total, or between two steps, and totals that are not a
        number of steps. Where there is a grid, amounts between its points are rounded and the
        sheet's assumptions say how many.
        """
        amount = sheet.numbers(column, low=0)
        self._check_totals(sheet, total)
        above = amount > total * (1 + CLOSE) + CLOSE
        sheet.reject(above, "impossible", _beyond(sheet, column, total))
        size = total / (self.grid - 1) if self.grid else np.full(len(total), self.step)
        with np.errstate(divide="ignore", invalid="ignore"):
            exact = np.where(total > 0, amount / size, 0.0)
        nearest = np.where(np.isfinite(exact), np.round(exact), 0.0)
        between = np.abs(exact - nearest) > CLOSE * np.maximum(1, nearest)
        if self.grid:
            _say_rounded(sheet, column, self.grid, int((between & sheet.alive).sum()))
        else:
            expected = f"a multiple of {self.step:g}"
            sheet.reject(between, "impossible", lambda i: sheet.tell(column, i, expected))
        return np.clip(nearest, 0, self.most).astype(int)

    def _check_totals(self, sheet: Sheet, total: np.ndarray) -> None:
        if self.grid:
            return
        steps = total / self.step
        many = steps > self.most - 1
        words = f"more than {self.most - 1:,} steps of {self.step:g}; give a larger step or a grid"
        sheet.reject(many, "impossible", lambda i: f"a total of {total[i]:g} has {words}")
        uneven = ~many & (np.abs(steps - np.round(steps)) > CLOSE * np.maximum(1, steps))
        sheet.reject(
            uneven,
            "impossible",
            lambda i: f"a total of {total[i]:g} is not a number of steps of {self.step:g}",
        )


def is_number(value: object) -> bool:
    """Return whether an option is a number, which true and false are not."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def check_count(count: object, most: int, place: str) -> None:
    """Raise `InputError` unless ``count`` is a whole number from 2 to ``most``."""
    if not isinstance(count, int) or isinstance(count, bool) or not 2 <= count <= most:
        raise InputError(
            "not a number of options", place=place, found=count, expected=f"2 to {most}"
        )


def amount_names(amounts: np.ndarray) -> tuple[str, ...]:
    """Return amounts as names of options: ``5`` and ``2.5``."""
    return tuple(f"{amount:.10g}" for amount in amounts)


def shares_of(counts: np.ndarray) -> np.ndarray:
    """Return counts as shares, even ones where nothing was counted."""
    total = counts.sum()
    return counts / total if total else np.full(len(counts), 1 / len(counts))


def _beyond(sheet: Sheet, column: str, total: np.ndarray) -> Callable[[int], str]:
    return lambda i: sheet.tell(column, i, f"0 to {total[i]:g}")


def _say_rounded(sheet: Sheet, column: str, grid: int, count: int) -> None:
    if count:
        sheet.assumptions.append(
            f"{sheet.title(column)}: {counted(count, 'amount')} rounded to the nearest of {grid} "
            "even steps"
        )
