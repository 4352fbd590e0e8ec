"""Does a class keep the game protocol? A conformance test for games of one's own."""

from __future__ import annotations

from functools import partial

from comity.core.conformance import CheckReport, run_check
from comity.core.errors import Intractable, SizeError
from comity.core.randomness import Rng, as_generator
from comity.games.conformance import CHECKS, SAMPLING, Sample, has_members, sample_of
from comity.games.protocol import Game

UNLISTED = (SizeError, Intractable)
"""What a check raises where there are too many outcomes to look at: it is skipped."""


def check_game(game: Game, rng: Rng = 0) -> CheckReport:
    """Return whether a game keeps the protocol that every other part of comity relies on.

    It never raises for a broken game: what fails is in the report. Lotteries, weights and new
    values of blocks are drawn by ``rng``. A game whose outcomes are profiles of actions (``shape``
    has one entry per player) or that states ``reservation`` values has its best replies compared
    with every deviation there is. O(20 outcomes) where they cannot all be listed.

    Examples
    --------
    >>> from comity.games import NormalForm
    >>> check_game(NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])).ok
    True
    """
    report = [run_check("has every member of the protocol", lambda: has_members(game), UNLISTED)]
    if report[0].status == "passed":
        samples: list[Sample] = []
        look = partial(sample_of, game, as_generator(rng))
        report.append(run_check(SAMPLING, lambda: samples.append(look()), UNLISTED))
        for sample in samples:
            report += [
                run_check(name, partial(check, sample), UNLISTED) for name, check in CHECKS.items()
            ]
    return CheckReport(type(game).__name__, tuple(report))
