"""When issues came, and when one was due but none did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from comity.core.errors import InputError
from comity.newsletter.model.issue import Issue


@dataclass(frozen=True, slots=True)
class Slot:
    """A day on which an issue came or was due."""

    day: date
    issue: int | None = None
    """Its number, or ``None`` where none came."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What came and what did not.

    Attributes
    ----------
    slots : in order of their days.
    undated : issues that were sent on a day that nobody knows.
    due : when the next issue is due; ``None`` before the first.
    """

    slots: tuple[Slot, ...]
    undated: tuple[int, ...] = ()
    due: date | None = None

    @property
    def missed(self) -> tuple[date, ...]:
        """Days on which an issue was due but none came."""
        return tuple(slot.day for slot in self.slots if slot.issue is None)


def calendar(issues: Sequence[Issue], cadence_days: int, today: date) -> Calendar:
    """Return when issues came and when they did not, up to today.

    Each issue starts the count anew, so one that is late by less than half a cadence misses
    nothing: between two issues as many are missed as whole cadences, rounded, lie between, less
    one. After the last issue an issue is missed once the next one is due.

    Examples
    --------
    >>> issues = [Issue(1, date="2026-01-05", sent="x"), Issue(2, date="2026-01-20", sent="x")]
    >>> [str(day) for day in calendar(issues, 7, date(2026, 1, 25)).missed]
    ['2026-01-12']
    """
    if cadence_days < 1:
        raise InputError("not a number of days", place="cadence_days", found=cadence_days)
    dated = sorted((day, issue.number) for issue in issues if (day := day_of(issue)) is not None)
    undated = tuple(i.number for i in issues if not i.is_draft and day_of(i) is None)
    if not dated:
        return Calendar((), undated)
    step = timedelta(days=cadence_days)
    slots: list[Slot] = []
    for (day, number), following in zip(dated, [*dated[1:], None], strict=True):
        slots.append(Slot(day, number))
        missed = _missed(day, following[0] if following else None, today, cadence_days)
        slots += [Slot(day + k * step) for k in range(1, missed + 1)]
    return Calendar(tuple(slots), undated, slots[-1].day + step)


def day_of(issue: Issue) -> date | None:
    """Return the day of a sent issue, or ``None`` for drafts and where nobody knows it."""
    if issue.is_draft:
        return None
    for text in (issue.date, issue.sending_day):
        try:
            return date.fromisoformat(text)
        except ValueError:
            continue
    return None


def _missed(day: date, following: date | None, today: date, cadence: int) -> int:
    if following is not None:
        # Half a cadence counts as a whole one.
        return max((2 * (following - day).days + cadence) // (2 * cadence) - 1, 0)
    return max(((today - day).days - 1) // cadence, 0)
