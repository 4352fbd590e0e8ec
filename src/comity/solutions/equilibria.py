"""Nash equilibria: pure by enumeration, mixed for two players, each certified by its gains."""

from __future__ import annotations

import numpy as np

from comity.core import InputError
from comity.games import Game, Lottery, MixedProfile, NormalForm
from comity.solutions.corners import (
    MOST_CORNERS,
    corners,
    equilibrium_pairs,
    most_corners,
    sharpened,
)
from comity.solutions.results import Equilibria

TIED = 1e-12
"""Share of a player's payoff range below which a gain is rounding."""

SOUND = 1e-9
"""Share of a player's payoff range that a deviation may gain in a mixed equilibrium."""


def pure_equilibria(game: Game) -> Equilibria:
    """Return all equilibria in pure strategies, for any number of players.

    O(n size) by comparing every payoff with the best reply to the same actions of the others.

    Examples
    --------
    >>> dilemma = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> pure_equilibria(dilemma).profiles[0].outcomes
    ((1, 1),)
    """
    form = normal_form(game)
    gains = np.stack(
        [table.max(axis=i, keepdims=True) - table for i, table in enumerate(form.table)]
    )
    stable = (gains <= TIED * payoff_spans(form).reshape(-1, *[1] * len(form.shape))).all(axis=0)
    found = np.argwhere(stable)
    profiles = tuple(Lottery.pure(row) for row in found.tolist())
    index = (slice(None), *found.T)
    return Equilibria(
        profiles,
        form.table[index].T,
        gains[index].T,
        True,
        f"every one of {form.size:,} pure profiles was checked",
    )


def mixed_equilibria(game: Game) -> Equilibria:
    """Return the equilibria of a two-player game, pure ones included.

    Up to 20,000 corners of a best-reply polytope (11 by 11 actions in the worst case) these are
    enumerated, and with them all extreme equilibria; beyond that quantecon's Lemke-Howson paths
    from every label find some. Every profile is checked again by its deviation gains. ``complete``
    is claimed only where no corner is degenerate and an odd number was found (Wilson 1971; von
    Stengel 2002, theorem 2.10). Exponential in the number of actions.
    """
    form = normal_form(game)
    if len(form.players) != 2:
        raise InputError(
            "mixed equilibria need two players", place="game", found=len(form.players), expected=2
        )
    candidates, doubt = _search(form)
    spans = payoff_spans(form)
    pairs = [pair for pair in candidates if (_gains(form, pair) <= SOUND * spans).all()]
    pairs = _distinct([_as_pair(form, p) for p in pure_equilibria(form).profiles] + pairs)
    payoffs = np.array([_payoffs(form, pair) for pair in pairs]).reshape(-1, 2)
    gains = np.array([_gains(form, pair) for pair in pairs]).reshape(-1, 2)
    complete, claim = _claim(doubt, len(pairs))
    return Equilibria(tuple(MixedProfile(pair) for pair in pairs), payoffs, gains, complete, claim)


def normal_form(game: Game) -> NormalForm:
    """Return the game, or raise `InputError` if it has no strategies of its own."""
    if not isinstance(game, NormalForm):
        raise InputError(
            "equilibria need a game in which players act",
            place="game",
            found=type(game).__name__,
            expected="NormalForm",
        )
    return game


def payoff_spans(form: NormalForm) -> np.ndarray:
    """Return each player's payoff range, shape (n,)."""
    return np.ptp(form.table.reshape(len(form.players), -1), axis=1)


Pair = tuple[np.ndarray, np.ndarray]


def _search(form: NormalForm) -> tuple[list[Pair], str]:
    """Return candidates, and why there may be others."""
    first, second = form.table[0], form.table[1].T
    if max(most_corners(*first.shape), most_corners(*second.shape)) > MOST_CORNERS:
        return _paths(form), "the game is too large to enumerate"
    own, other = corners(second), corners(first)
    candidates = [
        (sharpened(second, own, p), sharpened(first, other, q))
        for p, q in equilibrium_pairs(own, other)
    ]
    tied = [form.players[i] for i, found in enumerate((other, own)) if found.crowded]
    doubt = f"the game is degenerate: {' and '.join(tied)} can have tied best replies"
    return candidates, doubt if tied else ""


def _paths(form: NormalForm) -> list[Pair]:
    import quantecon.game_theory as qe

    # Payoffs near 1: quantecon's tolerances are absolute.
    spans = np.where(payoff_spans(form) > 0, payoff_spans(form), 1.0)
    first, second = ((form.table[i] - form.table[i].min()) / spans[i] + 1.0 for i in range(2))
    game = qe.NormalFormGame((qe.Player(first), qe.Player(second.T)))
    return [qe.lemke_howson(game, init_pivot=label) for label in range(sum(form.shape))]


def _as_pair(form: NormalForm, play: object) -> Pair:
    assert isinstance(play, Lottery)
    first, second = (np.eye(size)[a] for size, a in zip(form.shape, play.outcomes[0], strict=True))
    return first, second


def _distinct(pairs: list[Pair]) -> list[Pair]:
    kept: dict[tuple[float, ...], Pair] = {}
    for pair in pairs:
        kept.setdefault(tuple(np.round(np.concatenate(pair), 9) + 0.0), pair)
    return list(kept.values())


def _payoffs(form: NormalForm, pair: Pair) -> np.ndarray:
    return np.array([pair[0] @ table @ pair[1] for table in form.table])


def _gains(form: NormalForm, pair: Pair) -> np.ndarray:
    first, second = form.table[0] @ pair[1], pair[0] @ form.table[1]
    best = np.array([first.max(), second.max()])
    return np.maximum(best - _payoffs(form, pair), 0.0)


def _claim(doubt: str, count: int) -> tuple[bool, str]:
    if doubt:
        return False, f"cannot tell: {doubt}; {count} found"
    if count % 2 == 0:
        return False, f"cannot tell: an even number was found ({count}), so that one is missing"
    return True, f"complete: the game is nondegenerate, and an odd number was found ({count})"
