"""One catalogue of words per language, with plurals and placeholders."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from comity.core.choices import pick
from comity.core.errors import InputError

LANGUAGES: dict[str, str] = {
    "en": "English",
    "es": "Español",
    "zh": "简体中文",
    "de": "Deutsch",
}
"""Code and own name of each language."""

TAGS: dict[str, str] = {"zh": "zh-Hans"}
"""Tags of BCP 47 for pages, where they say more than the code."""


@dataclass(frozen=True)
class Words:
    """The words of one language.

    Attributes
    ----------
    code : of the language.
    entries : by dotted key a text, a list, or texts by plural form (``one``, ``other``; CLDR).

    Examples
    --------
    >>> words_of("de").say("time.days", n=2)
    '2 Tage'
    """

    code: str
    entries: Mapping[str, Any] = field(repr=False)

    @property
    def tag(self) -> str:
        """The language as pages state it."""
        return TAGS.get(self.code, self.code)

    def say(self, key: str, **values: object) -> str:
        """Return the text of a key with its placeholders filled.

        Where the text has plural forms, ``n`` chooses one. Raises `InputError` for a key that the
        catalogue lacks.
        """
        entry = self.entry(key)
        if isinstance(entry, Mapping):
            entry = entry.get("one", entry["other"]) if values.get("n") == 1 else entry["other"]
        return str(entry).format_map(values)

    def entry(self, key: str) -> Any:
        """Return what the catalogue holds at a key."""
        if key not in self.entries:
            raise InputError("there are no words for this", place=self.code, found=repr(key))
        return self.entries[key]

    def has(self, key: str) -> bool:
        """Return whether the catalogue holds a key."""
        return key in self.entries


def words_of(code: str) -> Words:
    """Return the words of a language; raise `InputError` for one that comity does not speak."""
    pick(LANGUAGES, code, "no such language", "language")
    return _read(code)


@cache
def _read(code: str) -> Words:
    text = (files("comity.language") / "words" / f"{code}.toml").read_text("utf-8")
    entries = {
        f"{section}.{name}": entry
        for section, table in tomllib.loads(text).items()
        for name, entry in table.items()
    }
    return Words(code, entries)
