"""A view as a site: what its pages and feeds are made of, each text rendered once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any

from comity.core.page.page import environment
from comity.newsletter.editions import addresses
from comity.newsletter.editions.addresses import SITE
from comity.newsletter.editions.assemble import assemble, item
from comity.newsletter.editions.corrections import heading
from comity.newsletter.editions.dates import iso, told
from comity.newsletter.editions.facts import DOT, Fact, brief, facts, whose
from comity.newsletter.editions.links import ViewLinks
from comity.newsletter.editions.web.groups import KINDS, Group, category_of
from comity.newsletter.editions.web.listening import Heard
from comity.newsletter.finding.order import prerequisites, reading_order
from comity.newsletter.model.edition import Correction, Edition, Item, Mention
from comity.newsletter.model.entry import Entry, Work
from comity.newsletter.model.issue import Erratum
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import View
from comity.newsletter.text.dialect import outward
from comity.newsletter.text.markdown import to_html

if TYPE_CHECKING:
    from markupsafe import Markup

    from comity.newsletter.languages.translated import Translated

TAG = re.compile(r"<[^>]*>")
BACK = "↩"
"""What leads from a footnote back to its text."""
PACKAGE = "comity.newsletter.editions.web"


@dataclass(frozen=True)
class Site:
    """Everything that a view's pages and feeds show.

    Attributes
    ----------
    heard : recordings by issue.
    spoken : recordings of translations, by issue and language; addresses within the site.
    stale : names of recordings that are to leave the site, such as ``12`` or ``12.es``.
    cases : report pages on Cases by entry; whole HTML pages.
    searches : saved searches, each with the ids that it finds now, best first.
    translations : translated editions by issue.
    related : ids of the entries most like each.
    """

    view: View
    heard: Mapping[int, Heard] = field(default_factory=dict)
    spoken: Mapping[tuple[int, str], str] = field(default_factory=dict)
    stale: frozenset[str] = frozenset()
    cases: Mapping[str, str] = field(default_factory=dict)
    searches: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    translations: Mapping[int, tuple[Translated, ...]] = field(default_factory=dict)
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _texts: dict[tuple[str, str], Markup] = field(default_factory=dict, repr=False)
    _bodies: dict[tuple[str, bool, tuple[Mention, ...]], Markup] = field(
        default_factory=dict, repr=False
    )
    _briefs: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_live(self) -> bool:
        """Whether a server answers its searches; else pages are files, and browsers search."""
        return False

    @property
    def more_places(self) -> tuple[tuple[str, str], ...]:
        """Pages that a site has only while it is served, by name and address."""
        return ()

    @property
    def publication(self) -> Publication:
        """Settings of the publication."""
        return self.view.publication

    @cached_property
    def editions(self) -> Mapping[int, Edition]:
        """Every issue in reading order, latest first."""
        archive = self.view.archive
        numbers = {*archive.by_issue, *(issue.number for issue in archive.issues)}
        return {n: assemble(self.view, n) for n in sorted(numbers, reverse=True)}

    @cached_property
    def groups(self) -> Mapping[str, tuple[Group, ...]]:
        """Groups of entries by the address of the page that lists them."""
        found = {kind.address: kind.find(self.view) for kind in KINDS}
        return {address: groups for address, groups in found.items() if groups}

    @cached_property
    def group_at(self) -> Mapping[str, Group]:
        """Every group by its address."""
        return {group.address: group for groups in self.groups.values() for group in groups}

    @cached_property
    def category(self) -> Mapping[str, Group]:
        """The category of each entry that has one."""
        groups = {g.name: g for g in self.groups.get(addresses.CATEGORIES, ())}
        return {key: groups[name] for key, name in category_of(self.view).items()}

    @cached_property
    def parts(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries that are part of each entry."""
        found: dict[str, list[Entry]] = {}
        for entry in self.view.archive.entries:
            if entry.part_of is not None:
                found.setdefault(entry.part_of, []).append(entry)
        return {key: tuple(parts) for key, parts in found.items()}

    @cached_property
    def works(self) -> Mapping[str, Work]:
        """Every work by its id."""
        return {work.id: work for work in self.view.archive.works}

    @cached_property
    def links(self) -> ViewLinks:
        """Where references lead, before they are placed."""
        return ViewLinks(self.view, SITE)

    def item(self, entry: Entry) -> Item:
        """Return an entry as its own page shows it."""
        return item(self.view, entry, page=True)

    def html(self, text: str, name: str = "") -> Markup:
        """Return a text as HTML; ``name`` sets its footnotes apart from others on the page."""
        from markupsafe import Markup

        if (text, name) not in self._texts:
            # to_html escapes whatever is no Markdown.
            self._texts[text, name] = Markup(to_html(text, self.links, name=name))
        return self._texts[text, name]

    def text(self, entry: Entry, name: str) -> Markup:
        """Return one of an entry's texts as HTML."""
        return self.html(getattr(entry, name), f"{entry.id}-{name.replace('_', '-')}")

    def plain(self, entry: Entry, *names: str) -> str:
        """Return some of an entry's texts without markup, on one line."""
        return _plain("\n".join(self.text(entry, name) for name in names if getattr(entry, name)))

    def words(self, text: str) -> str:
        """Return a text without markup, on one line; a reference is the words that it shows."""
        return _plain(self.html(text))

    def corrections(self, entry: Entry) -> list[str]:
        """Return what was corrected in an entry, each with its day in one line of plain text."""
        return [
            f"{heading(told(erratum.date))} {self.words(erratum.note)}"
            for erratum in self.view.errata.get(entry.id, ())
        ]

    def body(self, shown: Item) -> Markup:
        """Return what an entry says, without its heading; rendered once."""
        key = shown.entry.id, shown.link_only, shown.mentions
        if key not in self._bodies:
            self._bodies[key] = self._macros.body(shown, self)
        return self._bodies[key]

    @cached_property
    def _macros(self) -> Any:
        return environment(PACKAGE).get_template("item.html.j2").make_module()

    def read_first(self, entry: Entry) -> tuple[Entry, ...]:
        """Return what to read before an entry, in an order that works; nothing if nothing."""
        if not entry.prerequisites:
            return ()
        archive = self.view.archive
        steps = reading_order(archive, entry.id, self._prerequisites).steps
        return tuple(archive.by_id[key] for key in steps if key != entry.id)

    @cached_property
    def _prerequisites(self) -> Mapping[str, tuple[str, ...]]:
        return prerequisites(self.view.archive)

    def beside(self, entry: Entry) -> Markup:
        """Return what else stands on an entry's page: entries that are like it."""
        by_id = self.view.archive.by_id
        return self.listed([by_id[key] for key in self.related.get(entry.id, ())])

    def listed(self, alike: Sequence[Entry]) -> Markup:
        """Return related entries as a part of a page; nothing where there are none."""
        shown: Markup = self._related.related(alike, self)
        return shown

    @cached_property
    def _related(self) -> Any:
        return environment(PACKAGE).get_template("related.html.j2").make_module()

    def facts(self, shown: Item) -> tuple[Fact, ...]:
        """Return the facts that stand under a title, each with its kind."""
        return facts(shown, self.publication)

    def day(self, text: str) -> Markup:
        """Return a day for people to read, and for programs where it is one."""
        from markupsafe import Markup, escape

        shown = escape(told(text))
        return Markup(f'<time datetime="{iso(text)}">{shown}</time>') if iso(text) else shown

    def correction_words(self, erratum: Erratum) -> Markup:
        """Return the words before what was corrected."""
        from markupsafe import Markup

        return Markup(heading("{}" if erratum.date else "")).format(self.day(erratum.date))

    def correction(self, erratum: Erratum, name: str) -> Markup:
        """Return what was corrected, with its day; ``name`` sets its footnotes apart."""
        from markupsafe import Markup

        block = Markup('<div class="erratum"><p><strong>{}</strong></p>\n{}</div>')
        return block.format(self.correction_words(erratum), self.html(erratum.note, name))

    def corrected(self, correction: Correction) -> str:
        """Return what was corrected in an earlier issue: its title and that issue."""
        entry = correction.entry
        return entry.title + (f" ({self.label(entry.issue)})" if entry.issue is not None else "")

    def whose(self, shown: Item) -> str:
        """Return the words before an opinion."""
        return whose(shown, self.publication)

    def brief(self, entry: Entry) -> str:
        """Return who made something, where and when, in one line; put together once."""
        if entry.id not in self._briefs:
            self._briefs[entry.id] = brief(entry, self.publication)
        return self._briefs[entry.id]

    def label(self, number: int) -> str:
        """Return the name of an issue: ``AN #12``."""
        return self.publication.label(number)

    def link(self, entry: Entry) -> str:
        """Return where a title leads: to the work or, without its address, to the entry's page."""
        return _outward(entry.url) or SITE + addresses.entry(entry.id)

    def issue_title(self, edition: Edition) -> str:
        """Return an issue's name and title in one line."""
        return ": ".join(part for part in (edition.label, edition.issue.title) if part)

    def issue_facts(self, edition: Edition) -> str:
        """Return an issue's day and how much is in it."""
        entries = counted(self.view.archive.by_issue.get(edition.issue.number, ()))
        day = told(edition.issue.day)
        draft = "draft" if edition.issue.is_draft and self.view.audience != "public" else ""
        return DOT.join(part for part in (day, entries, draft) if part)

    @property
    def recorded_size(self) -> str:
        """How large all recordings are together."""
        return f"{sum(known.audio.bytes for known in self.heard.values()) / 1e6:,.1f} MB"

    def counts(self) -> str:
        """Return how much there is, in one sentence."""
        issues = len(self.editions)
        return f"{counted(self.view.archive.entries)} in {issues:,} issue{'s'[: issues != 1]}."

    def outward(self, address: str) -> str:
        """Return an address as a page may link to it, or nothing where it may not."""
        return _outward(address)

    def language_name(self, tag: str) -> str:
        """Return the name of a language as its own speakers write it, or its tag."""
        return NATIVE.get(tag, tag)


NATIVE = {
    "ca": "català",
    "de": "Deutsch",
    "en": "English",
    "es": "español",
    "fr": "français",
    "it": "italiano",
    "pt": "português",
    "zh": "中文",
}


def _plain(html: str) -> str:
    return " ".join(unescape(TAG.sub("", html)).replace(BACK, "").split())


_outward = lru_cache(4096)(outward)
"""A title's link stands on several pages."""


def counted(entries: Sequence[Entry]) -> str:
    """Return how many entries there are: ``1 entry``, ``1,956 entries``."""
    return "1 entry" if len(entries) == 1 else f"{len(entries):,} entries"
