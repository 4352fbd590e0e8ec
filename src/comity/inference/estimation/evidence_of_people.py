"""How likely each person's choices are by one explanation, whatever its open parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from comity.inference.estimation.individuals import fit_individuals
from comity.inference.estimation.lanes import Lanes, make_lanes
from comity.inference.estimation.likelihood import natural, prepare, ruled_out, tally
from comity.inference.estimation.maximum_likelihood import best_end, search
from comity.inference.estimation.population import Population, default_prior
from comity.inference.estimation.weighted_draws import Modes, draw, find_modes
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.member import Member
from comity.inference.explanations.parameters import draw_starts


@dataclass(frozen=True, eq=False)
class Weighed:
    """One explanation before every person's choices.

    Attributes
    ----------
    log_evidence : shape (P,), log-probability of each person's choices.
    predicted : shape (N, K), what it says of every option at each person's likeliest parameters.
    """

    log_evidence: np.ndarray
    predicted: np.ndarray


def plug_in(member: Member, evidence: Evidence, draws: int, rng: np.random.Generator) -> Weighed:
    """Return how likely the choices are by known parameters."""
    predicted = member.predict(evidence)
    chosen = predicted[np.arange(len(evidence)), evidence.choice]
    rows = np.log(chosen, where=chosen > 0, out=np.full(len(chosen), -np.inf))
    return Weighed(_sums(rows, evidence), predicted)


def charged(member: Member, evidence: Evidence, draws: int, rng: np.random.Generator) -> Weighed:
    """Return the likelihood at each person's own estimates, less the charge of Schwarz (1978)."""
    found = fit_individuals(member.explanation, evidence, rng=rng)
    charge = 0.5 * len(found.names) * np.log(np.maximum(found.decisions, 1))
    return Weighed(found.log_likelihoods - charge, found.predict(evidence))


def integrated(member: Member, evidence: Evidence, draws: int, rng: np.random.Generator) -> Weighed:
    """Return the likelihood averaged over the prior on parameters, by weighted draws."""
    prior, modes, lanes, scale = _modes(member, evidence, rng)
    logs = draw(lanes, modes, prior, draws, rng).log_weights(prior)
    averaged = np.logaddexp.reduce(logs, axis=1) - np.log(draws)
    averaged = np.where(_decided(evidence), averaged, 0.0)
    values = natural(member.explanation, modes.free, scale)
    return Weighed(averaged, member.explanation.predict(values, evidence))


def laplace(member: Member, evidence: Evidence, draws: int, rng: np.random.Generator) -> Weighed:
    """Return the same by the curvature at the mode (Tierney and Kadane 1986, equation 2.1)."""
    prior, modes, lanes, scale = _modes(member, evidence, rng)
    inverse = np.linalg.inv(np.asarray(prior.factor))
    far = (modes.free - np.asarray(prior.mean)) @ inverse.T
    density = np.log(np.diag(inverse)).sum() - 0.5 * (far**2).sum(axis=1)
    size = 0.5 * np.linalg.slogdet(modes.precision)[1]
    value = lanes.look(modes.free[:, None])[:, 0] + density - size
    value = np.where(_decided(evidence), value, 0.0)
    values = natural(member.explanation, modes.free, scale)
    return Weighed(value, member.explanation.predict(values, evidence))


def _modes(
    member: Member, evidence: Evidence, rng: np.random.Generator
) -> tuple[Population, Modes, Lanes, float]:
    explanation = member.explanation
    batch, places, scale = prepare(explanation, evidence)
    thought = default_prior(explanation.parameters)
    prior = Population(thought.middle, np.diag(thought.reach))
    points = draw_starts(explanation.parameters, 4, rng)
    ruled_out(explanation, points, batch, places, scale)
    together = best_end(search(explanation, points, tally(explanation, batch, scale)))
    lanes = make_lanes(explanation, batch, scale)
    starts = np.stack([thought.middle, np.clip(together.point, -20, 20)])
    everybody = np.broadcast_to(starts, (batch.people, *starts.shape))
    return prior, find_modes(lanes, prior, everybody), lanes, scale


def _decided(evidence: Evidence) -> np.ndarray:
    """Return who decided anything, shape (P,)."""
    return np.bincount(evidence.person, minlength=len(evidence.people)) > 0


def _sums(rows: np.ndarray, evidence: Evidence) -> np.ndarray:
    return np.bincount(evidence.person, rows, minlength=len(evidence.people))


Weighing = Callable[[Member, Evidence, int, np.random.Generator], Weighed]
WEIGHINGS: dict[str, Weighing] = {
    "plug-in": plug_in,
    "bic": charged,
    "integrated": integrated,
    "laplace": laplace,
}
"""What may become of an explanation's open parameters, by name."""
