"""How well one explanation imitates another: the rival's parameters that come nearest to it.

An explanation whose parameters are open is told apart from another only as far as none of its
parameters makes the same choices. The nearest are those of least Kullback-Leibler divergence from
the truth over the design (White 1982: where maximum likelihood ends when the truth is another).
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

from comity.core import Result
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.likelihood import (
    Tally,
    looks_back,
    natural,
    prepare,
    without_rows,
)
from comity.inference.estimation.maximum_likelihood import AT_ONCE, search
from comity.inference.estimation.newton import maximise
from comity.inference.estimation.pieces import in_pieces
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import Batch
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.member import Member
from comity.inference.explanations.parameters import (
    constrain_all,
    draw_starts,
    unconstrain_all,
)
from comity.inference.identification.divergence import kl
from comity.inference.identification.sample_sizes import normal_size
from comity.inference.numerics import x64

FIRST_STEPS, MOST_STEPS = 12, 200
"""Where choices depend on what came before, all searches go so many steps, and then the best ones
go on to the end."""
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
    design : the decisions.
    """

    truth: Member
    rival: Member
    divergence: np.ndarray = field(repr=False)
    gap: np.ndarray = field(repr=False)
    tables: np.ndarray = field(repr=False)
    design: Evidence = field(repr=False)

    @property
    def per_decision(self) -> float:
        """Mean divergence of a decision, in nats."""
        return float(self.divergence.mean())

    @property
    def coincide(self) -> bool:
        """Whether no decision of the design has a different probability."""
        return bool(self.gap.max() <= COINCIDE)

    def sizes(self, odds: float = 20.0, error: float = 0.05) -> tuple[float, float]:
        """Return how many decisions tell the truth from the rival, by both measures.

        Until the *expected* log-likelihood ratio reaches the log odds, and until either is
        mistaken for the other at most so often (normal approximation; ``nan`` where one rules
        out what the other allows). Decisions are those of the design, in its proportions.
        """
        if self.coincide:
            return math.inf, math.inf
        both = normal_size(self.tables[0], self.tables[1], (error, error))
        return math.log(odds) / self.per_decision, both.value * len(self.divergence)

    @property
    def separating(self) -> Situation:
        """The situation of the decision that separates the two most."""
        row = int(np.argmax(self.divergence))
        return self.design.situations[self.design.situation[row]]


def imitate(
    truth: Member,
    rival: Explanation,
    evidence: Evidence,
    *,
    starts: int = 8,
    known: Sequence[dict[str, float]] = (),
    rng: Rng = 0,
) -> Imitation:
    """Return how near a rival comes to a truth over the decisions of a table.

    Parameters
    ----------
    evidence : the design: which decisions are met, after which histories. Choices matter only to
        procedures that look back.
    starts : of the search over the rival's parameters.
    known : parameters of the rival to start from, in place of the first of them.

    The expected log-likelihood of the rival under the truth is maximised by damped Newton steps.
    """
    target = truth.predict(evidence)
    if not rival.parameters:
        return _compared(truth, Member(rival, {}, rival.name), evidence, target)
    batch, places, scale = prepare(rival, evidence)
    points = draw_starts(rival.parameters, starts, as_generator(rng))
    for place, given in enumerate(known[:starts]):
        points[place] = unconstrain_all(rival.parameters, given, scale)
    filled = places >= 0
    by_place = np.where(filled[..., None], target[np.where(filled, places, 0)], 0.0)
    if looks_back(rival):
        ends, values = _search_rows(rival, points, batch, by_place, scale)
    else:
        wanted = np.zeros(np.shape(batch.situations.options))
        np.add.at(wanted, batch.rows.situation[filled], by_place[filled])
        found = search(rival, points, Tally(without_rows(batch), wanted, scale))
        ends, values = found.point, found.value
    best = ends[int(np.argmax(np.where(np.isfinite(values), values, -np.inf)))]
    named = {name: float(value) for name, value in natural(rival, best, scale).items()}
    return _compared(truth, Member(rival, named, rival.name), evidence, target)


def _search_rows(
    rival: Explanation, points: np.ndarray, batch: Batch, wanted: np.ndarray, scale: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return where searches end if choices depend on what came before, and how well they do."""

    def climb(some: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
        with x64():
            return in_pieces(
                lambda at: _climb(rival, at, batch, wanted, scale, most), AT_ONCE, some
            )

    ends, values = climb(points, FIRST_STEPS)
    promising = np.argsort(np.where(np.isnan(values), np.inf, -values))[:AT_ONCE]
    return climb(ends[promising], MOST_STEPS)


@partial(jax.jit, static_argnums=0)
def _climb(
    rival: Explanation, points: jax.Array, batch: Batch, wanted: Any, scale: Any, most: Any
) -> tuple[jax.Array, jax.Array]:
    def expected(free: jax.Array) -> jax.Array:
        values = constrain_all(rival.parameters, free, scale)
        log_p = rival.log_probabilities(values, batch)
        counted = wanted > 0
        return jnp.sum(jnp.where(counted, wanted * jnp.where(counted, log_p, 0.0), 0.0))

    found = jax.vmap(lambda start: maximise(expected, start, most))(points)
    return found.point, found.value


def _compared(truth: Member, rival: Member, evidence: Evidence, target: np.ndarray) -> Imitation:
    found = rival.predict(evidence)
    gap = np.abs(found - target).max(axis=1)
    tables = np.stack([target, found])
    return Imitation(truth, rival, kl(target, found), gap, tables, evidence)
