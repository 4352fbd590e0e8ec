"""Corrections as readers meet them: when a thing last changed, and how it comes back for that.

Whoever follows a feed sees what is new in it, and of what was seen before, what has a new
``updated`` (RFC 4287, section 4.2.15). So what was corrected comes back to its feeds under the
identity that it had, however old it is, and is dated by its correction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from operator import itemgetter
from typing import TypeVar

from comity.newsletter.editions.dates import NEVER, moment
from comity.newsletter.model.edition import Edition, Item
from comity.newsletter.model.issue import Erratum

APART = timedelta(seconds=1)
"""Between changes of one day: a correction has a day, and each must be later than what it follows.
"""
_Thing = TypeVar("_Thing")


def heading(day: str) -> str:
    """Return the words before what was corrected on some day, if anybody knows which.

    >>> heading("20 November 2026"), heading("")
    ('Correction, 20 November 2026:', 'Correction:')
    """
    return f"Correction, {day}:" if day else "Correction:"


def corrected(edition: Edition) -> tuple[tuple[Item, Erratum], ...]:
    """Return everything that was corrected in an issue, the latest first."""
    found = ((item, erratum) for item in edition.walk() for erratum in item.errata)
    return tuple(sorted(found, key=lambda pair: pair[1].date, reverse=True))


def changed(first: datetime | None, errata: Iterable[Erratum]) -> datetime | None:
    """Return when something last changed: each correction makes that later than it was.

    Parameters
    ----------
    first : when it appeared, if anybody knows.
    errata : what was corrected in it, in any order.
    """
    last = first
    for erratum in sorted(errata, key=lambda erratum: erratum.date):
        told_day, after = moment(erratum.date), last and last + APART
        last = max((when for when in (told_day, after) if when), default=None)
    return last


def latest(
    things: Sequence[_Thing],
    most: int,
    appeared: Callable[[_Thing], datetime | None],
    errata: Callable[[_Thing], Iterable[Erratum]],
) -> list[_Thing]:
    """Return the latest of some things, where a correction brings an older one back.

    Half of the places are for what appeared last, so that many corrections at once do not hide
    what is new. The latest change comes first; without corrections the order is that of
    ``things``.

    Parameters
    ----------
    things : as they appeared, the last first.
    most : how many are returned at most.
    """
    known = [appeared(thing) or NEVER for thing in things]
    # What nobody dated appeared no earlier than what stands behind it.
    firsts = list(accumulate(reversed(known), max))[::-1]
    dated = [
        (changed(first, errata(thing)) or NEVER, thing)
        for first, thing in zip(firsts, things, strict=True)
    ]
    newest = dated[: most // 2]
    others = sorted(dated[most // 2 :], key=itemgetter(0), reverse=True)[: most - len(newest)]
    return [thing for _, thing in sorted([*newest, *others], key=itemgetter(0), reverse=True)]
