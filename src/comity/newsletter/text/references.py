"""References from one entry's text to another entry.

In a sheet a reference is ``<@title@>`` or ``<@shown text@>(@title@)``. In the database it holds
on to the other entry's id: ``<@@>(@#ID@)``, shown as whatever title that entry has now, or
``<@shown text@>(@#ID@)``. What cannot be resolved stays as it was written, and so does whatever
looks like a reference inside of code, or behind a backslash: it is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.text.code import may_hold_code, parts, spans
from comity.newsletter.text.grammar import LONGEST, maths
from comity.newsletter.text.titles import Titles

_TOKEN = re.compile(r"<@|@>\s*\(@|@>|@\)")
_MARK = re.compile(rf"\\[\\`<$]|`+|\$|{_TOKEN.pattern}")
_LONGEST_FOUND = 80
_OPEN, _EMPTY = "a reference is not closed", "a reference is empty"


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: ``text[start:end]``."""

    start: int
    end: int
    shown: str
    """What stands between ``<@`` and ``@>``, without blanks around it."""
    key: str | None = None
    """What stands between ``(@`` and ``@)``, if anything does."""

    @property
    def entry(self) -> str | None:
        """Id of the entry, where the reference has been resolved."""
        return self.key[1:] if self.key and self.key.startswith("#") else None

    @property
    def title(self) -> str:
        """Title by which the other entry is looked for."""
        return self.shown if self.key is None else self.key


def scan(text: str) -> tuple[Reference, ...]:
    """Return the references in a text, in order; linear in its length.

    Examples
    --------
    >>> [(r.shown, r.key) for r in scan("As in <@Trust@> and <@this@>(@Fair play@).")]
    [('Trust', None), ('this', 'Fair play')]
    """
    return _parse(text).named


def scan_words(text: str, *, everywhere: bool = False) -> tuple[Reference, ...]:
    """Return the references among the words of one block, or ``everywhere`` even in its code."""
    return _parse(text, everywhere=everywhere, one_block=True).named


def breaks(text: str) -> tuple[int, ...]:
    """Return where references begin that never end or name nothing, or end without a beginning."""
    parsed = _parse(text)
    return tuple(sorted([*parsed.broken, *parsed.nameless]))


def rewrite(
    text: str, change: Callable[[Reference], str | None], *, everywhere: bool = False
) -> str:
    """Return a text with each reference changed; ``None`` leaves it as it is.

    Parameters
    ----------
    everywhere : whether also what looks like a reference inside of code is changed.
    """
    pieces, last = [], 0
    for reference in _parse(text, everywhere=everywhere).named:
        new = change(reference)
        if new is not None:
            pieces += [text[last : reference.start], new]
            last = reference.end
    return "".join([*pieces, text[last:]])


def bound_to(reference: Reference, entry: str) -> str:
    """Return a reference to an entry by its id, as the database keeps it."""
    return f"<@{'' if reference.key is None else reference.shown}@>(@#{entry}@)"


def resolve(reference: Reference, titles: Titles) -> tuple[str, ...]:
    """Return the ids that a reference may mean: one, if all is well."""
    if reference.entry is not None and reference.entry in titles.titles:
        return (reference.entry,)
    return titles.find(reference.title)


def by_id(ids: tuple[str, ...]) -> str:
    """Return the ways to name one of several entries with the same title."""
    return "one of " + ", ".join(f"(@#{key}@)" for key in ids)


def bind(
    text: str, titles: Titles, advice: Callable[[tuple[str, ...]], str] = by_id
) -> tuple[str, tuple[Fault, ...]]:
    """Return a text whose references hold on to ids, and what is wrong with the others.

    Parameters
    ----------
    advice : says what is expected in place of a title that several entries have, by their ids.

    Examples
    --------
    >>> titles = Titles({"7K": "Trust", "9M": "Fair play"})
    >>> bind("As in <@trust@> and <@this@>(@Fair play@).", titles)[0]
    'As in <@@>(@#7K@) and <@this@>(@#9M@).'
    >>> print(bind("As in <@Fair games and play@>.", titles)[1][0].kind)
    unresolved reference
    """
    parsed = _parse(text)
    faults = [
        Fault(Kind.BROKEN_REFERENCE, reason, found=_excerpt(text[place:]))
        for reason, places in ((_OPEN, parsed.broken), (_EMPTY, parsed.nameless))
        for place in places
    ]

    def bound(reference: Reference) -> str | None:
        found = resolve(reference, titles)
        if len(found) != 1:
            faults.append(_fault(reference, found, titles, advice))
            return None
        return bound_to(reference, found[0])

    return rewrite(text, bound), (*faults, *_in_code(text, parsed, titles))


def _in_code(text: str, parsed: _Parsed, titles: Titles) -> Iterator[Fault]:
    """Yield what is typed like a reference inside of code, and names an entry."""
    if "<@" not in text or not may_hold_code(text):
        return
    known = {reference.start for reference in parsed.named}
    for reference in _parse(text, everywhere=True).named:
        escaped = text[: reference.start].endswith("\\")
        if reference.start not in known and not escaped and len(resolve(reference, titles)) == 1:
            yield Fault(
                Kind.REFERENCE_IN_CODE,
                "a reference inside of code is shown as it is typed",
                found=_excerpt(reference.title),
                expected="it outside of the backticks or the indented lines",
            )


