"""Which row is which entry: an import changes entries, it does not make them a second time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from comity.newsletter.model.entry import Entry
from comity.newsletter.sheets.rows import Draft
from comity.newsletter.text.titles import normalised

Key = Callable[[Any], Hashable]


@dataclass
class Matches:
    """Rows with the entries that they are.

    Attributes
    ----------
    entries : by the position of the row.
    renamed : positions of rows whose title is new, known by their address alone.
    left : entries that no row is.
    """

    entries: dict[int, Entry] = field(default_factory=dict)
    renamed: list[int] = field(default_factory=list)
    left: list[Entry] = field(default_factory=list)


def match(drafts: Sequence[Draft], entries: Sequence[Entry]) -> Matches:
    """Return which entry each row is.

    Title and address together tell, then the title, then an address that one row and one entry
    have alone. Among equals the first row is the first entry. A row that is left over is new.
    """
    found = Matches()
    rows: Sequence[Draft] = drafts
    left: Sequence[Entry] = entries
    for key in (_title_and_url, _title):
        pairs = _in_order(rows, left, key)
        found.entries.update({row.position: entry for row, entry in pairs})
        rows = [row for row in rows if row.position not in found.entries]
        gone = {entry.id for _, entry in pairs}
        left = [entry for entry in left if entry.id not in gone]
    for row, entry in _alone(rows, left):
        found.entries[row.position] = entry
        found.renamed.append(row.position)
    gone = {entry.id for entry in found.entries.values()}
    found.left = [entry for entry in left if entry.id not in gone]
    return found


def _title(item: Draft | Entry) -> Hashable:
    return normalised(item.title)


def _title_and_url(item: Draft | Entry) -> Hashable:
    return normalised(item.title), item.url


def _grouped(items: Iterable[Any], key: Key) -> dict[Hashable, list[Any]]:
    groups: dict[Hashable, list[Any]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return groups


def _in_order(
    rows: Sequence[Draft], entries: Sequence[Entry], key: Key
) -> list[tuple[Draft, Entry]]:
    """Pair rows and entries of the same key, each in order."""
    groups = _grouped(entries, key)
    return [
        pair
        for name, group in _grouped(rows, key).items()
        for pair in zip(group, groups.get(name, ()), strict=False)
    ]


def _alone(rows: Sequence[Draft], entries: Sequence[Entry]) -> list[tuple[Draft, Entry]]:
    """Pair rows and entries with an address that none of the others has."""
    groups = _grouped(entries, lambda entry: entry.url)
    return [
        (group[0], groups[url][0])
        for url, group in _grouped(rows, lambda row: row.url).items()
        if url and len(group) == len(groups.get(url, ())) == 1
    ]
