"""Likelihoods of choices, as functions of a point on the whole line, for JAX to differentiate.

Where a procedure does not look back, decisions enter by how often each option was chosen in each
situation: the size of the problem is then that of the design, however many decisions there are.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.errors import InputError
from comity.inference.estimation.newton import Optimum
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import Batch, Rows, make_batch
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import Parameter, constrain_all
from comity.inference.numerics import x64

MOST_NAMED = 5
"""Most rows that a message names."""


@partial(
    jax.tree_util.register_dataclass, data_fields=["batch", "weights", "scale"], meta_fields=[]
)
@dataclass(frozen=True)
class Tally:
    """Decisions as a likelihood reads them.

    Attributes
    ----------
    batch : situations, and rows where the procedure looks back. Its own scale is 1, so that what
        was compiled for one table serves for another.
    weights : how much each choice counts: shape (G, K) by situation and option, or shape (P, R) by
        row where the procedure looks back.
    scale : typical size of payoffs.
    """

    batch: Batch
    weights: Any
    scale: Any


def looks_back(explanation: Explanation) -> bool:
    """Return whether choices depend on what came before in their sequence."""
    return explanation.procedure.start is not None


def log_likelihood(explanation: Explanation, free: jax.Array, tally: Tally) -> jax.Array:
    """Return the log-likelihood at a point on the whole line, shape (k,), as a number."""
    values = constrain_all(explanation.parameters, free, tally.scale)
    if looks_back(explanation):
        found = explanation.log_likelihoods(values, tally.batch)
    else:
        found = explanation.log_table(values, tally.batch)
    counted = tally.weights > 0
    return jnp.sum(jnp.where(counted, tally.weights * jnp.where(counted, found, 0.0), 0.0))


def row_log_likelihoods(
    explanation: Explanation, free: jax.Array, batch: Batch, scale: Any
) -> jax.Array:
    """Return the log-probability of what was chosen in each row, shape (P, R); 0 to fill up."""
    values = constrain_all(explanation.parameters, free, scale)
    if looks_back(explanation):
        return explanation.log_likelihoods(values, batch)
    table = explanation.log_table(values, batch)
    chosen = table[batch.rows.situation, batch.rows.choice]
    return jnp.where(batch.rows.weight > 0, chosen, 0.0)


def prepare(
    explanation: Explanation, evidence: Evidence, scale: float | None = None
) -> tuple[Batch, np.ndarray, float]:
    """Return a checked table as a batch of scale 1, the place of its rows, and its scale."""
    explanation.check(evidence.situations)
    batch, places = make_batch(evidence, scale)
    return dataclasses.replace(batch, scale=1.0), places, batch.scale


def tally(
    explanation: Explanation, batch: Batch, scale: float, people: np.ndarray | None = None
) -> Tally:
    """Return the decisions of a batch in one tally; ``people``, shape (P,), weighs persons."""
    shares = np.ones(batch.people) if people is None else np.asarray(people, float)
    weights = batch.rows.weight * shares[:, None]
    if looks_back(explanation):
        return Tally(batch, weights, scale)
    return Tally(without_rows(batch), count(batch.rows, weights, batch), scale)


def count(rows: Rows, weights: np.ndarray, batch: Batch) -> np.ndarray:
    """Return the summed weights of the choices by situation and option, shape (G, K)."""
    options = np.shape(batch.situations.options)
    places = np.ravel_multi_index((rows.situation.ravel(), rows.choice.ravel()), options)
    return np.bincount(places, weights.ravel(), minlength=options[0] * options[1]).reshape(options)


def without_rows(batch: Batch) -> Batch:
    """Return the batch with its situations alone."""
    none = np.zeros((0, 0))
    return dataclasses.replace(batch, rows=Rows(none, none, none, none, none))


def natural(explanation: Explanation, free: np.ndarray, scale: Any) -> dict[str, np.ndarray]:
    """Return parameters by name for points on the whole line, shape (..., k)."""
    table = natural_table(explanation.parameters, free, scale)
    return {p.name: table[..., i] for i, p in enumerate(explanation.parameters)}


def natural_table(parameters: tuple[Parameter, ...], free: np.ndarray, scale: Any) -> np.ndarray:
    """Return parameters for points on the whole line, shape (..., k), in the same shape."""
    if not parameters:
        return np.zeros(np.shape(free))
    with x64():
        return np.asarray(_natural(parameters, jnp.asarray(free, float), scale))


@partial(jax.jit, static_argnums=0)
def _natural(parameters: tuple[Parameter, ...], free: jax.Array, scale: Any) -> jax.Array:
    return jnp.stack([p.constrain(free[..., i], scale) for i, p in enumerate(parameters)], axis=-1)


def look(explanation: Explanation, points: np.ndarray, counted: Tally) -> np.ndarray:
    """Return the log-likelihood of one tally at points (M, k), shape (M,)."""
    with x64():
        return np.asarray(_look(explanation, jnp.asarray(points, float), counted))


@partial(jax.jit, static_argnums=0)
def _look(explanation: Explanation, points: jax.Array, counted: Tally) -> jax.Array:
    return jax.vmap(lambda at: log_likelihood(explanation, at, counted))(points)


@partial(jax.jit, static_argnums=0)
def _rows_at(explanation: Explanation, free: jax.Array, batch: Batch, scale: Any) -> jax.Array:
    return row_log_likelihoods(explanation, free, batch, scale)


@partial(jax.jit, static_argnums=0)
def _slopes_at(explanation: Explanation, free: jax.Array, batch: Batch, scale: Any) -> jax.Array:
    return jax.jacfwd(lambda at: row_log_likelihoods(explanation, at, batch, scale))(free)


def rows_at(explanation: Explanation, free: np.ndarray, batch: Batch, scale: float) -> np.ndarray:
    """Return `row_log_likelihoods` as an array."""
    with x64():
        return np.asarray(_rows_at(explanation, jnp.asarray(free, float), batch, scale))


def slopes_at(explanation: Explanation, free: np.ndarray, batch: Batch, scale: float) -> np.ndarray:
    """Return the derivatives of `row_log_likelihoods`, shape (P, R, k)."""
    if len(free) == 0:
        return np.zeros((*np.shape(batch.rows.choice), 0))
    with x64():
        return np.asarray(_slopes_at(explanation, jnp.asarray(free, float), batch, scale))


def ruled_out(
    explanation: Explanation, points: np.ndarray, batch: Batch, places: np.ndarray, scale: float
) -> np.ndarray:
    """Return the rows whose choice has probability 0 at every point given, in their order.

    Parameters
    ----------
    points : shape (S, k), on the whole line.
    places : the row that stands at each place of the batch.

    Raises
    ------
    InputError : where the explanation gives something that is not a number.
    """
    impossible = np.ones(places.shape, bool)
    for point in points:
        found = rows_at(explanation, point, batch, scale)
        if np.isnan(found).any():
            raise _not_a_number(explanation, point, places[np.isnan(found)], scale)
        impossible &= np.isneginf(found)
    return np.sort(places[impossible & (places >= 0)])


def by_row(found: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return what was found for the places of a batch (P, R, ...) in the order of the table."""
    filled = places >= 0
    table = np.zeros((int(filled.sum()), *found.shape[2:]))
    table[places[filled]] = found[filled]
    return table


