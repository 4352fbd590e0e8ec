"""What is wrong with entries as they are, wherever they came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from comity.newsletter.model.columns import (
    CATEGORY,
    KNOWN,
    OPINION,
    PART_OF,
    SUMMARIZER,
    SUMMARY,
    TITLE,
    URL,
)
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.people import listed, people, summarizers
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import in_issue
from comity.newsletter.sheets.fields import SELF
from comity.newsletter.sheets.rows import together
from comity.newsletter.sheets.words import characters, formula, hosts, open_code
from comity.newsletter.text.dialect import LINKED, outward, problems
from comity.newsletter.text.opinions import among, unlabelled
from comity.newsletter.text.titles import normalised

_HEADINGS = {column.field: column.heading for column in KNOWN}
_LINKING = ("url", "venue", "hat_tip")
"""Short cells that may hold links."""
_TOGETHER = (TITLE, SUMMARY, OPINION, SUMMARIZER)


def place_of(entry: Entry, part: str) -> str:
    """Return the words that name a place: ``issue 12, "Title", summary``."""
    number = in_issue(entry)
    issue = "" if number is None else f"issue {number}, "
    return f'{issue}"{" ".join(entry.title.split())}", {part.replace("_", " ")}'


def entry_faults(entry: Entry, publication: Publication) -> tuple[Fault, ...]:
    """Return what is wrong with an entry by itself, its references excepted."""
    faults = [
        *together({column.field: getattr(entry, column.field) for column in _TOGETHER}),
        *_category(entry, publication),
        *_markup(entry),
        *_label(entry, publication),
    ]
    if entry.url.strip() and not outward(entry.url):
        faults.append(
            Fault(
                Kind.BAD_ADDRESS,
                "no link may lead there",
                column=URL.heading,
                found=entry.url[:60],
                expected="an address on the web",
            )
        )
    faults += _as_written(entry)
    if entry.part_of == entry.id:
        faults.append(replace(SELF, column=PART_OF.heading))
    return tuple(
        replace(fault, place=place_of(entry, fault.column), entry=entry.id) for fault in faults
    )


def duplicates(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Yield a fault for each entry whose title an earlier one in the sheet has."""
    first: dict[str, Entry] = {}
    for entry in entries:
        earlier = first.setdefault(normalised(entry.title), entry)
        if earlier is not entry and entry.title.strip():
            number = in_issue(earlier)
            where = "that is in no issue" if number is None else f"of issue {number}"
            yield Fault(
                Kind.DUPLICATE_TITLE,
                f"an entry {where} has the same title",
                place=place_of(entry, TITLE.heading),
                entry=entry.id,
            )


def _category(entry: Entry, publication: Publication) -> Iterator[Fault]:
    name, known = entry.category, publication.category_names
    if not name.strip():
        yield Fault(Kind.NO_CATEGORY, "it is in no category", column=CATEGORY.heading)
    elif known and normalised(name) not in {normalised(category) for category in known}:
        yield Fault(
            Kind.UNKNOWN_CATEGORY,
            "the publication has no such category",
            column=CATEGORY.heading,
            found=name[:60],
        )


def _as_written(entry: Entry) -> Iterator[Fault]:
    """Yield what is to be known of texts by the characters that they hold."""
    for column in KNOWN:
        text = getattr(entry, column.field)
        if isinstance(text, str):
            for fault in (*characters(text), formula(text)):
                if fault:
                    yield replace(fault, column=column.heading)


def _label(entry: Entry, publication: Publication) -> Iterator[Fault]:
    """Yield what is to be known of an opinion's own label: that it names somebody else."""
    names = summarizers(entry.summarizer, publication.aliases)
    label = people(unlabelled(entry.opinion)[0], publication.aliases)
    if names and any(not among(name, names) for name in label.names):
        yield Fault(
            Kind.OTHER_OPINION,
            "readers see the opinion under the name that it begins with",
            column=OPINION.heading,
            found=listed(label.names)[:60],
            expected=listed(names)[:60],
        )


def _markup(entry: Entry) -> Iterator[Fault]:
    for name in ("authors", "summarizer"):
        if found := LINKED.search(getattr(entry, name)):
            reason = "a link among names is shown as it is written"
            yield Fault(
                Kind.BAD_MARKUP,
                reason,
                column=_HEADINGS[name],
                found=found[0][:60],
                expected=f"{found[1]!r} alone"[:60],
            )
    for name in ("venue", "hat_tip"):
        for problem in problems(getattr(entry, name)):
            yield Fault(Kind.BAD_MARKUP, problem, column=_HEADINGS[name])
    for name in TEXTS:
        text = getattr(entry, name)
        for problem in problems(text):
            yield Fault(Kind.BAD_MARKUP, problem, column=name)
        if code := open_code(text):
            yield replace(code, column=_HEADINGS[name])
    for name in (*_LINKING, *TEXTS):
        yield from (replace(found, column=_HEADINGS[name]) for found in hosts(getattr(entry, name)))
