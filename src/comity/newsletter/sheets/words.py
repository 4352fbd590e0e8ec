"""What short cells say: issues, years, ratings, addresses and the words of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from typing import TypeVar

from comity.newsletter.model.columns import RATINGS, EmailStatus, Publicity
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.web import is_web_address
from comity.newsletter.model.years import years
from comity.newsletter.text.characters import DIRECTION, UNFIT, name_of, stray, turned
from comity.newsletter.text.code import unclosed
from comity.newsletter.text.hosts import addresses, astray

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
"""Words for nothing."""
LONGEST_FOUND = 60
MOST_NAMED = 3
"""Characters of one cell that are named one by one."""
AROUND = 20
"""Characters around one that is named."""

_WHOLE = re.compile(r"(?<=\d)\.0+$")
"""What programs add to whole numbers that they keep as decimal ones."""
_FRACTION = re.compile(r"\d{4,}[.,]\d+")
"""A number that is no year, though it begins as one; ``05.2018`` is a month."""
_FIRST_DAY = date(1899, 12, 30)
_DAYS = range((date(2000, 1, 1) - _FIRST_DAY).days, (date(2050, 1, 1) - _FIRST_DAY).days)
"""Numbers that spreadsheets have for days of this half-century."""
_FORMULA = re.compile(r"\s*=\s*[A-Za-z_][\w.]*\([\s\S]*\)\s*")
_ERROR = re.compile(r"\s*#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|ERROR!)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.,])\d{1,6}(?![\d.,]*\d)")
_BEHIND = re.compile(r"[\])\s.]*(?:[(:\[].*)?")
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
    if day := lost_day(word):
        reason = f"as the number of a spreadsheet it is the day {day}"
        return None, _fault(Kind.UNKNOWN_ISSUE, reason, word, "a number behind #")
    numbers = list(_NUMBER.finditer(word))
    marked = [match for match in numbers if word[: match.start()].rstrip().endswith("#")]
    found = {int(match.group()) for match in marked or numbers}
    if len(found) > 1:
        return None, _fault(Kind.UNKNOWN_ISSUE, "the cell names several issues", word, "one issue")
    if found and (marked or _is_alone(word, numbers[0], names)):
        return found.pop(), None
    return None, _fault(Kind.UNKNOWN_ISSUE, "the cell names no issue", word, "a number behind #")


def lost_day(word: str) -> str:
    """Return the day that a number is in a spreadsheet which no longer shows it as one.

    Days of this half-century are told: nothing has so many issues.

    Examples
    --------
    >>> lost_day("43221"), lost_day("432"), lost_day("AN #43221")
    ('2018-05-01', '', '')
    """
    number = int(word) if word.isdecimal() and len(word) == len("43221") else 0
    return (_FIRST_DAY + timedelta(number)).isoformat() if number in _DAYS else ""


def _is_alone(word: str, number: re.Match[str], names: frozenset[str]) -> bool:
    """Return whether a number without a mark stands alone, or behind a name; a date does not."""
    before, after = word[: number.start()], word[number.end() :]
    words = _BEFORE.sub(" ", before.casefold(), count=1).strip(" #[(:.-–—")
    return (not words or words in names) and bool(_BEHIND.fullmatch(after))


def year(text: str) -> tuple[str, Fault | None]:
    """Return a year as it was written; it may say more, such as ``May 2018``."""
    word = _WHOLE.sub("", one_line(text))
    named = () if _FRACTION.fullmatch(word) else years(word)
    if word and not named:
        return word, _fault(Kind.NO_NUMBER, "no year", word, "a year such as 2018")
    if len(named) > 1:
        reason = f"it is found under {' and '.join(named)}, and under no year between"
        return word, _fault(Kind.SEVERAL_YEARS, reason, word, "the year in which it appeared")
    return word, None


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
        return word, next(hosts(word), None)
    return "", _fault(Kind.BAD_ADDRESS, "not an address of the web", word, "http:// or https://")


def misleads(text: str) -> bool:
    """Return whether a cell for an address says something that is none."""
    return bool(text.strip()) and not address(text)[0]


def hosts(text: str) -> Iterator[Fault]:
    """Yield what is to be known of addresses in a text that seem to lead elsewhere.

    Examples
    --------
    >>> [fault.expected for fault in hosts("See https://аpple.com/a.")]
    ['the host that is meant; this one is xn--pple-43d.com']
    """
    for place in addresses(text):
        if found := astray(place):
            reason = f"the host of the address {found.why}"
            expected = f"the host that is meant; this one is {found.host}"
            yield _fault(Kind.LOOKS_OTHERWISE, reason, place, expected)


def says_nothing(text: str) -> bool:
    """Return whether a cell says that there is nothing to say, by a word or by being empty."""
    return one_line(text).casefold() in NONE


def characters(text: str) -> Iterator[Fault]:
    """Yield what is wrong with the characters of a cell."""
    if match := UNFIT.search(text):
        where = f"the character {name_of(match.group())} at place {match.start() + 1}"
        yield _fault(Kind.BAD_CHARACTERS, f"{where} is left out wherever it is shown", "", "")
    turn = turned(text)
    if turn is not None:
        reason = f"from {name_of(text[turn])} at place {turn + 1} on it is read in another order"
        yield _fault(Kind.TURNED, reason, _around(text, turn), "the text as it is to be read")
    places = [place for place in stray(text) if turn is None or text[place] not in DIRECTION]
    if places:
        told = [f"{name_of(text[place])} at place {place + 1}" for place in places[:MOST_NAMED]]
        more = f" and {len(places) - MOST_NAMED:,} more" if len(places) > MOST_NAMED else ""
        reason = f"nobody sees {', '.join(told)}{more}"
        yield _fault(Kind.INVISIBLE, reason, _around(text, places[0]), "the text without it")


def formula(text: str) -> Fault | None:
    """Return what is to be known of a text that is a formula, if it is one.

    Examples
    --------
    >>> formula("= 1 + 1 is no formula") is None, formula("=SUM(A1:A2)").kind.value
    (True, 'formula as text')
    """
    if _ERROR.fullmatch(text):
        return _fault(Kind.RAW_FORMULA, "readers see the error of a formula", text, "a result")
    if not _FORMULA.fullmatch(text):
        return None
    reason = "readers see the formula as it is written"
    return _fault(Kind.RAW_FORMULA, reason, text, "what it comes to")


def open_code(text: str) -> Fault | None:
    r"""Return what is to be known of a text whose code nothing ends, if there is such.

    Examples
    --------
    >>> open_code("```\nx\n```") is None, open_code("```\nx\n``` so").found
    (True, '```')
    """
    for line, fence in unclosed(text):
        where = "" if line == 1 else f" in line {line}"
        reason = f"what follows the fence{where} is shown as code, to the end"
        return _fault(Kind.OPEN_CODE, reason, fence, f"{fence} alone on a line behind the code")
    return None


def _around(text: str, place: int) -> str:
    return text[max(0, place - AROUND) : place + AROUND]


def _fault(kind: Kind, reason: str, found: str, expected: str) -> Fault:
    if len(found) > LONGEST_FOUND:
        found = found[: LONGEST_FOUND - 1] + "…"
    return Fault(kind, reason, found=found, expected=expected)
