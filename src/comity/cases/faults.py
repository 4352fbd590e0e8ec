"""Saying what is wrong: all of it, where, what was found, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches

from comity.core.errors import ComityError, InputError

_BARE = re.compile(r"[A-Za-z0-9_-]+")


class Faults:
    """Collects faults, so that a person sees them all at once.

    Examples
    --------
    >>> faults = Faults()
    >>> with faults.at("models.Ana"):
    ...     raise InputError("is missing")
    >>> print(faults.found[0])
    models.Ana: is missing
    """

    def __init__(self) -> None:
        self.found: list[ComityError] = []

    @contextmanager
    def at(self, place: str = "") -> Iterator[None]:
        """Collect a `ComityError` raised inside, placed here."""
        try:
            yield
        except ComityError as error:
            self.found.append(error.within(place=place or None))

    def add(self, error: ComityError) -> None:
        """Collect one fault."""
        self.found.append(error)


def dotted(*keys: object) -> str:
    """Return a TOML path in words: keys that are not bare stand in quotes.

    Examples
    --------
    >>> dotted("facts", "harvest lost", "dry")
    'facts."harvest lost".dry'
    """
    return ".".join(str(k) if _BARE.fullmatch(str(k)) else f'"{k}"' for k in keys)


def close_to(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that a misspelt one is nearest to, if any is near."""
    by_folded = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), list(by_folded), n=1, cutoff=0.55)
    return by_folded[near[0]] if near else None


def unknown(what: str, word: str, known: Iterable[str], place: str | None = None) -> InputError:
    """Return the error for a misspelt ``what``: the nearest known name, else a few of them."""
    names = list(known)
    near = close_to(word, names)
    if near is not None:
        return InputError(f"unknown {what}; did you mean {near!r}?", place=place, found=repr(word))
    listed = ", ".join(repr(name) for name in names[:8]) + (", ..." if len(names) > 8 else "")
    expected = f"one of {listed}" if names else "nothing here"
    return InputError(f"unknown {what}", place=place, found=repr(word), expected=expected)


def check_known(word: str, known: Iterable[str], what: str, place: str | None = None) -> None:
    """Raise `InputError` unless ``word`` is one of the known names of a ``what``."""
    names = list(known)
    if word not in names:
        raise unknown(what, word, names, place)


def table(value: object, what: str) -> Mapping[str, object]:
    """Return ``value`` if it is a table, else raise `InputError`."""
    if not isinstance(value, Mapping):
        raise InputError(f"{what} must be a table", found=shown(value), expected="key = value")
    return value


def shown(value: object, width: int = 60) -> str:
    """Return a value as an error shows it: on one line, cut to a width."""
    text = " ".join(repr(value).split())
    return text if len(text) <= width else text[: width - 3] + "..."
