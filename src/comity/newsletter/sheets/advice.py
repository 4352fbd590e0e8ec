"""What to do about a title that several entries have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Advice:
    """Knows by what each entry can be named.

    Attributes
    ----------
    stored : ids that the database has; those of new rows are drawn anew by each try, and no sheet
        can name them.
    rows : number of the row of each id that the sheet has.
    """

    stored: Collection[str] = ()
    rows: Mapping[str, int] = field(default_factory=dict)

    def __call__(self, ids: tuple[str, ...]) -> str:
        """Return what is expected in place of a title that these entries share.

        Examples
        --------
        >>> Advice({"7K"}, {"7K": 2, "9M": 3})(("7K", "9M"))
        'different words in the titles of rows 2 and 3, or (@#7K@)'
        """
        named = [f"(@#{key}@)" for key in ids if key in self.stored]
        if len(named) == len(ids):
            return f"one of {', '.join(named)}"
        *rows, last = (str(self.rows[key]) for key in ids if key in self.rows)
        places = f"titles of rows {', '.join(rows)} and {last}" if rows else f"title of row {last}"
        return ", or ".join([f"different words in the {places}", *named])
