"""The loop around PPO: checkpoints, progress, and what happens when a loss is no number."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from comity.core.errors import InputError, SolverError
from comity.core.randomness import spawn_seeds
from comity.core.results import plain
from comity.learning.training.checkpoints import Checkpoint, load, save
from comity.learning.training.learned import flattened
from comity.learning.training.ppo import STATISTICS, Learner, Ppo

Report = Callable[[int, int, Mapping[str, float]], None]
"""Called after each update with how many were made, how many there will be, and `STATISTICS`."""

SAVES = 10
"""How often a checkpoint is written in the course of learning."""


def train(
    ppo: Ppo,
    *,
    seed: int = 0,
    agent: str = "ippo",
    path: str | Path | None = None,
    resume: bool = False,
    report: Report | None = None,
) -> Checkpoint:
    """Return an agent that learned by PPO.

    Parameters
    ----------
    ppo : what is learned and how; its compiled update serves any number of seeds.
    agent : its name in the checkpoint.
    path : file for checkpoints, written ten times on the way and at the end.
    resume : whether to go on from that file: the result is that of an uninterrupted run, bit for
        bit on the same machine.

    Raises `SolverError` where a loss or reward is no number; the last good checkpoint stays.
    """
    run = Run(ppo, agent, seed, None if path is None else Path(path))
    if resume:
        run.resume()
    return run.learn(report)


def train_best(
    ppo: Ppo,
    *,
    restarts: int,
    seed: int = 0,
    agent: str = "ippo",
    path: str | Path | None = None,
    resume: bool = False,
    report: Report | None = None,
) -> Checkpoint:
    """Return the best, by its own score in training, of several runs from different starts.

    Where learning has bad local optima this is how to leave them: in the lever game even the true
    gradient of other-play leads from a uniform start to 1/9 rather than to .9. The file is written
    once, at the end: ``resume`` takes what is there.
    """
    if resume:
        return Run(ppo, agent, seed, None if path is None else Path(path)).stored()
    updates = ppo.settings.updates
    runs = []
    for k, start in enumerate(spawn_seeds(seed, restarts)):

        def told(done: int, _: int, values: Mapping[str, float], before: int = k) -> None:
            if report:
                report(before * updates + done, restarts * updates, values)

        runs.append(Run(ppo, agent, start % 2**31, None).learn(told))
    found = dataclasses.replace(max(runs, key=score), seed=seed, learner=())
    if path is not None:
        save(found, path)
    return found


def score(checkpoint: Checkpoint) -> float:
    """Return the mean score of games over the last tenth of training; nan where none ended."""
    scores, finished = checkpoint.curve["score"], checkpoint.curve["finished"]
    last = slice(-max(1, len(scores) // 10), None)
    counted = finished[last] > 0
    if not counted.any():
        return float("nan")
    return float(np.average(scores[last][counted], weights=finished[last][counted]))


class Run:
    """One run of learning: the learner as it stands, and what it reported."""

    def __init__(self, ppo: Ppo, agent: str, seed: int, path: Path | None) -> None:
        self.ppo, self.agent, self.seed, self.path = ppo, agent, seed, path
        self.learner: Learner = ppo.begin(seed)
        self.curve: dict[str, list[float]] = {name: [] for name in STATISTICS}

    def resume(self) -> None:
        """Take up the learner of the checkpoint; raise `InputError` where it is of another run."""
        found = self.stored()
        self.learner = restored(self.learner, found.learner, found.file)
        self.curve = {name: [float(x) for x in found.curve[name]] for name in STATISTICS}

    def stored(self) -> Checkpoint:
        """Return the checkpoint in the file; raise `InputError` where it is of another run."""
        if self.path is None:
            raise InputError("no checkpoint to go on from", place="path")
        found = load(self.path)
        here = self.checkpoint()
        for part in ("environment", "variant", "agent", "settings", "seed"):
            stated, expected = plain(getattr(found, part)), plain(getattr(here, part))
            if stated != expected:
                raise InputError(
                    f"a checkpoint of another {part}",
                    file=str(self.path),
                    found=stated,
                    expected=expected,
                )
        return found

    def learn(self, report: Report | None = None) -> Checkpoint:
        """Return the checkpoint after all updates; an interruption leaves one behind, too."""
        updates = self.ppo.settings.updates
        try:
            for update in range(int(self.learner.updates), updates):
                told = self._update(update)
                if report:
                    report(update + 1, updates, told)
                if self.path and (update + 1) % max(1, updates // SAVES) == 0:
                    save(self.checkpoint(), self.path)
        except (KeyboardInterrupt, SolverError):
            if self.path:
                save(self.checkpoint(), self.path)
            raise
        found = self.checkpoint()
        if self.path:
            save(found, self.path)
        return found

    def _update(self, update: int) -> Mapping[str, float]:
        after, statistics = self.ppo.update(self.learner)
        told = {name: float(value) for name, value in statistics.items()}
        self.check(update, told)
        self.learner = after
        self.note(told)
        return told

    def check(self, update: int, told: Mapping[str, float]) -> None:
        """Raise `SolverError` where not all numbers of an update are finite."""
        if not told["finite"]:
            kept = f"the last good one is kept: {self.path}" if self.path else "nothing was kept"
            bad = [name for name in STATISTICS if name != "score" and not np.isfinite(told[name])]
            raise SolverError(
                f"learning stopped at update {update + 1}: not all numbers are finite; {kept}",
                found=", ".join(bad) or "rewards or parameters",
                expected="numbers; a smaller learning rate often helps",
            )

    def note(self, told: Mapping[str, float]) -> None:
        """Add what an update reported to the curve."""
        for name in STATISTICS:
            self.curve[name].append(told[name])

    def checkpoint(self) -> Checkpoint:
        """Return the learner as it stands."""
        environment, settings = self.ppo.environment, self.ppo.settings
        return Checkpoint(
            agent=self.agent,
            environment=environment.name,
            variant=dict(environment.variant),
            settings=plain(settings),
            seed=self.seed,
            steps=int(self.learner.updates) * settings.games * settings.steps,
            policy=flattened(self.learner.parameters),
            learner=tuple(_stored(leaf) for leaf in _leaves(self.learner)),
            curve={name: np.array(values) for name, values in self.curve.items()},
        )


def restored(like: Learner, arrays: Sequence[np.ndarray], file: str) -> Learner:
    """Return a learner like another with the arrays of a checkpoint, or raise `InputError`."""
    import jax

    leaves = _leaves(like)
    stated = [(array.shape, array.dtype) for array in arrays]
    expected = [(stored.shape, stored.dtype) for stored in map(_stored, leaves)]
    if stated != expected:
        raise InputError(
            "the checkpoint holds no learner of this run: it can play, not learn on",
            file=file,
            found=f"{len(stated)} arrays",
            expected=f"{len(expected)}",
        )
    taken = [
        jax.random.wrap_key_data(jax.numpy.asarray(array), impl=jax.random.key_impl(leaf))
        if jax.numpy.issubdtype(leaf.dtype, jax.dtypes.prng_key)
        else jax.numpy.asarray(array)
        for leaf, array in zip(leaves, arrays, strict=True)
    ]
    found: Learner = jax.tree.unflatten(jax.tree.structure(like), taken)
    return found


def _leaves(learner: Learner) -> list[Any]:
    import jax

    found: list[Any] = jax.tree.leaves(learner)
    return found


def _stored(leaf: Any) -> np.ndarray:
    import jax

    if jax.numpy.issubdtype(leaf.dtype, jax.dtypes.prng_key):
        leaf = jax.random.key_data(leaf)
    return np.asarray(leaf)
