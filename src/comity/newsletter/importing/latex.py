r"""The Latin of LaTeX as plain text: ``{\"o}`` is ö, ``\textit{x}`` is x, ``$x^2$`` stays.

What a reference's fields hold is a small part of LaTeX: accents, letters, dashes, quotes, and
groups that only protect capitals. Commands that nobody knows are left as they are written, so that
an editor sees them. Takes time in proportion to the text.
"""

from __future__ import annotations

import re
import unicodedata

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
"""Combining character of each accent."""

LETTERS = {
    "aa": "å",
    "AA": "Å",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ss": "ß",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "textendash": "–",
    "textemdash": "—",
    "textquoteright": "’",
    "textquoteleft": "‘",
    "textbackslash": "\\",
    "ldots": "…",
    "dots": "…",
    "textellipsis": "…",
    "S": "§",
    "P": "¶",
    "copyright": "©",
    "pounds": "£",
    "euro": "€",
    "textregistered": "®",
    "texttrademark": "™",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
}
"""Commands that stand for a letter or sign."""

AND = re.compile(r"(?<!\s)\s+and\s+")
"""Parts names; looked for from the first blank alone, since there may be many."""
DRESS = re.compile(
    r"emph|text(?:it|bf|sc|rm|sf|tt|up|normal)?|mbox|it|bf|sc|rm|em|sf|tt|upshape|itshape|bfseries"
    r"|url|href|ensuremath|uppercase|lowercase|relax|protect"
)
"""Commands that only say how their argument looks; ``\\href`` keeps its address too."""

TOKEN = re.compile(
    r"\$(?:[^$\\]|\\.)*\$"  # mathematics stays
    r"|\\[A-Za-z]+[ \t\n]*|\\[^A-Za-z]|[{}]|---?|``|''|~|[^\\${}\-`'~]+|.",
    re.DOTALL,
)
SIGNS = {"---": "—", "--": "–", "``": "“", "''": "”", "~": " "}
PLAIN = frozenset("&%$#_{} ")
"""Characters that a backslash makes plain."""


def to_text(latex: str) -> str:
    r"""Return LaTeX as plain text.

    Examples
    --------
    >>> print(to_text(r"{\'E}tale {\o}re by G{\"o}del, \v{C}ech \& \textit{others}: $x^2$ -- {AI}"))
    Étale øre by Gödel, Čech & others: $x^2$ – AI
    """
    if not any(sign in latex for sign in "\\{}-`'~"):
        return latex
    out: list[str] = []
    waiting = ""
    for token in TOKEN.findall(latex):
        if token in "{}":
            continue
        if token[0] == "\\" and (accent := ACCENTS.get(token[1:].strip())):
            out.append(waiting)
            waiting = accent
            continue
        text = _plain(token)
        if waiting and text:
            text, waiting = _accented(text, waiting), ""
        out.append(text)
    return unicodedata.normalize("NFC", "".join([*out, waiting]))


def _plain(token: str) -> str:
    """Return the text of one token that is not an accent."""
    if token[0] != "\\":
        return SIGNS.get(token, token)
    name = token[1:].strip() or " "
    if name in LETTERS:
        return LETTERS[name]
    if DRESS.fullmatch(name):
        return ""
    return name if name in PLAIN else token


def _accented(text: str, accent: str) -> str:
    """Return text whose first letter carries an accent; dotless letters take it as if dotted."""
    body = text.lstrip()
    if not body:
        return text + accent
    first = {"ı": "i", "ȷ": "j"}.get(body[0], body[0])
    return first + accent + body[1:]


def names(authors: str) -> list[str]:
    r"""Return the names in a field of authors, each as it is spoken.

    Names are parted by ``and`` outside braces. ``Last, First``, ``Last, Jr, First`` and
    ``First Last`` are known, and braces hold the name of a body together.

    Examples
    --------
    >>> names(r"G{\"o}del, Kurt and {Ministry of Health and Care} and King, Jr., Martin and others")
    ['Kurt Gödel', 'Ministry of Health and Care', 'Martin King Jr.', 'others']
    """
    found = [_spoken(part) for part in outside(authors, AND)]
    return [name for name in found if name]


def _spoken(name: str) -> str:
    parts = [" ".join(to_text(part).split()) for part in outside(name, re.compile(","))]
    if len(parts) == 2:
        return f"{parts[1]} {parts[0]}".strip()
    if len(parts) == 3:
        return f"{parts[2]} {parts[0]} {parts[1]}".strip()
    return " ".join(parts)


def outside(text: str, mark: re.Pattern[str]) -> list[str]:
    """Return the pieces of a text between marks that no brace encloses."""
    pieces, start, depth, seen = [], 0, 0, 0
    for found in mark.finditer(text):
        between = text[seen : found.start()]
        depth += between.count("{") - between.count("}")
        seen = found.start()
        if depth <= 0:
            pieces.append(text[start : found.start()])
            start = found.end()
    return [*pieces, text[start:]]
