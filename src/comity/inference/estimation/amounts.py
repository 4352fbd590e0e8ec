"""Options that are amounts: what is expected, and how far from what was chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from comity.core import Certified
from comity.core.errors import InputError
from comity.inference.estimation.clustered_means import mean_by_person
from comity.inference.estimation.scoring import check_level, check_table
from comity.inference.evidence.table import Evidence

NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


def option_amounts(evidence: Evidence) -> np.ndarray:
    """Return the amount of every option of every row, shape (N, K); ``nan`` beyond its menu.

    An option's name is a number, or holds exactly one, as ``send 3`` does.

    Raises `InputError` where it does not: what an option is worth is never guessed.
    """
    widest = max((len(s.options) for s in evidence.situations), default=1)
    table = np.full((len(evidence.situations), widest), np.nan)
    for place in np.unique(evidence.situation):
        options = evidence.situations[place].options
        table[place, : len(options)] = _amounts(options)
    return table[evidence.situation]


def mean_prediction(table: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """Return the amount that is expected in every row, shape (N,).

    Parameters
    ----------
    table : shape (N, K), probabilities.
    amounts : shape (K,) or (N, K), of the options; ``nan`` where the probability is 0.
    """
    given = _fitting(amounts, table)
    return np.where(table > 0, table * np.where(table > 0, given, 0.0), 0.0).sum(axis=1)


def rmse(
    table: np.ndarray, evidence: Evidence, amounts: np.ndarray | None = None, level: float = 0.9
) -> Certified:
    """Return the root mean squared distance of the expected amount to the chosen one.

    Its interval is that of the mean square, which lets decisions of a person depend.

    Parameters
    ----------
    table : shape (N, K), probabilities.
    amounts : shape (K,) or (N, K), of the options; by their names unless given.
    """
    check_table(table, evidence)
    check_level(level)
    given = option_amounts(evidence) if amounts is None else np.asarray(amounts, float)
    given = _fitting(given, table)
    chosen = given[np.arange(len(evidence)), evidence.choice]
    errors = (mean_prediction(table, given) - chosen) ** 2
    if not np.isfinite(errors).all():
        raise InputError(
            "an option has no amount",
            place=f"amounts, row {int(np.argmin(np.isfinite(errors)))}",
            found="nan or infinity",
            expected="a number for every option that may be chosen",
        )
    square = mean_by_person(errors, evidence, "mean over decisions, by person", level)
    if square.low is None or square.high is None:
        return square
    low, high = np.sqrt(max(0.0, square.low)), np.sqrt(square.high)
    return Certified.estimate(np.sqrt(square.value), low, high, square.method, level)


def _fitting(amounts: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Return amounts in the shape of the table."""
    given = np.asarray(amounts, float)
    width = table.shape[1]
    if given.ndim not in (1, 2) or given.shape[-1] > width:
        raise InputError(
            "does not fit the table", place="amounts", found=given.shape, expected=table.shape
        )
    wide = np.full((*given.shape[:-1], width), np.nan)
    wide[..., : given.shape[-1]] = given
    if wide.ndim == 2 and len(wide) != len(table):
        raise InputError(
            "does not fit the table", place="amounts", found=given.shape, expected=table.shape
        )
    return np.broadcast_to(wide, table.shape)


def _amounts(options: Sequence[str]) -> list[float]:
    found = []
    for option in options:
        numbers = [option] if _is_number(option) else NUMBER.findall(option)
        if len(numbers) != 1:
            raise InputError(
                "not an amount",
                place="options",
                found=repr(option),
                expected="a name with one number in it; else give the amounts",
            )
        found.append(float(numbers[0]))
    return found


def _is_number(text: str) -> bool:
    try:
        return bool(np.isfinite(float(text)))
    except ValueError:
        return False
