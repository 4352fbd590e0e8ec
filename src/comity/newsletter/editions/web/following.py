"""The feeds of a site: issues, entries, categories, saved searches, and the podcast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from comity.core.page.page import environment
from comity.newsletter.editions import addresses
from comity.newsletter.editions.addresses import absolute, placed
from comity.newsletter.editions.corrections import changed, corrected, latest
from comity.newsletter.editions.dates import moment, published
from comity.newsletter.editions.feeds import WRITERS, Feed, Post
from comity.newsletter.editions.podcast_feed import Episode, podcast
from comity.newsletter.editions.web.groups import latest_first
from comity.newsletter.editions.web.pages import search_feed, search_slugs
from comity.newsletter.editions.web.site import PACKAGE, Site
from comity.newsletter.model.edition import Edition
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Erratum
from comity.newsletter.model.people import people

LATEST_ISSUES = 20
LATEST_ENTRIES = 50
"""How much a feed holds, corrections of what is older included; readers keep what they have seen.
"""
LONGEST_SUMMARY = 300


def feeds(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield every feed with its address."""
    for name, title, page, posts in _described(site):
        for form, write in WRITERS.items():
            address = addresses.feed(name, form)
            yield address, write(feed(site, title, page, posts, address))
    # There before the first recording is: mails that went out lead to it.
    yield addresses.PODCAST, podcast(site.publication, list(_episodes(site)))


def feed(site: Site, title: str, page: str, posts: Sequence[Post], address: str) -> Feed:
    """Return a feed of the site; ``page`` is what it follows and ``address`` its own."""
    settings = site.publication
    return Feed(
        title=title,
        description=settings.description,
        page=absolute(settings, page),
        address=absolute(settings, address),
        posts=tuple(posts),
        language=settings.language,
        author=settings.editor or settings.name,
        rights=settings.licence,
    )


def _described(site: Site) -> Iterator[tuple[str, str, str, list[Post]]]:
    """Yield the name of each feed, its title, the page that it follows, and its posts."""
    name = site.publication.name
    editions = latest(list(site.editions.values()), LATEST_ISSUES, _came_out, _errata)
    yield "issues", name, "", [issue_post(site, edition) for edition in editions]
    everything = entry_posts(site, site.view.archive.entries)
    yield "entries", f"{name}: entries", addresses.SEARCH, everything
    for group in site.groups.get(addresses.CATEGORIES, ()):
        posts = entry_posts(site, group.entries)
        yield group.feed, f"{name}: {group.name}", group.address, posts
    by_id = site.view.archive.by_id
    for search, short in search_slugs(site).items():
        found = [by_id[key] for key in site.searches[search] if key in by_id]
        posts = entry_posts(site, found)
        yield search_feed(short), f"{name}: {search}", addresses.SEARCH, posts


def entry_posts(site: Site, entries: Iterable[Entry]) -> list[Post]:
    """Return the latest of some entries as posts, corrected ones among them.

    Only those that have appeared in an issue: others have no date.
    """
    sent = latest_first(entry for entry in entries if entry.issue is not None)
    shown = latest(
        sent,
        LATEST_ENTRIES,
        lambda entry: _came_out(_edition(site, entry)),
        lambda entry: site.view.errata.get(entry.id, ()),
    )
    return [entry_post(site, entry) for entry in shown]


def issue_post(site: Site, edition: Edition) -> Post:
    """Return an issue as a post, whole."""
    html = (
        environment(PACKAGE)
        .get_template("post.html.j2")
        .render(edition=edition, site=site, corrected=corrected(edition))
    )
    titles = "; ".join(item.entry.title for item in edition.highlights)
    return Post(
        title=site.issue_title(edition),
        address=absolute(site.publication, addresses.issue(edition.issue.number)),
        content=placed(html, absolute(site.publication)),
        summary=titles[:LONGEST_SUMMARY] or site.issue_facts(edition),
        authors=(site.publication.editor,) if site.publication.editor else (),
        categories=tuple(section.title for section in edition.sections),
        published=published(edition.issue),
        updated=changed(_came_out(edition), _errata(edition)),
    )


def entry_post(site: Site, entry: Entry) -> Post:
    """Return an entry as a post, whole."""
    shown = site.item(entry)
    edition = _edition(site, entry)
    category = site.category.get(entry.id)
    html = environment(PACKAGE).get_template("post_entry.html.j2").render(item=shown, site=site)
    return Post(
        title=entry.title,
        address=absolute(site.publication, addresses.entry(entry.id)),
        content=placed(html, absolute(site.publication)),
        summary=site.plain(shown.entry, "summary")[:LONGEST_SUMMARY] or site.brief(entry),
        authors=people(entry.authors, site.publication.aliases).names,
        categories=(*((category.name,) if category else ()), *entry.topics),
        published=published(edition.issue) if edition else None,
        updated=changed(_came_out(edition), shown.errata),
    )


def _edition(site: Site, entry: Entry) -> Edition | None:
    return None if entry.issue is None else site.editions.get(entry.issue)


def _came_out(edition: Edition | None) -> datetime | None:
    """Return when an issue appeared or, where nobody knows, when the database knew of it."""
    return (published(edition.issue) or moment(edition.issue.created)) if edition else None


def _errata(edition: Edition) -> Iterable[Erratum]:
    return (erratum for _, erratum in corrected(edition))


def _episodes(site: Site) -> Iterator[Episode]:
    for number, edition in site.editions.items():
        if known := site.heard.get(number):
            post = issue_post(site, edition)
            yield Episode(
                number=number,
                title=post.title,
                page=post.address,
                recording=absolute(site.publication, known.recording),
                bytes=known.audio.bytes,
                seconds=known.audio.seconds,
                notes=post.content,
                summary=post.summary,
                chapters=_whole(site, known.chapters_file),
                transcript=_whole(site, known.transcript),
                published=post.published or post.updated,
                updated=post.updated,
            )


def _whole(site: Site, address: str) -> str:
    return absolute(site.publication, address) if address else ""