def spell(text: str, titles: Titles) -> str:
    """Return a text as a sheet holds it: the inverse of `bind`.

    A title that two entries share, or that would end the reference, cannot stand for an entry; the
    id does.
    """

    def spelled(reference: Reference) -> str | None:
        title = titles.titles.get(reference.entry or "")
        if title is None or not _can_stand(title, reference.entry, titles):
            return None
        return f"<@{reference.shown}@>(@{title}@)" if reference.shown else f"<@{title}@>"

    return rewrite(text, spelled, everywhere=True)


def _can_stand(title: str, entry: str | None, titles: Titles) -> bool:
    written = f"<@{title}@>"
    return titles.find(title) == (entry,) and [r.shown for r in scan_words(written)] == [title]


def _fault(
    reference: Reference,
    found: tuple[str, ...],
    titles: Titles,
    advice: Callable[[tuple[str, ...]], str],
) -> Fault:
    title = _excerpt(reference.title)
    if found:
        return Fault(
            Kind.AMBIGUOUS_REFERENCE,
            f"{len(found)} entries have the title that is referred to",
            found=title,
            expected=advice(found),
        )
    alike = titles.suggest(reference.title)
    return Fault(
        Kind.UNRESOLVED_REFERENCE,
        "no entry has the title that is referred to",
        found=title,
        expected=" or ".join(repr(title) for title in alike),
    )


def _excerpt(text: str) -> str:
    line = " ".join(text[: 4 * _LONGEST_FOUND].split())
    return line if len(line) <= _LONGEST_FOUND else line[: _LONGEST_FOUND - 1] + "…"


class _Parsed(NamedTuple):
    named: tuple[Reference, ...]
    broken: tuple[int, ...]
    nameless: tuple[int, ...]


def _parse(text: str, *, everywhere: bool = False, one_block: bool = False) -> _Parsed:
    """Return references and breaks by one pass over the four marks."""
    parser = _Parser(text)
    if everywhere or len(text) > LONGEST:
        parser.take_all()
    elif one_block or not may_hold_code(text):
        parser.take_words(0, len(text))
    else:
        for part in parts(text):
            if not part.kind:
                parser.take_words(part.start, part.end)
    parser.give_up()
    named = [item for item in parser.found if item.title.strip("#")]
    nameless = [item.start for item in parser.found if not item.title.strip("#")]
    return _Parsed(tuple(named), tuple(parser.broken), tuple(nameless))


class _Parser:
    """Pairs marks: what is open is either at its shown text or, after ``middle``, at its key."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Reference] = []
        self.broken: list[int] = []
        self.opened: re.Match[str] | None = None
        self.middle: re.Match[str] | None = None
        self.ahead: tuple[int, str] | None = None
        """The next mark behind the last backtick inside of what is open."""

    def take_all(self) -> None:
        """Take all marks, whatever they stand in."""
        for mark in _TOKEN.finditer(self.text):
            self.take(mark)

    def take_words(self, start: int, end: int) -> None:
        """Take the marks of a block of words, but for those inside of code or mathematics."""
        code = spans(self.text, start, end) if "`" in self.text else {}
        while mark := _MARK.search(self.text, start, end):
            start = mark.end()
            if mark.group().startswith("`"):
                if self.opened and not self.closes(start):
                    self.give_up()
                start = start if self.opened else code.get(mark.start(), start)
            elif mark.group() == "$":
                start = start if self.opened else maths(self.text, start - 1, end) or start
            elif not mark.group().startswith("\\"):
                self.take(mark)

    def closes(self, place: int) -> bool:
        """Return whether what is open goes on behind a place, where another one may begin."""
        if self.ahead is None or self.ahead[0] < place:
            mark = _TOKEN.search(self.text, place)
            self.ahead = (mark.start(), mark.group()) if mark else (len(self.text), "<@")
        return self.ahead[1] != "<@"

    def take(self, mark: re.Match[str]) -> None:
        kind = mark.group()
        if kind == "<@":
            self.give_up()
            self.opened = mark
        elif self.middle:
            if kind == "@)":
                self.close(self.middle, mark)
        elif not self.opened:
            self.broken += [mark.start()] if kind.endswith("(@") else []
        elif kind == "@>":
            self.close(mark)
        elif kind != "@)":
            self.middle = mark

    def close(self, middle: re.Match[str], closed: re.Match[str] | None = None) -> None:
        if self.opened:
            self.found.append(_reference(self.text, self.opened, middle, closed))
        self.opened = self.middle = None

    def give_up(self) -> None:
        """Leave what is open: its title may stand without a key, but not the other way round."""
        if self.opened and self.middle:
            self.broken.append(self.middle.end() - 2)
            self.close(self.middle)
        elif self.opened:
            self.broken.append(self.opened.start())
        self.opened = self.middle = None


def _reference(
    text: str, opened: re.Match[str], middle: re.Match[str], closed: re.Match[str] | None = None
) -> Reference:
    shown = text[opened.end() : middle.start()].strip()
    if closed is None:
        return Reference(opened.start(), middle.start() + 2, shown)
    key = text[middle.end() : closed.start()].strip()
    return Reference(opened.start(), closed.end(), shown, key)
