"""A translated edition: what web pages and recordings of it are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from comity.newsletter.model.edition import Edition, Item, Section
from comity.newsletter.model.issue import Erratum


class Loss(StrEnum):
    """What a translation may lose so that nobody gets to read it."""

    NAME = "name"
    NUMBER = "number"
    NEGATION = "negation"
    UNKNOWN = "unknown words"
    SILENCE = "no translation"
    NOT_YET = "not translated yet"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sentence was refused: ``the number 95 is lost``."""

    loss: Loss
    words: str

    def __str__(self) -> str:
        """Return the words for people."""
        return self.words


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what became of it."""

    original: str
    """Canonical Markdown, as it stands in the edition but for emphasis."""
    translation: str = ""
    """Canonical Markdown; nothing where the sentence was refused."""
    reasons: tuple[Reason, ...] = ()
    """Why it was refused."""

    @property
    def refused(self) -> bool:
        """Whether readers get the original in its place."""
        return not self.translation


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, list item, heading or other block, beside its original."""

    original: str
    """Canonical Markdown of the block."""
    translation: str
    """The same in the other language; refused sentences stand in it as they were, each marked."""
    sentences: tuple[Sentence, ...] = ()
    """None where nothing was to be translated, as in a block of code."""

    @property
    def is_alone(self) -> bool:
        """Whether there is nothing to set beside the original: it was not translated, or new."""
        return not self.sentences and self.translation == self.original

    @property
    def refusals(self) -> tuple[Sentence, ...]:
        """Sentences that are shown as they were."""
        return tuple(sentence for sentence in self.sentences if sentence.refused)


@dataclass(frozen=True)
class Translated:
    """An edition in another language. Titles, names and categories stay as they are.

    A page shows `edition` with the paragraphs of `of` beside each of its texts; a recording reads
    `spoken`. Both begin with `mark`.
    """

    edition: Edition
    """The original."""
    source: str
    """Language of the original, as ``en``."""
    language: str
    """Language of the translation, as ``es``."""
    engine: str
    """``Apertium 3.8.3, eng-spa 0.8.1``."""
    mark: str
    """Words that must stand over the edition, in its language: machine-translated."""
    texts: Mapping[str, tuple[Paragraph, ...]]
    """Each text of the edition to its paragraphs."""

    def of(self, text: str) -> tuple[Paragraph, ...]:
        """Return the paragraphs of a text of the edition; itself where it was not translated."""
        if not text.strip():
            return ()
        return self.texts.get(text) or (Paragraph(text, text),)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, once a text."""
        return tuple(
            sentence
            for paragraphs in self.texts.values()
            for paragraph in paragraphs
            for sentence in paragraph.sentences
        )

    @cached_property
    def spoken(self) -> Edition:
        """The edition with each text replaced by its translation."""
        issue = self.edition.issue
        return replace(
            self.edition,
            issue=replace(
                issue, opening=self._joined(issue.opening), closing=self._joined(issue.closing)
            ),
            highlights=tuple(map(self._item, self.edition.highlights)),
            sections=tuple(map(self._section, self.edition.sections)),
            corrections=tuple(
                replace(each, erratum=self._erratum(each.erratum))
                for each in self.edition.corrections
            ),
        )

    def _joined(self, text: str) -> str:
        return "\n\n".join(paragraph.translation for paragraph in self.of(text))

    def _erratum(self, erratum: Erratum) -> Erratum:
        return replace(erratum, note=self._joined(erratum.note))

    def _section(self, section: Section) -> Section:
        return replace(
            section,
            items=tuple(map(self._item, section.items)),
            sections=tuple(map(self._section, section.sections)),
        )

    def _item(self, item: Item) -> Item:
        entry = item.entry
        return replace(
            item,
            entry=replace(
                entry,
                summary=self._joined(entry.summary),
                opinion=self._joined(entry.opinion),
                prerequisites=self._joined(entry.prerequisites),
                read_more=self._joined(entry.read_more),
            ),
            errata=tuple(map(self._erratum, item.errata)),
            responses=tuple(map(self._item, item.responses)),
        )
