"""The settings of a publication from its ``publication.toml``; every mistake is named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from comity.core.choices import check_choice
from comity.core.errors import InputError, located
from comity.core.files import read_text
from comity.newsletter.model.publication import Category, Post, Publication, Voice

SETTINGS = "publication.toml"
TLS = ("none", "starttls", "tls")
LONG = ("description", "disclaimer", "feedback")
"""Settings of several lines."""
LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")

_Section = TypeVar("_Section", Publication, Voice, Post)


def read_publication(folder: str | Path) -> Publication:
    """Return the settings in a publication's folder.

    Raises `InputError` that names file, setting, what was found and what was expected.
    """
    path = Path(folder) / SETTINGS
    with located(file=str(path)):
        if not path.is_file():
            raise InputError("no settings", expected="a folder made by comity newsletter init")
        return parse_publication(read_text(path))


def parse_publication(text: str) -> Publication:
    """Return the settings that a text states."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError("not TOML", found=str(error)) from error
    for name in ("name", "short"):
        if not str(table.get(name, "")).strip():
            raise InputError("a setting is missing", place=name, expected="a text")
    special = {
        "categories": lambda value, place: tuple(_categories(value, place)),
        "aliases": _aliases,
        "voice": lambda value, place: _section(
            Voice, value, place, {"lexicon": _words, "languages": _words}
        ),
        "post": lambda value, place: _section(Post, value, place, {}),
        "translations": lambda value, place: tuple(map(str, _typed(value, list, place))),
    }
    publication = _section(Publication, table, "", special)
    _check(publication)
    return publication


def _section(
    kind: type[_Section],
    table: Any,
    place: str,
    special: Mapping[str, Callable[[Any, str], Any]],
) -> _Section:
    """Return a dataclass from a table, each setting of the type of its default."""
    _typed(table, dict, place)
    known = {item.name: item for item in fields(kind)}
    values = {}
    for name, value in table.items():
        inner = f"{place}.{name}" if place else name
        check_choice(name, known, "no such setting", inner)
        if name in special:
            values[name] = special[name](value, inner)
        else:
            values[name] = _of_kind(known[name], value, inner)
    return kind(**values)


def _of_kind(item: Field[Any], value: Any, place: str) -> Any:
    """Return a setting of the kind of its default: a table of texts, a number or a text."""
    if item.default_factory is dict:
        table = _typed(value, dict, place)
        return {name: _plain(text, str, f"{place}.{name}") for name, text in table.items()}
    expected = type(item.default) if isinstance(item.default, int | float) else str
    return _plain(value, expected, place)


def _plain(value: Any, expected: type, place: str) -> Any:
    if expected is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    _typed(value, expected, place)
    if isinstance(value, str) and place not in LONG and ("\n" in value or "\r" in value):
        raise InputError("a setting of one line", place=place, found="several lines")
    return value.strip() if isinstance(value, str) else value


def _typed(value: Any, expected: type, place: str) -> Any:
    words = {dict: "a table", list: "a list", str: "a text", int: "a whole number", float: "number"}
    if not isinstance(value, expected) or isinstance(value, bool):
        found = repr(value)[:60]
        raise InputError(
            "wrong kind of setting", place=place, found=found, expected=words[expected]
        )
    return value


def _categories(value: Any, place: str) -> list[Category]:
    found = []
    for number, item in enumerate(_typed(value, list, place), start=1):
        inner = f"{place}[{number}]"
        if isinstance(item, str):
            found.append(Category(_name(item, inner)))
            continue
        table = _typed(item, dict, inner)
        for name in table:
            check_choice(name, ("name", "inside"), "no such setting", f"{inner}.{name}")
        children = _categories(table.get("inside", []), f"{inner}.inside")
        found.append(Category(_name(table.get("name"), f"{inner}.name"), tuple(children)))
    return found


def _name(value: Any, place: str) -> str:
    name = " ".join(_typed(value, str, place).split())
    if not name:
        raise InputError("a category without a name", place=place)
    return name


def _words(value: Any, place: str) -> dict[str, str]:
    table = _typed(value, dict, place)
    return {name: _plain(said, str, f"{place}.{name}") for name, said in table.items()}


def _aliases(value: Any, place: str) -> dict[str, str]:
    table = _typed(value, dict, place)
    for variant, name in table.items():
        _typed(name, str, f"{place}.{variant}")
        if name in table:
            raise InputError(
                "an alias of an alias", place=f"{place}.{variant}", found=name, expected=table[name]
            )
    return dict(table)


def _check(publication: Publication) -> None:
    """Raise `InputError` for values that no publication can have."""
    names = publication.category_names
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise InputError("a category twice", place="categories", found=", ".join(twice))
    parts = urlsplit(publication.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or publication.url[-1] == "/":
        raise InputError(
            "not an address of a site",
            place="url",
            found=publication.url,
            expected="http:// or https://, without a slash at the end",
        )
    for place, language in (("language", publication.language), *_numbered(publication)):
        if not LANGUAGE.fullmatch(language):
            raise InputError("no language", place=place, found=language, expected="such as en")
    check_choice(publication.post.tls, TLS, "no such way", "post.tls")
    for place, number, least in (
        ("cadence_days", publication.cadence_days, 1),
        ("post.port", publication.post.port, 1),
        ("post.at_once", publication.post.at_once, 1),
        ("voice.words_per_minute", publication.voice.words_per_minute, 60),
    ):
        if number < least:
            raise InputError("too small", place=place, found=number, expected=f"at least {least}")
    if not 0 < publication.post.per_second < float("inf"):
        raise InputError("no rate", place="post.per_second", found=publication.post.per_second)


def _numbered(publication: Publication) -> list[tuple[str, str]]:
    return [(f"translations[{k}]", name) for k, name in enumerate(publication.translations, 1)]
