"""Does a class keep the game protocol? A conformance test for games of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from comity.core.errors import ComityError, Intractable, SizeError
from comity.core.randomness import Rng, as_generator
from comity.core.results import Result
from comity.games.conformance import CHECKS, SAMPLING, Broken, Sample, has_members, sample_of
from comity.games.protocol import Game

Status = Literal["passed", "failed", "skipped"]


@dataclass(frozen=True)
class Check:
    """One thing the protocol asks for, and whether the game keeps it.

    Attributes
    ----------
    name : what is asked for, in words.
    status : ``passed``, ``failed`` or ``skipped``.
    detail : what was found where it failed, or why it was skipped.
    """

    name: str
    status: Status
    detail: str = ""


@dataclass(frozen=True)
class CheckReport(Result):
    """What `check_game` found.

    Attributes
    ----------
    game : name of the class.
    checks : in the order they ran.
    """

    game: str
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
        return "\n".join([f"{self.game}: {'ok' if self.ok else 'broken'}", *lines])


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
    report = [_run("has every member of the protocol", lambda: has_members(game))]
    if report[0].status == "passed":
        samples: list[Sample] = []
        report.append(_run(SAMPLING, lambda: samples.append(sample_of(game, as_generator(rng)))))
        for sample in samples:
            report += [_run(name, partial(check, sample)) for name, check in CHECKS.items()]
    return CheckReport(type(game).__name__, tuple(report))


def _run(name: str, check: Callable[[], None]) -> Check:
    try:
        check()
    except (SizeError, Intractable) as error:
        return Check(name, "skipped", str(error))
    except Broken as error:
        return Check(name, "failed", str(error))
    except Exception as error:  # noqa: BLE001 - anything a broken game may raise
        return Check(name, "failed", _words(error))
    return Check(name, "passed")


def _words(error: Exception) -> str:
    return str(error) if isinstance(error, ComityError) else f"{type(error).__name__}: {error}"
