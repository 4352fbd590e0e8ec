"""Positions as plain JSON: where the cooks are, what they hold, what lies where.

``{"cooks": [{"at": [1, 2], "facing": "north", "holds": "onion"}, ...],
"things": [{"at": [2, 0], "is": "soup OOO", "cooked": 4}], "time": 0}``

Columns and rows count from 0 at the top left. A thing is ``onion``, ``tomato``, ``dish``, or
``soup`` with its ingredients. A soup in a pot has ``cooked`` steps if it is heated; elsewhere it is
done. ``facing`` is north, ``holds`` nothing, ``things`` none and ``time`` 0 unless stated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from comity.core import InputError
from comity.learning.environments.overcooked.layouts import FLOOR, PLAYERS
from comity.learning.environments.overcooked.recipes import EVERY_SOUP
from comity.learning.environments.overcooked.rules import (
    A_STEP,
    A_TOMATO,
    AN_ONION,
    DISH,
    HEADINGS,
    ITEMS,
    Position,
    Rules,
    pack_cooks,
    unpack_cook,
    unpack_time,
)

KEYS = ("cooks", "things", "time")


def fresh(rules: Rules, words: Any, xp: Any = np) -> Position:
    """Return B empty kitchens with the cooks of these packed words, shape (B,).

    ``xp`` is the module of the arrays, NumPy or ``jax.numpy``.
    """
    return Position(
        words,
        xp.zeros((len(words), len(rules.place_cells)), xp.uint16),
        xp.zeros((len(words), PLAYERS), xp.uint16),
    )


def usual_start(rules: Rules) -> np.ndarray:
    """Return the packed word of the layout's own start, shape (1,): both face north."""
    cells = np.array([[rules.number(cell)] for cell in rules.layout.starts], np.uint32)
    north = np.zeros(1, np.uint32)
    word: np.ndarray = pack_cooks(cells, (north, north), north)
    return word


def read_positions(rules: Rules, given: Sequence[Mapping[str, Any]]) -> Position:
    """Return a batch of positions, or raise `InputError` that names what is wrong and where.

    An empty mapping is the layout's own start.
    """
    ones = [_read(rules, one, f"given[{number}]") for number, one in enumerate(given)]
    return Position(*(np.concatenate(parts) for parts in zip(*ones, strict=True)))


def show_positions(rules: Rules, position: Position) -> list[dict[str, Any]]:
    """Return each position as plain JSON; the layout's own start as an empty mapping."""
    usual = fresh(rules, usual_start(rules))
    arrays = [np.asarray(part) for part in position]
    shown = []
    for game in range(len(arrays[0])):
        one = Position(*(part[game : game + 1] for part in arrays))
        same = all(np.array_equal(a, b) for a, b in zip(one, usual, strict=True))
        shown.append({} if same else _show(rules, one))
    return shown


def _read(rules: Rules, given: Mapping[str, Any], place: str) -> Position:
    cooks = given.get("cooks", [{"at": list(cell)} for cell in rules.layout.starts])
    if not isinstance(cooks, (list, tuple)) or len(cooks) != PLAYERS:
        raise InputError("not the cooks", place=f"{place}.cooks", found=repr(cooks)[:80],
                         expected="two")  # fmt: skip
    cells, headings, held = [], [], []
    for number, cook in enumerate(cooks):
        where = f"{place}.cooks[{number}]"
        _keys(cook, ("at", "facing", "holds"), where)
        cells.append(_floor(rules, cook.get("at"), where))
        headings.append(_heading(cook.get("facing", "north"), where))
        held.append(_thing(rules, cook.get("holds", "nothing"), where))
    if cells[0] == cells[1]:
        raise InputError("two cooks in one place", place=f"{place}.cooks", found=cooks[0]["at"])
    time = given.get("time", 0)
    if not isinstance(time, (int, np.integer)) or not 0 <= time < rules.horizon:
        raise InputError("not a time in the game", place=f"{place}.time", found=time,
                         expected=f"0 to {rules.horizon - 1}")  # fmt: skip
    things = np.zeros((1, len(rules.place_cells)), np.uint16)
    lying = given.get("things", ())
    if not isinstance(lying, (list, tuple)):
        raise InputError("not a list of things", place=f"{place}.things", found=repr(lying)[:40])
    for number, stated in enumerate(lying):
        where = f"{place}.things[{number}]"
        _keys(stated, ("at", "is", "cooked"), where)
        spot = _spot(rules, stated.get("at"), where)
        if things[0, spot]:
            raise InputError("two things in one place", place=where, found=stated["at"])
        things[0, spot] = _lying(rules, spot, stated, where)
    words = np.array([[*cells], [*headings], [time, 0]], np.uint32)[:, :, None]
    return Position(
        pack_cooks(words[0], words[1], words[2, 0]), things, np.array([held], np.uint16)
    )


