"""The script of a recording: an edition as blocks, in the order in which they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from comity.newsletter.audio.blocks import AFTER_ENTRY, AFTER_SECTION, SILENCES, Block, Role
from comity.newsletter.audio.speech.normaliser import Normaliser, Unsaid
from comity.newsletter.audio.speech.phrases import base, day
from comity.newsletter.audio.speech.reading import Kind, Passage, Reader
from comity.newsletter.editions import addresses
from comity.newsletter.editions.links import ViewLinks
from comity.newsletter.model.edition import Edition, Item, Section
from comity.newsletter.model.issue import Erratum
from comity.newsletter.model.people import listed, summarizers
from comity.newsletter.model.withholding import View


@dataclass(frozen=True)
class Script:
    """Makes the script of an edition.

    Attributes
    ----------
    view : where the edition comes from; references lead into it.
    edition : what is read. A translation is read from its ``spoken`` edition.
    language : language of the edition's texts; nothing where it is the publication's.
    mark : words that stand before everything, such as that a machine translated this.
    normaliser : who finds out how words are said.
    """

    view: View
    edition: Edition
    language: str = ""
    mark: str = ""
    normaliser: type[Normaliser] = Normaliser

    @property
    def tongue(self) -> str:
        """Language in which the edition is read."""
        return self.language or self.view.publication.language

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block, in order. The first begins a chapter."""
        return (
            *self._opening(),
            *self._section(self._words["highlights"], self.edition.highlights),
            *(block for each in self.edition.sections for block in self._category(each, "")),
            *self._corrections(),
            *self._closing(),
        )

    @cached_property
    def shown(self) -> frozenset[str]:
        """Everything that a transcript shows, found without finding out how it is said.

        What has nothing to say may be among it.
        """
        silent = replace(self, normaliser=Unsaid)
        return frozenset(block.shown for block in silent.blocks)

    @cached_property
    def _reader(self) -> Reader:
        publication = self.view.publication
        normaliser = self.normaliser(self.tongue, publication.voice.lexicon, publication.short)
        links = ViewLinks(self.view, addresses.absolute(publication))
        return Reader(normaliser, links, self.edition.issue.number)

    @property
    def _words(self) -> Mapping[str, str]:
        return self._reader.normaliser.phrases

    def _opening(self) -> Iterator[Block]:
        publication, issue = self.view.publication, self.edition.issue
        name = self._words["title"].format(name=publication.name, number=issue.number)
        told = self._words["date"].format(date=day(issue.day, self.tongue)) if issue.day else ""
        lines = [
            self.mark,
            self._words["draft"] if self.view.audience != "public" and issue.is_draft else "",
            f"{name}." + (f" {_sentence(told)}" if told else ""),
            issue.title,
        ]
        said = [block for line in lines for block in self._host(line, Kind.HEADING)]
        page = addresses.absolute(publication, addresses.issue(issue.number, self.language))
        yield replace(said[0], chapter=self._words["introduction"], address=page)
        yield from said[1:]
        if not self.language:
            yield from self._text(publication.description)
            yield from self._text(publication.disclaimer)
        yield from self._text(issue.opening)
        yield from self._contents()

    def _contents(self) -> Iterator[Block]:
        lines = [item.entry.title for item in self.edition.highlights]
        if lines:
            lines[0] = f"{self._words['highlights']}: {lines[0]}"
        for section in self.edition.sections:
            count = _count(section)
            form = self._words["one entry" if count == 1 else "entries"]
            lines.append(form.format(name=section.title, number=count))
        if lines:
            yield from self._host(f"{self._words['contents']}:", Kind.ITEM)
        for line in lines:
            yield from self._host(line, Kind.ITEM)

    def _category(self, section: Section, above: str) -> Iterator[Block]:
        """Yield a category; one without entries of its own is named with the first inside it."""
        title = f"{above}: {section.title}" if above else section.title
        yield from self._section(title, section.items)
        for number, inner in enumerate(section.sections):
            yield from self._category(inner, "" if section.items or number else title)

    def _section(self, title: str, items: Sequence[Item]) -> Iterator[Block]:
        """Yield entries; the name of their category belongs to the first one's chapter."""
        for number, item in enumerate(items):
            blocks = list(self._item(item))
            if number == 0:
                name = self._host(title, Kind.HEADING, AFTER_SECTION)
                first = blocks[0]
                blocks[0] = replace(first, chapter="", address="")
                blocks = [*name, *blocks]
                blocks[0] = replace(blocks[0], chapter=first.chapter, address=first.address)
            yield from blocks

    def _item(self, item: Item) -> Iterator[Block]:
        entry = item.entry
        page = addresses.absolute(self.view.publication, addresses.entry(entry.id))
        title, *rest = self._host(entry.title or entry.id, Kind.PARAGRAPH) or [_untold(entry.id)]
        yield replace(title, chapter=" ".join(entry.title.split()), address=page)
        yield from rest
        blocks = [*self._facts(item), *self._texts(item)]
        yield from _ending(blocks, AFTER_ENTRY)
        if item.responses:
            yield from self._host(self._words["responses"], Kind.HEADING)
        for response in item.responses:
            yield from self._item(response)

    def _facts(self, item: Item) -> Iterator[Block]:
        by = self._people(item.byline.replace("*", ""))
        told_by = self._people(self._summarizers(item))
        if by:
            words = self._words["byline"].format(names=by)
            yield from self._host(_sentence(words), Kind.ITEM)
        if told_by and item.entry.summary:
            words = self._words["summarized"].format(names=told_by)
            yield from self._host(_sentence(words), Kind.PARAGRAPH)
        if item.mark:
            yield from self._host(item.mark, Kind.PARAGRAPH)
        if item.link_only:
            yield from self._host(self._words["link only"], Kind.PARAGRAPH)
        for erratum in item.errata:
            yield from self._erratum(erratum)

    def _erratum(self, erratum: Erratum) -> Iterator[Block]:
        when = day(erratum.date, self.tongue)
        yield from self._host(self._words["erratum"].format(date=when) + ":", Kind.ITEM)
        yield from self._text(erratum.note)

    def _corrections(self) -> Iterator[Block]:
        """Yield what was corrected in earlier issues, as a chapter of its own."""
        if not self.edition.corrections:
            return
        name = self._words["corrections"]
        first, *rest = self._host(name, Kind.HEADING, AFTER_SECTION)
        yield replace(first, chapter=name)
        yield from rest
        for each in self.edition.corrections:
            entry = each.entry
            issue = self._words["from issue"].format(number=entry.issue)
            yield from self._host(f"{entry.title or entry.id}{issue}.", Kind.PARAGRAPH)
            yield from self._erratum(each.erratum)

    def _texts(self, item: Item) -> Iterator[Block]:
        entry = item.entry
        yield from self._text(entry.summary, Role.SUMMARY)
        if entry.opinion.strip():
            yield from self._host(f"{self._whose(item)}:", Kind.ITEM)
            yield from self._text(entry.opinion, Role.OPINION)
        for name, text in (("prerequisites", entry.prerequisites), ("read more", entry.read_more)):
            if text.strip():
                yield from self._host(f"{self._words[name]}:", Kind.ITEM)
                yield from self._text(text)
        if entry.case:
            yield from self._host(self._words["case"], Kind.PARAGRAPH)
        for reply in item.replies:
            yield from self._host(self._words["reply"].format(name=reply.name) + ":", Kind.ITEM)
            yield from self._blocks(self._reader.plain(reply.text), Role.REPLY)

    def _closing(self) -> Iterator[Block]:
        publication = self.view.publication
        last = self._words["closing"].format(
            name=publication.name, number=self.edition.issue.number, host=publication.url
        )
        blocks = [
            *self._text(self.edition.issue.closing),
            *(() if self.language else self._text(publication.feedback)),
            *self._host(self._words["feedback"], Kind.PARAGRAPH),
            *self._host(last, Kind.HEADING),
        ]
        yield replace(blocks[0], chapter=self._words["end"])
        yield from blocks[1:]

    def _whose(self, item: Item) -> str:
        names = self._people(item.whose or self.view.publication.editor)
        return self._words["opinion"].format(name=names) if names else self._words["an opinion"]

    def _summarizers(self, item: Item) -> str:
        return listed(summarizers(item.entry.summarizer, self.view.publication.aliases))

    def _people(self, names: str) -> str:
        """Return names with the words between them in the language at hand."""
        if base(self.tongue) == "en":
            return names
        others = re.sub(r",? et al\.", f" {self._words['and others']}", names)
        return re.sub(r",? and ", f" {self._words['and']} ", others)

    def _host(self, text: str, kind: Kind, silence: float | None = None) -> list[Block]:
        blocks = self._blocks(self._reader.plain(text, kind), Role.HOST)
        return blocks if silence is None else _ending(blocks, silence)

    def _text(self, text: str, role: Role = Role.HOST) -> list[Block]:
        return self._blocks(self._reader.read(text), role) if text.strip() else []

    def _blocks(self, passages: Iterable[Passage], role: Role) -> list[Block]:
        return [Block(role, p.said, p.shown, SILENCES[p.kind]) for p in passages]


def _sentence(text: str) -> str:
    """Return words as a sentence: a capital first, a full stop last."""
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _ending(blocks: Sequence[Block], silence: float) -> list[Block]:
    return [*blocks[:-1], *(replace(last, silence=silence) for last in blocks[-1:])]


def _count(section: Section) -> int:
    return len(section.items) + sum(map(_count, section.sections))


def _untold(name: str) -> Block:
    """Return a block for a title in which there is nothing to say."""
    return Block(Role.HOST, f"{name}.", name, SILENCES[Kind.PARAGRAPH])
