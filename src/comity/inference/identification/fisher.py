"""How much a design tells of each parameter, and which move together without being seen.

The Fisher information of one decision in each situation of a design is the mean, over what may be
chosen, of the products of the slopes of log-probabilities. Its directions without information are
what the design cannot tell at that point; the others say how many decisions an estimate needs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core.results import Result
from comity.inference.estimation.diagnosis import direction_words, flat_words, half_widths
from comity.inference.estimation.likelihood import looks_back, prepare, tally
from comity.inference.estimation.maximum_likelihood import curvature_at
from comity.inference.estimation.standard_errors import (
    delta_method,
    errors_of,
    natural_slopes,
)
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import Batch
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.member import Member, one_decision_each
from comity.inference.explanations.parameters import Parameter, constrain_all
from comity.inference.numerics import x64

RANK = 1e-7
"""A direction is flat where what moves along it is below this share of what moves along the
best-seen one: slopes in double precision are good to about 1e-10."""
INVOLVED = 1e-4
"""A parameter belongs to a flat direction if its squared share in it is above this."""


@dataclass(frozen=True, eq=False)
class FisherSpectrum(Result):
    """What a design tells of parameters at one point.

    Attributes
    ----------
    member : the explanation and its parameters there.
    names : of the k parameters.
    decisions : how many the information is of.
    observed : whether it is the curvature of the likelihood of choices that were made; else it is
        expected before they are.
    eigenvalues : shape (k,), of the information, the weakest first, in units in which half the
        width of a parameter's typical interval on the whole line is 1.
    directions : shape (k, k), unit vectors in those units, one a row.
    rank : how many directions are seen.
    condition : the largest over the smallest eigenvalue; infinite where a direction is flat.
    standard_errors : by name, expected of an estimate from these decisions; ``nan`` where a flat
        direction moves the parameter.
    flat : directions that are not seen, in words.
    weakest : the least seen of the others, in words; empty where all are flat.
    """

    member: Member = field(repr=False)
    names: tuple[str, ...]
    decisions: int
    observed: bool
    eigenvalues: np.ndarray
    directions: np.ndarray = field(repr=False)
    rank: int
    condition: float
    standard_errors: dict[str, float]
    flat: tuple[str, ...]
    weakest: str

    @property
    def identified(self) -> bool:
        """Whether every parameter is seen, at this point and by this design."""
        return self.rank == len(self.names)

    def decisions_for(self, name: str, error: float) -> float:
        """Return how many decisions, in these proportions, give a standard error.

        Infinite where the parameter is not seen.
        """
        now = self.standard_errors[name]
        return math.inf if math.isnan(now) else self.decisions * (now / error) ** 2


def fisher_spectrum(
    member: Member, design: Evidence | Sequence[Situation], *, observed: bool = False
) -> FisherSpectrum:
    """Return what a design tells of a member's parameters.

    Parameters
    ----------
    design : situations, each met once and afresh; or a table, of which procedures that look back
        also read what came before each decision.
    observed : take the curvature of the likelihood of the table's own choices in place of what is
        expected.

    Decisions are taken to be independent given the explanation.
    """
    evidence = design if isinstance(design, Evidence) else one_decision_each(design)
    explanation = member.explanation
    batch, _, scale = prepare(explanation, evidence)
    parameters = explanation.parameters
    free = np.array([float(p.unconstrain(member.parameters[p.name], scale)) for p in parameters])
    width = half_widths(parameters)
    if observed:
        counted = tally(explanation, batch, scale)
        sizes, axes = np.linalg.eigh(
            -curvature_at(explanation, free, counted) * width * width[:, None]
        )
        seen = sizes > RANK * max(sizes.max(initial=0.0), 1e-300)
    else:
        slopes = _slopes(explanation, free, batch, scale).reshape(-1, len(free)) * width
        _, lengths, rows = np.linalg.svd(slopes, full_matrices=len(slopes) < len(free))
        lengths = np.concatenate([lengths, np.zeros(len(free) - len(lengths))])
        sizes, axes = lengths[::-1] ** 2, rows[::-1].T
        seen = lengths[::-1] > RANK * max(lengths.max(initial=0.0), 1e-300)
    return _spectrum(member, len(evidence), observed, sizes, axes, seen, width, free, scale)


def _spectrum(
    member: Member,
    decisions: int,
    observed: bool,
    sizes: np.ndarray,
    axes: np.ndarray,
    seen: np.ndarray,
    width: np.ndarray,
    free: np.ndarray,
    scale: float,
) -> FisherSpectrum:
    """Return the spectrum with ``axes`` as columns, the weakest first."""
    parameters: tuple[Parameter, ...] = member.explanation.parameters
    names = tuple(p.name for p in parameters)
    moved = (axes**2 * ~seen).sum(axis=1) > INVOLVED
    inverse = (axes * np.where(seen, 1 / np.where(seen, sizes, 1.0), 0.0)) @ axes.T
    covariance = inverse * width * width[:, None]
    covariance[moved] = np.nan
    errors = errors_of(delta_method(covariance, natural_slopes(parameters, free, scale)))
    flat = tuple(flat_words(parameters, axis) for axis in axes.T[~seen])
    weakest = direction_words(parameters, axes.T[seen][0]) if seen.any() else ""
    return FisherSpectrum(
        member=member,
        names=names,
        decisions=decisions,
        observed=observed,
        eigenvalues=np.where(seen, sizes, 0.0),
        directions=axes.T,
        rank=int(seen.sum()),
        condition=float(sizes[-1] / sizes[0]) if len(sizes) and seen.all() else math.inf,
        standard_errors=dict(zip(names, errors.tolist(), strict=True)),
        flat=flat,
        weakest=weakest,
    )


def _slopes(explanation: Explanation, free: np.ndarray, batch: Batch, scale: float) -> np.ndarray:
    """Return slopes of log-probabilities times the roots of probabilities, shape (..., K, k)."""
    if len(free) == 0:
        return np.zeros((1, 0))
    with x64():
        log_p, slopes = _tables(explanation, jnp.asarray(free), batch, scale)
        log_p, slopes = np.asarray(log_p), np.asarray(slopes)
    root = np.exp(log_p / 2)
    found = np.where(root[..., None] > 0, root[..., None] * slopes, 0.0)
    if looks_back(explanation):
        return found * np.asarray(batch.rows.weight)[..., None, None]
    met = np.bincount(
        np.asarray(batch.rows.situation).ravel(),
        np.asarray(batch.rows.weight).ravel(),
        minlength=len(found),
    )
    return found * np.sqrt(met)[:, None, None]


@partial(jax.jit, static_argnums=0)
def _tables(
    explanation: Explanation, free: jax.Array, batch: Batch, scale: Any
) -> tuple[jax.Array, jax.Array]:
    """Return log-probabilities and their slopes, by row where the procedure looks back."""

    def table(at: jax.Array) -> jax.Array:
        values = constrain_all(explanation.parameters, at, scale)
        if looks_back(explanation):
            return explanation.log_probabilities(values, batch)
        return explanation.log_table(values, batch)

    return table(free), jax.jacfwd(table)(free)