def check_slopes(
    explanation: Explanation, end: Optimum, batch: Batch, places: np.ndarray, scale: float
) -> None:
    """Raise `InputError` where the likelihood is finite but its derivatives are not."""
    if np.isfinite(end.value):
        return
    point = np.asarray(end.point)
    if not np.isfinite(rows_at(explanation, point, batch, scale)).all():
        return
    slopes = slopes_at(explanation, point, batch, scale)
    rows = np.sort(places[(places >= 0) & ~np.isfinite(slopes).all(axis=-1)])
    raise InputError(
        "the explanation's slope is not a number",
        place=explanation.name,
        found=f"{name_rows(rows)}, at {_at(explanation, point, scale)}",
        expected="log-probabilities with two finite derivatives",
    )


def _not_a_number(
    explanation: Explanation, point: np.ndarray, rows: np.ndarray, scale: float
) -> InputError:
    return InputError(
        "the explanation does not give a number",
        place=explanation.name,
        found=f"nan for {name_rows(np.sort(rows))}, at {_at(explanation, point, scale)}",
        expected="log-probabilities",
    )


def _at(explanation: Explanation, point: Any, scale: float) -> str:
    values = natural(explanation, np.asarray(point), scale)
    return ", ".join(f"{k} = {float(v):.6g}" for k, v in values.items()) or "no parameters"


def name_rows(rows: np.ndarray) -> str:
    """Return rows in words, the first few by number.

    Examples
    --------
    >>> name_rows(np.arange(7))
    'rows 0, 1, 2, 3, 4 and 2 more'
    """
    shown = ", ".join(str(int(row)) for row in rows[:MOST_NAMED])
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    return f"row {shown}" if len(rows) == 1 else f"rows {shown}{more}"
