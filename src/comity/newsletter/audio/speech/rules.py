"""Rules that hold in any language: addresses, tags, dashes, brackets, emoji.

A rule is a pattern and what is said for it. `Normaliser` looks for all patterns at once from left
to right; at each place the first rule that fits wins, and what it says is not looked at again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from comity.newsletter.audio.speech.symbols import EMOJI

Found = re.Match[str]


class Rule(NamedTuple):
    """A pattern, and a function from what it found and the standing words to what is said."""

    pattern: str
    say: Callable[[Found, Speaker], str]


class Speaker(NamedTuple):
    """What rules may ask of whoever applies them."""

    word: Callable[[str], str]
    """A standing word in the language at hand."""
    text: Callable[[str], str]
    """A text, by all rules again."""


def host(address: str) -> str:
    """Return the host of an address, without ``www``.

    >>> host("https://www.example.org:8080/a/b?c=d#e")
    'example.org'
    """
    found = urlsplit(address if "//" in address else f"//{address}").netloc
    return re.sub(r"^www\d?\.|:\d+$", "", found.rpartition("@")[2].lower())


def _dotted(text: str, speaker: Speaker) -> str:
    return f" {speaker.word('dot')} ".join(speaker.text(part) for part in text.split("."))


def _url(found: Found, speaker: Speaker) -> str:
    address = found[0].rstrip(").,;:!?'\"]")
    tail = found[0][len(address) :].lstrip(")'\"]")[:1]
    return f" {_dotted(host(address), speaker)}{tail if tail in '.,;:!?' else ''} "


def _mail(found: Found, speaker: Speaker) -> str:
    name, _, domain = found[0].partition("@")
    return f"{_dotted(name, speaker)} {speaker.word('at')} {_dotted(domain, speaker)}"


def _says(words: str) -> Callable[[Found, Speaker], str]:
    return lambda found, speaker: words


TAGS = (
    "a|abbr|b|big|blockquote|br|code|del|div|em|font|h[1-6]|hr|i|iframe|img|ins|li|ol|p|pre|s|script|"
    "small|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|video"
)
"""HTML that people paste; other words in angle brackets are words."""
COMMON: tuple[Rule, ...] = (
    Rule(r"\b(?:https?|ftp)://[^\s<>]+|\bwww\.[^\s<>]+", _url),
    Rule(r"\bmailto:", _says("")),
    Rule(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+\b", _mail),
    Rule(rf"</?(?:{TAGS})(?:\s[^<>\n]{{0,200}})?/?>|<!--.{{0,200}}?-->", _says(" ")),
    Rule(r"<([\w][\w -]{0,60})>", lambda found, speaker: f" {speaker.text(found[1])} "),
    Rule(r"\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\](?!\()", _says("")),
    Rule(r"\[(?:\.\.\.|…)\]", _says(", ")),
)
"""What comes before the rules of a language."""

PUNCTUATION: tuple[Rule, ...] = (
    Rule(r"(?<=\w)\(s\)", _says("s")),
    Rule(r"—|–{1,3}|-{2,3}|(?<=\s)[-−](?=\s)", _says(", ")),
    Rule(r"[()\[\]{}]+", _says(", ")),
    Rule(r"\.\.\.|…", _says(", ")),
    Rule(r"[\"“”„«»‹›]", _says("")),
    Rule(r"[‘’‚]", _says("'")),
    Rule(EMOJI.pattern, _says("")),
    Rule("[\ufe0e\ufe0f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u00ad]", _says("")),
)
"""What comes after them."""
