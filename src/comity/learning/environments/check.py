"""Does a class keep the protocol of environments? A test for environments of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from comity.core.errors import ComityError
from comity.core.randomness import Rng, as_generator, spawn_seeds
from comity.core.results import Result
from comity.games.check import Check
from comity.learning.environments.checks import CHECKS, Broken, Skipped, Trial
from comity.learning.environments.protocol import Environment


@dataclass(frozen=True)
class EnvironmentReport(Result):
    """What `check_environment` found.

    Attributes
    ----------
    environment : its name and variant.
    checks : in the order they ran.
    """

    environment: str
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.faults

    @property
    def faults(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if check.status == "failed")

    def __str__(self) -> str:
        lines = [
            f"{c.status:8}{c.name}" + (f": {c.detail}" if c.detail else "") for c in self.checks
        ]
        return "\n".join([f"{self.environment}: {'ok' if self.ok else 'broken'}", *lines])


def check_environment(environment: Environment, rng: Rng = 0, size: int = 16) -> EnvironmentReport:
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
        report.append(_run(name, partial(check, trial)))
        if report[0].status != "passed":
            break
    title = str(getattr(environment, "name", type(environment).__name__))
    return EnvironmentReport(title, tuple(report))


def _run(name: str, check: Callable[[], None]) -> Check:
    try:
        check()
    except Skipped as reason:
        return Check(name, "skipped", str(reason))
    except Broken as error:
        return Check(name, "failed", str(error))
    except Exception as error:  # noqa: BLE001 - anything a broken environment may raise
        words = str(error) if isinstance(error, ComityError) else f"{type(error).__name__}: {error}"
        return Check(name, "failed", words)
    return Check(name, "passed")
