"""Contradictions: one person, at one time and in one situation, is said to do two things."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from comity.inference.evidence.sheet import Sheet

ONE = "one decision of a person at one time in one situation"


def reject_contradictions(
    sheet: Sheet,
    told_apart: Sequence[Sequence[object]],
    choice: np.ndarray,
    others: np.ndarray,
    options_of: Callable[[int], Sequence[str]],
) -> None:
    """Reject rows that tell of the same decision and do not agree, or that stand twice.

    Parameters
    ----------
    sheet : rows already found unusable are not looked at.
    told_apart : columns, each of N entries, that rows share where they tell of one decision.
    choice, others : what was chosen and what came about, shape (N,).
    options_of : names of the options in the situation of a row.

    Where all rows of a decision say the same the first is kept and the others are rejected, since
    counting one decision twice would feign certainty. Where they differ all are rejected: nothing
    says which is true.
    """
    groups: dict[tuple, list[int]] = {}
    for i in map(int, np.flatnonzero(sheet.alive)):
        groups.setdefault(tuple(column[i] for column in told_apart), []).append(i)
    for rows in groups.values():
        if len(rows) > 1:
            _reject(sheet, rows, choice, others, options_of(rows[0]))


def _reject(
    sheet: Sheet,
    rows: Sequence[int],
    choice: np.ndarray,
    others: np.ndarray,
    options: Sequence[str],
) -> None:
    told = {i: (int(choice[i]), int(others[i])) for i in rows}
    if len(set(told.values())) == 1:
        first = sheet.row(rows[0])
        for i in rows[1:]:
            words = f"found {options[choice[i]]}, which stands in {first} already"
            sheet.reject_row(i, "contradictory", f"{words}; expected {ONE}")
        return
    for i in rows:
        j = next(j for j in rows if told[j] != told[i])
        if choice[i] == choice[j]:
            words = f"found other choices of the others than in {sheet.row(j)}"
        else:
            words = f"found {options[choice[i]]} here and {options[choice[j]]} in {sheet.row(j)}"
        sheet.reject_row(i, "contradictory", f"{words}; expected {ONE}")
