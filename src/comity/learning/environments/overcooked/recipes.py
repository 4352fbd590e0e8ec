"""What a soup is worth and how long it cooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from comity.core import InputError
from comity.learning.environments.stated import whole

MOST_INGREDIENTS = 3
LONGEST_COOKING = 255
MOST_WORTH = 10_000
BONUS = 2
"""A soup among the bonus orders is worth this many times its value."""

Soup = tuple[int, int]
"""Onions and tomatoes in a soup."""

EVERY_SOUP: tuple[Soup, ...] = tuple(
    (onions, tomatoes)
    for onions, tomatoes in product(range(MOST_INGREDIENTS + 1), repeat=2)
    if 1 <= onions + tomatoes <= MOST_INGREDIENTS
)


@dataclass(frozen=True)
class Recipes:
    """Soups that are ordered, their worth and their cooking time.

    Attributes
    ----------
    orders : soups that are worth anything, as (onions, tomatoes).
    bonus : those of them that are worth twice as much.
    values, times : worth and cooking time by soup; every soup not named is worth ``value`` and
        cooks ``time`` steps.

    Examples
    --------
    >>> Recipes().worth((3, 0)), Recipes().worth((2, 0)), Recipes().time
    (20, 0, 20)
    """

    orders: tuple[Soup, ...] = ((3, 0),)
    bonus: tuple[Soup, ...] = ()
    value: int = 20
    time: int = 20
    values: Mapping[Soup, int] = field(default_factory=dict)
    times: Mapping[Soup, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("orders", "bonus", "values", "times"):
            _check_soups(getattr(self, name), name)
        if not set(self.bonus) <= set(self.orders):
            raise InputError(
                "a bonus order is not among the orders",
                place="bonus",
                found=self.bonus,
                expected=f"some of {self.orders}",
            )
        for value in (self.value, *self.values.values()):
            whole(value, "values", 0, MOST_WORTH)
        for time in (self.time, *self.times.values()):
            whole(time, "times", 1, LONGEST_COOKING)

    @classmethod
    def by_ingredient(
        cls,
        orders: Iterable[Soup],
        bonus: Iterable[Soup],
        value: tuple[int, int],
        time: tuple[int, int],
    ) -> Recipes:
        """Return recipes whose soups are worth, and cook, so much an onion and so much a tomato."""
        values = {soup: value[0] * soup[0] + value[1] * soup[1] for soup in EVERY_SOUP}
        times = {soup: time[0] * soup[0] + time[1] * soup[1] for soup in EVERY_SOUP}
        return cls(tuple(orders), tuple(bonus), values=values, times=times)

    @classmethod
    def from_dict(cls, stated: Mapping[str, Any]) -> Recipes:
        """Return recipes from plain JSON, soups as letters: ``{"orders": ["OOT"], "value": 5}``."""
        if not isinstance(stated, Mapping):
            raise InputError(
                "not recipes", place="recipes", found=repr(stated)[:40], expected="a mapping"
            )
        strange = set(stated) - {"orders", "bonus", "value", "time", "values", "times"}
        if strange:
            raise InputError("not understood", place="recipes", found=", ".join(sorted(strange)))
        given: dict[str, Any] = dict(stated)
        for name in ("orders", "bonus"):
            if name in given:
                given[name] = tuple(_soup(letters, name) for letters in given[name])
        for name in ("values", "times"):
            if name in given:
                given[name] = {_soup(letters, name): v for letters, v in given[name].items()}
        return cls(**given)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON that `from_dict` reads."""
        return {
            "orders": [_letters(soup) for soup in self.orders],
            "bonus": [_letters(soup) for soup in self.bonus],
            "value": self.value,
            "time": self.time,
            "values": {_letters(soup): value for soup, value in self.values.items()},
            "times": {_letters(soup): time for soup, time in self.times.items()},
        }

    def worth(self, soup: Soup) -> int:
        """Return the reward for serving a soup."""
        if soup not in self.orders:
            return 0
        return self.values.get(soup, self.value) * (BONUS if soup in self.bonus else 1)

    def tables(self) -> tuple[np.ndarray, np.ndarray]:
        """Return worth and cooking time, each of shape (16,), at ``onions + 4 * tomatoes``."""
        worth, time = np.zeros(16, np.int32), np.full(16, self.time, np.int32)
        for soup in EVERY_SOUP:
            place = soup[0] + 4 * soup[1]
            worth[place] = self.worth(soup)
            time[place] = self.times.get(soup, self.time)
        return worth, time


def _letters(soup: Soup) -> str:
    return "O" * soup[0] + "T" * soup[1]


def _soup(letters: Any, place: str) -> Soup:
    """Return the soup of some letters: O an onion, T a tomato."""
    if not isinstance(letters, str) or set(letters) - set("OT"):
        raise InputError(
            "not a soup",
            place=f"recipes.{place}",
            found=repr(letters)[:40],
            expected="one to three of O and T",
        )
    return letters.count("O"), letters.count("T")


def _check_soups(soups: Iterable[Soup], place: str) -> None:
    """Raise unless each is a soup: one to three ingredients."""
    for soup in soups:
        if soup not in EVERY_SOUP:
            raise InputError(
                "not a soup",
                place=place,
                found=soup,
                expected="(onions, tomatoes), one to three together",
            )
