"""What a year is, wherever a cell names one: in sheets, in searches and on the site."""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?<!\d)(?:1\d|2[01])\d\d(?!\d)")


def years(text: str) -> tuple[str, ...]:
    """Return the years that a text names, 1000 to 2199, each once.

    >>> years("May 2018-2019"), years("2018"), years("arXiv 12018")
    (('2018', '2019'), ('2018',), ())
    """
    return tuple(dict.fromkeys(_YEAR.findall(text)))
