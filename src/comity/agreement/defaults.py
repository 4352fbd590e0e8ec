"""What happens without agreement, and where bargaining starts.

The default of a model is every party's default rule applied to *that* model; what really happens
is each party's rule applied to its *own* model, which can be the crash that all wanted to avoid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from comity.cases import Constitution
from comity.core import Memo
from comity.core.choices import pick
from comity.core.errors import InputError
from comity.games import Game, Lottery, MixedProfile, Negotiation, NormalForm, Play
from comity.games.plays import Outcome
from comity.solutions import maximin_point, pure_equilibria, security_level


def default_play(game: Game, constitution: Constitution) -> Play | None:
    """Return what is played if every party follows its default rule on the same model.

    ``None`` stands for no deal in a `Negotiation`.

    Examples
    --------
    >>> chicken = NormalForm.from_payoffs([[[0, -1.5], [5, -5]], [[0, 2], [-1, -5]]])
    >>> default_payoffs(chicken, Constitution(default="favourite-equilibrium"))
    array([-5., -5.])
    """
    return actual_default(dict.fromkeys(game.players, game), constitution)


def actual_default(models: Mapping[str, Game], constitution: Constitution) -> Play | None:
    """Return what is played if each party follows its default rule on its own model."""
    first = next(iter(models.values()))
    if isinstance(first, Negotiation):
        _check_no_deal(constitution.default, "constitution.default")
        return None
    place = "constitution.default"
    rule = pick(DEFAULT_RULES, constitution.default, "no such default in a game of actions", place)
    games = [_normal_form(models[name]) for name in first.players]
    return MixedProfile(tuple(rule(game, i, constitution) for i, game in enumerate(games)))


def default_payoffs(game: Game, constitution: Constitution) -> np.ndarray:
    """Return each party's payoff without agreement under one model, shape (n,)."""
    known = _PROMISED.of(
        game, (constitution,), lambda: play_payoffs(game, default_play(game, constitution))
    )
    return known.copy()


_PROMISED = Memo[np.ndarray]()


def play_payoffs(game: Game, play: Play | None) -> np.ndarray:
    """Return the payoffs of a play, or of no deal where there is none, shape (n,)."""
    if play is not None:
        return game.payoffs(play)
    if not isinstance(game, Negotiation):
        raise InputError("only a negotiation can end without a play", found=type(game).__name__)
    return game.reservation


def disagreement_point(game: Game, constitution: Constitution) -> np.ndarray:
    """Return the payoffs that bargaining starts from under this model, shape (n,).

    ``maximin`` is each one's security level (no deal in a `Negotiation`),
    ``favourite-equilibrium`` what results if each plays its part of its own favourite pure
    equilibrium, ``no-deal`` the reservation values, ``point`` the payoffs the constitution states.
    """
    place = "constitution.disagreement"
    rule = pick(DISAGREEMENTS, constitution.disagreement, "no such disagreement point", place)
    return rule(game, constitution)


def favourite_equilibrium(game: NormalForm, player: int) -> Outcome | None:
    """Return the pure equilibrium that is worth most to the player, the first of equals."""
    outcomes = pure_equilibrium_profiles(game)
    return max(outcomes, key=lambda outcome: game.table[(player, *outcome)], default=None)


def pure_equilibrium_profiles(game: NormalForm) -> list[Outcome]:
    """Return all pure equilibria as profiles, in index order."""
    plays = pure_equilibria(game).profiles
    return [play.outcomes[0] for play in plays if isinstance(play, Lottery)]


def _maximin(game: NormalForm, player: int, constitution: Constitution) -> np.ndarray:
    return security_level(game, player).strategy


def _favourite(game: NormalForm, player: int, constitution: Constitution) -> np.ndarray:
    """Return the own part of the favourite equilibrium; maximin where no pure one exists."""
    outcome = favourite_equilibrium(game, player)
    if outcome is None:
        return _maximin(game, player, constitution)
    return np.eye(game.shape[player])[outcome[player]]


def _policy(game: NormalForm, player: int, constitution: Constitution) -> np.ndarray:
    name = game.players[player]
    actions = {action: k for k, action in enumerate(game.actions[player])}
    place = f"constitution.policy.{name}"
    stated = constitution.policy.get(name)
    action = pick(actions, stated, "a policy names no action of the player", place)
    return np.eye(len(actions))[action]


DEFAULT_RULES: dict[str, Callable[[NormalForm, int, Constitution], np.ndarray]] = {
    "maximin": _maximin,
    "favourite-equilibrium": _favourite,
    "policy": _policy,
}


def _normal_form(game: Game) -> NormalForm:
    if not isinstance(game, NormalForm):
        raise InputError(
            "this kind of game has no default play yet",
            place="constitution.default",
            found=type(game).__name__,
            expected="NormalForm or Negotiation",
        )
    return game


def _check_no_deal(name: str, place: str) -> None:
    if name not in ("no-deal", "maximin"):
        raise InputError(
            "without a deal nobody acts in a negotiation",
            place=place,
            found=name,
            expected="no-deal",
        )


def _maximin_point(game: Game, constitution: Constitution) -> np.ndarray:
    return maximin_point(game)


def _favourite_point(game: Game, constitution: Constitution) -> np.ndarray:
    if isinstance(game, Negotiation):
        _check_no_deal("favourite-equilibrium", "constitution.disagreement")
    table = _normal_form(game)
    own = [_favourite(table, i, constitution) for i in range(len(game.players))]
    return game.payoffs(MixedProfile(tuple(own)))


def _no_deal_point(game: Game, constitution: Constitution) -> np.ndarray:
    if not isinstance(game, Negotiation):
        raise InputError(
            "a game of actions has no reservation values",
            place="constitution.disagreement",
            found="no-deal",
            expected="maximin, favourite-equilibrium or point",
        )
    return game.reservation


def _stated_point(game: Game, constitution: Constitution) -> np.ndarray:
    stated = constitution.disagreement_point
    for name in game.players:
        if name not in stated or not np.isfinite(stated[name]):
            raise InputError(
                "a party has no disagreement payoff",
                place=f"constitution.disagreement_point.{name}",
                found=stated.get(name),
                expected="a finite number per party",
            )
    return np.array([float(stated[name]) for name in game.players])


DISAGREEMENTS: dict[str, Callable[[Game, Constitution], np.ndarray]] = {
    "maximin": _maximin_point,
    "favourite-equilibrium": _favourite_point,
    "no-deal": _no_deal_point,
    "point": _stated_point,
}
