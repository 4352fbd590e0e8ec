"""A search for the report that pays best: named lies, single moves, coordinate steps, a stretch."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from comity.agreement.misreports.bends import bends_to, turned
from comity.agreement.misreports.lies import Move
from comity.games import Game

SIZES = (1.0, 0.25, 4.0)
"""Sizes at which every single move is tried."""

EQUAL = 1e-9
"""A report that pays no more than this above another, relative to what it pays, pays the same."""

MAX_STRETCHES = 40
"""A lie that pays ever more the larger it is would be stretched without end."""


class Hunt:
    """A search for the best report, within a number of tries.

    Parameters
    ----------
    truth : the report to start from.
    worth : what a report is worth to the one who makes it.
    budget : number of reports that may be tried; no limit unless given.
    rng : of the restarts.
    """

    def __init__(
        self,
        truth: Game,
        worth: Callable[[Game], float],
        budget: float = math.inf,
        rng: np.random.Generator | None = None,
    ) -> None:
        self.truth, self.worth = truth, worth
        self.budget, self.rng = budget, rng or np.random.default_rng(0)
        self.tried = 0
        self.best, self.best_value = truth, worth(truth)

    @property
    def left(self) -> float:
        """How many more reports may be tried."""
        return max(0, self.budget - self.tried)

    def run_through(self, reports: Iterable[Game]) -> None:
        """Try given reports, whatever the number of tries."""
        for report in reports:
            self._weigh(report)

    def sweep(self, steps: Sequence[Move], sizes: Sequence[float] = SIZES) -> None:
        """Try every single move at every size, up and down."""
        for size, step, sign in itertools.product(sizes, steps, (1.0, -1.0)):
            if not self.left:
                return
            self._weigh(step(self.truth, sign * size))

    def climb_from_best(self, steps: Sequence[Move], tries: float = math.inf) -> None:
        """Take coordinate steps from the best report so far, for some tries."""
        self._climb(self.best, self.best_value, steps, min(self.budget, self.tried + tries))

    def restart(self, steps: Sequence[Move]) -> None:
        """Climb from random reports until all tries are used up."""
        while steps and self.left:
            start = self._shaken(steps)
            self._climb(start, self._weigh(start), steps, self.budget)

    def stretch(self, shares: Sequence[float]) -> None:
        """Tell more and less of the best lie until no share of it pays more, whatever the tries."""
        for _ in range(MAX_STRETCHES):
            before, bends = self.best, bends_to(self.truth, self.best)
            self.run_through(turned(self.truth, bends, share) for share in shares if bends)
            if self.best is before:
                return

    def _shaken(self, steps: Sequence[Move]) -> Game:
        """Return the truth, or the best so far, with some random steps."""
        report = self.truth if self.rng.random() < 0.5 else self.best
        count = min(len(steps), int(self.rng.integers(1, 5)))
        for k in self.rng.choice(len(steps), count, replace=False):
            report = steps[int(k)](report, float(self.rng.normal()))
        return report

    def _climb(self, report: Game, value: float, steps: Sequence[Move], limit: float) -> None:
        """Take any improving step, again while it improves; halve the steps when none does."""
        size = 0.5
        while size > 1e-3 and self.tried < limit:
            better = False
            for step, sign in self._shuffled(steps):
                while self.tried < limit:
                    changed = step(report, sign * size)
                    found = self._weigh(changed)
                    if found <= value + EQUAL * max(1.0, abs(value)):
                        break
                    report, value, better = changed, found, True
            size = size if better else size / 2

    def _shuffled(self, steps: Sequence[Move]) -> Iterator[tuple[Move, float]]:
        for k in self.rng.permutation(2 * len(steps)):
            yield steps[int(k) // 2], 1.0 if k % 2 else -1.0

    def _weigh(self, report: Game) -> float:
        self.tried += 1
        value = self.worth(report)
        if value > self.best_value + EQUAL * max(1.0, abs(self.best_value)):
            self.best, self.best_value = report, value
        return value
