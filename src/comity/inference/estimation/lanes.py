"""Searches for many people at once: one lane a person, in chunks of one size."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.inference.estimation.likelihood import (
    Tally,
    log_likelihood,
    looks_back,
    without_rows,
)
from comity.inference.estimation.newton import Optimum, maximise
from comity.inference.explanations.batch import Batch
from comity.inference.explanations.explanation import Explanation
from comity.inference.numerics import x64

CHUNK_CELLS = 2_000
"""About how many option values of all lanes a chunk holds: what a processor's cache takes."""
ROUNDS = (8, 12, 60)
"""Iterations for all lanes, and then for those that are still on their way: lanes of one chunk
wait for the slowest of them."""

AXES: dict[str, tuple[int | None, int | None, int]] = {
    "common": (None, None, 0),
    "own": (0, None, 0),
    "rows": (None, 0, 0),
}
"""What has one entry a lane: situations, rows, weights. In ``common`` every lane counts choices in
the same situations, in ``own`` in those it met, and in ``rows`` it goes through its decisions."""


@dataclass(frozen=True, eq=False)
class Lanes:
    """Decisions of P people, each to be fitted alone.

    Attributes
    ----------
    explanation, batch, scale : as in `prepare`.
    layout : one of `AXES`.
    size : lanes in a chunk.
    """

    explanation: Explanation
    batch: Batch
    scale: float
    layout: str
    size: int

    def chunks(self, people: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Return places of people by chunk, filled up to one size, and places within ``people``."""
        for first in range(0, len(people), self.size):
            within = np.arange(first, min(first + self.size, len(people)))
            filled = np.concatenate([within, np.full(self.size - len(within), within[-1])])
            yield people[filled], within

    def tally(self, people: np.ndarray) -> Tally:
        """Return the decisions of some people, with a leading axis where `AXES` says so."""
        rows = jax.tree.map(lambda leaf: np.asarray(leaf)[people], self.batch.rows)
        if self.layout == "rows":
            own = jax.tree.map(lambda leaf: leaf[:, None], rows)
            return Tally(dataclasses.replace(self.batch, rows=own), own.weight, self.scale)
        alone = without_rows(self.batch)
        groups, options = np.shape(self.batch.situations.options)
        lane, place = np.indices(rows.choice.shape)
        if self.layout == "own":
            groups = rows.choice.shape[1]
            met = jax.tree.map(lambda leaf: np.asarray(leaf)[rows.situation], alone.situations)
            alone = dataclasses.replace(alone, situations=met)
        else:
            place = rows.situation
        weights = np.zeros((len(people), groups, options))
        np.add.at(weights, (lane, place, rows.choice), rows.weight)
        return Tally(alone, weights, self.scale)

    @cached_property
    def alike(self) -> tuple[np.ndarray, np.ndarray]:
        """One person of each group whose decisions are the same, and the group of each person.

        Unless the procedure looks back, the order of decisions makes no difference.
        """
        rows = self.batch.rows
        columns = [rows.situation, rows.choice, rows.weight > 0]
        if self.layout == "rows":
            columns += [rows.others, rows.first]
        else:
            last = np.lexsort((rows.choice, rows.situation, rows.weight <= 0), axis=1)
            columns = [np.take_along_axis(column, last, axis=1) for column in columns]
        table = np.ascontiguousarray(np.concatenate(columns, axis=1).astype(np.int64))
        keys = table.view(np.dtype((np.void, table.dtype.itemsize * table.shape[1])))[:, 0]
        _, first, group = np.unique(keys, return_index=True, return_inverse=True)
        return first, group

    def climb(self, starts: np.ndarray) -> Optimum:
        """Return the best end of each person's searches, arrays with a leading axis P.

        Parameters
        ----------
        starts : shape (S, k), on the whole line, the same for all.
        """
        people, group = self.alike
        ends = self.climb_from(people, np.broadcast_to(starts, (len(people), *starts.shape)))
        return Optimum(*(leaf[group] for leaf in ends))

    def climb_from(self, people: np.ndarray, starts: np.ndarray) -> Optimum:
        """Return the best end of some people's searches, from starts (people, S, k)."""
        if starts.shape[2] == 0:
            none, done = np.zeros((len(people), 0)), np.ones(len(people), bool)
            values = self.look(starts[:, :1], people)[:, 0]
            return Optimum(none, values, none, none[:, :, None], 0 * done, done)
        ends = self._run(people, starts, ROUNDS[0])
        for most in ROUNDS[1:]:
            slow = np.flatnonzero(~ends.converged.all(axis=1))
            if not len(slow):
                break
            later = self._run(people[slow], ends.point[slow], most)
            for whole, part in zip(ends, later, strict=True):
                whole[slow] = part
        best = np.argmax(np.where(np.isnan(ends.value), -np.inf, ends.value), axis=1)
        return Optimum(*(leaf[np.arange(len(people)), best] for leaf in ends))

    def look(self, points: np.ndarray, people: np.ndarray | None = None) -> np.ndarray:
        """Return log-likelihoods (P, M) at points (P, M, k), each of its own person.

        Parameters
        ----------
        people : whose points they are; everybody's unless given.
        """
        people = np.arange(self.batch.people) if people is None else people
        found = np.zeros(points.shape[:2])
        if points.shape[1] == 0:
            return found
        with x64():
            for chosen, within in self.chunks(people):
                own = within[np.minimum(np.arange(self.size), len(within) - 1)]
                values = _look(self.explanation, self.layout, self.tally(chosen), points[own])
                found[within] = np.asarray(values)[: len(within)]
        return found

    def _run(self, people: np.ndarray, points: np.ndarray, most: int) -> Optimum:
        pieces = []
        with x64():
            for chosen, within in self.chunks(people):
                own = within[np.minimum(np.arange(self.size), len(within) - 1)]
                found = _climb(self.explanation, self.layout, self.tally(chosen), points[own], most)
                pieces.append(found)
        ends = [
            np.concatenate([np.asarray(leaf) for leaf in leaves])
            for leaves in zip(*pieces, strict=True)
        ]
        return Optimum(*(leaf[: len(people)] for leaf in ends))


def make_lanes(explanation: Explanation, batch: Batch, scale: float) -> Lanes:
    """Return the lanes of a batch of scale 1, in the layout that costs least."""
    groups, options = np.shape(batch.situations.options)
    rows = batch.rows.choice.shape[1]
    options *= np.shape(batch.situations.present)[1]
    layout = "rows" if looks_back(explanation) else "common" if groups <= 2 * rows else "own"
    cells = max(1, options * (groups if layout == "common" else rows))
    most = max(1, CHUNK_CELLS // cells)
    size = min(most, batch.people)
    return Lanes(explanation, batch, scale, layout, 1 << max(0, int(size - 1).bit_length()))


def mapped(one: Callable[..., Any], layout: str, tally: Tally, *arrays: Any) -> Any:
    """Return ``one(own tally, *own arrays)`` of every person, a leading axis P in and out."""

    def lane(situations: Any, rows: Any, weights: Any, *own: Any) -> Any:
        batch = dataclasses.replace(tally.batch, situations=situations, rows=rows)
        return one(Tally(batch, weights, tally.scale), *own)

    run = jax.vmap(lane, (*AXES[layout], *(0 for _ in arrays)))
    return run(tally.batch.situations, tally.batch.rows, tally.weights, *arrays)


@partial(jax.jit, static_argnums=(0, 1))
def _climb(explanation: Explanation, layout: str, tally: Tally, points: Any, most: Any) -> Optimum:
    def one(own: Tally, starts: jax.Array) -> Optimum:
        return jax.vmap(
            lambda at: maximise(lambda x: log_likelihood(explanation, x, own), at, most)
        )(starts)

    found: Optimum = mapped(one, layout, tally, jnp.asarray(points))
    return found


@partial(jax.jit, static_argnums=(0, 1))
def _look(explanation: Explanation, layout: str, tally: Tally, points: Any) -> jax.Array:
    def one(own: Tally, at: jax.Array) -> jax.Array:
        return jax.vmap(lambda x: log_likelihood(explanation, x, own))(at)

    found: jax.Array = mapped(one, layout, tally, jnp.asarray(points))
    return found
