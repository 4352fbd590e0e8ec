"""Numbers of a text as exact values, however a language writes them: 1,000.5 and 1.000,5."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from comity.newsletter.languages.translated import Loss, Reason
from comity.newsletter.languages.words import language

_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*|[^\W\d_]+")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+")
_SPACES = " -\u00a0"
THOUSAND = 1000


class Number(NamedTuple):
    """A number as it stands in a text, with every value it may have."""

    text: str
    values: frozenset[Decimal]


class _Part(NamedTuple):
    """One token of a number: what it may be worth, and whether it continues the one before."""

    text: str
    values: tuple[Decimal, ...]
    joined: bool


def numbers(text: str, code: str, *also: str) -> tuple[Number, ...]:
    """Return the numbers of a text, in order: digits, words, and both (``3 million``).

    `also` are further languages in whose manner digits may be written: a translation may keep the
    digits of its original. The word for one is left out: it is a pronoun as often as a number.

    Examples
    --------
    >>> [[str(v) for v in n.values] for n in numbers("1,000.5 of two million", "en")]
    [['1000.5'], ['2000000']]
    >>> [[str(v) for v in n.values] for n in numbers("1.000,5 de 2 mil millones", "es")]
    [['1000.5'], ['2000000000']]
    """
    runs: list[list[_Part]] = []
    for part in _parts(text, code, also):
        if part.joined and runs:
            runs[-1].append(part)
        else:
            runs.append([part])
    return tuple(
        Number(
            " ".join(part.text for part in run),
            frozenset(worth([first, *(p.values[0] for p in run[1:])]) for first in run[0].values),
        )
        for run in runs
    )


def _parts(text: str, code: str, also: Sequence[str]) -> Iterator[_Part]:
    table = language(code)
    words, joins = table.values(), table.joins.split()
    marks = {table.decimal, *(language(other).decimal for other in also)}
    end, tokens = -1, list(_TOKEN.finditer(text))
    for index, match in enumerate(tokens):
        token = match[0].casefold()
        joined = end >= 0 and not text[end : match.start()].strip(_SPACES)
        following = tokens[index + 1][0].casefold() if index + 1 < len(tokens) else ""
        if token[0].isdigit():
            yield _Part(token, tuple({read(token, mark) for mark in marks}), joined=False)
        elif token in words:
            yield _Part(token, (Decimal(words[token]),), joined)
        elif not (joined and token in joins and following in words):
            end = -1
            continue
        end = match.end()


def worth(values: Sequence[Decimal]) -> Decimal:
    """Return what a run of words for numbers means: two, thousand, three, hundred is 2300.

    Examples
    --------
    >>> worth([Decimal(value) for value in (2, 1000, 3, 100, 20, 5)])
    Decimal('2325')
    >>> worth([Decimal(1000), Decimal(1000000)])
    Decimal('1000000000')
    """
    total = part = Decimal(0)
    for value in values:
        if value >= THOUSAND and not part and 0 < total < value:
            total *= value
        elif value >= THOUSAND:
            total, part = total + (part or 1) * value, Decimal(0)
        elif value == 100 and 0 < part < 100:
            part *= value
        else:
            part += value
    return total + part


def read(token: str, decimal: str) -> Decimal:
    """Return the value of digits whose language writes ``decimal`` before fractions.

    The other mark separates thousands where groups of three follow it, else it must be a fraction.

    Examples
    --------
    >>> read("1.000,5", ","), read("1.000", ","), read("1.000", "."), read("2.5", ",")
    (Decimal('1000.5'), Decimal('1000'), Decimal('1.000'), Decimal('2.5'))
    """
    whole, mark, fraction = token.rpartition(decimal)
    if not mark:
        whole, fraction = token, ""
    if _THOUSANDS.fullmatch(whole):
        whole = re.sub(r"\D", "", whole)
    plain = whole if not fraction else f"{whole}.{fraction}"
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        # No one number: 1.2.3 of a version, 3,4,5 of a list. Told apart by its digits.
        return Decimal(re.sub(r"\D", "", token)) + Decimal("0.123456789")


def lost_numbers(original: str, translation: str, source: str, target: str) -> tuple[Reason, ...]:
    """Return which numbers a translation lost or gained."""
    rest = list(numbers(translation, target, source))
    lost = []
    for number in numbers(original, source):
        same = next((other for other in rest if other.values & number.values), None)
        if same is None:
            lost.append(f"the number {number.text} is lost")
        else:
            rest.remove(same)
    said = [*lost, *(f"the number {number.text} is new" for number in rest)]
    return tuple(Reason(Loss.NUMBER, words) for words in said)
