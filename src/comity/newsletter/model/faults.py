"""What is wrong with a row, an issue or a text, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can be wrong; the reference on faults shows each with an example and how to mend it."""

    NO_TITLE = "no title"
    DUPLICATE_TITLE = "duplicate title"
    UNKNOWN_CATEGORY = "unknown category"
    NO_CATEGORY = "no category"
    OTHER_SPELLING = "another spelling"
    UNKNOWN_WORD = "unknown word"
    NO_NUMBER = "not a number"
    SEVERAL_YEARS = "several years"
    OUT_OF_RANGE = "out of range"
    OPINION_WITHOUT_SUMMARY = "opinion without summary"
    SUMMARY_WITHOUT_SUMMARIZER = "summary without summarizer"
    OTHER_OPINION = "opinion of somebody else"
    BAD_ADDRESS = "not a web address"
    LOOKS_OTHERWISE = "address that looks like another"
    BAD_CHARACTERS = "characters that no sheet holds"
    INVISIBLE = "characters that nobody sees"
    TURNED = "text that is turned around"
    TOO_LONG = "too long"
    FORMULA = "formula"
    RAW_FORMULA = "formula as text"
    LOST_LINK = "link behind other cells"
    NO_HEADING = "cell under no heading"
    UNKNOWN_ISSUE = "unknown issue"
    DUPLICATE_ISSUE = "duplicate issue"
    NO_DAY = "not a day"
    SENT_NOWHERE = "sent in no issue"
    KEPT_OUT = "names an issue that it is not in"
    LATE_ENTRY = "waits for an issue that was sent"
    HELD_BACK = "held back from an issue that was sent"
    UNRESOLVED_REFERENCE = "unresolved reference"
    AMBIGUOUS_REFERENCE = "ambiguous reference"
    LATER_REFERENCE = "reference to something later"
    WITHHELD_REFERENCE = "reference to something withheld"
    SELF_REFERENCE = "reference to itself"
    BROKEN_REFERENCE = "broken reference"
    REFERENCE_IN_CODE = "reference inside of code"
    WITHHELD_TITLE = "title of something withheld"
    BLOCKED = "must not be sent yet"
    BAD_MARKUP = "bad markup"
    OPEN_CODE = "code that is never closed"
    BAD_CASE = "bad Case"
    TRANSLATION = "translation lost something"


ADVICE = frozenset(
    {
        Kind.HELD_BACK,
        Kind.INVISIBLE,
        Kind.KEPT_OUT,
        Kind.LOOKS_OTHERWISE,
        Kind.LOST_LINK,
        Kind.OPEN_CODE,
        Kind.OTHER_OPINION,
        Kind.OTHER_SPELLING,
        Kind.RAW_FORMULA,
        Kind.REFERENCE_IN_CODE,
        Kind.SELF_REFERENCE,
        Kind.SENT_NOWHERE,
        Kind.SEVERAL_YEARS,
    }
)
"""Kinds that only advise: every cell is kept and shown as it was written, and somebody may mean it.

They keep no sheet from being imported, and no issue from being sent.
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, with its place.

    In a sheet the place is a row (from 1, the heading's row is 1, as spreadsheets count) and a
    column's heading; elsewhere an entry or an issue, named in `place`.
    """

    kind: Kind
    reason: str
    """A sentence a person understands."""
    row: int | None = None
    column: str = ""
    place: str = ""
    """``issue 12, "Title of the entry", summary``, for example."""
    found: str = ""
    expected: str = ""
    entry: str | None = None
    """Id of the entry."""

    @property
    def advises(self) -> bool:
        """Whether it only advises, and stops nothing."""
        return self.kind in ADVICE

    def __str__(self) -> str:
        """Return the fault in one line."""
        where = f"row {self.row}" + (f", {self.column}" if self.column else "")
        place = where if self.row is not None else self.place
        text = f"{place}: {self.reason}" if place else self.reason
        text += f" (found {self.found!r})" if self.found else ""
        return text + (f"; expected {self.expected}" if self.expected else "")
