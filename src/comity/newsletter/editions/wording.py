"""The words around an issue's entries, for the two forms of its mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from comity.newsletter.editions import addresses
from comity.newsletter.editions.corrections import heading
from comity.newsletter.editions.dates import told
from comity.newsletter.editions.facts import DOT, SEARCH, SHEET, facts, whose
from comity.newsletter.editions.links import ViewLinks
from comity.newsletter.model.edition import Correction, Edition, Item, Section
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Erratum
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import View
from comity.newsletter.text.dialect import outward

LONGEST_SUBJECT = 200
"""Characters of a subject; what is more is cut."""
PEEK = 110
"""Characters that lists of mails show behind a subject."""
FEEDBACK = (
    "Write what you think of this issue, or of anything in it: just reply to this mail. "
    "A person reads every answer."
)
WARNINGS = {
    "public": "",
    "preview": "A preview for the editors: this issue has not been sent.",
    "internal": "The editors' own edition: some of this is not public.",
}


@dataclass(frozen=True)
class Wording:
    """What a mail says beside its entries' texts."""

    view: View
    edition: Edition

    @property
    def publication(self) -> Publication:
        """Settings of the publication."""
        return self.view.publication

    @cached_property
    def site(self) -> str:
        """Address of the site, with a slash."""
        return addresses.absolute(self.publication)

    @cached_property
    def links(self) -> ViewLinks:
        """Where references lead: to the site."""
        return ViewLinks(self.view, self.site)

    @property
    def heading(self) -> str:
        """What stands on top: the issue's title or, without one, the publication's."""
        return self.edition.issue.title or self.publication.name

    @property
    def eyebrow(self) -> str:
        """What stands above the heading: which issue of what this is, and its day."""
        name = self.publication.name if self.edition.issue.title else ""
        return DOT.join(part for part in (name, self.edition.label, self.day) if part)

    @property
    def day(self) -> str:
        """Day of the issue, for people."""
        return told(self.edition.issue.day)

    @property
    def subject(self) -> str:
        """Subject of the mail: one line, whatever a title holds."""
        title = self.edition.issue.title or self._lead
        line = f"{self.edition.label}: {title}" if title else self.edition.label
        line = " ".join("".join(c if c.isprintable() else " " for c in line).split())
        return _cut(line, LONGEST_SUBJECT)

    @property
    def _lead(self) -> str:
        return next((item.entry.title for item in self.edition.highlights), "")

    @property
    def peek(self) -> str:
        """What lists of mails show behind the subject: what is in the issue."""
        titles = "; ".join(item.entry.title for _, items in self.contents for item in items)
        return _cut(titles, PEEK)

    @property
    def warning(self) -> str:
        """What those must know who see more than everybody does."""
        if self.view.audience == "preview" and not self.edition.issue.is_draft:
            return ""
        return WARNINGS[self.view.audience]

    @cached_property
    def contents(self) -> tuple[tuple[str, tuple[Item, ...]], ...]:
        """Titles under their headings, in reading order."""
        first = (("Highlights", self.edition.highlights),) if self.edition.highlights else ()
        return first + tuple(
            found for section in self.edition.sections for found in _listed(section, "")
        )

    @cached_property
    def resources(self) -> tuple[tuple[str, str], ...]:
        """What else there is, each with its address; what is not there yet has none."""
        number = self.edition.issue.number
        return (
            ("Read on the web", self.site + addresses.issue(number)),
            ("All resources", outward(self.publication.resources) or self.site),
            (SEARCH, self.site + addresses.SEARCH),
            (SHEET, outward(self.publication.sheet) or self.site + addresses.SHEET_XLSX),
            ("Listen", self.recording) if self.recording else ("Audio not up yet", ""),
        )

    @property
    def recording(self) -> str:
        """Address of the recording, or nothing."""
        audio = self.edition.issue.audio
        return self.site + audio.file if audio else ""

    @property
    def podcast(self) -> tuple[str, str]:
        """What the closing block on the podcast says, and where that is."""
        heard = (
            "This issue can be listened to."
            if self.recording
            else "This issue will be read aloud; its recording is not up yet."
        )
        return heard, self.site + addresses.PODCAST

    @property
    def subscribe(self) -> str:
        """Address of the page on which others ask for issues, or nothing."""
        return outward(self.publication.subscribe)

    @property
    def feedback(self) -> str:
        """What the closing block on feedback says."""
        return FEEDBACK

    def facts(self, item: Item) -> str:
        """Return what stands under a title: who, where and when, and who summarised it."""
        return DOT.join(fact.text for fact in facts(item, self.publication))

    def facts_html(self, item: Item) -> str:
        """Return the same with its links, as HTML."""
        return DOT.join(fact.html for fact in facts(item, self.publication))

    def whose(self, item: Item) -> str:
        """Return the words before an opinion: it is always somebody's."""
        return whose(item, self.publication)

    def correction(self, erratum: Erratum) -> str:
        """Return the words before what was corrected."""
        return heading(told(erratum.date))

    def corrected(self, correction: Correction) -> str:
        """Return what was corrected: its title and its issue."""
        entry = correction.entry
        return entry.title + (f" ({self.label(entry.issue)})" if entry.issue is not None else "")

    def link(self, entry: Entry) -> str:
        """Return where a title leads: to what was read or, without its address, to the entry."""
        return outward(entry.url) or self.page(entry.id)

    def page(self, entry: str) -> str:
        """Return the address of an entry's own page."""
        return self.site + addresses.entry(entry)

    def label(self, number: int) -> str:
        """Return the name of an issue."""
        return self.publication.label(number)

    def paragraphs(self, text: str) -> list[str]:
        """Return the paragraphs of plain text."""
        return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def _cut(text: str, longest: int) -> str:
    """Return a text, or its first words and an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def _listed(section: Section, above: str) -> Iterator[tuple[str, tuple[Item, ...]]]:
    name = f"{above} › {section.title}" if above else section.title
    if section.items:
        yield name, section.items
    for inner in section.sections:
        yield from _listed(inner, name)
