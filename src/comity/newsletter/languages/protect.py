"""Putting aside what no engine may touch, and putting it back.

What is put aside leaves a numbered place in the text. Before an engine sees the text, each place is
filled by a word that the engine takes for a name, so that its grammar still works around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, product

from comity.newsletter.languages.names import Names
from comity.newsletter.text.references import rewrite

OPEN, CLOSE = "\ue000", "\ue001"
"""Characters for private use that mark a place; no text of an edition keeps them."""
_PRIVATE = re.compile("[\ue000\ue001]")
_PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
_GLUED = re.compile(rf"(?<=\w)(?={OPEN})|(?<={CLOSE})(?=[\w{OPEN}])")
"""Where a place touches a word, as the mark of a footnote does."""
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=[^\s*_])(.{1,300}?)(?<=[^\s*_\\])\1(?![\w*])"
)
_OPAQUE = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`)"  # code
    r"|\$\$.{1,4000}?\$\$|\$(?=\S)[^$\n]{0,1000}?(?<=[^\s\\])\$(?!\d)"  # maths
    r"|!?\[[^\[\]]*\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)"  # a link
    r"|\[[^\[\]]*\]\[[^\[\]]*\]|\[\^[^\]]+\]"  # a link by its name, the mark of a footnote
    r"|<[a-z][\w+.-]*:[^>\s]*>|(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)'\"”’\]]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"  # an address
    r"|~~(?=\S).{1,600}?(?<=\S)~~"  # words that count no more, and must not seem to
    r"|&#?\w+;",
    re.DOTALL,
)
_END = rf"\s{OPEN}{CLOSE}.,;:!?()\"'“”‘’"
_SIGNS = re.compile(rf"(?<![^{_END}])[^{_END}]*[*#@_^{{}}\[\]<>|\\~=+][^{_END}]*")
"""Words with signs that mean something to Markdown, or to an engine."""
_ALONE = "bcdfghjklmnpqrstvwxz"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with places, and what belongs into each."""

    text: str
    held: tuple[str, ...]

    def restore(self, text: str) -> str:
        """Put what was held back into a text that has the places of this one."""
        return _PLACE.sub(lambda match: self.held[int(match[1])], text)

    @property
    def kept(self) -> tuple[str, ...]:
        """What stands in the places of this text."""
        return tuple(self.held[int(match[1])] for match in _PLACE.finditer(self.text))

    @property
    def has_words(self) -> bool:
        """Whether any word is left that was not put aside."""
        return any(letter.isalpha() for letter in _PLACE.sub("", self.text))


def mask(text: str) -> Masked:
    """Put aside code, maths, references, links and addresses; drop emphasis.

    Examples
    --------
    >>> masked = mask("See [a paper](https://a.example), or *not*: $x<1$.")
    >>> masked.held, masked.restore(masked.text)
    (('[a paper](https://a.example)', '$x<1$'), 'See [a paper](https://a.example), or not: $x<1$.')
    """
    held: list[str] = []

    def put(piece: str) -> str:
        held.append(piece)
        return f"{OPEN}{len(held) - 1}{CLOSE}"

    def hold(match: re.Match[str]) -> str:
        return put(_PLACE.sub(lambda inner: held[int(inner[1])], match[0]))

    clean = _PRIVATE.sub("", text)
    free = rewrite(clean, lambda reference: put(clean[reference.start : reference.end]))
    # Signs of emphasis go only once what may hold such signs itself is out of the way.
    once = _OPAQUE.sub(hold, free)
    once = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", once))
    return Masked(_SIGNS.sub(hold, once), tuple(held))


def mask_names(sentence: Masked, names: Names) -> Masked:
    """Put aside the names of a sentence too."""
    parts, held, at = [], list(sentence.held), 0
    for start, end in names.find(sentence.text):
        parts += [sentence.text[at:start], f"{OPEN}{len(held)}{CLOSE}"]
        held.append(sentence.text[start:end])
        at = end
    return Masked("".join([*parts, sentence.text[at:]]), tuple(held))


@dataclass(frozen=True, slots=True)
class Filled:
    """A masked sentence with a word in each place, ready for an engine."""

    text: str
    words: tuple[tuple[str, int], ...]
    """The word that stands for each place, once a place."""

    def places(self, answer: str) -> str:
        """Return an answer with the places again where the words stand."""
        places = {word: f"{OPEN}{place}{CLOSE}" for word, place in self.words}
        return re.sub(r"\w+", lambda match: places.get(match[0], match[0]), answer)


def _unknown_words() -> Iterator[str]:
    """Yield words without end that no dictionary holds."""
    for length in count(1):
        for letters in product(_ALONE, repeat=length):
            yield f"qx{''.join(letters)}"


def fill(masked: Masked, stand_ins: Sequence[str]) -> Filled:
    """Put a word into each place: names the engine knows, or words that no dictionary holds."""
    free = [word for word in stand_ins if word not in masked.text]
    choice = chain(free, (word for word in _unknown_words() if word not in masked.text))
    words: list[tuple[str, int]] = []

    def word(match: re.Match[str]) -> str:
        words.append((next(choice), int(match[1])))
        return words[-1][0]

    apart = _GLUED.sub(" ", masked.text)
    return Filled(_PLACE.sub(word, apart), tuple(words))
