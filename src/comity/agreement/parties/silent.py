"""The party that does not come."""

from __future__ import annotations

from comity.agreement.parties.honest import Honest
from comity.agreement.parties.protocol import Context
from comity.games import Game


class Silent(Honest):
    """States nothing, so that each falls back on its default.

    For asking what staying away is worth; does badly wherever there is something to gain.
    """

    def report(self, context: Context) -> Game | None:
        """Return nothing."""
        return None
