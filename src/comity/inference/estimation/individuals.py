"""Maximum likelihood for every person alone, many people at once."""

from __future__ import annotations

import dataclasses
from collections import Counter
from dataclasses import dataclass, field

import jax
import numpy as np

from comity.core.certified import Certified
from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.core.results import Result
from comity.inference.estimation.corners import leave_kinks
from comity.inference.estimation.diagnosis import Ending, diagnose, reported
from comity.inference.estimation.fits import STATUSES, certify
from comity.inference.estimation.lanes import Lanes, make_lanes
from comity.inference.estimation.likelihood import (
    check_slopes,
    name_rows,
    natural_table,
    prepare,
    ruled_out,
    tally,
)
from comity.inference.estimation.maximum_likelihood import best_end, search
from comity.inference.estimation.newton import Optimum
from comity.inference.estimation.standard_errors import delta_method, errors_of, natural_slopes
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import draw_starts

MOST_CHECKED = 100
"""Of so many people without a likelihood it is looked up whether the explanation is to blame."""


@dataclass(frozen=True, eq=False)
class IndividualFits(Result):
    """Parameters of every person, each fitted alone.

    Attributes
    ----------
    explanation : what was fitted.
    names : of the k parameters.
    people : names of the P people.
    status : shape (P,), one of `comity.inference.estimation.fits.STATUSES` for each.
    counts : how many people ended in each way.
    estimates : shape (P, k); ``nan`` where it is not identified, infinite or the end of its
        interval where it runs off.
    standard_errors : shape (P, k), from the curvature: a person's decisions are taken to be
        independent given the explanation; ``nan`` where there is none.
    log_likelihoods : shape (P,), of each person's choices.
    decisions : shape (P,).
    points : shape (P, k), where the searches ended: always finite, to predict with.
    free, free_covariance : shapes (P, k) and (P, k, k), the same on the whole line.
    scale : typical size of payoffs by which the whole line is measured.
    warnings : what should worry a reader.
    """

    explanation: Explanation = field(repr=False)
    names: tuple[str, ...]
    people: tuple[str, ...] = field(repr=False)
    status: np.ndarray = field(repr=False)
    counts: dict[str, int]
    estimates: np.ndarray
    standard_errors: np.ndarray
    log_likelihoods: np.ndarray
    decisions: np.ndarray
    points: np.ndarray = field(repr=False)
    free: np.ndarray = field(repr=False)
    free_covariance: np.ndarray = field(repr=False)
    scale: float = field(repr=False)
    warnings: tuple[str, ...]

    @property
    def log_likelihood(self) -> float:
        """Log-likelihood of all choices, each person by its own parameters."""
        return float(self.log_likelihoods.sum())

    @property
    def identified(self) -> np.ndarray:
        """Which people's parameters are all identified, shape (P,)."""
        return self.status == "identified"

    def values(self) -> dict[str, np.ndarray]:
        """Return where the searches ended by name, each of shape (P,), to predict with."""
        return {name: self.points[:, k] for k, name in enumerate(self.names)}

    def predict(self, evidence: Evidence) -> np.ndarray:
        """Return the probability of every option of every row, shape (N, K), for the same people.

        Raises `InputError` where the table is about other people.
        """
        if evidence.people != self.people:
            raise InputError(
                "these are other people",
                place="evidence",
                found=f"{len(evidence.people)} people",
                expected=f"the {len(self.people)} that were fitted, in their order",
            )
        return self.explanation.predict(self.values(), evidence)

    def estimate(self, person: str, name: str, level: float = 0.95) -> Certified:
        """Return one parameter of one person with its interval, or why it has none."""
        check_choice(person, self.people, "no such person", "person")
        check_choice(name, self.names, "no such parameter", "name")
        place, index = self.people.index(person), self.names.index(name)
        status = str(self.status[place])
        return certify(
            self.explanation.parameters[index],
            float(self.estimates[place, index]),
            float(self.free[place, index]),
            float(self.free_covariance[place, index, index]),
            self.scale,
            level=level,
            method="maximum likelihood of one person's choices",
            otherwise=f"{status}: {STATUSES[status]}",
        )


