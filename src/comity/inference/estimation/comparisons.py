"""Predictors against each other on the same decisions, all comparisons at once.

People are independent of each other. What a person adds to a difference of scores, as it is or
about the mean, is given a random sign, and the mean over decisions is studentised anew each time
(the wild cluster bootstrap of Cameron, Gelbach and Miller 2008, with the variance of
`clustered_means`). Intervals hold for all differences at once by the largest of them (Westfall
and Young 1993). Where the reference is whichever predictor does best, all pairs are compared,
since nobody could know beforehand which that would be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from comity.core import Certified, Result
from comity.core.choices import pick
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.inference.estimation.clustered_means import Clusters, quantile
from comity.inference.estimation.scoring import check_level
from comity.inference.evidence.table import Evidence

DRAWS = 5_000
"""Random signs; of few people all there are, where these are fewer."""
FEWEST = 6
"""Fewer people have too few signs to say how large the largest t may be."""
CELLS = 4_000_000
"""Signs that are looked at together."""


@dataclass(frozen=True, eq=False)
class Difference(Result):
    """A predictor against the reference.

    Attributes
    ----------
    name, reference : of the two.
    behind : how much lower it scores per decision, with an interval that holds for all
        comparisons at once; infinite where it gave a choice probability 0.
    p_value : of no difference, two-sided, for this comparison alone; ``nan`` where there is
        nothing to test.
    adjusted : the same for all comparisons at once (Holm 1979).
    """

    name: str
    reference: str
    behind: Certified
    p_value: float
    adjusted: float


@dataclass(frozen=True, eq=False)
class _Family:
    """Differences that are compared at once, D of them.

    Attributes
    ----------
    pairs : shape (D,), names of the two of each.
    sums : shape (G, D), what each person adds to the mean difference.
    clusters : of people.
    """

    pairs: tuple[tuple[str, str], ...]
    sums: np.ndarray
    clusters: Clusters

    @property
    def means(self) -> np.ndarray:
        return self.sums.sum(axis=0)

    @property
    def centred(self) -> np.ndarray:
        """What each person adds when its share of the mean is taken off."""
        return self.sums - self.clusters.shares[:, None] * self.means

    @property
    def spreads(self) -> np.ndarray:
        """Standard errors of the means."""
        return np.sqrt((self.centred**2 / (1 - self.clusters.shares[:, None])).sum(axis=0))


def compare(
    scores: Mapping[str, np.ndarray],
    evidence: Evidence,
    level: float = 0.9,
    *,
    reference: str | None = None,
    rng: Rng = 0,
) -> tuple[Difference, ...]:
    """Return how far each predictor is behind the reference, the best first.

    Parameters
    ----------
    scores : by name, shape (N,), higher is better; minus infinity where a choice had probability 0.
    level : of the intervals, for all at once.
    reference : a name; the best on these decisions unless given.
    rng : for the signs.

    P-values are exact where people make as many decisions each and their differences are as
    likely to be one way as the other; else they hold in large samples. Takes time and memory as
    people times comparisons.
    """
    check_level(level)
    means = {name: _mean(name, values, evidence) for name, values in scores.items()}
    order = sorted(means, key=lambda name: -means[name])
    if not order:
        raise InputError("nothing to compare", place="scores", found=0, expected="one or more")
    if reference is not None:
        pick(scores, reference, "no such predictor", "reference")
    against = order[0] if reference is None else reference
    finite = [name for name in order if np.isfinite(means[name])]
    if reference is None:
        pairs = tuple(combinations(finite, 2))
    else:
        pairs = tuple((against, name) for name in finite if name != against)
    found: dict[str, tuple[Certified, float, float]] = {}
    people = len(np.unique(evidence.person))
    if pairs and against in finite and people > 1:
        family = _family(pairs, scores, evidence)
        found = _differences(family, against, level, as_generator(rng))
    nothing = np.nan, np.nan
    return tuple(
        Difference(name, against, *found[name])
        if name in found
        else Difference(name, against, _untested(name, against, means), *nothing)
        for name in order
    )


def holm(p_values: np.ndarray) -> np.ndarray:
    """Return p-values adjusted for all at once (Holm 1979); ``nan`` stays and does not count.

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    given = np.asarray(p_values, float)
    adjusted = np.full(len(given), np.nan)
    order = np.argsort(given, kind="stable")[: int(np.isfinite(given).sum())]
    steps = given[order] * np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return adjusted


