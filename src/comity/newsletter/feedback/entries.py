"""Which entries the paragraphs of a reply are about: by their titles, and by what is quoted beside.

Words are compared, not characters: quoting rewraps lines, drops markup and changes marks.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from comity.newsletter.feedback.issues import Sure
from comity.newsletter.feedback.quotes import Kind, Piece
from comity.newsletter.model.entry import TEXTS, Entry

RUN = 5
"""Words in a row that hardly two entries share."""
FEW = 2
"""Words that a title must have to be looked for in what somebody wrote without quotation marks."""
MOST, SOME = 0.6, 0.3
"""Parts of the quoted runs that must be an entry's to be certain, or likely, that it is meant."""
NEAR = 80
"""Words of a quotation, counted from below, that a paragraph under it may answer."""
WHOLE = 600
"""Words from which on a quotation was not cut to what is answered."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_HIDDEN = re.compile(r"\(@#[^@]{0,40}@\)|\]\([^)\s]{0,2000}\)|https?://\S+")
_SINGLE = str.maketrans("“”", "‘’")
_IN_MARKS = re.compile(r"[\"“„«《‹]\s?([^\"“”„«»《》‹›]{2,200}?)\s?[\"”“»》›]")


@dataclass(frozen=True, slots=True)
class EntryMatch:
    """An entry that a paragraph is about, how sure that is and by what it was seen."""

    paragraph: int
    """From 0, among the paragraphs of the reply."""
    entry: str
    sure: Sure
    why: str


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text without case, accents' forms and markup.

    Examples
    --------
    >>> words("The *Fair* [play](https://a.example)!"), words("信任 Trust")
    (('the', 'fair', 'play'), ('信', '任', 'trust'))
    """
    plain = unicodedata.normalize("NFKC", _HIDDEN.sub(" ", text)).casefold()
    return tuple(_WORD.findall(plain))


