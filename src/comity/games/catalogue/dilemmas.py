"""Two players who could both do well by trusting each other."""

from __future__ import annotations

from itertools import pairwise

from comity.core.errors import InputError
from comity.games.normal_form import NormalForm

TRUST = ("cooperate", "defect")


def prisoners_dilemma(
    temptation: float = 5, reward: float = 3, punishment: float = 1, sucker: float = 0
) -> NormalForm:
    """Return the prisoner's dilemma: to defect is best whatever the other does, and bad for both.

    Raises `InputError` unless temptation > reward > punishment > sucker. Source of the names:
    Rapoport and Chammah (1965), *Prisoner's Dilemma*; of the numbers: Axelrod (1984), *The
    Evolution of Cooperation*.
    """
    check_falling(temptation=temptation, reward=reward, punishment=punishment, sucker=sucker)
    return symmetric((reward, sucker, temptation, punishment), TRUST, "Prisoner's dilemma")


def donation_game(benefit: float = 2, cost: float = 1) -> NormalForm:
    """Return the donation game: to help costs ``cost`` and gives the other ``benefit``.

    Raises `InputError` unless benefit > cost > 0. Source: Sigmund (2010), *The Calculus of
    Selfishness*, chapter 1.
    """
    check_falling(benefit=benefit, cost=cost, nothing=0)
    payoffs = (benefit - cost, -cost, benefit, 0)
    return symmetric(payoffs, ("help", "pass by"), "Donation game")


def stag_hunt(stag: float = 4, hare: float = 3, nothing: float = 0) -> NormalForm:
    """Return the stag hunt: the stag takes both, a hare can be had alone.

    Raises `InputError` unless stag > hare > nothing. Source: Rousseau (1755), *Discourse on
    Inequality*, part 2; Skyrms (2004), *The Stag Hunt*.
    """
    check_falling(stag=stag, hare=hare, nothing=nothing)
    return symmetric((stag, nothing, hare, hare), ("stag", "hare"), "Stag hunt")


def symmetric(
    payoffs: tuple[float, float, float, float], actions: tuple[str, str], title: str
) -> NormalForm:
    """Return the symmetric 2 x 2 game; ``payoffs`` are the first player's, row by row."""
    a, b, c, d = payoffs
    return NormalForm.from_payoffs(
        [[[a, b], [c, d]], [[a, c], [b, d]]], ["Ana", "Bo"], [actions, actions], title=title
    )


def check_falling(**values: float) -> None:
    """Raise `InputError` unless each value is above the next."""
    names, numbers = list(values), list(values.values())
    if not all(high > low for high, low in pairwise(numbers)):
        raise InputError(
            "payoffs are not in order",
            place=", ".join(names),
            found=", ".join(f"{number:g}" for number in numbers),
            expected=" > ".join(names),
        )
