"""Texts as counts: of words for what a text is about, of trigrams for how a title is spelled."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from comity.newsletter.model.entry import Entry

WORD = re.compile(r"[^\W\d_]{2,}")
UNTOLD = re.compile(r"https?://\S+|\(@#\w+@\)")
"""Addresses, and ids in references: nothing that a text is about."""
LETTERS = re.compile(r"[^\W_]+")
LONGEST = 20_000
"""Characters of a text that count."""
TITLE_WEIGHT = 3
"""How often the words of a title count for once in a text."""
KEPT = 10_000
"""Entries whose words are kept."""
STOP = frozenset(
    """
    about above after again all also an and any are as at be because been before being between both
    but by can could did do does doing down during each et few for from further had has have having
    he her here his how however if in into is it its itself just like may more most much must my no
    nor not now of off on once only or other our out over own paper same she should show shows so
    some such than that the their them then there these they this those through to too under until
    up us use used uses using very via was we were what when where which while who why will with
    would you your
    """.split()  # noqa: SIM905 - reads better than one word a line
)
"""Words of English that say nothing of what a text is about."""


def words(text: str) -> Counter[str]:
    """Return how often each telling word stands in a text; a plural counts as its singular.

    Examples
    --------
    >>> sorted(words("The Parties agreed; a party disagrees: Überläufer?").items())
    [('agreed', 1), ('disagree', 1), ('party', 2), ('uberlaufer', 1)]
    """
    telling = WORD.findall(plain(UNTOLD.sub(" ", text)))
    return Counter(_stem(word) for word in telling if word not in STOP)


def trigrams(title: str) -> Counter[str]:
    """Return how often each three characters follow each other in a title, its ends included.

    Examples
    --------
    >>> sorted(trigrams("Abc!"))
    [' ab', 'abc', 'bc ']
    """
    line = f" {' '.join(LETTERS.findall(plain(title)))} "
    return Counter(line[k : k + 3] for k in range(len(line) - 2))


@lru_cache(KEPT)
def entry_words(entry: Entry) -> Counter[str]:
    """Return the words of an entry: of its title three times, of all that was written on it once.

    Notes count too, for they hold the abstract of what nobody has summarised yet. Entries cannot
    change, so what is counted once is kept; nobody may change it.
    """
    found = words(" ".join((entry.summary, entry.opinion, entry.notes)))
    for word, count in words(f"{entry.title} {entry.venue}").items():
        found[word] += TITLE_WEIGHT * count
    return found


def plain(text: str) -> str:
    """Return text without case and accents."""
    parts = unicodedata.normalize("NFKD", text[:LONGEST].casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _stem(word: str) -> str:
    """Return the singular of a plural as English makes it (Harman 1991, the S stemmer)."""
    if word.endswith("ies") and len(word) > 4 and word[-4] not in "ae":
        return word[:-3] + "y"
    if word.endswith("es") and word[-3:-2] not in ("a", "e", "o"):
        return word[:-1]
    if word.endswith("s") and len(word) > 3 and word[-2] not in "us":
        return word[:-1]
    return word
