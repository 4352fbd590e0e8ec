"""The likelihood of people who are of several types, with its derivatives.

A person is of type t with chance ``share_t`` and decides as that type's explanation says, always.
Points are vectors on the whole line: the parameters of all types, each parameter that types share
once, and then the log-odds of every type but the first against the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.errors import InputError
from comity.inference.estimation.likelihood import (
    Tally,
    log_likelihood,
    looks_back,
    row_log_likelihoods,
    without_rows,
)
from comity.inference.estimation.newton import second_order
from comity.inference.estimation.pieces import in_pieces
from comity.inference.explanations.batch import Batch
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import Parameter
from comity.inference.numerics import x64

LARGE = 100_000
"""Rows, or payoffs of all situations, from which on points are looked at one by one."""


@dataclass(frozen=True, eq=False)
class Blend:
    """Types of people, and the decisions that tell them apart.

    Attributes
    ----------
    explanations : T of them, one a type; one may stand several times.
    parameters : the K parameters of all types, shared ones once.
    owners : the type of each; -1 for shared ones.
    positions : for every type where its parameters stand among the K.
    batch, scale : decisions by person, as `prepare` gives them.
    live : shape (P,), who decided anything.
    """

    explanations: tuple[Explanation, ...]
    parameters: tuple[Parameter, ...]
    owners: tuple[int, ...]
    positions: tuple[np.ndarray, ...]
    batch: Batch
    scale: float
    live: np.ndarray = field(repr=False)

    @property
    def sizes(self) -> tuple[int, int]:
        """Numbers of types and of parameters."""
        return len(self.explanations), len(self.parameters)

    def split(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return parameters (S, K) and log-shares (S, T) of points (S, K + T - 1)."""
        count = self.sizes[1]
        odds = np.concatenate([np.zeros((len(points), 1)), points[:, count:]], axis=1)
        return points[:, :count], odds - _log_sum(odds)[:, None]

    def by_type(self, values: np.ndarray) -> np.ndarray:
        """Return the log-likelihood of every person as every type, shape (S, P, T)."""
        found = np.zeros((len(values), self.batch.people, self.sizes[0]))
        for explanation, types, points in self._lanes(values):
            with x64():
                rows = in_pieces(
                    lambda some, e=explanation: _people(e, some, self.batch, self.scale),
                    self.at_once(explanation),
                    points,
                )
            shaped = np.asarray(rows).reshape(len(types), len(values), -1)
            found[:, :, types] = np.moveaxis(shaped, 0, -1)
        return found

    def slopes(self, values: np.ndarray) -> np.ndarray:
        """Return the derivatives of `by_type`, shape (S, P, T, K)."""
        types, count = self.sizes
        found = np.zeros((len(values), self.batch.people, types, count))
        for explanation, members, points in self._lanes(values):
            if points.shape[1] == 0:
                continue
            with x64():
                slopes = in_pieces(
                    lambda some, e=explanation: _people_slopes(e, some, self.batch, self.scale),
                    self.at_once(explanation),
                    points,
                )
            shaped = np.asarray(slopes).reshape(len(members), len(values), -1, points.shape[1])
            for own, t in zip(shaped, members, strict=True):
                found[:, :, t, self.positions[t]] = own
        return found

    def weighed(self, values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return gradients (S, K) and Hessians (S, K, K) of weighed sums over people and types.

        Parameters
        ----------
        weights : shape (S, P, T), how much each person counts as each type.
        """
        count = self.sizes[1]
        gradients = np.zeros((len(values), count))
        hessians = np.zeros((len(values), count, count))
        for explanation, members, points in self._lanes(values):
            if points.shape[1] == 0:
                continue
            people = np.concatenate([weights[:, :, t] for t in members])
            given = people if looks_back(explanation) else self._counted(people)
            with x64():
                found = in_pieces(
                    lambda some, w, e=explanation: _curvatures(e, some, w, self.batch, self.scale),
                    self.at_once(explanation),
                    points,
                    given,
                )
            parts = [part.reshape(len(members), len(values), *part.shape[1:]) for part in found]
            for t, slope, curvature in zip(members, *parts, strict=True):
                own = self.positions[t]
                gradients[:, own] += slope
                hessians[:, own[:, None], own] += curvature
        return gradients, hessians

    def at_once(self, explanation: Explanation) -> int:
        """Return how many points are looked at side by side: one where each is work enough."""
        rows = self.batch.rows.choice.size
        heavy = looks_back(explanation) or max(rows, self.batch.situations.payoffs.size) > LARGE
        return 1 if heavy else 4

    def _lanes(self, values: np.ndarray) -> Iterator[tuple[Explanation, list[int], np.ndarray]]:
        """Yield each different explanation, its types, and their points (types x S, k)."""
        for explanation in dict.fromkeys(self.explanations):
            types = [t for t, e in enumerate(self.explanations) if e is explanation]
            yield explanation, types, np.concatenate([values[:, self.positions[t]] for t in types])

    @cached_property
    def _choices(self) -> Any:
        """Choices by person, and situation and option, as a sparse matrix (P, G K)."""
        from scipy import sparse

        rows = self.batch.rows
        shape = np.shape(self.batch.situations.options)
        places = np.ravel_multi_index((rows.situation, rows.choice), shape)
        person = np.broadcast_to(np.arange(len(places))[:, None], places.shape)
        size = (len(places), shape[0] * shape[1])
        return sparse.csr_array((rows.weight.ravel(), (person.ravel(), places.ravel())), size)

    def _counted(self, people: np.ndarray) -> np.ndarray:
        """Return weighed counts (L, G, K) for weights of people (L, P)."""
        shape = np.shape(self.batch.situations.options)
        return np.asarray(people @ self._choices).reshape(len(people), *shape)


def make_blend(
    explanations: Sequence[Explanation], shared: Sequence[str], batch: Batch, scale: float
) -> Blend:
    """Return the blend of types over a batch, or raise `InputError` where nothing can be shared."""
    parameters: list[Parameter] = []
    owners: list[int] = []
    places: dict[str, int] = {}
    positions = []
    for t, explanation in enumerate(explanations):
        own = []
        for parameter in explanation.parameters:
            common = parameter.name in shared
            if not (common and parameter.name in places):
                places[parameter.name] = len(parameters)
                parameters.append(parameter)
                owners.append(-1 if common else t)
            own.append(_same(parameters, places, parameter) if common else len(parameters) - 1)
        positions.append(np.array(own, int))
    unknown = sorted(set(shared) - set(places))
    if unknown:
        raise InputError(
            "no type has this parameter", place="shared", found=", ".join(unknown),
            expected=", ".join(places) or "none",
        )  # fmt: skip
    live = batch.rows.weight.sum(axis=1) > 0
    return Blend(
        tuple(explanations), tuple(parameters), tuple(owners), tuple(positions), batch, scale, live
    )


def _same(parameters: list[Parameter], places: dict[str, int], parameter: Parameter) -> int:
    known = parameters[places[parameter.name]]
    limits = [(p.low, p.high, p.units) for p in (known, parameter)]
    if limits[0] != limits[1]:
        raise InputError(
            "types use one name for different things",
            place=f"shared.{parameter.name}",
            found=limits[1],
            expected=limits[0],
        )
    return places[parameter.name]


def _log_sum(values: np.ndarray) -> np.ndarray:
    """Return log(sum(exp(values))) over the last axis; minus infinity where all are."""
    return np.asarray(np.logaddexp.reduce(values, axis=-1))


@partial(jax.jit, static_argnums=0)
def _people(explanation: Explanation, points: Any, batch: Batch, scale: Any) -> jax.Array:
    """Return the log-likelihood of every person at every point, shape (L, P)."""

    def one(point: jax.Array) -> jax.Array:
        return jnp.sum(row_log_likelihoods(explanation, point, batch, scale), axis=1)

    return jax.vmap(one)(points)


@partial(jax.jit, static_argnums=0)
def _people_slopes(explanation: Explanation, points: Any, batch: Batch, scale: Any) -> jax.Array:
    def one(point: jax.Array) -> jax.Array:
        return jnp.sum(row_log_likelihoods(explanation, point, batch, scale), axis=1)

    return jax.vmap(jax.jacfwd(one))(points)


@partial(jax.jit, static_argnums=0)
def _curvatures(
    explanation: Explanation, points: Any, weights: Any, batch: Batch, scale: Any
) -> tuple[jax.Array, jax.Array]:
    """Return gradients and Hessians of weighed log-likelihoods, shapes (L, k) and (L, k, k).

    Parameters
    ----------
    weights : shape (L, G, K) of choices, or (L, P) of people where the procedure looks back.
    """

    def one(point: jax.Array, weight: jax.Array) -> tuple[jax.Array, jax.Array]:
        if looks_back(explanation):
            own = Tally(batch, batch.rows.weight * weight[:, None], scale)
        else:
            own = Tally(without_rows(batch), weight, scale)
        return second_order(lambda x: log_likelihood(explanation, x, own), point)[1:]

    return jax.vmap(one)(points, weights)
