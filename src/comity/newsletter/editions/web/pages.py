"""Every page of a site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from comity.core.page.page import environment, version
from comity.newsletter.editions import addresses
from comity.newsletter.editions.corrections import corrected
from comity.newsletter.editions.dates import told
from comity.newsletter.editions.facts import SEARCH, SHEET
from comity.newsletter.editions.web.groups import KINDS, Group, latest_first
from comity.newsletter.editions.web.site import PACKAGE, Site, counted
from comity.newsletter.model.edition import Edition
from comity.newsletter.model.entry import Entry

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self'; frame-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
"""What a page may load: only what stands on the site itself."""

PLACES = (
    ("Issues", addresses.ISSUES),
    ("Search", addresses.SEARCH),
    ("Browse", addresses.CATEGORIES),
    ("Follow", addresses.FEEDS),
    ("About", addresses.ABOUT),
)
LOST = "404.html"
NUMBER = re.compile(r"[1-9][0-9]{0,8}|0")
LATEST_ISSUES = 6
LATEST_HIGHLIGHTS = 8
LONGEST_DESCRIPTION = 200
LONGEST_TITLE = 70
"""Characters that search engines and tabs show."""

FILTERS = (
    ("category", "Category"),
    ("summarizer", "Summarizer"),
    ("year", "Year"),
    ("topic", "Topic"),
)
"""What the search page filters by."""


class Page(NamedTuple):
    """A page before it is placed."""

    address: str
    html: str


def pages(site: Site) -> Iterator[Page]:
    """Yield every page, those that readers begin with first."""
    for make in SINGLE.values():
        yield make(site)
    for kind in KINDS:
        if kind.address in site.groups:
            yield from _groups(site, kind.name, kind.address)
    yield from _issues(site)
    for entry in site.view.archive.entries:
        yield _entry(site, entry)


def page_at(site: Site, address: str) -> Page | None:
    """Return the page at one address, made by itself, or ``None`` where there is none.

    Transcripts and translations are made with their issue.
    """
    if make := SINGLE.get(address):
        return make(site)
    if group := site.group_at.get(address):
        kind = next(kind for kind in KINDS if address.startswith(kind.address))
        return _group(site, group, (kind.name, kind.address))
    kind_name = next((kind.name for kind in KINDS if kind.address == address), None)
    if kind_name and address in site.groups:
        return next(_groups(site, kind_name, address))
    folder, _, rest = address.partition("/")
    name = rest.partition("/")[0]
    if f"{folder}/" == addresses.ENTRIES:
        entry = site.view.archive.by_id.get(name)
        found = [] if entry is None else [_entry(site, entry)]
    else:
        numbered = f"{folder}/" == addresses.ISSUES and NUMBER.fullmatch(name)
        found = list(_issues(site, int(name))) if numbered else []
    return next((page for page in found if page.address == address), None)


def _page(site: Site, template: str, address: str, title: str, **context: Any) -> Page:
    described = {"description": site.publication.description[:LONGEST_DESCRIPTION], **context}
    html = (
        environment(PACKAGE)
        .get_template(f"{template}.html.j2")
        .render(described | page_context(site, address, title, context.get("lang", "")))
    )
    return Page(address, html)


def page_context(site: Site, address: str, title: str, lang: str = "") -> dict[str, Any]:
    """Return what the frame of every page needs."""
    return {
        "lang": lang or site.publication.language,
        "site": site,
        "publication": site.publication,
        "audience": site.view.audience,
        "public": site.view.audience == "public",
        "address": address,
        "canonical": addresses.absolute(site.publication, address),
        "title": title,
        "head": head_title(title, site.publication.name),
        "policy": POLICY,
        "places": _places(site),
        "browse": browse(site),
        "told": told,
        "version": version(),
    }


def head_title(title: str, name: str) -> str:
    """Return what a browser's tab shows: a title in one line, and the publication if it fits.

    >>> head_title("About", "Commons Weekly"), len(head_title("long " * 30, "Commons Weekly"))
    ('About · Commons Weekly', 70)
    """
    line = " ".join(title.split())
    both = line if line == name else f"{line} · {name}"
    if _fits(both):
        return both
    while not _fits(line):
        line = line.removesuffix("…")[:-1].rstrip() + "…"
    return line


def _fits(title: str) -> bool:
    from markupsafe import escape

    return len(escape(title)) <= LONGEST_TITLE


def _places(site: Site) -> list[tuple[str, str]]:
    shown = browse(site)
    first = shown[0][1] if shown else ""
    found = [(name, first if name == "Browse" else place) for name, place in PLACES]
    return [*((name, place) for name, place in found if place), *site.more_places]


def browse(site: Site) -> list[tuple[str, str]]:
    """Return the ways to browse that lead anywhere, with their addresses."""
    return [(kind.name, kind.address) for kind in KINDS if kind.address in site.groups]


def _front(site: Site) -> Page:
    editions = list(site.editions.values())
    archive = site.view.archive
    return _page(
        site,
        "front",
        "",
        site.publication.name,
        latest=editions[:LATEST_ISSUES],
        more_issues=len(editions) > LATEST_ISSUES,
        highlights=latest_first(e for e in archive.entries if e.is_highlight)[:LATEST_HIGHLIGHTS],
        categories=[g for g in site.groups.get(addresses.CATEGORIES, ()) if g.level == 0],
        counts=site.counts(),
    )


def _search(site: Site) -> Page:
    return _page(site, "search", addresses.SEARCH, "Search", filters=FILTERS, counts=site.counts())


def _feeds(site: Site) -> Page:
    categories = site.groups.get(addresses.CATEGORIES, ())
    return _page(
        site,
        "feeds",
        addresses.FEEDS,
        "Follow",
        main=[("Issues, each whole", "issues"), ("Entries, one by one", "entries")],
        categories=[(group.name, group.feed) for group in categories],
        searches=[(name, search_feed(short)) for name, short in search_slugs(site).items()],
        podcast=addresses.absolute(site.publication, addresses.PODCAST),
    )


def search_slugs(site: Site) -> Mapping[str, str]:
    """Return the part of its feed's address that each saved search has."""
    return addresses.slugs(site.searches)


