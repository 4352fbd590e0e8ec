"""Questions in plain words, and what counts as an answer to each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from comity.cases.faults import shown, unknown
from comity.cases.numbers import number
from comity.core.errors import InputError

Kind = Literal["text", "names", "options", "choice", "order", "number", "numbers"]
_RANGE = re.compile(r"(?:from\s+)?(-?\d+)\s*(?:to|\.\.|-)\s*(-?\d+)(?:\s+by\s+(\d+))?$")

DIRECTIONS = ("more is better", "less is better")
"""Orders of numbers that need no list."""


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    key : dotted path by which an answers file names it.
    words : the question.
    kind : what an answer looks like: ``order`` is best first with ``>`` (``=`` for ties),
        or, of numbers, a direction; ``options`` a list of names or ``1 to 10``.
    options : what can be chosen or must be ordered.
    default : answer to an empty line; ``None`` where only the person can tell.
    low, high : limits of a number.
    hint : an example, shown small.
    unsaid : what an empty answer assumes, in words; empty where that assumes nothing.
    """

    key: str
    words: str
    kind: Kind = "text"
    options: tuple[str, ...] = ()
    default: str | None = None
    low: float = float("-inf")
    high: float = float("inf")
    hint: str = ""
    unsaid: str = ""

    def parse(self, text: str) -> Any:
        """Return what the text answers, or raise `InputError` that says what is expected."""
        answer = text.strip() or self.default
        if answer is None:
            raise InputError("no answer", place=self.key, expected=self.hint or self.kind)
        if answer == "":
            return None
        try:
            return _PARSERS[self.kind](self, answer)
        except InputError as error:
            raise InputError(
                error.message, place=self.key, found=error.found, expected=error.expected
            ) from error


def _text(question: Question, text: str) -> str:
    return text


def _names(question: Question, text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(","))
    for k, name in enumerate(names):
        if not name or set(name) & set("|*>=") or name in names[:k]:
            raise InputError(
                "not a list of names",
                found=shown(text),
                expected="different names with commas between, without | * > =",
            )
    return names


def _options(question: Question, text: str) -> tuple[str, ...] | dict[str, list[int]]:
    found = _RANGE.match(text)
    if found:
        low, high, step = int(found[1]), int(found[2]), int(found[3] or 1)
        if high <= low or step < 1:
            raise InputError("the range is empty", found=shown(text), expected="low to high")
        return {"range": [low, high, step] if step > 1 else [low, high]}
    names = _names(question, text)
    if len(names) < 2:
        raise InputError(
            "one option leaves nothing to settle",
            found=shown(text),
            expected="two options or more, or a range such as 1 to 10",
        )
    return names


def _choice(question: Question, text: str) -> str:
    return _one_of(text, question.options)


def _one_of(text: str, options: Sequence[str]) -> str:
    folded = {option.casefold(): option for option in options}
    word = text.strip().strip('"')
    if word.casefold() in folded:
        return folded[word.casefold()]
    if word.isdigit() and 1 <= int(word) <= len(options):
        return options[int(word) - 1]
    near = [option for option in options if option.casefold().startswith(word.casefold())]
    if len(near) == 1:
        return near[0]
    raise unknown("choice", word, options)


def numeric(options: Sequence[str]) -> bool:
    """Return whether every option is a number."""
    try:
        return bool(options) and all(number(_plain(option)) is not None for option in options)
    except InputError:
        return False


def by_size(options: Sequence[str], way: str) -> tuple[tuple[str, ...], ...]:
    """Return numbers in order, best first, by which direction is better."""
    ranked = sorted(
        options, key=lambda option: number(_plain(option)), reverse=way == DIRECTIONS[0]
    )
    return tuple((option,) for option in ranked)


def _order(question: Question, text: str) -> tuple[tuple[str, ...], ...]:
    """Return groups of equals, best first; numerals stand for the options as listed."""
    way = " ".join(text.casefold().split()).rstrip(".")
    if way in DIRECTIONS and numeric(question.options):
        return by_size(question.options, way)
    groups = tuple(
        tuple(_one_of(part, question.options) for part in group.split("="))
        for group in re.split(r"[>,]", text)
    )
    said = [name for group in groups for name in group]
    for name in question.options:
        if said.count(name) != 1:
            problem = "is missing" if name not in said else "stands twice"
            raise InputError(
                f"{name!r} {problem}",
                found=shown(text),
                expected="every one once, best first: a > b > c",
            )
    return groups


def _number(question: Question, text: str) -> float:
    value = number(_plain(text))
    if not question.low <= value <= question.high:
        raise InputError(
            "out of range", found=text, expected=f"from {question.low:g} to {question.high:g}"
        )
    return value


def _numbers(question: Question, text: str) -> tuple[float, ...]:
    values = tuple(number(_plain(part)) for part in text.split(","))
    if len(values) != len(question.options):
        raise InputError(
            "one number each",
            found=f"{len(values)} numbers",
            expected=f"{len(question.options)}, for {', '.join(question.options)}",
        )
    return values


def _plain(text: str) -> Any:
    """Return a number where the text is one in a notation that only Python reads, such as 1e3."""
    word = text.strip().rstrip("%").strip()
    try:
        return float(word) if "/" not in word else word
    except ValueError:
        return word


_PARSERS: dict[str, Callable[[Question, str], Any]] = {
    "text": _text,
    "names": _names,
    "options": _options,
    "choice": _choice,
    "order": _order,
    "number": _number,
    "numbers": _numbers,
}