def _mean(name: str, values: np.ndarray, evidence: Evidence) -> float:
    given = np.asarray(values, float)
    if given.shape != (len(evidence),) or not len(given):
        raise InputError(
            "not one score per decision",
            place=f"scores of {name}",
            found=given.shape,
            expected=f"({len(evidence)},)",
        )
    if not (given < np.inf).all():
        raise InputError(
            "not a score",
            place=f"scores of {name}, row {int(np.argmin(given < np.inf))}",
            found="nan or infinity",
            expected="numbers, or minus infinity",
        )
    return float(given.mean())


def _family(
    pairs: tuple[tuple[str, str], ...], scores: Mapping[str, np.ndarray], evidence: Evidence
) -> _Family:
    clusters = Clusters.of(evidence.person)
    columns = [clusters.sums(scores[first] - scores[second]) for first, second in pairs]
    return _Family(pairs, np.stack(columns, axis=1), clusters)


def _differences(
    family: _Family, against: str, level: float, rng: np.random.Generator
) -> dict[str, tuple[Certified, float, float]]:
    """Return by name how far it is behind, the p-value, and that of all at once."""
    p_values, reach = _by_signs(family, level, rng)
    adjusted = holm(p_values)
    words = "paired by decision, by person, all at once"
    found = {}
    for d, (first, second) in enumerate(family.pairs):
        if against in (first, second):
            turn = 1.0 if first == against else -1.0
            mean = turn * float(family.means[d])
            behind = Certified.estimate(mean, mean - reach[d], mean + reach[d], words, level)
            name = second if first == against else first
            found[name] = behind, float(p_values[d]), float(adjusted[d])
    return found


def _by_signs(
    family: _Family, level: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return p-values and the reach of simultaneous intervals, each (D,).

    No interval is narrower than Student's for one comparison alone. Where people are too few,
    intervals are Student's with Bonferroni's levels.
    """
    people = len(family.sums)
    observed = np.abs(_t(np.ones((1, people)), family.sums, family.clusters))[0]
    above, largest, total = np.zeros(len(observed)), [], 0
    for signs in _signs(people, rng):
        drawn = np.abs(_t(signs, family.sums, family.clusters))
        above += (drawn >= observed * (1 - 1e-9)).sum(axis=0)
        largest.append(np.abs(_t(signs, family.centred, family.clusters)).max(axis=1))
        total += len(signs)
    every = total == 2**people
    p_values = above / total if every else (above + 1) / (total + 1)
    degrees = family.clusters.degrees()
    times = quantile(1 - (1 - level) / len(observed), degrees)
    if people >= FEWEST:
        together = np.quantile(np.concatenate(largest), level, method="higher")
        times = max(float(together), quantile(level, degrees))
    spreads = family.spreads
    reach = np.multiply(times, spreads, out=np.zeros_like(spreads), where=spreads > 0)
    return p_values, reach


def _signs(people: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Yield signs, some rows (R, G) at a time: every one there is, or `DRAWS` at random."""
    if 2**people <= DRAWS:
        bits = np.arange(2**people)[:, None] >> np.arange(people) & 1
        yield 1.0 - 2.0 * bits
        return
    at_once = max(1, CELLS // people)
    for start in range(0, DRAWS, at_once):
        yield rng.choice((-1.0, 1.0), size=(min(at_once, DRAWS - start), people))


def _t(signs: np.ndarray, sums: np.ndarray, clusters: Clusters) -> np.ndarray:
    """Return studentised means (R, D) of people's sums (G, D) under signs (R, G).

    The variance of signed sums x of total T is ``sum (x - w T)^2 / (1 - w)`` with shares w. A mean
    that is not 0 where nothing varies is infinitely far from 0.
    """
    w = clusters.shares[:, None]
    squares = (sums**2 / (1 - w)).sum(axis=0)
    means = signs @ sums
    cross = signs @ (w * sums / (1 - w))
    variances = squares - 2 * means * cross + means**2 * (w**2 / (1 - w)).sum()
    still = variances <= 1e-12 * squares
    means[np.abs(means) <= 1e-12 * np.sqrt(squares)] = 0.0
    found = np.divide(means, np.sqrt(np.where(still, 1.0, variances)))
    return np.where(still & (means != 0), np.inf, found)


def _untested(name: str, against: str, means: Mapping[str, float]) -> Certified:
    """Return what can be said of a predictor that is not tested against the reference."""
    if name == against:
        best = max(means.values()) == means[against]
        return Certified.exact(0.0, "the best" if best else "the reference")
    infinite = [n for n in (name, against) if np.isneginf(means[n])]
    if len(infinite) == 2:
        return Certified.unknown("both gave a choice probability 0")
    if infinite:
        return Certified.exact(
            np.inf if infinite == [name] else -np.inf, f"{infinite[0]} gave a choice probability 0"
        )
    return Certified.unknown("one person tells nothing of others")
