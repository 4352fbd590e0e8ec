"""Links from one entry's text to what a view shows."""

from __future__ import annotations

from dataclasses import dataclass

from comity.newsletter.editions import addresses
from comity.newsletter.model.withholding import View
from comity.newsletter.text.links import Target


@dataclass(frozen=True)
class ViewLinks:
    """Links to what a view shows, by the permanent addresses of the site."""

    view: View
    base: str = ""
    """What stands before an address: the site's own with a slash, or ``../../`` on its pages."""

    def target(self, entry: str) -> Target | None:
        """Return where an entry is found."""
        found = self.view.archive.by_id.get(entry)
        if found is None:
            return None
        number = found.issue
        return Target(
            found.title,
            self.base + addresses.entry(entry),
            number,
            "" if number is None else self.view.publication.label(number),
            "" if number is None else self.base + addresses.issue(number),
        )
