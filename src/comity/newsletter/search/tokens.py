"""Words of a text as search takes them: without case, accents and everything between them."""

from __future__ import annotations

import re
import unicodedata

UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Characters of scripts that put no blanks between words: Chinese and Japanese."""
WORD = re.compile(rf"(?=[^\W_])[{UNSPACED}]|(?:(?![{UNSPACED}])[^\W_]|[\u0300-\u036f])+")
"""Letters and digits of any script, with accents that stand by themselves; one by one where no
blanks tell words apart."""
LONGEST = 64
"""Characters of a word that tell it from others."""
_BETWEEN = {code: " " for code in range(128) if not chr(code).isalnum()}


def fold(word: str) -> str:
    """Return what the spellings of one word have in common.

    Examples
    --------
    >>> fold("Châtelet"), fold("ＡＩ"), fold("STRASSE") == fold("Straße")
    ('chatelet', 'ai', True)
    """
    if word.isascii():
        return word.lower()[:LONGEST]
    apart = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return "".join(WORD.findall(plain.casefold()))[:LONGEST]


def words(text: str) -> list[str]:
    """Return the words of a text in order.

    Examples
    --------
    >>> words("Émilie's AI-safety_case (2019)")
    ['emilie', 's', 'ai', 'safety', 'case', '2019']
    >>> words("公平な AI")
    ['公', '平', 'な', 'ai']
    """
    if text.isascii():
        found = text.lower().translate(_BETWEEN).split()
        too_long = len(max(found, key=len, default="")) > LONGEST
        return [word[:LONGEST] for word in found] if too_long else found
    # A sign may stand for several letters, which may be of such a script.
    return [part for word in WORD.findall(text) for part in WORD.findall(fold(word))]
