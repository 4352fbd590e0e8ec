"""What short cells say: issues, years, ratings, addresses and the words of lists."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import TypeVar

from comity.newsletter.model.columns import RATINGS, EmailStatus, Publicity
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.web import is_web_address
from comity.newsletter.model.years import years

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that neither a sheet nor a page holds."""

HIGHLIGHTS = {
    **dict.fromkeys(("highlight", "highlighted", "x", "✓", "✔", "yes", "y", "true", "1"), True),
    **dict.fromkeys(("", "no", "n", "false", "0"), False),
}
STATUSES = {status.value.casefold(): status for status in EmailStatus} | {"na": EmailStatus("N/A")}
PUBLICITIES = {word.value.casefold(): word for word in Publicity} | {
    "true": Publicity.YES,
    "false": Publicity.NO,
}
NONE = frozenset({"", "n/a", "na", "none", "-", "–", "—"})
"""Words for no issue."""
LONGEST_FOUND = 60

_WHOLE = re.compile(r"(?<=\d)\.0+$")
"""What programs add to whole numbers that they keep as decimal ones."""
_NUMBER = re.compile(r"(?<![\d.,])\d{1,6}(?![\d.,]*\d)")
_BEFORE = re.compile(r"[\s#\[(:,.\-–—]*")
_Word = TypeVar("_Word", bound=Enum)


def clean(text: str) -> str:
    r"""Return a text of several lines without blanks around it and characters unfit for a page.

    Examples
    --------
    >>> clean(" one\r\ntwo\x00 ")
    'one\ntwo'
    """
    return UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one_line(text: str) -> str:
    r"""Return a text on one line, with single blanks.

    Examples
    --------
    >>> one_line(" Fair\r\n  play ")
    'Fair play'
    """
    return " ".join(UNFIT.sub("", text).split())


def issue_number(text: str, names: frozenset[str]) -> tuple[int | None, Fault | None]:
    """Return the number of the issue that a cell names.

    Parameters
    ----------
    names : what may stand before the number, casefolded; anything may stand before ``#``.

    Examples
    --------
    >>> names = frozenset({"an"})
    >>> [issue_number(text, names)[0] for text in ("AN #12 (Extra)", "[an 12]", "12", "N/A")]
    [12, 12, 12, None]
    >>> print(issue_number("AN #12, AN #13", names)[1].reason)
    the cell names several issues
    """
    word = _WHOLE.sub("", one_line(text))
    if word.casefold() in NONE:
        return None, None
    numbers = list(_NUMBER.finditer(word))
    marked = [match for match in numbers if word[: match.start()].rstrip().endswith("#")]
    found = {int(match.group()) for match in marked or numbers[:1]}
    if len(found) > 1:
        return None, _fault(Kind.UNKNOWN_ISSUE, "the cell names several issues", word, "one issue")
    if found and (marked or _is_name(word[: numbers[0].start()], names)):
        return found.pop(), None
    return None, _fault(Kind.UNKNOWN_ISSUE, "the cell names no issue", word, "a number behind #")


def _is_name(before: str, names: frozenset[str]) -> bool:
    words = _BEFORE.sub(" ", before.casefold(), count=1).strip(" #[(:.-–—")
    return not words or words in names


def year(text: str) -> tuple[str, Fault | None]:
    """Return a year as it was written; it may say more, such as ``May 2018``."""
    word = _WHOLE.sub("", one_line(text))
    if not word or years(word):
        return word, None
    return word, _fault(Kind.NO_NUMBER, "no year", word, "a year such as 2018")


def rating(text: str) -> tuple[int | None, Fault | None]:
    """Return a rating, 1 to 10; ``7/10`` is 7."""
    word = one_line(text)
    if not word:
        return None, None
    digits = _WHOLE.sub("", word.replace(" ", "").removesuffix("/10"))
    if not (digits.lstrip("+-").isdecimal() and digits.isascii()):
        return None, _fault(Kind.NO_NUMBER, "the rating is no number", word, "1 to 10, or nothing")
    number = int(digits[:9])
    if number not in RATINGS:
        return None, _fault(Kind.OUT_OF_RANGE, "no such rating", word, "1 to 10, or nothing")
    return number, None


def highlight(text: str) -> tuple[bool, Fault | None]:
    """Return whether a word marks a highlight."""
    word = one_line(text)
    found = HIGHLIGHTS.get(word.casefold())
    if found is None:
        return False, _fault(Kind.UNKNOWN_WORD, "unknown word", word, "Highlight, or nothing")
    return found, None


def status(text: str) -> tuple[EmailStatus, Fault | None]:
    """Return whether an entry was sent; an unknown word keeps it from being sent."""
    return _word(text, STATUSES, EmailStatus.DO_NOT_SEND)


def publicity(text: str) -> tuple[Publicity, Fault | None]:
    """Return how public an entry is; an unknown word withholds it."""
    return _word(text, PUBLICITIES, Publicity.NO)


def _word(text: str, words: dict[str, _Word], closed: _Word) -> tuple[_Word, Fault | None]:
    word = one_line(text)
    found = words.get(word.casefold())
    if found is not None:
        return found, None
    choices = ", ".join(str(choice.value) for choice in type(closed) if choice.value)
    return closed, _fault(Kind.UNKNOWN_WORD, "unknown word", word, f"{choices}, or nothing")


def address(text: str) -> tuple[str, Fault | None]:
    """Return an address of the web; anything else is none, and nothing ever leads there.

    Examples
    --------
    >>> address("https://example.org/a")[0], address("javascript:alert(1)")[0]
    ('https://example.org/a', '')
    """
    word = UNFIT.sub("", text).strip()
    if not word or is_web_address(word):
        return word, None
    return "", _fault(Kind.BAD_ADDRESS, "not an address of the web", word, "http:// or https://")


def unfit(text: str) -> Fault | None:
    """Return what is wrong with the characters of a cell, if anything is."""
    match = UNFIT.search(text)
    if not match:
        return None
    letter = match.group()
    name = unicodedata.name(letter, f"U+{ord(letter):04X}")
    reason = f"the character {name} at place {match.start() + 1} is left out wherever it is shown"
    return _fault(Kind.BAD_CHARACTERS, reason, "", "")


def _fault(kind: Kind, reason: str, found: str, expected: str) -> Fault:
    if len(found) > LONGEST_FOUND:
        found = found[: LONGEST_FOUND - 1] + "…"
    return Fault(kind, reason, found=found, expected=expected)
