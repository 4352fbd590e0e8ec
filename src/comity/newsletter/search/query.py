"""What somebody types, as a query: any text is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comity.newsletter.search.tokens import UNSPACED, words

MOST_WORDS = 16
"""Words of a query that count; more make nothing clearer."""
LONGEST = 1_000
"""Characters of a query that are read."""
SHORTEST_PREFIX = 2

_PHRASE = re.compile('["“”„]([^"“”„]*)["“”„]')
_RUN = re.compile(f"[{UNSPACED}]{{2,}}")
"""Words of a script without blanks: their characters must stand together."""
_WITHOUT = re.compile(r"""(?<!\S)[-−](?:["“”„]([^"“”„]*)["“”„]|(\w\S*))""")


@dataclass(frozen=True)
class Query:
    """Words that must all be there.

    Attributes
    ----------
    words : in order, each once.
    unfinished : the last word, where it may go on.
    phrases : words that must stand together; they are among `words` too.
    without : words that must not stand together; a single one must not be there.
    """

    words: tuple[str, ...] = ()
    unfinished: str = ""
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return not self.words and not self.unfinished and not self.without


def parse_query(text: str) -> Query:
    """Return the query of a text; quotes keep a phrase together, ``-`` leaves out.

    Examples
    --------
    >>> parse_query('"fair play" AND agen')
    Query(words=('fair', 'play', 'and'), unfinished='agen', phrases=(('fair', 'play'),), without=())
    >>> parse_query("norms ").unfinished
    ''
    >>> parse_query('self-play -games').without
    (('games',),)
    """
    text = text[:LONGEST]
    left_out = [tuple(words(one or other)) for one, other in _WITHOUT.findall(text)]
    without = tuple(dict.fromkeys(found for found in left_out if found))[:MOST_WORDS]
    text = _WITHOUT.sub(" ", text)
    together = [*_PHRASE.findall(text), *_RUN.findall(text)]
    phrases = tuple(phrase for part in together if len(phrase := tuple(words(part))) > 1)
    phrases = phrases[:MOST_WORDS]
    found = words(text)
    goes_on = bool(found) and text[-1:].isalnum() and len(found[-1]) >= SHORTEST_PREFIX
    goes_on = goes_on and len(found) <= MOST_WORDS
    found = found[:MOST_WORDS]
    unfinished = found.pop() if goes_on else ""
    return Query(tuple(dict.fromkeys(found)), unfinished, phrases, without)
