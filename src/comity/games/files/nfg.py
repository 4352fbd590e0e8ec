"""Reading Gambit's strategic game files (.nfg), in the payoff form and in the outcome form."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import numpy as np

from comity.core.errors import located
from comity.core.files import read_text
from comity.core.limits import check_cells
from comity.games.files.nfg_tokens import Tokens
from comity.games.normal_form import NormalForm, exact_table

Names = tuple[tuple[str, ...], ...]


def read_nfg(path: str | Path) -> NormalForm:
    """Return the game of a .nfg file, with its payoffs exact beside the floats.

    Raises `InputError` with line and column where the file is not one, and `SizeError` before a
    table is made that would not fit. Source: Gambit, *Game representation formats*.
    """
    return loads_nfg(read_text(path), file=str(path))


def loads_nfg(text: str, file: str | None = None) -> NormalForm:
    r"""Return the game of the text of a .nfg file; ``file`` is named in errors.

    Examples
    --------
    >>> game = loads_nfg('NFG 1 R "" { "Ana" "Bo" } { 2 1 }  1/3 0 0 1')
    >>> game.exact[0, 0, 0], game.players
    (Fraction(1, 3), ('Ana', 'Bo'))
    """
    with located(file=file):
        return _game(Tokens(text, file))


def _game(tokens: Tokens) -> NormalForm:
    title = _header(tokens)
    players = _texts(tokens, "the name of a player")
    actions = _actions(tokens, players)
    comment = tokens.advance().text if tokens.current.kind == "text" else ""
    shape = tuple(len(names) for names in actions)
    check_cells(len(players) * math.prod(shape), "payoffs")
    read = _outcome_form if tokens.current.kind == "{" else _payoff_form
    exact = _table(read(tokens, len(players), math.prod(shape)), shape)
    tokens.take("end", "the end of the file")
    return NormalForm.from_payoffs(
        exact,
        _named(players, "player"),
        _all_named(actions),
        title=title,
        comment=comment,
        exact=exact,
    )


def _header(tokens: Tokens) -> str:
    for expected in ("NFG", "1"):
        if tokens.current.text != expected:
            raise tokens.wrong(f"{expected!r} of the opening NFG 1 R")
        tokens.advance()
    if tokens.current.text not in ("R", "D"):
        raise tokens.wrong("'R' or 'D' of the opening NFG 1 R")
    tokens.advance()
    return tokens.take("text", "the title in quotes").text


def _texts(tokens: Tokens, what: str) -> tuple[str, ...]:
    """Return the quoted texts between braces, at least one."""
    tokens.take("{", f"{{ before {what}")
    texts = [tokens.take("text", what).text]
    while tokens.current.kind != "}":
        texts.append(tokens.take("text", f"{what}, or }}").text)
    tokens.advance()
    return tuple(texts)


def _actions(tokens: Tokens, players: tuple[str, ...]) -> Names:
    """Return the names of all actions; counts stand for names that are left empty."""
    tokens.take("{", "{ before the strategies")
    found: list[tuple[str, ...]] = []
    for player in players:
        if tokens.current.kind == "{":
            found.append(_texts(tokens, f"a strategy of {player!r}"))
        else:
            count = tokens.whole(1, f"the number of strategies of {player!r}, 1 or more")
            check_cells(count, f"strategies of {player!r}")
            found.append(("",) * count)
    tokens.take("}", "} after the strategies of the last player")
    return tuple(found)


def _payoff_form(tokens: Tokens, players: int, profiles: int) -> list[list[Fraction]]:
    """Return payoffs by profile, as listed: the first player's strategy varies fastest."""
    return [[tokens.number() for _ in range(players)] for _ in range(profiles)]


def _outcome_form(tokens: Tokens, players: int, profiles: int) -> list[list[Fraction]]:
    """Return payoffs by profile through the list of outcomes; outcome 0 pays nothing."""
    tokens.take("{", "{ before the outcomes")
    outcomes = [[Fraction(0)] * players]
    while tokens.current.kind != "}":
        tokens.take("{", "{ before an outcome, or }")
        tokens.take("text", "the name of an outcome, in quotes")
        outcomes.append([tokens.number() for _ in range(players)])
        tokens.take("}", "} after the payoffs of an outcome")
    tokens.advance()
    return [outcomes[_reference(tokens, len(outcomes))] for _ in range(profiles)]


def _reference(tokens: Tokens, count: int) -> int:
    what = f"the number of an outcome, 0 to {count - 1}"
    start = tokens.current.start
    index = tokens.whole(0, what)
    if index >= count:
        raise tokens.error("no such outcome", start, found=index, expected=what)
    return index


def _table(rows: list[list[Fraction]], shape: tuple[int, ...]) -> np.ndarray:
    """Return payoffs as (n, A_1, ..., A_n) from rows in which the first player varies fastest."""
    flat = exact_table([value for row in rows for value in row], (*reversed(shape), len(shape)))
    return flat.transpose()


def _named(names: tuple[str, ...], what: str) -> tuple[str, ...]:
    """Return the names, with "player 1" and the like where one is empty."""
    return tuple(name.strip() or f"{what} {k + 1}" for k, name in enumerate(names))


def _all_named(actions: Names) -> Names:
    return tuple(_named(names, "action") for names in actions)
