"""Several seeds learning side by side in one compiled program: what a GPU needs to be busy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from comity.core.errors import InputError, SolverError
from comity.learning.training.checkpoints import Checkpoint, save
from comity.learning.training.ppo import Learner, Ppo
from comity.learning.training.training import SAVES, Report, Run


def train_side_by_side(
    ppo: Ppo,
    seeds: Sequence[int],
    *,
    agent: str = "ippo",
    paths: Sequence[Path] | None = None,
    resume: bool = False,
    report: Report | None = None,
) -> list[Checkpoint]:
    """Return one agent for each seed; all make each update together.

    Each begins and plays as it would alone, up to rounding. ``paths`` has a file for each,
    ``report`` is told the means over seeds; the rest is as of `train`.
    """
    together = SideBySide(ppo, seeds, agent, paths)
    if resume:
        together.resume()
    return together.learn(report)


class SideBySide:
    """Runs of learning whose learners are stacked along a first axis."""

    def __init__(
        self, ppo: Ppo, seeds: Sequence[int], agent: str, paths: Sequence[Path] | None
    ) -> None:
        if not seeds or (paths is not None and len(paths) != len(seeds)):
            raise InputError(
                "as many files as seeds are needed",
                place="paths",
                found=len(paths or ()),
                expected=f"{len(seeds)}, at least one",
            )
        self.ppo = ppo
        self.runs = [
            Run(ppo, agent, seed, None if paths is None else Path(paths[k]))
            for k, seed in enumerate(seeds)
        ]
        self.learners = stacked([run.learner for run in self.runs])

    def resume(self) -> None:
        """Take up the learners of all files, which must have learned equally long."""
        for run in self.runs:
            run.resume()
        made = sorted({int(run.learner.updates) for run in self.runs})
        if len(made) > 1:
            raise InputError(
                "these learners have not learned equally long",
                place="paths",
                found=f"after {made[0]} to {made[-1]} updates",
                expected="checkpoints of one run side by side",
            )
        self.learners = stacked([run.learner for run in self.runs])

    def learn(self, report: Report | None = None) -> list[Checkpoint]:
        """Return the checkpoints after all updates; an interruption leaves them behind, too."""
        updates = self.ppo.settings.updates
        try:
            for update in range(len(self.runs[0].curve["score"]), updates):
                told = self._update(update)
                if report:
                    report(update + 1, updates, told)
                if (update + 1) % max(1, updates // SAVES) == 0:
                    self.checkpoints()
        except (KeyboardInterrupt, SolverError):
            self.checkpoints()
            raise
        return self.checkpoints()

    def _update(self, update: int) -> Mapping[str, float]:
        """Make an update of all, and return the means of what they report."""
        import jax

        after, statistics = self.ppo.update_all(self.learners)
        told = jax.device_get(statistics)
        each = [
            {name: float(value[k]) for name, value in told.items()} for k in range(len(self.runs))
        ]
        for run, one in zip(self.runs, each, strict=True):
            run.check(update, one)
        self.learners = after
        for run, one in zip(self.runs, each, strict=True):
            run.note(one)
        return {name: float(np.mean(value)) for name, value in told.items()}

    def checkpoints(self) -> list[Checkpoint]:
        """Return all learners as they stand, and write those that have a file."""
        found = []
        for k, run in enumerate(self.runs):
            run.learner = taken(self.learners, k)
            found.append(run.checkpoint())
            if run.path:
                save(found[-1], run.path)
        return found


def stacked(learners: Sequence[Learner]) -> Learner:
    """Return learners as one, each array with the seeds in front."""
    import jax

    found: Learner = jax.tree.map(lambda *leaves: jax.numpy.stack(leaves), *learners)
    return found


def taken(learners: Learner, place: int) -> Learner:
    """Return one of the learners that `stacked` joined."""
    import jax

    found: Any = jax.tree.map(lambda leaf: leaf[place], learners)
    return Learner(*found)
