"""People of several kinds: which explanation each follows, with which parameters, all left open.

Every explanation is weighed for every person by the likelihood of its choices, its parameters
integrated out under comity's default prior (the middle half of all people in the typical
intervals). Shares of explanations are those that make all choices likeliest. What is predicted of
a person is averaged over its posterior over explanations and over the parameters of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.inference.estimation.lanes import make_lanes
from comity.inference.estimation.likelihood import prepare, tally
from comity.inference.estimation.maximum_likelihood import best_end, search
from comity.inference.estimation.pooled import predictive
from comity.inference.estimation.population import Population, default_prior
from comity.inference.estimation.weighted_draws import draw, find_modes, log_mean, normalised
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import draw_starts

DRAWS = 256
ROUNDS = 500
FARTHEST = 20.0
"""Where on the whole line the search for a person's parameters sets out at most."""


@dataclass(frozen=True, eq=False)
class Kind:
    """One explanation before every person's choices.

    Attributes
    ----------
    explanation : with open parameters, k of them.
    log_evidence : shape (P,), log-likelihood of each person's choices, parameters integrated out.
    free, weights : shapes (P, S, k) and (P, S); each person's possible parameters on the whole
        line, and how likely they are.
    scale : typical size of payoffs by which the whole line is measured.
    """

    explanation: Explanation
    log_evidence: np.ndarray
    free: np.ndarray
    weights: np.ndarray
    scale: float

    def predict(self, evidence: Evidence) -> np.ndarray:
        """Return probabilities (N, K) for decisions of the same people."""
        return predictive(self.explanation, evidence, self.free, self.weights, self.scale)


@dataclass(frozen=True, eq=False)
class Kinds:
    """People of several kinds.

    Attributes
    ----------
    kinds : M explanations with their parameters.
    shares : shape (M,).
    posteriors : shape (P, M), how likely each person follows each.
    """

    kinds: tuple[Kind, ...]
    shares: np.ndarray
    posteriors: np.ndarray

    def told(self, level: float = 0.9) -> tuple[np.ndarray, int]:
        """Return how many people follow each at a posterior, and of how many that is not known."""
        sure = self.posteriors.max(axis=1) >= level
        best = self.posteriors.argmax(axis=1)[sure]
        return np.bincount(best, minlength=len(self.kinds)), int((~sure).sum())


def weigh(explanation: Explanation, evidence: Evidence, seed: int = 0) -> Kind:
    """Return how likely each person's choices are by one explanation."""
    generator = np.random.default_rng(seed)
    batch, _, scale = prepare(explanation, evidence)
    thought = default_prior(explanation.parameters)
    prior = Population(thought.middle, np.diag(thought.reach))
    points = draw_starts(explanation.parameters, 4, generator)
    together = best_end(search(explanation, points, tally(explanation, batch, scale))).point
    lanes = make_lanes(explanation, batch, scale)
    starts = np.stack([thought.middle, np.clip(together, -FARTHEST, FARTHEST)])
    modes = find_modes(lanes, prior, np.broadcast_to(starts, (batch.people, *starts.shape)))
    drawn = draw(lanes, modes, prior, DRAWS, generator)
    logs = drawn.log_weights(prior)
    return Kind(explanation, log_mean(logs), drawn.free, normalised(logs), scale)


def mix(kinds: Sequence[Kind]) -> Kinds:
    """Return people as a mixture of kinds, with the likeliest shares."""
    logs = np.stack([kind.log_evidence for kind in kinds], axis=1)
    shares = np.full(len(kinds), 1 / len(kinds))
    for _ in range(ROUNDS):
        with np.errstate(divide="ignore"):
            found = normalised(logs + np.log(shares))
        shares = found.mean(axis=0)
    return Kinds(tuple(kinds), shares, found)


def blend(found: Kinds, tables: Sequence[np.ndarray], evidence: Evidence) -> np.ndarray:
    """Return the kinds' predictions (N, K) averaged by each person's posterior."""
    weights = found.posteriors[evidence.person]
    return sum(weights[:, m, None] * one for m, one in enumerate(tables))
