"""Nash equilibria: pure by enumeration, mixed for two players, each certified by its gains."""

from __future__ import annotations

import numpy as np

from comity.core import InputError
from comity.games import Game, Lottery, MixedProfile, NormalForm
from comity.solutions.degeneracy import degeneracy
from comity.solutions.results import Equilibria

TIED = 1e-12
"""Share of a player's payoff range below which a gain is rounding."""

SOUND = 1e-9
"""Share of a player's payoff range that a deviation may gain in a mixed equilibrium."""

LARGEST_SUPPORT_SEARCH = 12


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

    Found by support enumeration (up to 12 actions each, else vertex enumeration) of quantecon;
    every profile is checked again by its deviation gains. ``complete`` is claimed only where the
    game was shown to be nondegenerate and an odd number was found (Wilson 1971; von Stengel 2002,
    theorem 2.10). Exponential in the number of actions.
    """
    form = normal_form(game)
    if len(form.players) != 2:
        raise InputError(
            "mixed equilibria need two players", place="game", found=len(form.players), expected=2
        )
    spans = payoff_spans(form)
    pairs = [pair for pair in _search(form) if (_gains(form, pair) <= SOUND * spans).all()]
    pairs += [_as_pair(form, play) for play in pure_equilibria(form).profiles]
    pairs = _distinct(pairs)
    payoffs = np.array([_payoffs(form, pair) for pair in pairs]).reshape(-1, 2)
    gains = np.array([_gains(form, pair) for pair in pairs]).reshape(-1, 2)
    complete, claim = _claim(form, len(pairs))
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


def _search(form: NormalForm) -> list[Pair]:
    import quantecon.game_theory as qe

    # Positive payoffs near 1: quantecon's tolerances are absolute.
    spans = np.where(payoff_spans(form) > 0, payoff_spans(form), 1.0)
    first, second = ((form.table[i] - form.table[i].min()) / spans[i] + 1.0 for i in range(2))
    game = qe.NormalFormGame((qe.Player(first), qe.Player(second.T)))
    small = max(form.shape) <= LARGEST_SUPPORT_SEARCH
    if small or min(form.shape) == 1:
        return list(qe.support_enumeration(game))
    return list(qe.vertex_enumeration(game))


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


def _claim(form: NormalForm, count: int) -> tuple[bool, str]:
    reason = degeneracy(form)
    if reason:
        return False, f"cannot tell: {reason}; {count} found"
    if count % 2 == 0:
        return False, f"cannot tell: an even number was found ({count}), so that one is missing"
    return True, f"complete: the game is nondegenerate, and an odd number was found ({count})"
