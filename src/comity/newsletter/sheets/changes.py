"""What an import changes: what entries say, their order, and the texts that it would empty."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from comity.newsletter.model.columns import KNOWN
from comity.newsletter.model.entry import Entry
from comity.newsletter.sheets.fields import LONG
from comity.newsletter.sheets.limits import is_cut

_HEADINGS = {column.field: column.heading for column in KNOWN}


@dataclass(frozen=True)
class Emptied:
    """An entry that loses texts: its title, and the headings of the texts."""

    title: str
    headings: tuple[str, ...]


def uncut(after: Entry, before: Entry | None) -> Entry:
    """Return an entry that keeps each text of which a workbook held the beginning alone."""
    kept: dict[str, Any] = {
        name: held
        for name in LONG
        if is_cut(getattr(after, name)) and (held := getattr(before, name, ""))
    }
    return replace(after, **kept) if kept else after


def differs(before: Entry, after: Entry) -> bool:
    """Return whether an entry says something else than before, wherever it stands.

    The two marks of a highlight, see `Entry.is_highlight`, say the same.
    """
    return _content(before) != _content(after)


def _content(entry: Entry) -> Entry:
    return replace(entry, position=0, highlight=entry.is_highlight)


def moved(places: Iterable[int]) -> int:
    """Return how many entries have to be moved, at least, to bring them into a new order.

    Parameters
    ----------
    places : where the entries stood before, in the new order.

    All but a longest increasing subsequence; n log n for n entries.
    Source: Fredman (1975), "On computing the length of longest increasing subsequences".

    Examples
    --------
    >>> moved([0, 2, 5]), moved([3, 0, 1, 2])
    (0, 1)
    """
    order = list(places)
    ends: list[int] = []
    for place in order:
        k = bisect_right(ends, place)
        ends[k : k + 1] = [place]
    return len(order) - len(ends)


def emptied(before: Mapping[str, Entry], after: Iterable[Entry]) -> tuple[Emptied, ...]:
    """Return the entries whose texts would be lost, in the order of the sheet."""
    found = []
    for entry in after:
        old = before.get(entry.id)
        lost = [name for name in LONG if old and getattr(old, name) and not getattr(entry, name)]
        if lost:
            found.append(Emptied(entry.title, tuple(_HEADINGS[name] for name in lost)))
    return tuple(found)
