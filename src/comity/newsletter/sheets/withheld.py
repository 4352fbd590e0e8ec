"""What the public form does not show of an entry stays when such a sheet comes back.

A cell that says what readers are shown says nothing against what they are not shown: so a sheet
that was exported for them, and imported again, changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import CASE, EMAIL, PART_OF, Publicity
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import WITHHELD, publicity, withhold

IN_PART = (*TEXTS, EMAIL.field, PART_OF.field, CASE.field)
"""Fields that the public form has, and of which it may withhold something."""


@dataclass(frozen=True)
class Withheld:
    """What a form shows of the entries that there are.

    Attributes
    ----------
    known : entries with everything, by id; none where the form shows everything.
    shown : entries as the form shows them, by id.
    issues : number in the cell of each entry, by id.
    """

    known: Mapping[str, Entry]
    shown: Mapping[str, Entry]
    issues: Mapping[str, int | None]

    @classmethod
    def of(cls, publication: Publication, archive: Archive, form: str) -> Withheld:
        """Return what a form shows; the editor's shows everything."""
        if form != "public":
            return cls({}, {}, {})
        known, shown = (
            withhold(publication, archive, "internal").archive.by_id,
            withhold(publication, archive, "public").archive.by_id,
        )
        return cls(known, shown, {entry.id: entry.issue for entry in archive.entries})

    def hides(self, entry: str) -> bool:
        """Return whether no sheet of the form can have a row for an entry."""
        return entry in self.known and entry not in self.shown

    def restore(self, entry: Entry) -> tuple[Entry, bool]:
        """Return a row's entry with what the form withholds of it.

        Also whether a text of the row was changed but not taken: one in which `WITHHELD` stands
        for a title cannot take the place of the text that has the title.
        """
        stored = self.known.get(entry.id)
        if stored is None:
            return entry, False
        shown = self.shown.get(entry.id)
        changes: dict[str, Any] = {}
        refused = False
        for name in IN_PART:
            said, held = getattr(entry, name), getattr(stored, name)
            same = shown is not None and said == getattr(shown, name)
            cut = name in TEXTS and WITHHELD in said and WITHHELD not in held
            blank = not said and publicity(stored) is not Publicity.YES
            if same or cut or blank:
                changes[name] = held
                refused = refused or (cut and not same)
        if EMAIL.field in changes:
            changes["issue"] = self.issues[entry.id]
        return replace(entry, **changes), refused
