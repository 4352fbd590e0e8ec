"""Entries grouped as readers look for them: by category, summarizer, year and topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from comity.newsletter.editions import addresses
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.people import summarizers
from comity.newsletter.model.publication import Category
from comity.newsletter.model.withholding import View
from comity.newsletter.model.years import years
from comity.newsletter.text.titles import normalised


@dataclass(frozen=True)
class Group:
    """Entries that have something in common, latest first, with the page that lists them."""

    name: str
    address: str
    entries: tuple[Entry, ...]
    level: int = 0
    inside: tuple[str, ...] = ()
    """Addresses of the groups right under this one."""
    feed: str = ""
    """Name of its feed, where it has one."""


@dataclass(frozen=True)
class Kind:
    """One way to group entries."""

    name: str
    address: str
    find: Callable[[View], tuple[Group, ...]]


def latest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries by issue, the latest first; those in no issue last."""
    return tuple(sorted(entries, key=lambda e: (e.issue is None, -(e.issue or 0), e.position)))


def category_of(view: View) -> dict[str, str]:
    """Return the category of each entry, spelled as in the publication's tree where it has it."""
    known = {normalised(name): name for name in view.publication.category_names}
    plain = {entry.id: " ".join(entry.category.split()) for entry in view.archive.entries}
    return {key: known.get(normalised(name), name) for key, name in plain.items() if name}


def by_category(view: View) -> tuple[Group, ...]:
    """Return every category that is not empty in tree order, with all that lies inside it."""
    names = category_of(view)
    own: dict[str, list[Entry]] = {}
    for entry in view.archive.entries:
        if entry.id in names:
            own.setdefault(names[entry.id], []).append(entry)
    tree = list(view.publication.categories)
    others = [Category(name) for name in own if name not in set(view.publication.category_names)]
    short = addresses.slugs(dict.fromkeys([*view.publication.category_names, *own]))
    return tuple(
        Group(
            node.name,
            addresses.CATEGORIES + short[node.name] + "/",
            entries,
            level,
            tuple(
                addresses.CATEGORIES + short[child.name] + "/"
                for child in node.children
                if _within(child, own)
            ),
            "category-" + short[node.name],
        )
        for top in [*tree, *others]
        for level, node in top.walk()
        if (entries := _within(node, own))
    )


def _within(category: Category, own: Mapping[str, Sequence[Entry]]) -> tuple[Entry, ...]:
    names = dict.fromkeys(node.name for _, node in category.walk())
    return latest_first(entry for name in names for entry in own.get(name, ()))


def by_summarizer(view: View) -> tuple[Group, ...]:
    """Return everybody who summarised something; what was written together is under each."""
    aliases = view.publication.aliases
    return _by(view, addresses.SUMMARIZERS, lambda entry: summarizers(entry.summarizer, aliases))


def by_year(view: View) -> tuple[Group, ...]:
    """Return every year in which something was made, the latest first."""
    return _by(view, addresses.YEARS, lambda entry: years(entry.year))[::-1]


def by_topic(view: View) -> tuple[Group, ...]:
    """Return every topic of cooperation."""
    return _by(view, addresses.TOPICS, lambda entry: entry.topics)


def _by(view: View, place: str, values: Callable[[Entry], Iterable[str]]) -> tuple[Group, ...]:
    found: dict[str, list[Entry]] = {}
    for entry in view.archive.entries:
        for value in values(entry):
            found.setdefault(value, []).append(entry)
    short = addresses.slugs(found)
    return tuple(
        Group(name, f"{place}{short[name]}/", latest_first(found[name]))
        for name in sorted(found, key=lambda name: (name.casefold(), name))
    )


KINDS = (
    Kind("Categories", addresses.CATEGORIES, by_category),
    Kind("Summarizers", addresses.SUMMARIZERS, by_summarizer),
    Kind("Years", addresses.YEARS, by_year),
    Kind("Topics", addresses.TOPICS, by_topic),
)
"""Every way to browse, as pages name it."""
