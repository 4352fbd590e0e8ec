"""Back-links: which entries refer to an entry."""

from __future__ import annotations

from collections.abc import Mapping

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.edition import Mention
from comity.newsletter.model.entry import TEXTS, Entry
from comity.newsletter.text.references import scan


def mentions(archive: Archive) -> Mapping[str, tuple[Mention, ...]]:
    """Return, for each entry that others refer to, who does: by issue, then as in the sheet."""
    found: dict[str, list[Mention]] = {}
    order = sorted(archive.entries, key=lambda e: (e.issue is None, e.issue or 0, e.position))
    for entry in order:
        for target in referred(entry):
            if target in archive.by_id:
                found.setdefault(target, []).append(Mention(entry.id, entry.title, entry.issue))
    return {target: tuple(items) for target, items in found.items()}


def referred(entry: Entry) -> tuple[str, ...]:
    """Return the ids of the other entries that an entry's texts refer to, each once, in order."""
    ids = [item.entry for name in TEXTS for item in scan(getattr(entry, name)) if item.entry]
    return tuple(dict.fromkeys(key for key in ids if key != entry.id))
