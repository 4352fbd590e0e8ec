"""Where sentences end, so that what is read in one breath is not too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.newsletter.audio.speech.words import ABBREVIATIONS, BEFORE_NUMBERS

ONE_BREATH = 60
"""Words that are read, and shown in a transcript, at once; a longer sentence stands alone."""
LONGEST = 120
"""Words after which even a sentence is cut."""
LONGEST_WORD = 200
"""Characters after which even a word is cut: nobody wrote it to be read."""
END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[^\sa-z,;:)])|\n+")
INITIAL = re.compile(r"(?:^|[\s.(])[^\W\d_]\.$")


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; a line break ends one too.

    >>> list(sentences("We follow J. Doe et al. It works, e.g. here! (Does it?) Yes."))
    ['We follow J. Doe et al. It works, e.g. here!', '(Does it?)', 'Yes.']
    """
    start = 0
    for found in END.finditer(text):
        head = text[start : found.start()]
        if "\n" not in found[0] and _goes_on(head):
            continue
        if head.strip():
            yield (text[start : found.end()]).strip()
        start = found.end()
    if text[start:].strip():
        yield text[start:].strip()


def breaths(text: str) -> Iterator[str]:
    """Yield a text in parts of whole sentences, each short enough to be read at once."""
    part: list[str] = []
    count = 0
    for sentence in (piece for whole in sentences(text) for piece in _cut(whole)):
        size = len(sentence.split())
        if part and count + size > ONE_BREATH:
            yield " ".join(part)
            part, count = [], 0
        part.append(sentence)
        count += size
    if part:
        yield " ".join(part)


def _goes_on(head: str) -> bool:
    """Return whether the full stop belongs to an abbreviation or to somebody's initial."""
    last = head.rsplit(maxsplit=1)[-1] if head.strip() else ""
    word = last.lstrip("([\"'“‘")
    known = ABBREVIATIONS.keys() | BEFORE_NUMBERS.keys()
    return word in known or head.endswith("et al.") or bool(INITIAL.search(head))


def _cut(sentence: str) -> Iterator[str]:
    words = [
        word[start : start + LONGEST_WORD]
        for word in sentence.split()
        for start in range(0, len(word), LONGEST_WORD)
    ]
    while len(words) > LONGEST:
        pauses = [
            k for k, word in enumerate(words[:LONGEST]) if word.endswith((",", ";", ":", "—"))
        ]
        at = pauses[-1] + 1 if pauses and pauses[-1] > LONGEST // 4 else LONGEST
        yield " ".join(words[:at])
        words = words[at:]
    yield " ".join(words)
