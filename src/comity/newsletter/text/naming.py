"""Titles in running text, where nobody marked them as references."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from comity.newsletter.text.titles import normalised

FEWEST = 3
"""Words of a title that is looked for; fewer are as often just words."""
_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_ALONE}]|[^\W{_ALONE}]+")
"""A word; of scripts without blanks each character is one."""


@dataclass(frozen=True)
class Naming:
    """Finds titles in texts by their words, in time with the length of a text.

    Attributes
    ----------
    titles : title of each id.

    Examples
    --------
    >>> Naming({"7K": "The Cost of Trust"}).find("Unlike *the cost of trust*, it is short.")
    ('7K',)
    """

    titles: Mapping[str, str]

    def find(self, text: str) -> tuple[str, ...]:
        """Return the ids of the titles that stand in a text, each once, in order."""
        if not self._begun:
            return ()
        words = _WORD.findall(normalised(text))
        found: dict[str, None] = {}
        for start in range(len(words) - FEWEST + 1):
            for title, key in self._begun.get(tuple(words[start : start + FEWEST]), ()):
                if words[start : start + len(title)] == title:
                    found[key] = None
        return tuple(found)

    @cached_property
    def _begun(self) -> Mapping[tuple[str, ...], list[tuple[list[str], str]]]:
        """Titles in words, with their ids, by their first words."""
        begun: dict[tuple[str, ...], list[tuple[list[str], str]]] = {}
        for key, title in self.titles.items():
            words = _WORD.findall(normalised(title))
            if len(words) >= FEWEST:
                begun.setdefault(tuple(words[:FEWEST]), []).append((words, key))
        return begun
