"""From a cell to what it says of an entry, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from comity.newsletter.model.columns import (
    AUTHORS,
    CASE,
    CATEGORY,
    EMAIL,
    EMAIL_STATUS,
    HAT_TIP,
    HIGHLIGHT,
    OPINION,
    PART_OF,
    PREREQUISITES,
    PUBLIC,
    RATING,
    READ_MORE,
    SUMMARIZER,
    SUMMARY,
    TOPICS,
    URL,
    VENUE,
    YEAR,
    Column,
)
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.publication import Publication
from comity.newsletter.sheets import words
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.text.references import bind, by_id, scan
from comity.newsletter.text.titles import Titles, normalised

Said = tuple[Any, Fault | None]
LONG = (*TEXTS, "notes")
"""Fields of several lines."""
SELF = Fault(Kind.SELF_REFERENCE, "it refers to the entry that it stands in")
EMPTIED = frozenset(
    {AUTHORS, VENUE, YEAR, HAT_TIP, SUMMARIZER, SUMMARY, OPINION, PREREQUISITES, READ_MORE}
)
"""Columns in whose cells ``N/A`` and its like are nothing; a title may be any word."""
CASES = "cases"
"""Folder of a publication that holds Cases."""


@dataclass(frozen=True)
class Reader:
    """Reads cells for one publication.

    Attributes
    ----------
    publication : its categories and names.
    folder : the publication's, for its Cases; without it none is looked for.
    """

    publication: Publication
    folder: Path | None = None

    def field(self, column: Column, text: str) -> Said:
        """Return what the field of a column becomes, and what is wrong with it.

        References in texts are still as the sheet writes them; see `bound`. A cell that says that
        there is nothing to say, such as ``N/A``, says nothing.
        """
        if column in EMPTIED and words.says_nothing(text):
            return "", None
        read = self._special.get(column)
        if read:
            return read(text)
        if column.field not in LONG:
            return words.one_line(text), None
        plain = words.clean(text)
        return plain, words.open_code(plain) if column.field in TEXTS else None

    @cached_property
    def _special(self) -> Mapping[Column, Callable[[str], Said]]:
        """How columns are read that are not plain text."""
        return {
            CATEGORY: self._category,
            HIGHLIGHT: words.highlight,
            RATING: words.rating,
            YEAR: words.year,
            EMAIL: self._email,
            EMAIL_STATUS: words.status,
            PUBLIC: words.publicity,
            URL: words.address,
            TOPICS: _topics,
            CASE: self._case,
        }

    def issue(self, text: str) -> tuple[int | None, Fault | None]:
        """Return the number of the issue that a cell names."""
        return words.issue_number(text, self._names)

    @cached_property
    def _names(self) -> frozenset[str]:
        own = self.publication
        return frozenset(n.casefold() for n in (own.short, own.name, "issue", "newsletter", "no"))

    @cached_property
    def _categories(self) -> Mapping[str, str]:
        """Each category by what its spellings have in common; of equals the first."""
        return {normalised(name): name for name in reversed(self.publication.category_names)}

    def _category(self, text: str) -> Said:
        name = words.one_line(text)
        if not name:
            return "", Fault(Kind.NO_CATEGORY, "the entry has no category")
        known = name if name in self.publication.category_names else None
        known = known or self._categories.get(normalised(name))
        if known == name:
            return name, None
        found = name[: words.LONGEST_FOUND]
        if known:
            reason = "it stands with the category that is spelled otherwise"
            return known, Fault(Kind.OTHER_SPELLING, reason, found=found, expected=repr(known))
        reason = "no category of this publication"
        close = _close(normalised(found), tuple(self._categories))
        expected = " or ".join(repr(self._categories[each]) for each in close)
        return name, Fault(Kind.UNKNOWN_CATEGORY, reason, found=found, expected=expected)

    def _email(self, text: str) -> Said:
        return words.one_line(text), self.issue(text)[1]

    def _case(self, text: str) -> Said:
        name = words.one_line(text)
        if not name or self.folder is None:
            return name or None, None
        home = (self.folder / CASES).resolve()
        path = (home / name).resolve()
        if path.is_relative_to(home) and path.is_file():
            return name, None
        reason = f"no such file in the folder {CASES}"
        return None, Fault(Kind.BAD_CASE, reason, found=name[: words.LONGEST_FOUND])


@lru_cache
def _close(name: str, names: tuple[str, ...]) -> list[str]:
    return get_close_matches(name, names)


def _topics(text: str) -> Said:
    parts = (words.one_line(part) for part in text.replace(";", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part)), None


def bound(
    column: Column, value: Any, titles: Titles, advice: Callable[[tuple[str, ...]], str] = by_id
) -> tuple[Any, tuple[Fault, ...]]:
    """Return a field whose references hold on to ids, and what is wrong with them."""
    if column.field in TEXTS:
        return bind(value, titles, advice) if "@" in value else (value, ())
    return _part_of(value, titles, advice) if column == PART_OF else (value, ())


def to_itself(entry: str, column: Column, value: Any) -> tuple[Fault, ...]:
    """Return what is to be known of a field that holds on to ids: each time to its own entry's."""
    held = [value] if column == PART_OF else [item.entry for item in scan(value or "")]
    return (SELF,) * held.count(entry)


def _part_of(
    title: str, titles: Titles, advice: Callable[[tuple[str, ...]], str]
) -> tuple[str | None, tuple[Fault, ...]]:
    found = titles.find(title) if title else ()
    if len(found) == 1 or not title:
        return (found[0] if found else None), ()
    kind = Kind.AMBIGUOUS_REFERENCE if found else Kind.UNRESOLVED_REFERENCE
    reason = f"{len(found) or 'no'} entries have the title"
    better = advice(found) if found else " or ".join(map(repr, titles.suggest(title)))
    return None, (Fault(kind, reason, found=title[: words.LONGEST_FOUND], expected=better),)


def says(reader: Reader, column: Column, cell: Cell, entry: Entry, titles: Titles) -> bool:
    """Return whether a cell says what an entry holds: then it may stand for it in a sheet."""
    value = bound(column, reader.field(column, cell.text)[0], titles)[0]
    held = entry.is_highlight if column == HIGHLIGHT else getattr(entry, column.field)
    return bool(value == held)


def placed(fault: Fault, row: int, column: str) -> Fault:
    """Return a fault at its place in a sheet."""
    return replace(fault, row=row, column=column)