def _keys(stated: Any, known: tuple[str, ...], place: str) -> None:
    if not isinstance(stated, Mapping) or set(stated) - set(known):
        raise InputError("not understood", place=place, found=repr(stated)[:80],
                         expected=", ".join(known))  # fmt: skip


def _cell(rules: Rules, at: Any, place: str) -> int:
    layout = rules.layout
    if (
        not isinstance(at, (list, tuple))
        or len(at) != 2
        or not all(isinstance(number, (int, np.integer)) for number in at)
        or not (0 <= at[0] < layout.width and 0 <= at[1] < layout.height)
    ):
        raise InputError(
            "not a cell of the kitchen",
            place=place,
            found=repr(at)[:40],
            expected=f"[0 to {layout.width - 1}, 0 to {layout.height - 1}]",
        )
    return rules.number((int(at[0]), int(at[1])))


def _floor(rules: Rules, at: Any, place: str) -> int:
    cell = _cell(rules, at, place)
    if rules.terrain[cell] != FLOOR:
        raise InputError("a cook must stand on the floor", place=place, found=list(at))
    return cell


def _spot(rules: Rules, at: Any, place: str) -> int:
    found = np.flatnonzero(rules.place_cells == _cell(rules, at, place))
    if not len(found):
        raise InputError("things lie on counters and in pots", place=place, found=list(at))
    return int(found[0])


def _heading(word: Any, place: str) -> int:
    if word not in HEADINGS:
        raise InputError("no such heading", place=place, found=word, expected=", ".join(HEADINGS))
    return HEADINGS.index(word)


def _thing(rules: Rules, word: Any, place: str) -> int:
    """Return the code of an item, or of a soup that is done."""
    if word in ITEMS:
        return ITEMS.index(word)
    recipe = _recipe(word, place)
    return int(recipe * AN_ONION + (rules.cooking[recipe] + 1) * A_STEP)


def _lying(rules: Rules, spot: int, stated: Mapping[str, Any], place: str) -> int:
    """Return the code of what lies on a counter or in a pot."""
    word, cooked = stated.get("is"), stated.get("cooked")
    if spot >= rules.pots:
        if cooked is not None or word == "nothing":
            raise InputError("not a thing for a counter", place=place, found=repr(stated)[:80])
        return _thing(rules, word, place)
    recipe = _recipe(word, place)
    most = int(rules.cooking[recipe])
    if cooked is not None and (not isinstance(cooked, int) or not 0 <= cooked <= most):
        raise InputError("not so many steps", place=place, found=cooked, expected=f"0 to {most}")
    return recipe * AN_ONION + (0 if cooked is None else (cooked + 1) * A_STEP)


def _recipe(word: Any, place: str) -> int:
    """Return onions + 4 * tomatoes of "soup OOT"."""
    letters = word[5:] if isinstance(word, str) and word.startswith("soup ") else ""
    soup = (letters.count("O"), letters.count("T"))
    if soup not in EVERY_SOUP or sum(soup) != len(letters):
        raise InputError(
            "not a thing of this kitchen",
            place=place,
            found=repr(word)[:40],
            expected=f"{', '.join(ITEMS[1:])}, or soup with one to three of O and T",
        )
    return soup[0] + 4 * soup[1]


def _show(rules: Rules, one: Position) -> dict[str, Any]:
    word, things, hands = int(one.cooks[0]), one.things[0], one.hands[0]
    cooks = []
    for player in range(PLAYERS):
        cell, heading = unpack_cook(word, player)
        holds = _name(int(hands[player]))
        cooks.append({"at": list(rules.cell(cell)), "facing": HEADINGS[heading], "holds": holds})
    lying = []
    for spot in np.flatnonzero(things):
        code = int(things[spot])
        shown: dict[str, Any] = {"at": list(rules.cell(rules.place_cells[spot])),
                                 "is": _name(code)}  # fmt: skip
        if spot < rules.pots and code >= A_STEP:
            shown["cooked"] = code // A_STEP - 1
        lying.append(shown)
    return {"cooks": cooks, "things": lying, "time": unpack_time(word)}


def _name(code: int) -> str:
    """Return a thing in words."""
    if code <= DISH:
        return ITEMS[code]
    onions, tomatoes = code // AN_ONION % 4, code // A_TOMATO % 4
    return "soup " + "O" * onions + "T" * tomatoes
