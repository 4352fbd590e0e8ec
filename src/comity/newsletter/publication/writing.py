"""Changing ``publication.toml`` in place: what people wrote in it stays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Array

from comity.core.files import read_text, write_atomic
from comity.newsletter.publication.reading import SETTINGS, parse_publication


def add_categories(folder: str | Path, names: Sequence[str]) -> None:
    """Add categories behind those that a publication has, in the outermost place."""
    path = Path(folder) / SETTINGS
    text = with_categories(read_text(path), names)
    parse_publication(text)
    write_atomic(path, text)


def with_categories(text: str, names: Sequence[str]) -> str:
    """Return settings with some more categories.

    Examples
    --------
    >>> print(with_categories('name = "Fair Play"  # for now', ["News"]))
    name = "Fair Play"  # for now
    categories = [
        "News",
    ]
    """
    document = tomlkit.parse(text)
    categories = document.get("categories")
    if isinstance(categories, AoT):
        categories.extend(tomlkit.item({"name": name}) for name in names)
        return tomlkit.dumps(document)
    if not isinstance(categories, Array):
        categories = tomlkit.array()
        document["categories"] = categories
    for name in names:
        categories.add_line(name)
    if not categories.as_string().rstrip("]").endswith("\n"):
        categories.add_line(indent="")
    return tomlkit.dumps(document)
