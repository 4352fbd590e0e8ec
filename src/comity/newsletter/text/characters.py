"""Characters that nobody sees: what no page holds, what hides in a text, and what turns it around.

Most invisible characters have a task somewhere: a joiner in Persian, Hindi or an emoji, a mark of
direction in a Hebrew text. Elsewhere one makes two titles that look the same different, or an
address another than it seems.

Source: Unicode 16, Default_Ignorable_Code_Point (UAX #44); Unicode Technical Report 36, 2.10;
UAX #9, 3.3 (embeddings, overrides, isolates); UTS #51, 2.4 (emoji sequences).
"""

from __future__ import annotations

import re
import unicodedata

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that neither a sheet nor a page holds."""
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that have no looks of their own."""

_OVERRIDES = "\u202d\u202e"
_EMBEDDINGS, _ISOLATES = "\u202a\u202b", "\u2066\u2067\u2068"
_ENDS = "\u202c\u2069"
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\n]")
_FOR_BOTH = frozenset("\u061c\u200e\u200f" + _EMBEDDINGS + _ISOLATES + _ENDS)
DIRECTION = _FOR_BOTH | frozenset(_OVERRIDES)
"""Characters that say in which direction a text is read."""
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
"""A black flag with the letters of a region, which nobody sees, and their end."""
_SCRIPTS = (
    "ADLAM ARABIC BALINESE BENGALI DEVANAGARI GUJARATI GURMUKHI HEBREW JAVANESE KANNADA KHMER LAO "
    "MALAYALAM MANDAIC MONGOLIAN MYANMAR NKO ORIYA SINHALA SUNDANESE SYRIAC TAMIL TELUGU THAI "
    "TIBETAN"
)
_JOINING = frozenset(_SCRIPTS.split())
_UNSPACED = "BALINESE JAVANESE KHMER LAO MYANMAR THAI TIBETAN"
_WITHOUT_BLANKS = frozenset(_UNSPACED.split())
_AFTER = {
    **dict.fromkeys("\u200c\u200d", _JOINING),
    "\u200b": _WITHOUT_BLANKS,
    "\u034f": frozenset({"HEBREW"}),
    **dict.fromkeys("\u115f\u1160", frozenset({"HANGUL"})),
    **dict.fromkeys("\u17b4\u17b5", frozenset({"KHMER"})),
    **dict.fromkeys("\u180b\u180c\u180d\u180e\u180f", frozenset({"MONGOLIAN"})),
    **dict.fromkeys(map(chr, range(0xE0100, 0xE01F0)), frozenset({"CJK"})),
}
"""Scripts, as names of letters begin, after whose letters a character has a task."""
_VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))
_KEYCAP = "\u20e3"
_PICTURES = ("So", "Sk")
_WITHOUT_VARIANTS = ("Lu", "Ll", "Lt", "Zs", "Cf", "Mn")


def bare(text: str) -> str:
    r"""Return a text without the characters that nobody sees.

    Examples
    --------
    >>> bare("Fair\u200b play")
    'Fair play'
    """
    return text if text.isascii() else UNSEEN.sub("", text)


def looks(text: str) -> str:
    r"""Return what two texts share that nobody can tell apart: one for all that look so.

    Examples
    --------
    >>> looks("Caf\u00e9\u00a0\u200bmaths") == looks("Cafe\u0301 maths")
    True
    """
    return " ".join(unicodedata.normalize("NFC", bare(text)).split())


def stray(text: str) -> tuple[int, ...]:
    r"""Return the places of characters that nobody sees and that have no task where they stand.

    Examples
    --------
    >>> stray("Fair\u200bplay"), stray("می\u200cخواهم"), stray("👩\u200d🚀")
    ((4,), (), ())
    """
    found = () if text.isascii() else tuple(m.start() for m in UNSEEN.finditer(text))
    if not found:
        return ()
    flags = {place for flag in _FLAG.finditer(text) for place in range(*flag.span())}
    directed = _FOR_BOTH if _is_of_both(bare(text)) else ()
    return tuple(
        place
        for place in found
        if place not in flags and text[place] not in directed and not _has_task(text, place)
    )


def turned(text: str) -> int | None:
    r"""Return where a text begins to be shown in another order than it is written, if anywhere.

    That is the first override, or the first change of direction that its line does not end.

    Examples
    --------
    >>> turned("exe.\u202egpj"), turned("\u2067\u05d0\u2069 and"), turned("\u202babc")
    (4, None, 0)
    """
    open_: list[tuple[str, int]] = []
    for match in () if text.isascii() else _TURNING.finditer(text):
        letter = match.group()
        if letter in _OVERRIDES:
            return match.start()
        if letter == "\n":
            if open_:
                break
        elif letter not in _ENDS:
            open_.append((_ENDS[letter in _ISOLATES], match.start()))
        elif open_ and open_[-1][0] == letter:
            open_.pop()
    return open_[0][1] if open_ else None


def name_of(letter: str) -> str:
    r"""Return what Unicode calls a character.

    Examples
    --------
    >>> name_of("\u200b"), name_of("\x07")
    ('ZERO WIDTH SPACE', 'U+0007')
    """
    return unicodedata.name(letter, f"U+{ord(letter):04X}")


def _has_task(text: str, place: int) -> bool:
    """Return whether an invisible character does something to its neighbours."""
    letter, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if not before:
        return False
    if letter in _VARIANTS:
        varies = before > "\x7f" and unicodedata.category(before) not in _WITHOUT_VARIANTS
        return varies or after == _KEYCAP
    if letter == "\u200d" and _is_picture(after):
        return before == "\ufe0f" or _is_picture(before)
    return unicodedata.name(before, "").partition(" ")[0] in _AFTER.get(letter, ())


def _is_picture(letter: str) -> bool:
    return bool(letter) and unicodedata.category(letter) in _PICTURES


def _is_of_both(text: str) -> bool:
    """Return whether a text holds letters that are read from right to left."""
    return any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text)
