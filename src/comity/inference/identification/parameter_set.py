"""Which values of a parameter data leave standing, whatever the sample size.

As `confidence_set` does with explanations: people are split in two halves, the explanation is
fitted to one, and on the other each value is given its best company. A value falls where the fit
is more than ``1 / (1 - level)`` times as likely there; both halves take both parts and the ratios
are averaged (Wasserman, Ramdas and Balakrishnan 2020, theorem 3 and section 4). The level holds
for few people, at edges and without identification, where intervals by curvature do not; it takes
the explanation to be true, and sets are wider than those intervals where these hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import jax.numpy as jnp
import numpy as np

from comity.core.certified import Certified
from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.core.results import Result
from comity.inference.estimation.likelihood import look, prepare, ruled_out, tally
from comity.inference.estimation.maximum_likelihood import best_end, search
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.parameters import draw_starts
from comity.inference.identification.profile import profiled
from comity.inference.numerics import x64

STARTS = 4


@dataclass(frozen=True, eq=False)
class ParameterSet(Result):
    """The values of one parameter that data leave standing, at a level.

    Attributes
    ----------
    explanation, name : of what, and of which parameter.
    values : shape (V,), those asked about, in increasing order.
    stands : shape (V,), which are in the set.
    log_evidence : shape (V,), logarithm of the averaged ratio against each: a value falls where
        it exceeds ``-log(1 - level)``.
    level : if the explanation is true, its value stands with at least this chance.
    method : how the set was made.
    """

    explanation: str
    name: str
    values: np.ndarray
    stands: np.ndarray
    log_evidence: np.ndarray = field(repr=False)
    level: float
    method: str

    @property
    def standing(self) -> np.ndarray:
        """The values in the set."""
        return self.values[self.stands]

    @property
    def certified(self) -> Certified:
        """The range of the set as an estimate, a bound where it is open, or "cannot tell"."""
        inside = np.flatnonzero(self.stands)
        if not len(inside):
            return Certified.unknown("none of the values stands: the explanation may be wrong")
        low, high = (float(self.values[k]) for k in (inside[0], inside[-1]))
        if self.stands[0] and self.stands[-1]:
            return Certified.unknown("both the least and the largest value asked about stand")
        if self.stands[-1]:
            return Certified.lower(low, f"{self.method}; the largest value asked about stands")
        if self.stands[0]:
            return Certified.upper(high, f"{self.method}; the least value asked about stands")
        best = float(self.values[np.argmin(self.log_evidence)])
        return Certified.estimate(best, low, high, self.method, self.level)


def parameter_set(
    explanation: Explanation,
    evidence: Evidence,
    name: str,
    values: Sequence[float] | np.ndarray,
    level: float = 0.9,
    *,
    rng: Rng = 0,
) -> ParameterSet:
    """Return which values of a parameter the choices leave, the others doing their best.

    Parameters
    ----------
    values : shape (V,), inside the parameter's interval.
    rng : splits the people and draws starts of searches.

    Raises `InputError` with fewer than two people, whose decisions must be independent of each
    other.
    """
    names = [p.name for p in explanation.parameters]
    check_choice(name, names, "no such parameter", "name")
    people = np.unique(evidence.person)
    if len(people) < 2 or not 0.5 <= level < 1 or not len(values):
        raise InputError(
            "nothing to split" if len(people) < 2 else "out of range",
            place="evidence" if len(people) < 2 else "level, values",
            found=f"{len(people)} people; level {level}; {len(values)} values",
            expected="two people or more, a level in [0.5, 1), and values",
        )
    generator = as_generator(rng)
    asked = np.sort(np.asarray(values, float))
    first = np.zeros(len(evidence.people), bool)
    first[generator.permutation(people)[: len(people) // 2]] = True
    halves = (first, np.isin(np.arange(len(first)), people) & ~first)
    batch, places, scale = prepare(explanation, evidence)
    index = names.index(name)
    points = explanation.parameters[index].unconstrain(asked, scale)
    starts = draw_starts(explanation.parameters, STARTS, generator)
    ruled_out(explanation, starts, batch, places, scale)
    counted = [tally(explanation, batch, scale, half.astype(float)) for half in halves]
    ends = [best_end(search(explanation, starts, part)).point for part in counted]
    ratios = []
    for here, there in ((0, 1), (1, 0)):
        reference = look(explanation, ends[here][None], counted[there])[0]
        held = np.broadcast_to([ends[there], ends[here], starts[0]], (len(points), 3, len(names)))
        held = np.where(np.arange(len(names)) == index, points[:, None, None], held)
        with x64():
            found = profiled(
                explanation, jnp.asarray(held), np.arange(len(names)) != index, counted[there]
            )
            best = np.asarray(found.value)
        ratios.append(reference - np.where(np.isnan(best), -np.inf, best).max(axis=1))
    averaged = np.logaddexp(*ratios) - np.log(2)
    method = (
        f"universal inference over {len(people)} people in two halves, averaged both ways, on "
        f"{len(asked)} values"
    )
    stands = averaged < -np.log(1 - level)
    return ParameterSet(explanation.name, name, asked, stands, averaged, level, method)
