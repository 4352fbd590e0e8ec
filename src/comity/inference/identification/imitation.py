"""How well one explanation imitates another: the rival's parameters that come nearest to it.

An explanation whose parameters are open is told apart from another only as far as none of its
parameters makes the same choices. The nearest are those of least Kullback-Leibler divergence from
the truth over the design (White 1982: where maximum likelihood ends when the truth is another).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from comity.core import Result
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.likelihood import looks_back, natural, prepare, without_rows
from comity.inference.estimation.newton import maximise
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import Batch
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.member import Member
from comity.inference.explanations.parameters import constrain_all, draw_starts
from comity.inference.identification.divergence import kl
from comity.inference.numerics import x64

COINCIDE = 1e-4
"""Probabilities nearer than this everywhere in the design count as the same."""


@dataclass(frozen=True, eq=False)
class Imitation(Result):
    """The nearest that a rival comes to a truth, over the decisions of a design.

    Attributes
    ----------
    truth, rival : the rival at the parameters found; others may come nearer only if every search
        ended at a poorer local optimum.
    divergence : shape (N,), Kullback-Leibler divergence of the rival from the truth by decision.
    gap : shape (N,), the largest difference of a probability by decision.
    tables : shape (2, N, K), probabilities of truth and rival.
    """

    truth: Member
    rival: Member
    divergence: np.ndarray = field(repr=False)
    gap: np.ndarray = field(repr=False)
    tables: np.ndarray = field(repr=False)

    @property
    def per_decision(self) -> float:
        """Mean divergence of a decision, in nats."""
        return float(self.divergence.mean())

    @property
    def coincide(self) -> bool:
        """Whether no decision of the design has a different probability."""
        return bool(self.gap.max() <= COINCIDE)

    @property
    def separating(self) -> int:
        """The decision that separates the two most."""
        return int(np.argmax(self.divergence))


def imitate(
    truth: Member,
    rival: Explanation,
    evidence: Evidence,
    *,
    starts: int = 6,
    known: Sequence[dict[str, float]] = (),
    rng: Rng = 0,
) -> Imitation:
    """Return how near a rival comes to a truth over the decisions of a table.

    Parameters
    ----------
    evidence : the design: which decisions are met, after which histories. Choices matter only to
        procedures that look back.
    starts : of the search over the rival's parameters.
    known : parameters of the rival to start from besides.

    The expected log-likelihood of the rival under the truth is maximised by damped Newton steps.
    """
    target = truth.predict(evidence)
    batch, places, scale = prepare(rival, evidence)
    if not rival.parameters:
        return _compared(truth, Member(rival, {}, rival.name), evidence, target)
    wanted, design = _wanted(target, batch, places, looks_back(rival))
    beginning = draw_starts(rival.parameters, starts, as_generator(rng))
    given = [_free(rival, values, scale) for values in known]
    beginning = np.concatenate([beginning, *[point[None] for point in given]])
    with x64():
        points, values = _search(
            rival, jnp.asarray(beginning), design, jnp.asarray(wanted), jnp.asarray(scale)
        )
        best = np.asarray(points)[int(np.nanargmax(np.asarray(values)))]
    found = {name: float(value) for name, value in natural(rival, best, scale).items()}
    return _compared(truth, Member(rival, found, rival.name), evidence, target)


@partial(jax.jit, static_argnums=0)
def _search(
    rival: Explanation, starts: jax.Array, batch: Batch, wanted: Any, scale: Any
) -> tuple[jax.Array, jax.Array]:
    def expected(free: jax.Array) -> jax.Array:
        values = constrain_all(rival.parameters, free, scale)
        if looks_back(rival):
            log_p = rival.log_probabilities(values, batch)
        else:
            log_p = rival.log_table(values, batch)
        counted = wanted > 0
        return jnp.sum(jnp.where(counted, wanted * jnp.where(counted, log_p, 0.0), 0.0))

    found = jax.vmap(lambda start: maximise(expected, start))(starts)
    return found.point, jnp.where(jnp.isfinite(found.value), found.value, -jnp.inf)


def _wanted(
    target: np.ndarray, batch: Batch, places: np.ndarray, by_row: bool
) -> tuple[np.ndarray, Batch]:
    """Return how often each option should be chosen, by row or summed by situation."""
    filled = places >= 0
    by_place = np.where(filled[..., None], target[np.where(filled, places, 0)], 0.0)
    if by_row:
        return by_place, batch
    wanted = np.zeros(np.shape(batch.situations.options))
    np.add.at(wanted, batch.rows.situation[filled], by_place[filled])
    return wanted, without_rows(batch)


def _free(rival: Explanation, values: dict[str, float], scale: float) -> np.ndarray:
    return np.array([float(p.unconstrain(values[p.name], scale)) for p in rival.parameters])


def _compared(truth: Member, rival: Member, evidence: Evidence, target: np.ndarray) -> Imitation:
    found = rival.predict(evidence)
    gap = np.abs(found - target).max(axis=1)
    return Imitation(truth, rival, kl(target, found), gap, np.stack([target, found]))


def one_of_each(evidence: Evidence) -> Evidence:
    """Return the table with each situation once, for questions that do not depend on history."""
    _, first = np.unique(evidence.situation, return_index=True)
    kept = evidence.subset(np.isin(np.arange(len(evidence)), first))
    return replace(kept, sequence=np.arange(len(kept)))
