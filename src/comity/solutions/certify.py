"""What a play is worth and whether it would hold, by code that shares nothing with the solvers.

Plain loops over outcomes and deviations, in fractions where the game states its payoffs exactly;
the Pareto gap by a linear program over everything that could be played instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from comity.core import Certified, InputError, Result
from comity.games import Game, Lottery, Negotiation, NormalForm, Play
from comity.solutions.pareto_gap import pareto_gaps, read_cell

Number = float | Fraction


@dataclass(frozen=True)
class PlayCertificate(Result):
    """What can be said of a play without trusting whoever proposed it.

    Attributes
    ----------
    payoffs : shape (n,), expected payoff of each player.
    deviation_gains : for each signal (``private``: told its own part; ``public``: told the whole
        draw; ``none``: told nothing) the most each player gains by deviating alone, shape (n,).
        In a negotiation a player deviates by leaving for its reservation value.
    pareto_gap : by how much some other play would improve *every* player's payoff, as a share of
        its payoff range.
    pareto_slack : the most that shares of payoff ranges could rise in sum with nobody losing; 0 if
        and only if the play is undominated.
    margins : shape (n,), payoffs less the disagreement point; ``None`` without one.
    exact : whether payoffs and gains were computed in fractions.
    """

    payoffs: np.ndarray
    deviation_gains: dict[str, np.ndarray]
    pareto_gap: Certified
    pareto_slack: Certified
    margins: np.ndarray | None
    exact: bool


def certify(
    game: Game, play: Play, *, disagreement: Sequence[float] | np.ndarray | None = None
) -> PlayCertificate:
    """Return payoffs, gains from deviating and Pareto gaps of any play.

    Parameters
    ----------
    game : a `NormalForm` or a `Negotiation`; of other games only payoffs and Pareto gaps are told.
    play : what is played.
    disagreement : shape (n,), to state the margins over it.

    O(n A size) for deviations; one linear program in as many variables as there are outcomes, or
    options where a negotiation is additive.

    Examples
    --------
    >>> dilemma = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> held = certify(dilemma, Lottery.pure((1, 1)))
    >>> held.deviation_gains["private"], round(float(held.pareto_gap), 6)
    (array([0., 0.]), 0.4)
    """
    draws = _draws(game, play)
    exact = isinstance(game, NormalForm) and game.exact is not None
    payoffs = _expected(game, draws)
    gains = {signal: _deviation_gains(game, draws, signal) for signal in _SIGNALS}
    floats = np.array([float(value) for value in payoffs])
    gap, slack = pareto_gaps(game, floats)
    margins = None
    if disagreement is not None:
        margins = floats - np.asarray(disagreement, dtype=float)
    return PlayCertificate(floats, gains, gap, slack, margins, exact)


_SIGNALS = ("private", "public", "none")
Draws = list[tuple[tuple[int, ...], Number]]


def _draws(game: Game, play: Play) -> Draws:
    """Return the outcomes that can come up, each with its probability."""
    if isinstance(play, Lottery):
        return [(o, float(p)) for o, p in zip(play.outcomes, play.probabilities, strict=True)]
    if not isinstance(game, NormalForm):
        raise InputError("only a game has mixed profiles", place="play", found="mixed profile")
    draws: Draws = []
    for profile in product(*(range(len(s)) for s in play.strategies)):
        chance = 1.0
        for player, action in enumerate(profile):
            chance *= float(play.strategies[player][action])
        if chance > 0:
            draws.append((profile, chance))
    return draws


def _worth(game: Game, outcome: tuple[int, ...], player: int) -> Number:
    """Return a player's payoff of one outcome, read from the model itself."""
    if isinstance(game, NormalForm):
        if game.exact is not None:
            return Fraction(game.exact[(player, *outcome)])
        return read_cell(game, player, _cell(outcome, game.shape))
    if isinstance(game, Negotiation):
        if game.form == "table":
            return read_cell(game, player, _cell(outcome, game.shape))
        first, total = 0, 0.0
        for option, count in zip(outcome, game.shape, strict=True):
            total += read_cell(game, player, first + option)
            first += count
        return total
    return float(game.payoffs(Lottery.pure(outcome))[player])


def _cell(outcome: tuple[int, ...], shape: tuple[int, ...]) -> int:
    cell = 0
    for digit, base in zip(outcome, shape, strict=True):
        if not 0 <= digit < base:
            raise InputError("not an outcome", place="play", found=outcome, expected=shape)
        cell = cell * base + digit
    return cell


def _expected(game: Game, draws: Draws) -> list[Any]:
    """Return expected payoffs; probabilities are divided by their sum."""
    whole = sum(_as(game, chance) for _, chance in draws)
    return [
        sum(_as(game, chance) * _worth(game, outcome, player) for outcome, chance in draws) / whole
        for player in range(len(game.players))
    ]


def _as(game: Game, chance: Number) -> Any:
    """Return a chance as a fraction where payoffs are fractions."""
    if isinstance(game, NormalForm) and game.exact is not None:
        return Fraction(chance)
    return chance


def _deviation_gains(game: Game, draws: Draws, signal: str) -> np.ndarray:
    players = range(len(game.players))
    if isinstance(game, NormalForm):
        return np.array([float(_action_gain(game, draws, i, signal)) for i in players])
    if isinstance(game, Negotiation):
        return np.array([_leaving_gain(game, draws, i, signal) for i in players])
    return np.full(len(players), np.nan)


def _action_gain(game: NormalForm, draws: Draws, player: int, signal: str) -> Any:
    """Return what a player gains by the best rule from what it is told to what it plays."""
    groups: dict[Any, Draws] = {}
    for outcome, chance in draws:
        told = {"private": outcome[player], "public": outcome, "none": None}[signal]
        groups.setdefault(told, []).append((outcome, chance))
    total: Any = 0
    for group in groups.values():
        total += max(
            max(_switch(game, group, player, action) for action in range(game.shape[player])), 0
        )
    return total


def _switch(game: NormalForm, group: Draws, player: int, action: int) -> Any:
    """Return what a player gains by playing this action whenever one of these draws comes up."""
    total: Any = 0
    for outcome, chance in group:
        moved = (*outcome[:player], action, *outcome[player + 1 :])
        total += _as(game, chance) * (_worth(game, moved, player) - _worth(game, outcome, player))
    return total


def _leaving_gain(game: Negotiation, draws: Draws, player: int, signal: str) -> float:
    away = float(game.reservation[player])
    gains = [chance * (away - _worth(game, outcome, player)) for outcome, chance in draws]
    if signal == "none":
        return max(0.0, float(sum(gains)))
    return float(sum(max(0.0, float(gain)) for gain in gains))
