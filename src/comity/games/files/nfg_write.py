"""Writing Gambit's strategic game files (.nfg), in the payoff form and in the outcome form."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

import numpy as np

from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.core.files import write_atomic
from comity.games.normal_form import NormalForm

Form = Literal["payoffs", "outcomes"]


def write_nfg(game: NormalForm, path: str | Path, form: Form = "payoffs") -> Path:
    """Write a game as a .nfg file that reads back with the same payoffs.

    Numbers are written exactly: ``1/3`` where the game states it, else every digit of the float.
    A game with named states is written as what it is worth in expectation. Raises `InputError`
    for a game with bystanders, which the format cannot hold.
    """
    return write_atomic(path, dumps_nfg(game, form))


def dumps_nfg(game: NormalForm, form: Form = "payoffs") -> str:
    """Return the text of the .nfg file of a game; see `write_nfg`."""
    if game.bystanders:
        raise InputError(
            "a .nfg file holds no bystanders",
            place="bystanders",
            found=", ".join(game.bystanders),
            expected="none",
        )
    check_choice(form, BODIES, "unknown form", "form")
    actions = "\n".join(f"  {{ {_texts(names)} }}" for names in game.actions)
    head = f"NFG 1 R {_text(game.title)} {{ {_texts(game.players)} }}\n\n{{\n{actions}\n}}\n"
    comment = f"{_text(game.comment)}\n"
    return head + comment + "\n" + "\n".join(BODIES[form](_rows(game))) + "\n"


def _rows(game: NormalForm) -> list[tuple[str, ...]]:
    """Return the payoffs of each profile as written, the first player's strategy fastest."""
    table = game.table if game.exact is None else game.exact
    flat = table.transpose().reshape(-1, len(game.players))
    return [tuple(_number(value) for value in row) for row in flat]


def _payoff_lines(rows: list[tuple[str, ...]]) -> Iterator[str]:
    return (" ".join(row) for row in rows)


def _outcome_lines(rows: list[tuple[str, ...]]) -> Iterator[str]:
    numbers = {row: k + 1 for k, row in enumerate(dict.fromkeys(rows))}
    yield "{"
    yield from (f"  {{ {_text(f'outcome {k}')} {', '.join(row)} }}" for row, k in numbers.items())
    yield "}"
    yield " ".join(str(numbers[row]) for row in rows)


BODIES = {"payoffs": _payoff_lines, "outcomes": _outcome_lines}


def _number(value: float | Fraction) -> str:
    if isinstance(value, Fraction):
        return str(value)
    exact = f"{Decimal(repr(float(np.float64(value)))):f}"
    return exact.removesuffix(".0").replace("-0", "0") if value == 0 else exact.removesuffix(".0")


def _text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _texts(names: tuple[str, ...]) -> str:
    return " ".join(map(_text, names))