def fit_individuals(
    explanation: Explanation, evidence: Evidence, *, starts: int = 2, rng: Rng = 0
) -> IndividualFits:
    """Return the parameters under which each person's own choices were likeliest.

    Parameters
    ----------
    starts : from how many points each search sets out: the first is the fit to all people, the
        second the middle of what is typical, others are drawn.

    Raises
    ------
    InputError : as `fit` does.

    People are fitted in chunks of one size, so that the program is compiled once.
    """
    if not len(evidence) or starts < 1:
        raise InputError(
            "nothing to fit",
            place=explanation.name,
            found=f"{len(evidence)} decisions, {starts} starts",
            expected="one or more of both",
        )
    batch, places, scale = prepare(explanation, evidence)
    points = draw_starts(explanation.parameters, max(starts, 4), as_generator(rng))
    impossible = ruled_out(explanation, points, batch, places, scale)
    together = search(explanation, points, tally(explanation, batch, scale))
    points = np.concatenate([best_end(together).point[None], points])[:starts]
    lanes = make_lanes(explanation, batch, scale)
    ends, ending = end_of_each(lanes, points)
    _check_slopes(lanes, ends, places)
    parameters = explanation.parameters
    decisions = np.bincount(evidence.person, minlength=len(evidence.people))
    ending.status[decisions == 0] = "no data"
    values = natural_table(explanation.parameters, ends.point, scale)
    slopes = natural_slopes(explanation.parameters, ends.point, scale)
    counts = Counter(ending.status.tolist())
    return IndividualFits(
        explanation=explanation,
        names=tuple(p.name for p in parameters),
        people=evidence.people,
        status=ending.status,
        counts={word: counts[word] for word in STATUSES if counts[word]},
        estimates=reported(parameters, values, ending.runs, ending.loose),
        standard_errors=errors_of(delta_method(ending.covariance, slopes)),
        log_likelihoods=ends.value,
        decisions=decisions,
        points=values,
        free=ends.point,
        free_covariance=ending.covariance,
        scale=scale,
        warnings=_warnings(counts, impossible),
    )


def end_of_each(lanes: Lanes, starts: np.ndarray) -> tuple[Optimum, Ending]:
    """Return every person's end and what it is; people alike are looked at once.

    Parameters
    ----------
    starts : shape (S, k), the same for all, or (P, S, k).
    """
    parameters = lanes.explanation.parameters
    people, group = lanes.alike

    def look(points: np.ndarray, places: np.ndarray | None = None) -> np.ndarray:
        return lanes.look(points, people if places is None else people[places])

    def climb(places: np.ndarray, points: np.ndarray) -> Optimum:
        return lanes.climb_from(people[places], points)

    everybody = np.arange(len(people))
    own = np.broadcast_to(starts, (len(group), *starts.shape[-2:]))[people]
    begun = climb(everybody, own)
    ends, corner = leave_kinks(parameters, begun, look, climb, len(starts))
    ending = diagnose(parameters, ends, look, corner)
    return Optimum(*(leaf[group] for leaf in ends)), Ending(*(leaf[group] for leaf in ending))


def _check_slopes(lanes: Lanes, ends: Optimum, places: np.ndarray) -> None:
    """Raise `InputError` where a person's likelihood is finite but its derivatives are not."""
    for person in np.flatnonzero(~np.isfinite(ends.value))[:MOST_CHECKED]:
        own = np.array([person])
        rows = jax.tree.map(lambda leaf, own=own: np.asarray(leaf)[own], lanes.batch.rows)
        batch = dataclasses.replace(lanes.batch, rows=rows)
        end = Optimum(*(leaf[person] for leaf in ends))
        check_slopes(lanes.explanation, end, batch, places[own], lanes.scale)


def _warnings(counts: Counter[str], impossible: np.ndarray) -> tuple[str, ...]:
    words = [
        f"{count:,} of {counts.total():,} people: {word}: {STATUSES[word]}"
        for word in STATUSES
        if (count := counts[word]) and word != "identified"
    ]
    if len(impossible):
        words.append(f"{name_rows(impossible)}: a choice of probability 0 at every start")
    return tuple(words)