class Finder:
    """Finds entries in quotations and in what was written; made once for many replies.

    Parameters
    ----------
    entries : all that may be meant, with what readers were shown of them.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self.titles = {entry.id: words(entry.title) for entry in entries}
        self.by_title: dict[tuple[str, ...], set[str]] = {}
        self.by_issue: dict[int | None, list[Entry]] = {None: [*entries]}
        self.runs: dict[int | None, Mapping[int, tuple[str, ...]]] = {}
        for entry in entries:
            self.by_title.setdefault(self.titles[entry.id], set()).add(entry.id)
            if entry.issue is not None:
                self.by_issue.setdefault(entry.issue, []).append(entry)

    def find(self, pieces: Sequence[Piece], issue: int | None) -> tuple[EntryMatch, ...]:
        """Return what each paragraph is about; nothing for one that gives no hint.

        A title in the paragraph goes first; then the end of the quotation just above it; where
        nothing else tells, the only entry that is quoted at all.
        """
        found: list[EntryMatch] = []
        number, beside = 0, _NOTHING
        for piece in pieces:
            if piece.kind is Kind.QUOTE:
                beside = self._beside(piece.text, issue)
            elif piece.kind is Kind.REPLY:
                named = list(self._named(number, piece.text, issue))
                found += named or [EntryMatch(number, *match) for match in beside]
                number += 1
        if number and not found:
            found += self._alone(pieces, issue)
        return tuple(found)

    def _named(self, number: int, text: str, issue: int | None) -> Iterator[EntryMatch]:
        """Yield entries whose titles somebody wrote."""
        marked = {words(match[1]) for match in _IN_MARKS.finditer(text)}
        spoken = words(text)
        for key in self._in_issue(self._titled(spoken, marked), issue):
            title = self.titles[key]
            sure = Sure.CERTAIN if title in marked or len(title) > FEW else Sure.LIKELY
            yield EntryMatch(number, key, sure, f"names {quoted(self.entries[key].title)}")

    def _titled(self, spoken: tuple[str, ...], marked: set[tuple[str, ...]]) -> set[str]:
        """Return the entries whose titles are in marks, or are part of what was said."""
        found = {key for title in marked for key in self.by_title.get(title, ())}
        lengths = {len(title) for title in self.by_title if len(title) >= FEW}
        for length in lengths:
            for start in range(len(spoken) - length + 1):
                found |= self.by_title.get(spoken[start : start + length], set())
        longest = {self.titles[key] for key in found}
        return {key for key in found if not _is_inside(self.titles[key], longest)}

    def _beside(self, quote: str, issue: int | None) -> Sequence[tuple[str, Sure, str]]:
        """Return the entry from which the end of a quotation comes, for what stands below it."""
        spoken = _WORD.findall(quote)
        near = quote if len(spoken) <= NEAR else _last_words(quote, NEAR)
        share = self._shares(near, issue) or self._headed(near, issue)
        if not share:
            return _NOTHING
        best, (runs, part) = max(share.items(), key=lambda item: item[1])
        title = quoted(self.entries[best].title)
        if len(spoken) > WHOLE:
            return [(best, Sure.GUESS, f"stands below a long quotation up to {title}")]
        if runs >= RUN and part >= MOST:
            return [(best, Sure.CERTAIN, f"stands below words quoted from {title}")]
        if part >= SOME:
            return [(best, Sure.LIKELY, f"stands below a few words of {title}")]
        return _NOTHING

    def _alone(self, pieces: Sequence[Piece], issue: int | None) -> list[EntryMatch]:
        """Return the one entry that is quoted at all, where all the reply goes with it."""
        quote = "\n".join(piece.text for piece in pieces if piece.kind is Kind.QUOTE)
        share = self._shares(quote, issue) or self._headed(quote, issue)
        if len(share) != 1:
            return []
        entry = next(iter(share))
        why = f"quotes {quoted(self.entries[entry].title)} alone"
        return [EntryMatch(0, entry, Sure.LIKELY, why)]

    def _shares(self, quote: str, issue: int | None) -> Mapping[str, tuple[int, float]]:
        """Return how many of the runs of a quotation each entry has, and which part that is."""
        runs = set(_runs_of(words(quote)))
        if not runs:
            return {}
        known = self._runs(issue if issue in self.by_issue else None)
        counts = Counter(key for run in runs for key in known.get(run, ()))
        total = sum(counts.values())
        return {key: (n, n / total) for key, n in counts.items()}

    def _runs(self, issue: int | None) -> Mapping[int, tuple[str, ...]]:
        """Return which entries of an issue have each run of words; made when it is asked for."""
        if issue not in self.runs:
            found: dict[int, tuple[str, ...]] = {}
            for entry in self.by_issue[issue]:
                texts = [entry.title, *(getattr(entry, name) for name in TEXTS)]
                for run in {run for text in texts for run in _runs_of(words(text))}:
                    found[run] = (*found.get(run, ()), entry.id)
            self.runs[issue] = found
        return self.runs[issue]

    def _headed(self, quote: str, issue: int | None) -> Mapping[str, tuple[int, float]]:
        """Return entries whose whole title is a line of the quotation."""
        lines = {words(line) for line in quote.split("\n")}
        found = {key for line in lines if line for key in self.by_title.get(line, ())}
        return dict.fromkeys(self._in_issue(found, issue), (0, 1.0))

    def _in_issue(self, keys: set[str], issue: int | None) -> list[str]:
        """Return those of the issue, or all where none is in it."""
        inside = [key for key in keys if issue is not None and self.entries[key].issue == issue]
        return sorted(inside or keys)


_NOTHING: Sequence[tuple[str, Sure, str]] = ()


def _last_words(text: str, most: int) -> str:
    """Return the end of a text, from the last so many words on."""
    return text[list(_WORD.finditer(text))[-most].start() :]


def _runs_of(spoken: tuple[str, ...]) -> Iterator[int]:
    """Yield each run of words, as a number that hardly two runs share."""
    for start in range(len(spoken) - RUN + 1):
        yield hash(spoken[start : start + RUN])


def _is_inside(title: tuple[str, ...], others: set[tuple[str, ...]]) -> bool:
    """Return whether a title is part of a longer one among others."""
    joined = f" {' '.join(title)} "
    return any(len(o) > len(title) and joined in f" {' '.join(o)} " for o in others)


def quoted(title: str) -> str:
    """Return a title in quotation marks; those within it become single ones.

    >>> print(quoted('“Trust” and "games"'), quoted("Trust"))
    “‘Trust’ and ‘games’” “Trust”
    """
    inner = re.sub(r'"([^"]*)"', r"‘\1’", title.translate(_SINGLE))
    return f"“{inner}”"
