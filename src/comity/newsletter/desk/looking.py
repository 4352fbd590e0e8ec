"""What an editor sees beside a text: how it will look, what is wrong, and what is like it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from comity.newsletter.desk.shelf import Content
from comity.newsletter.editions.addresses import placed
from comity.newsletter.editions.checks import REFERENCES, faults_that_stop
from comity.newsletter.editions.web.site import Site
from comity.newsletter.finding.duplicates import Duplicate
from comity.newsletter.finding.finder import Related, Suggestion
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.withholding import withhold

if TYPE_CHECKING:
    from markupsafe import Markup

UNSAVED = "0unsaved00"
"""Stands for the id of an entry that has none yet; ids are random, and this is none of them."""
UNREAD = frozenset({Kind.UNKNOWN_WORD, Kind.NO_NUMBER, Kind.OUT_OF_RANGE, Kind.BAD_ADDRESS})
"""What can be wrong with a cell as it came; of a changed field its own reading tells it."""
SUGGEST = 0.25
"""Least share of votes at which a category is suggested."""


@dataclass(frozen=True)
class Noted:
    """One thing that is wrong, and whether it keeps an issue from being sent."""

    fault: Fault
    stops: bool


@dataclass(frozen=True)
class Look:
    """What stands beside a form.

    Attributes
    ----------
    body : the entry as its page would show it.
    noted : what is wrong; what stops an issue first.
    duplicates : entries that may be about the same thing.
    related : entries about similar things.
    suggestions : categories that it may belong to, without the one it has.
    """

    entry: Entry
    body: Markup
    noted: tuple[Noted, ...]
    duplicates: tuple[tuple[Entry, Duplicate], ...]
    related: tuple[tuple[Entry, Related], ...]
    suggestions: tuple[Suggestion, ...]


def look(
    content: Content,
    entry: Entry,
    faults: Iterable[Fault] = (),
    changed: Container[str] = frozenset(),
) -> Look:
    """Return what stands beside an entry as typed.

    Parameters
    ----------
    faults : what is wrong with its fields taken one by one.
    changed : headings of fields for which no cell of a sheet stands any more.
    """
    named = entry if entry.id else replace(entry, id=UNSAVED)
    site = Site(content.internal)
    marks = withhold(content.publication, Archive((named,)), "internal").marks
    shown = replace(site.item(named), mark=marks.get(named.id, ""))
    by_id = content.archive.by_id
    return Look(
        named,
        _placed(site.body(shown)),
        noted(_faults(content, named, faults, changed)),
        tuple((by_id[d.second], d) for d in content.duplicate_finder.of(named)),
        tuple((by_id[r.entry], r) for r in content.finder.related(named)),
        _suggestions(content, named),
    )


def noted(faults: Iterable[Fault]) -> tuple[Noted, ...]:
    """Return faults once each, those first that keep an issue from being sent."""
    all_ = tuple(dict.fromkeys(faults))
    stopping = set(faults_that_stop(all_))
    return tuple(
        sorted((Noted(fault, fault in stopping) for fault in all_), key=lambda n: not n.stops)
    )


def _faults(
    content: Content, entry: Entry, faults: Iterable[Fault], changed: Container[str]
) -> list[Fault]:
    """Return what is wrong; references are judged by the whole archive alone."""
    checked = [
        fault
        for fault in content.check.entry(entry)
        if fault.kind not in UNREAD or fault.column not in changed
    ]
    told = {(fault.kind, fault.column) for fault in checked}
    single = [f for f in faults if f.kind not in REFERENCES or f.column == "Part of"]
    return [*(f for f in single if (f.kind, f.column) not in told), *checked]


def _suggestions(content: Content, entry: Entry) -> tuple[Suggestion, ...]:
    known = set(content.publication.category_names)
    return tuple(
        suggestion
        for suggestion in content.finder.suggest(entry)
        if suggestion.share >= SUGGEST
        and suggestion.category in known
        and suggestion.category != entry.category
    )


def _placed(html: str) -> Markup:
    from markupsafe import Markup

    # The site escapes whatever is no Markdown.
    return Markup(placed(str(html), "/"))
