"""What is wrong with entries taken together that no row shows by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from comity.newsletter.model.columns import EMAIL, PART_OF
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.sheets.words import LONGEST_FOUND

FACTOR, MARGIN = 10, 1000
"""An issue is far beyond another whose number, ``FACTOR`` times and ``MARGIN``, is still below."""


def far(numbers: Iterable[int]) -> frozenset[int]:
    """Return the numbers that are far beyond all others, where the others are more.

    Parameters
    ----------
    numbers : of issues, each as often as entries name it.

    Examples
    --------
    >>> far([1, 2, 2, 3, 43221]) == {43221}, far([1, 990]) == far([]) == frozenset()
    (True, True)
    """
    ordered = sorted(numbers)
    for place in range(1, len(ordered)):
        if ordered[place] > FACTOR * ordered[place - 1] + MARGIN:
            beyond = ordered[place:]
            return frozenset(beyond) if len(beyond) < place else frozenset()
    return frozenset()


def far_issue(entry: Entry) -> Fault:
    """Return the fault of an entry whose issue is far beyond the others."""
    reason = "the number is far beyond those of all other issues"
    found = entry.email[:LONGEST_FOUND]
    return Fault(Kind.UNKNOWN_ISSUE, reason, column=EMAIL.heading, found=found)


def circles(above: Mapping[str, str | None]) -> Iterator[tuple[str, ...]]:
    """Yield each circle of several that are part of one another, each once. Linear.

    Parameters
    ----------
    above : what each is part of.

    Examples
    --------
    >>> list(circles({"a": "b", "b": "c", "c": "b", "d": "d"}))
    [('b', 'c')]
    """
    seen: dict[str, int] = {}
    for number, start in enumerate(above):
        path: list[str] = []
        here: str | None = start
        while here is not None and here not in seen:
            seen[here] = number
            path.append(here)
            here = above.get(here)
        if here is not None and seen[here] == number:
            circle = tuple(path[path.index(here) :])
            if len(circle) > 1:
                yield circle


def in_circles(entries: Sequence[Entry]) -> dict[str, Fault]:
    """Return what is to be known of entries that are part of themselves by way of others.

    Linear: of a long circle, no more is told than fits into the line.
    """
    titles = {entry.id: entry.title for entry in entries}
    faults = {}
    for circle in circles({entry.id: entry.part_of for entry in entries}):
        around, told = circle + circle, min(len(circle) - 1, LONGEST_FOUND)
        for place, entry in enumerate(circle):
            others = [titles.get(key, key) for key in around[place + 1 : place + 1 + told]]
            reason = "it is part of itself, by way of others"
            found = ", ".join(others)
            found = found if len(found) <= LONGEST_FOUND else found[: LONGEST_FOUND - 1] + "…"
            faults[entry] = Fault(Kind.SELF_REFERENCE, reason, column=PART_OF.heading, found=found)
    return faults
