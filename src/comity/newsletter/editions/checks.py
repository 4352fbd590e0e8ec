"""What stands in the way of an issue, or should be known before it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from comity.core.errors import InputError
from comity.newsletter.editions.cell_checks import cell_faults
from comity.newsletter.editions.entry_checks import duplicates, entry_faults, place_of
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EMAIL_STATUS, EmailStatus, Publicity
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.model.issue import Erratum, Issue
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import View, in_issue, is_out, publicity, withhold
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.fields import SELF, Reader
from comity.newsletter.sheets.standing import UNDECIDED, standing
from comity.newsletter.sheets.whole import far, far_issue, in_circles
from comity.newsletter.text.naming import Naming
from comity.newsletter.text.references import bind, resolve, rewrite, scan
from comity.newsletter.text.titles import Titles, normalised

REFERENCES = frozenset(
    {
        Kind.UNRESOLVED_REFERENCE,
        Kind.AMBIGUOUS_REFERENCE,
        Kind.LATER_REFERENCE,
        Kind.WITHHELD_REFERENCE,
        Kind.BROKEN_REFERENCE,
    }
)
"""Faults that stop a build, unless it is told to go on."""
SHOWN = frozenset({Publicity.YES, Publicity.LINK_ONLY})
STOPPING = REFERENCES | {Kind.BLOCKED, Kind.TURNED, Kind.UNKNOWN_WORD}
"""Faults that keep an issue from being sent: what it says, and who may read it, is not decided."""


@dataclass(frozen=True)
class Check:
    """Everything that is checked before a publication goes out.

    Attributes
    ----------
    cells : of the sheet as it came, by the entry's id and the field; see
        `comity.newsletter.sheets.keeping`.
    """

    publication: Publication
    archive: Archive
    cells: Mapping[tuple[str, str], Cell] = field(default_factory=dict, repr=False)

    def issue(self, number: int) -> tuple[Fault, ...]:
        """Return everything that is wrong with an issue, in reading order of the sheet.

        Also what keeps an entry out of it that names it: that its Email status cannot be read.
        """
        return (*self._whole(number), *self._unread(number))

    def _whole(self, number: int) -> tuple[Fault, ...]:
        """Return what is wrong with an issue and the entries in it."""
        issue = self.archive.issue(number)
        entries = self._by_issue.get(number, ())
        if issue is None and not entries:
            raise InputError("there is no such issue", place=f"issue {number}")
        issue = issue or _unrecorded(number, entries)
        faults = list(self._of_issue(issue))
        faults += [fault for entry in entries for fault in self._of_entry(entry, issue)]
        if issue.is_draft and not faults_that_stop(faults):
            faults += self._size(number)
        return tuple(faults)

    def everything(self) -> tuple[Fault, ...]:
        """Return what is wrong with all issues, with entries in none, and titles met twice."""
        numbers = sorted({*self._by_issue, *(issue.number for issue in self.archive.issues)})
        faults = [fault for number in numbers for fault in self._whole(number)]
        outside = [entry for entry in self.archive.entries if in_issue(entry) is None]
        faults += [fault for entry in outside for fault in self._content(entry)]
        return (*faults, *duplicates(self.archive.entries))

    def stopping(self, view: View) -> tuple[Fault, ...]:
        """Return the faults in references of whatever a view shows."""
        shown = view.archive.by_id
        faults = [
            fault
            for entry in self.archive.entries
            if entry.id in shown and entry.id not in view.link_only
            for fault in self.references(entry)
            if not fault.advises
        ]
        issues = [issue for issue in self.archive.issues if view.archive.issue(issue.number)]
        return (*faults, *(fault for issue in issues for fault in self._texts_of(issue)))

    def entry(self, entry: Entry) -> tuple[Fault, ...]:
        """Return everything that is wrong with an entry, as the issue that it is in needs it."""
        number = in_issue(entry)
        issue = None if number is None else self.archive.issue(number)
        return tuple(self._of_entry(entry, issue or Issue(number or 0)))

    def references(self, entry: Entry) -> tuple[Fault, ...]:
        """Return what is wrong with the references of an entry, and of corrections to it."""
        faults = [
            replace(fault, column=name.replace("_", " "), entry=entry.id)
            for name in TEXTS
            for fault in self._in_text(getattr(entry, name), place_of(entry, name), entry)
        ]
        for erratum in self._errata.get(entry.id, ()):
            place = place_of(entry, f"erratum of {erratum.date}")
            reader = replace(entry, issue=None)  # whenever it is told
            found = self._in_text(erratum.note, place, reader)
            told = (fault for fault in found if fault.kind is not Kind.SELF_REFERENCE)
            faults += [replace(fault, entry=entry.id) for fault in told]
        return tuple(faults)

    def _of_issue(self, issue: Issue) -> Iterator[Fault]:
        place = f"issue {issue.number}"
        if issue.is_draft and not self._by_issue.get(issue.number):
            yield Fault(Kind.BLOCKED, "no entry is in this issue", place=place)
        yield from self._texts_of(issue)
        for name in ("opening", "closing"):
            yield from self._telling(getattr(issue, name), f"{place}, {name}")

    def _texts_of(self, issue: Issue) -> Iterator[Fault]:
        """Yield what is wrong with an issue's own texts."""
        reader = Entry("", "", issue=issue.number, public=Publicity.YES)
        for name in ("opening", "closing"):
            place = f"issue {issue.number}, {name}"
            yield from self._in_text(getattr(issue, name), place, reader)

    def _of_entry(self, entry: Entry, issue: Issue) -> Iterator[Fault]:
        undecided = UNDECIDED.get(publicity(entry))
        if undecided and issue.is_draft:
            yield Fault(
                Kind.BLOCKED,
                undecided,
                place=place_of(entry, "Public?"),
                found=str(entry.public),
                expected="Yes, Link only or No",
                entry=entry.id,
            )
        yield from self._content(entry, is_sent=not issue.is_draft)

    def _content(self, entry: Entry, *, is_sent: bool = False) -> tuple[Fault, ...]:
        """Return what is wrong with an entry wherever it is shown."""
        faults = list(entry_faults(entry, self.publication))
        known = {(fault.kind, fault.column) for fault in faults}
        faults += [f for f in self._of_cells(entry) if (f.kind, f.column) not in known]
        known = {(fault.kind, fault.column) for fault in faults}
        faults += [
            replace(fault, place=place_of(entry, fault.column), entry=entry.id)
            for fault in standing(entry, is_sent)
            if (Kind.UNKNOWN_WORD, fault.column) not in known
        ]
        faults += [
            replace(fault, place=place_of(entry, fault.column), entry=entry.id)
            for fault in self._among_all(entry)
        ]
        faults += self.references(entry)
        if publicity(entry) is Publicity.YES:
            texts = [(getattr(entry, name), place_of(entry, name)) for name in TEXTS]
            texts += [
                (erratum.note, place_of(entry, f"erratum of {erratum.date}"))
                for erratum in self._errata.get(entry.id, ())
            ]
            told = (fault for text, place in texts for fault in self._telling(text, place))
            faults += [replace(fault, entry=entry.id) for fault in told]
        return tuple(faults)

    def _among_all(self, entry: Entry) -> Iterator[Fault]:
        """Yield what is wrong with an entry among all of them."""
        if in_issue(entry) in self._far:
            yield far_issue(entry)
        if entry.id in self._circles:
            yield self._circles[entry.id]

    def _of_cells(self, entry: Entry) -> Iterator[Fault]:
        return cell_faults(entry, self._cells.get(entry.id, {}), self._reader, self._titles)

    def _unread(self, number: int) -> Iterator[Fault]:
        for entry in self.archive.by_issue.get(number, ()):
            if in_issue(entry) is None:
                found = self._of_cells(entry)
                yield from (fault for fault in found if fault.column == EMAIL_STATUS.heading)

    def _telling(self, text: str, place: str) -> Iterator[Fault]:
        """Yield the titles of what nobody may know that a text for everybody types as words.

        Nothing can withhold them there, and words may be a title by chance: an editor decides.
        """
        written = rewrite(text, lambda reference: " " if reference.entry else None)
        for key in self._withheld.find(written):
            yield Fault(
                Kind.WITHHELD_TITLE,
                "the text holds the title of an entry that is not public",
                place=place,
                found=self.archive.by_id[key].title,
                expected="other words, or a reference",
            )

    def _size(self, number: int) -> Iterator[Fault]:
        from comity.newsletter.editions.assemble import assemble
        from comity.newsletter.editions.email import CLIPPED_AT, email

        view = withhold(self.publication, self.archive, "public", sending=number)
        mail = email(view, assemble(view, number))
        if mail.size > CLIPPED_AT:
            yield Fault(
                Kind.TOO_LONG,
                "the mail is longer than Gmail shows at once",
                place=f"issue {number}",
                found=f"{mail.size / 1024:.0f} KB",
                expected=f"at most {CLIPPED_AT // 1024} KB",
            )

    def _in_text(self, text: str, place: str, entry: Entry) -> Iterator[Fault]:
        if "<@" not in text and "@>" not in text:
            return
        for fault in bind(text, self._titles)[1]:
            yield replace(fault, place=place)
        for reference in scan(text):
            found = resolve(reference, self._titles)
            if len(found) == 1:
                yield from self._target(entry, self.archive.by_id[found[0]], place)

    def _target(self, entry: Entry, target: Entry, place: str) -> Iterator[Fault]:
        """Yield what is wrong with a reference that is clear: where it leads."""
        here, there = rank(entry), rank(target)
        if target.id == entry.id:
            yield replace(SELF, place=place)
        elif here is not None and there is not None and there > here:
            where = "is not in any issue yet" if there == _NEXT else f"is in issue {there:g}"
            yield Fault(
                Kind.LATER_REFERENCE,
                f"what it refers to {where}",
                place=place,
                found=target.title,
                expected="something not later than itself",
            )
        elif publicity(entry) in SHOWN and not self._is_shown(target, entry):
            yield Fault(
                Kind.WITHHELD_REFERENCE,
                "what it refers to is not public",
                place=place,
                found=target.title,
            )

    def _is_shown(self, target: Entry, entry: Entry) -> bool:
        """Return whether whoever reads an entry may see a target that is not later than it."""
        out = rank(entry) == _NEXT or is_out(target, self.archive, in_issue(entry))
        return publicity(target) in SHOWN and out

    @cached_property
    def _far(self) -> frozenset[int | None]:
        return frozenset(far(e.issue for e in self.archive.entries if e.issue is not None))

    @cached_property
    def _circles(self) -> dict[str, Fault]:
        return in_circles(self.archive.entries)

    @cached_property
    def _titles(self) -> Titles:
        return Titles.of(self.archive.entries)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.publication)

    @cached_property
    def _cells(self) -> dict[str, dict[str, Cell]]:
        found: dict[str, dict[str, Cell]] = {}
        for (entry, name), cell in self.cells.items():
            found.setdefault(entry, {})[name] = cell
        return found

    @cached_property
    def _withheld(self) -> Naming:
        entries = self.archive.entries
        known = {normalised(e.title) for e in entries if publicity(e) in SHOWN}
        hidden = (e for e in entries if publicity(e) is Publicity.NO)
        return Naming({e.id: e.title for e in hidden if normalised(e.title) not in known})

    @cached_property
    def _errata(self) -> dict[str, list[Erratum]]:
        found: dict[str, list[Erratum]] = {}
        for erratum in self.archive.errata:
            found.setdefault(erratum.entry, []).append(erratum)
        return found

    @cached_property
    def _by_issue(self) -> dict[int, list[Entry]]:
        found: dict[int, list[Entry]] = {}
        for entry in self.archive.entries:
            number = in_issue(entry)
            if number is not None:
                found.setdefault(number, []).append(entry)
        return found


_NEXT = float("inf")


def _unrecorded(number: int, entries: Iterable[Entry]) -> Issue:
    """Return an issue that only its entries name: a draft if one of them is still to be sent."""
    waiting = any(entry.email_status is EmailStatus.PENDING for entry in entries)
    return Issue(number, sent="" if waiting else "unknown")


def rank(entry: Entry) -> float | None:
    """Return when an entry appears, by its issue; nothing where it waits for none."""
    number = in_issue(entry)
    if number is None and entry.email_status is EmailStatus.PENDING:
        return _NEXT
    return number


def faults_that_stop(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults that keep an issue from being sent."""
    return tuple(fault for fault in faults if fault.kind in STOPPING)
