"""HTML taken apart into tags and text, in time linear in its length whatever it holds.

The standard library's parser needs minutes for some mails of 100 kB that somebody made for it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

LONGEST_TAG = 4000
"""Characters; what is longer is no tag."""
_NAME = re.compile(r"</?([a-zA-Z][\w:-]{0,40})")
_ATTRIBUTE = re.compile(r"([\w:-]{1,40})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_RAW = frozenset({"script", "style", "title", "textarea"})
"""Elements in which nothing is a tag but their own end."""


@dataclass(frozen=True, slots=True)
class Tag:
    """The beginning of an element, or its end."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    ends: bool = False


def tokens(page: str) -> Iterator[Tag | str]:
    """Yield the tags of a page and the text between them; comments are left out.

    Examples
    --------
    >>> page = "a &lt; <b title='x>y'>c</b><!-- d -->"
    >>> [token if isinstance(token, str) else token.name for token in tokens(page)]
    ['a < ', 'b', 'c', 'b']
    """
    finder = _Finder(page)
    at = 0
    while at < len(page):
        start = finder.find("<", at)
        if start > at:
            yield html.unescape(page[at:start])
        if start == len(page):
            return
        tag, at = _tag(finder, start)
        if tag is not None:
            yield tag
            if isinstance(tag, Tag) and tag.name in _RAW and not tag.ends:
                end = finder.find(f"</{tag.name}", at)
                yield page[at:end]
                at = end


class _Finder:
    """Finds words in a page; a word that is not there any more is looked for once only."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.lower = page.lower() if len(page.lower()) == len(page) else page
        self.absent: set[str] = set()

    def find(self, word: str, start: int) -> int:
        """Return where a word is next, or the length of the page."""
        at = -1 if word in self.absent else self.lower.find(word, start)
        if at < 0:
            self.absent.add(word)
            return len(self.page)
        return at


def _tag(finder: _Finder, start: int) -> tuple[Tag | str | None, int]:
    """Return the tag that begins here, if it is one, and where the text goes on."""
    page = finder.page
    if page.startswith("<!--", start):
        return None, finder.find("-->", start) + 3
    if page.startswith(("<!", "<?"), start):
        return None, finder.find(">", start) + 1
    name = _NAME.match(page, start)
    if name is None:
        return "<", start + 1
    last = start + LONGEST_TAG
    end = page.find(">", start, last)
    while end >= 0 and _is_open(page[name.end() : end]):
        end = page.find(">", end + 1, last)
    if end < 0:
        return "<", start + 1
    attributes = {
        match[1].lower(): html.unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(page, name.end(), end)
    }
    return Tag(name[1].lower(), attributes, page.startswith("</", start)), end + 1


def _is_open(text: str) -> bool:
    """Return whether a value in quotation marks has begun and not ended."""
    quote = ""
    for mark in re.findall(r"=\s*[\"']|[\"']", text):
        if quote:
            quote = "" if mark[-1] == quote and len(mark) == 1 else quote
        elif len(mark) > 1:
            quote = mark[-1]
    return bool(quote)