def search_feed(short: str) -> str:
    """Return the name of the feed of a saved search."""
    return f"search-{short}"


def _groups(site: Site, name: str, address: str) -> Iterator[Page]:
    groups = site.groups[address]
    yield _page(site, "groups", address, name, heading=name, groups=groups)
    for group in groups:
        yield _group(site, group, (name, address))


def _group(site: Site, group: Group, above: tuple[str, str]) -> Page:
    inside = [site.group_at[address] for address in group.inside]
    count = counted(group.entries)
    return _page(
        site,
        "group",
        group.address,
        group.name,
        group=group,
        above=above,
        inside=inside,
        count=count,
    )


def _issues(site: Site, only: int | None = None) -> Iterator[Page]:
    editions = list(site.editions.values())
    for edition, after, before in zip(
        editions, [None, *editions], [*editions[1:], None], strict=False
    ):
        if only not in (None, edition.issue.number):
            continue
        yield _issue(site, edition, before, after)
        known = site.heard.get(edition.issue.number)
        if known and known.cues:
            yield _page(
                site,
                "transcript",
                known.transcript_page,
                f"Transcript of {edition.label}",
                edition=edition,
                corrected=corrected(edition),
                heard=known,
                cues=known.cues,
            )
        for translated in site.translations.get(edition.issue.number, ()):
            yield _translated(site, translated)


def _issue(site: Site, edition: Edition, before: Edition | None, after: Edition | None) -> Page:
    issue = edition.issue
    return _page(
        site,
        "issue",
        addresses.issue(issue.number),
        site.issue_title(edition),
        edition=edition,
        issue=issue,
        corrected=corrected(edition),
        everything={"search": SEARCH, "sheet": SHEET},
        heard=site.heard.get(issue.number),
        languages=languages(site, issue.number),
        before=before,
        after=after,
        description=_opening_words(edition, site),
    )


def _opening_words(edition: Edition, site: Site) -> str:
    titles = "; ".join(item.entry.title for item in edition.highlights)
    return (titles or site.publication.description)[:LONGEST_DESCRIPTION]


def languages(site: Site, number: int) -> list[tuple[str, str]]:
    """Return the languages in which an issue can be read, with addresses; none if it is one."""
    translated = site.translations.get(number, ())
    own = [(site.publication.language, addresses.issue(number))] if translated else []
    return own + [(t.language, addresses.issue(number, t.language)) for t in translated]


def _translated(site: Site, translated: Any) -> Page:
    issue = translated.edition.issue
    return _page(
        site,
        "translated",
        addresses.issue(issue.number, translated.language),
        f"{site.issue_title(translated.edition)} ({site.language_name(translated.language)})",
        lang=translated.language,
        translated=translated,
        spoken=site.spoken.get((issue.number, translated.language), ""),
        edition=translated.edition,
        issue=issue,
        languages=languages(site, issue.number),
    )


def _entry(site: Site, entry: Entry) -> Page:
    shown = site.item(entry)
    archive = site.view.archive
    work = site.works.get(entry.work or "")
    topics = [g for g in site.groups.get(addresses.TOPICS, ()) if g.name in entry.topics]
    return _page(
        site,
        "entry",
        addresses.entry(entry.id),
        entry.title,
        item=shown,
        e=shown.entry,
        category=site.category.get(entry.id),
        topics=topics,
        first=site.read_first(shown.entry),
        versions=work.versions if work else (),
        case=addresses.case(entry.id) if entry.id in site.cases else "",
        parent=archive.by_id.get(entry.part_of or ""),
        parts=site.parts.get(entry.id, ()),
        description=site.plain(shown.entry, "summary")[:LONGEST_DESCRIPTION] or site.brief(entry),
    )


SINGLE: Mapping[str, Callable[[Site], Page]] = {
    "": _front,
    addresses.ISSUES: lambda site: _page(
        site, "issues", addresses.ISSUES, "All issues", editions=site.editions.values()
    ),
    addresses.SEARCH: _search,
    addresses.FEEDS: _feeds,
    addresses.ABOUT: lambda site: _page(
        site, "about", addresses.ABOUT, "About", counts=site.counts()
    ),
    LOST: lambda site: _page(site, "lost", LOST, "Nothing is here"),
}
"""Pages of which there is one."""
