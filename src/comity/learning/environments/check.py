"""Does a class keep the protocol of environments? A test for environments of one's own."""

from __future__ import annotations

from functools import partial

from comity.core.conformance import CheckReport, run_check
from comity.core.randomness import Rng, as_generator, spawn_seeds
from comity.learning.environments.checks import CHECKS, Skipped, Trial
from comity.learning.environments.protocol import Environment


def check_environment(environment: Environment, rng: Rng = 0, size: int = 16) -> CheckReport:
    """Return whether an environment keeps the protocol that learning relies on.

    Batches of ``size`` games are played to their end with random legal moves: shapes, legal
    moves, turns, the longest game, the same play from the same start, starts that come back,
    renewal, illegal moves and, where the environment offers ``relabel``, its symmetries. It never
    raises for a broken environment: what fails is in the report. O(horizon size) steps.

    Examples
    --------
    >>> from comity.learning.environments.lever import Lever
    >>> check_environment(Lever()).ok
    True
    """
    seed = spawn_seeds(as_generator(rng), 1)[0] % 2**31
    trial = Trial(environment, seed, size)
    report = []
    for name, check in CHECKS.items():
        report.append(run_check(name, partial(check, trial), (Skipped,)))
        if report[0].status != "passed":
            break
    title = str(getattr(environment, "name", type(environment).__name__))
    return CheckReport(title, tuple(report))
