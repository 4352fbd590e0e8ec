"""Putting an issue in reading order: what every edition of it is rendered from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from comity.core.errors import InputError
from comity.newsletter.editions.facts import opinion
from comity.newsletter.editions.notices import corrections
from comity.newsletter.model.edition import Edition, Item, Section
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.people import byline
from comity.newsletter.model.publication import Category
from comity.newsletter.model.withholding import View, without_texts
from comity.newsletter.text.titles import normalised

ELSEWHERE = "Other"
"""Heading of entries without a category."""


def assemble(view: View, number: int) -> Edition:
    """Return an issue in reading order, as the view's audience may see it.

    Highlights come first, outside the categories; then each category that is not empty, in the
    order of the publication's tree; then categories that the tree does not know. What is part of
    another entry of the issue stands under it.

    Raises
    ------
    InputError
        Where the audience may not know of such an issue.
    """
    entries = view.archive.by_issue.get(number, ())
    issue = view.archive.issue(number)
    if issue is None and not entries:
        known = sorted({*view.archive.by_issue, *(i.number for i in view.archive.issues)})
        raise InputError(
            "there is no such issue" + ("" if view.audience == "internal" else " to be shown"),
            place=f"issue {number}",
            expected=f"{known[0]} to {known[-1]}" if known else "an issue; there is none yet",
        )
    items = _grouped(view, entries)
    highlights = tuple(item for item in items if item.entry.is_highlight)
    return Edition(
        issue=issue or Issue(number),
        label=view.publication.label(number),
        highlights=highlights,
        sections=_sections(view, [item for item in items if not item.entry.is_highlight]),
        audience=view.audience,
        corrections=corrections(view, number),
    )


def item(view: View, entry: Entry, *, page: bool = False) -> Item:
    """Return one entry as an edition shows it.

    Parameters
    ----------
    page : whether this is for the entry's own page, which may show what its issue only linked to,
        and names also those of its issue that mention it.
    """
    closed = entry.id in (view.link_only if page else view.listed)
    shown = without_texts(entry) if closed else entry
    whose, text = opinion(shown, view.publication)
    return Item(
        entry=replace(shown, opinion=text),
        whose=whose,
        byline=byline(entry.authors, view.publication.aliases),
        link_only=closed,
        mark=view.marks.get(entry.id, ""),
        errata=() if closed else view.errata.get(entry.id, ()),
        replies=() if closed else view.replies.get(entry.id, ()),
        mentions=tuple(
            mention
            for mention in view.mentions.get(entry.id, ())
            if page or mention.issue is None or mention.issue != entry.issue
        ),
    )


def _grouped(view: View, entries: Sequence[Entry]) -> list[Item]:
    """Return the entries that stand by themselves, each with those that are part of it."""
    heads = _heads(entries)
    under: dict[str, list[Entry]] = {}
    for entry in entries:
        if heads[entry.id] != entry.id:
            under.setdefault(heads[entry.id], []).append(entry)
    return [
        replace(
            item(view, entry),
            responses=tuple(item(view, response) for response in under.get(entry.id, ())),
        )
        for entry in entries
        if heads[entry.id] == entry.id
    ]


def _heads(entries: Sequence[Entry]) -> dict[str, str]:
    """Return the entry under which each stands, itself where it stands alone.

    A highlight stands under highlights only. Of entries that are part of one another in a circle,
    the one that is met first is the head.
    """
    here = {entry.id: entry for entry in entries}
    heads: dict[str, str] = {}
    for entry in entries:
        path = [entry.id]
        while path[-1] not in heads:
            above = here[path[-1]].part_of
            if above not in here or _is_lowered(here[path[-1]], here[above]):
                heads[path[-1]] = path[-1]
            elif above in path:
                heads[path[-1]] = above
            else:
                path.append(above)
        heads.update(dict.fromkeys(path, heads[path[-1]]))
    return heads


def _is_lowered(entry: Entry, head: Entry) -> bool:
    return entry.is_highlight and not head.is_highlight


def _sections(view: View, items: Sequence[Item]) -> tuple[Section, ...]:
    tree = view.publication.categories
    known = {normalised(name): name for name in view.publication.category_names}
    by_category: dict[str, list[Item]] = {}
    for each in items:
        name = " ".join(each.entry.category.split()) or ELSEWHERE
        by_category.setdefault(known.get(normalised(name), name), []).append(each)
    sections = list(_nested(tree, by_category, 0))
    others = [name for name in by_category if name not in known.values()]
    others.sort(key=lambda name: name == ELSEWHERE)
    sections += [Section(name, 0, tuple(by_category[name])) for name in others]
    return tuple(sections)


def _nested(
    categories: Iterable[Category], items: Mapping[str, Sequence[Item]], level: int
) -> Iterable[Section]:
    for category in categories:
        inside = tuple(_nested(category.children, items, level + 1))
        own = tuple(items.get(category.name, ()))
        if own or inside:
            yield Section(category.name, level, own, inside)
