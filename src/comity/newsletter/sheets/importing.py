"""From a sheet to the database: planned and checked whole, then stored whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from comity.core.database import transaction
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import (
    EMAIL,
    HIGHLIGHT,
    HIGHLIGHT_RATING,
    PART_OF,
    RATING,
    TITLE,
    URL,
    EmailStatus,
    Publicity,
)
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.ids import Draws, new_id
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.publication import Publication
from comity.newsletter.sheets.advice import Advice
from comity.newsletter.sheets.binding import Binding, bind_columns
from comity.newsletter.sheets.cells import Cell, Table
from comity.newsletter.sheets.changes import Emptied, differs, emptied, moved, uncut
from comity.newsletter.sheets.fields import Reader, bound, placed, to_itself
from comity.newsletter.sheets.keeping import EXTRA, Layout, write_cells, write_layout
from comity.newsletter.sheets.matching import Matches, match
from comity.newsletter.sheets.rows import Draft, read_rows
from comity.newsletter.sheets.spelling import spell_cell
from comity.newsletter.sheets.standing import SENT, standing
from comity.newsletter.sheets.whole import far, far_issue, in_circles
from comity.newsletter.sheets.withheld import Withheld
from comity.newsletter.sheets.words import misleads
from comity.newsletter.store.store import Store, erase_entries, now, write_entries, write_issues
from comity.newsletter.text.references import scan
from comity.newsletter.text.titles import Titles, normalised


@dataclass(frozen=True)
class Plan:
    """What an import would do.

    Attributes
    ----------
    entries : of the sheet's rows, in order.
    kept : entries of the database that no row is; they move behind the others.
    hidden : ids of those of them that the form never shows: no sheet in it erases them.
    new, changed : how many entries are new, and how many say something else than before.
    moved : how many entries stand in another order than before.
    emptied : entries of which texts would be lost.
    refused : titles of entries with a text that was changed but not taken, since it lacks what
        the public form withholds.
    references : how many references hold on to their entries.
    renamed : new titles of entries that are known by their address alone.
    issues : that are new, or now known to be sent.
    cells, layout, fields : what is kept of the sheet's own way, and in which fields.
    faults : everything that stops an import, by row.
    advice : everything else that should be known, by row; see `comity.newsletter.model.faults`.
    """

    form: str
    entries: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    hidden: frozenset[str]
    new: int
    changed: int
    moved: int
    emptied: tuple[Emptied, ...]
    refused: tuple[str, ...]
    references: int
    renamed: tuple[str, ...]
    issues: tuple[Issue, ...]
    cells: Mapping[tuple[str, str], Cell] = field(repr=False)
    layout: Layout = field(repr=False)
    fields: tuple[str, ...] = field(repr=False)
    faults: tuple[Fault, ...] = ()
    advice: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def unknown_categories(self) -> tuple[str, ...]:
        """Categories that the publication does not have, in the order of the sheet."""
        rows = {fault.entry for fault in self.faults if fault.kind == Kind.UNKNOWN_CATEGORY}
        first: dict[str, str] = {}
        for entry in self.entries:
            if entry.id in rows:
                first.setdefault(normalised(entry.category), entry.category)
        return tuple(first.values())


def plan_import(
    table: Table,
    archive: Archive,
    publication: Publication,
    *,
    form: str | None = None,
    folder: Path | None = None,
    rng: Draws | None = None,
) -> Plan:
    """Return what importing a sheet would do; nothing is stored yet.

    Parameters
    ----------
    form : ``editor`` or ``public``, where the columns do not tell.
    folder : the publication's, for its Cases.
    rng : draws the ids of new entries.

    Raises `InputError` where columns cannot be told apart. Linear in the size of the sheet.
    """
    binding = bind_columns(table.headings, table.file, form)
    drafts = list(read_rows(table, binding, Reader(publication, folder)))
    matches = match(drafts, archive.entries)
    made = _identified(drafts, matches, archive, binding, rng)
    kept = tuple(
        replace(entry, position=len(table.rows) + k) for k, entry in enumerate(matches.left)
    )
    titles = Titles.of([*(entry for _, entry in made), *kept])
    advice = Advice(archive.by_id, {entry.id: draft.number for draft, entry in made})
    entries, faults = _bound(made, titles, binding, advice)
    withheld = Withheld.of(publication, archive, binding.form)
    before = archive.by_id
    restored = [withheld.restore(uncut(entry, before.get(entry.id))) for entry in entries]
    entries = tuple(entry for entry, _ in restored)
    issues = _issues(entries, archive)
    faults += [*_duplicates(drafts, entries), *_standing(drafts, entries, issues, archive, binding)]
    faults += _together(drafts, entries, kept, archive, binding)
    faults.sort(key=lambda fault: (fault.row or 0, fault.column))
    used = {draft.position for draft in drafts}
    return Plan(
        form=binding.form,
        entries=entries,
        kept=kept,
        hidden=frozenset(entry.id for entry in kept if withheld.hides(entry.id)),
        new=sum(entry.id not in before for entry in entries),
        changed=sum(e.id in before and differs(before[e.id], e) for e in entries),
        moved=moved(before[entry.id].position for entry in entries if entry.id in before),
        emptied=emptied(before, entries),
        refused=tuple(entry.title for entry, refused in restored if refused),
        references=sum(_references(entry) for entry in entries),
        renamed=tuple(d.title for d in drafts if d.position in matches.renamed),
        issues=issues,
        cells=dict(_own_way(drafts, entries, titles, table, binding)),
        layout=Layout(table.headings, tuple(k for k in range(len(table.rows)) if k not in used)),
        fields=(
            *(column.field for column in binding.columns),
            *(EXTRA + heading for heading in binding.extra.values()),
        ),
        faults=tuple(fault for fault in faults if not fault.advises),
        advice=tuple(fault for fault in faults if fault.advises),
        notes=_notes(table, binding),
    )


def apply(store: Store, plan: Plan, *, remove: bool = False) -> None:
    """Store what was planned, in one transaction.

    Parameters
    ----------
    remove : whether entries that no row is are erased, instead of kept behind the others; those
        that the form never shows are kept.
    """
    gone = {entry.id for entry in plan.kept if remove and entry.id not in plan.hidden}
    kept = [entry for entry in plan.kept if entry.id not in gone]
    with transaction(store.engine, writes=True) as connection:
        erase_entries(connection, gone)
        write_entries(connection, [*plan.entries, *kept])
        write_issues(connection, plan.issues)
        write_cells(connection, (entry.id for entry in plan.entries), plan.fields, plan.cells)
        write_layout(connection, plan.form, plan.layout)


def _identified(
    drafts: Sequence[Draft],
    matches: Matches,
    archive: Archive,
    binding: Binding,
    rng: Draws | None,
) -> list[tuple[Draft, Entry]]:
    """Return rows as entries, each under its id; references are still as they were written."""
    ids = set(archive.by_id)
    made = []
    for draft in drafts:
        base = matches.entries.get(draft.position)
        if base is None:
            base = _fresh(draft, binding, ids, rng)
            ids.add(base.id)
        extra = {heading: text for heading, text in base.extra if heading not in draft.extra}
        extra = {k: v for k, v in extra.items() if k not in binding.extra.values()}
        extra |= {heading: cell.text for heading, cell in draft.extra.items()}
        changes = {**draft.fields, **_highlighted(draft, base), "extra": tuple(extra.items())}
        made.append((draft, replace(base, position=draft.position, **changes)))
    return made


def _highlighted(draft: Draft, base: Entry) -> dict[str, Any]:
    """Return mark and rating of an entry: each form shows one of them, and both say the same."""
    if HIGHLIGHT.field in draft.fields and RATING.field not in draft.fields:
        stays = draft.fields[HIGHLIGHT.field] or base.rating != HIGHLIGHT_RATING
        return {RATING.field: base.rating if stays else None}
    if RATING.field in draft.fields and HIGHLIGHT.field not in draft.fields:
        rating = draft.fields[RATING.field]
        marked = base.highlight and rating == HIGHLIGHT_RATING
        return {HIGHLIGHT.field: marked, RATING.field: base.rating if marked else rating}
    return {}


def _fresh(draft: Draft, binding: Binding, ids: set[str], rng: Draws | None) -> Entry:
    """Return a new entry; one of a sheet for readers is public, and sent if it names an issue."""
    entry = Entry(next(key for key in iter(lambda: new_id(rng), None) if key not in ids), "")
    if not binding.is_for_readers:
        return entry
    named = draft.fields.get("issue") is not None
    status = EmailStatus.SENT if named else EmailStatus.NOT_APPLICABLE
    return replace(entry, public=Publicity.YES, email_status=status)


def _bound(
    made: Sequence[tuple[Draft, Entry]], titles: Titles, binding: Binding, advice: Advice
) -> tuple[tuple[Entry, ...], list[Fault]]:
    """Return entries whose references hold on to ids, and all faults of single rows."""
    entries, faults = [], []
    columns = [column for column in binding.columns if column.field in (*TEXTS, PART_OF.field)]
    for draft, entry in made:
        found = list(draft.faults)
        changes: dict[str, Any] = {}
        for column in columns:
            value, wrong = bound(column, draft.fields[column.field], titles, advice)
            changes[column.field] = value
            wrong += to_itself(entry.id, column, value)
            found += [placed(fault, draft.number, column.heading) for fault in wrong]
        entries.append(replace(entry, **changes))
        faults += [replace(fault, entry=entry.id) for fault in found]
    return tuple(entries), faults


def _duplicates(drafts: Sequence[Draft], entries: Sequence[Entry]) -> list[Fault]:
    """Return a fault for each row whose title an earlier row has."""
    first: dict[str, Draft] = {}
    faults = []
    for draft, entry in zip(drafts, entries, strict=True):
        earlier = first.setdefault(normalised(draft.title), draft)
        if earlier is not draft and draft.title:
            reason = f"row {earlier.number} has the same title"
            fault = Fault(Kind.DUPLICATE_TITLE, reason, found=draft.title[:60], entry=entry.id)
            faults.append(placed(fault, draft.number, TITLE.heading))
    return faults


def _standing(
    drafts: Sequence[Draft],
    entries: Sequence[Entry],
    issues: Sequence[Issue],
    archive: Archive,
    binding: Binding,
) -> Iterator[Fault]:
    """Yield what is wrong between rows and their issues, as they are after the import."""
    sent = {issue.number for issue in (*archive.issues, *issues) if not issue.is_draft}
    headings = {column.heading for column in binding.columns}
    for draft, entry in zip(drafts, entries, strict=True):
        unread = {fault.column for fault in draft.faults if fault.kind is Kind.UNKNOWN_WORD}
        for fault in standing(entry, entry.issue in sent):
            if fault.column in headings - unread:
                yield replace(placed(fault, draft.number, fault.column), entry=entry.id)


def _together(
    drafts: Sequence[Draft],
    entries: Sequence[Entry],
    kept: Sequence[Entry],
    archive: Archive,
    binding: Binding,
) -> Iterator[Fault]:
    """Yield what is wrong with rows among all entries; an issue that was there before may stay."""
    numbers = [e.issue for e in (*entries, *kept) if e.issue is not None]
    beyond = {number for number in far(numbers) if archive.issue(number) is None}
    part_of = in_circles((*entries, *kept)) if PART_OF in binding.columns else {}
    for draft, entry in zip(drafts, entries, strict=True):
        found = [far_issue(entry)] if entry.issue in beyond and EMAIL in binding.columns else []
        found += [part_of[entry.id]] if entry.id in part_of else []
        for fault in found:
            yield replace(placed(fault, draft.number, fault.column), entry=entry.id)


def _references(entry: Entry) -> int:
    texts = (getattr(entry, name) for name in TEXTS)
    return sum(r.entry is not None for text in texts if "<@" in text for r in scan(text))


def _issues(entries: Iterable[Entry], archive: Archive) -> tuple[Issue, ...]:
    """Return issues that are new, or that were drafts and of which an entry was sent.

    Nobody knows when an issue that comes by a sheet was sent; it counts from now.
    """
    moment = now()
    found: dict[int, Issue] = {}
    for entry in entries:
        if entry.issue is None:
            continue
        known = found.get(entry.issue) or archive.issue(entry.issue)
        issue = known or Issue(entry.issue, created=moment)
        if issue.is_draft and entry.email_status in SENT:
            issue = replace(issue, sent=moment)
        if issue is not archive.issue(entry.issue):
            found[entry.issue] = issue
    return tuple(found[number] for number in sorted(found))


def _own_way(
    drafts: Sequence[Draft],
    entries: Sequence[Entry],
    titles: Titles,
    table: Table,
    binding: Binding,
) -> Iterator[tuple[tuple[str, str], Cell]]:
    """Yield the cells that would be spelled in another way anew."""

    def differs(cell: Cell, anew: Cell | None) -> bool:
        if anew is None or table.holds_links:
            return cell != anew
        return cell.text != anew.text

    for draft, entry in zip(drafts, entries, strict=True):
        leads = TITLE if misleads(draft.cells.get(URL, Cell("")).text) else None
        for column, cell in draft.cells.items():
            if column == leads or differs(cell, spell_cell(entry, column, titles)):
                yield (entry.id, column.field), cell
        for heading, cell in draft.extra.items():
            if differs(cell, Cell(cell.text)):
                yield (entry.id, EXTRA + heading), cell
        if URL in binding.columns and URL not in draft.cells and entry.url:
            # Only the title led there.
            yield (entry.id, URL.field), Cell("")


def _notes(table: Table, binding: Binding) -> tuple[str, ...]:
    missing = ", ".join(column.heading for column in binding.missing)
    extra = ", ".join(binding.extra[place] for place in binding.extra if table.headings[place])
    return (
        *table.notes,
        *([f"columns that the sheet lacks: {missing}"] if missing else ()),
        *([f"columns kept as they are: {extra}"] if extra else ()),
    )
