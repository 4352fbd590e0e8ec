"""How likely the other lies, given the distance between what it says and what one sees.

Bayes' rule with a stated prior of meeting a liar and a stated way of lying: in closed form where
the noise is normal, else from simulated distances. Distance is evidence of lying only next to a
distribution of honest noise, declared or inferred; without one there is no posterior to give.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.agreement.spreads import InferredSpread, weighted_quantiles
from comity.core import Certified, Result
from comity.core.errors import InputError


def normal_posterior(
    distance: float,
    sd: float,
    biases: Sequence[float],
    prior: float,
    weights: Sequence[float] | None = None,
    *,
    signed: bool = True,
) -> Certified:
    """Return the probability that the other lies, given the difference of the two reports.

    Both estimates carry independent normal noise, so an honest difference is
    ``Normal(0, 2 sd^2)``; a liar adds ``biases[k]`` with probability ``weights[k]``.

    Parameters
    ----------
    distance : the difference seen; its absolute value where ``signed`` is false.
    sd : standard deviation of one estimate.
    prior : probability of meeting a liar.
    weights : uniform unless stated.

    Examples
    --------
    >>> normal_posterior(0.15, 0.05, [0.3], 0.5).value
    0.5
    """
    if not sd > 0:
        raise InputError("out of range", place="sd", found=sd, expected="above 0")
    honest, lie = _log_joint(distance, np.array([sd]), biases, prior, weights, signed)
    return Certified.exact(_share(lie, honest)[0], "Bayes' rule, normal noise, stated lies")


@dataclass(frozen=True)
class LyingPosterior(Result):
    """How likely the other lies where the noise itself is inferred.

    Attributes
    ----------
    probability : by Bayes' rule with the noise averaged over; its interval is that of the
        probability given the noise, as the noise is seen to be after the distance too.
    lowest, highest : over every noise in the interval of what was inferred before the distance.
    """

    probability: Certified
    lowest: Certified
    highest: Certified


def inferred_posterior(
    distance: float,
    spread: InferredSpread,
    biases: Sequence[float],
    prior: float,
    weights: Sequence[float] | None = None,
    *,
    signed: bool = True,
    level: float = 0.95,
) -> LyingPosterior:
    """Return how likely the other lies where the standard deviation of the noise is inferred.

    The likelihood of the distance is averaged over what the standard deviation may be, for honest
    parties and for liars, and Bayes' rule applied to the averages. That is not the average of
    `normal_posterior`: a far distance also speaks for more noise.

    Parameters
    ----------
    spread : what the standard deviation of one estimate may be.
    distance, biases, prior, weights, signed : as in `normal_posterior`.
    level : coverage of the intervals, of the probability and of the noise.

    Examples
    --------
    >>> inferred_posterior(0.15, InferredSpread.from_estimate(0.05, 0.01), [0.3], 0.5)
    ... # doctest: +ELLIPSIS
    LyingPosterior(probability=Certified(value=0.5, kind='estimate', ...
    """
    sds = spread.single()
    honest, lie = _log_joint(distance, sds, biases, prior, weights, signed)
    each = _share(lie, honest)
    with np.errstate(divide="ignore"):
        seen = np.logaddexp(honest, lie) + np.log(spread.weights)
    after = np.exp(seen - seen.max())
    after /= after.sum()
    value, tail = float(after @ each), (1 - level) / 2
    low, high = weighted_quantiles(each, after, (tail, 1 - tail))
    ends = spread.range(level)
    inside = each[(sds >= ends[0]) & (sds <= ends[1])]
    words = f"standard deviation anywhere in [{ends[0]:.4g}, {ends[1]:.4g}]"
    return LyingPosterior(
        Certified.estimate(
            value,
            min(low, value),
            max(high, value),
            f"Bayes' rule, normal noise averaged over {len(sds)} values of its spread",
            level,
        ),
        Certified.exact(float(inside.min()), words),
        Certified.exact(float(inside.max()), words),
    )


def _log_joint(
    distance: float,
    sds: np.ndarray,
    biases: Sequence[float],
    prior: float,
    weights: Sequence[float] | None,
    signed: bool,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the log densities of honesty and of a lie with this distance, shape (D,) each."""
    _check_probability(prior, "prior")
    shifts = np.asarray(biases, float)
    mix = np.full(len(shifts), 1 / len(shifts)) if weights is None else np.asarray(weights, float)
    if mix.shape != shifts.shape or mix.min() < 0 or abs(mix.sum() - 1) > 1e-9:
        raise InputError("not a distribution over the biases", place="weights", found=weights)
    signs = np.array([1.0]) if signed else np.array([1.0, -1.0])
    # In logarithms, so that a far distance does not end as 0 / 0; factors common to all are left
    # out, the one that depends on the standard deviation is not.
    places = np.concatenate([[0.0], shifts])[:, None]
    exponents = -((signs * distance - places) ** 2) / (4 * sds[:, None, None] ** 2)
    likelihood = np.logaddexp.reduce(exponents, axis=2) - np.log(sds)[:, None]
    with np.errstate(divide="ignore"):
        lie = np.logaddexp.reduce(likelihood[:, 1:] + np.log(mix), axis=1) + np.log(prior)
        return likelihood[:, 0] + np.log(1 - prior), lie


def _share(lie: np.ndarray, honest: np.ndarray) -> np.ndarray:
    """Return the probability of a lie from the logarithms of both, shape (D,)."""
    return np.asarray(np.exp(lie - np.logaddexp(lie, honest)))


def sampled_posterior(
    distance: float,
    honest: np.ndarray,
    lying: np.ndarray,
    prior: float,
    *,
    share: float = 0.02,
    level: float = 0.95,
) -> Certified:
    """Return the probability that the other lies, estimated from simulated distances.

    What is estimated is the posterior given a distance in the smallest interval around this one
    that holds the given ``share`` of all simulated distances. Its own interval joins
    Clopper-Pearson intervals (1934) for the chances that an honest party and a liar fall there,
    each at a level such that both hold with ``level`` (Bonferroni). Every draw counts: one in
    which no distance could be measured is given as infinite. Cannot tell beyond the distances
    that were simulated.
    """
    from scipy.special import betaincinv

    _check_probability(prior, "prior")
    honest, lying = (np.sort(np.asarray(sample, float)) for sample in (honest, lying))
    if not len(honest) or not len(lying):
        return Certified.unknown("no simulated distances of an honest party, or of a liar")
    pooled = np.concatenate([honest, lying])
    pooled = pooled[np.isfinite(pooled)]
    if not len(pooled) or not pooled.min() <= distance <= pooled.max():
        return Certified.unknown("no simulated distance is as far as this one")
    low, high = _window(distance, pooled, share)
    counts = [_count(sample, low, high) for sample in (honest, lying)]
    tail = (1 - level) / 4
    chances, lows, highs = [], [], []
    for hits, total in zip(counts, (len(honest), len(lying)), strict=True):
        chances.append(hits / total)
        lows.append(float(betaincinv(hits, total - hits + 1, tail)) if hits else 0.0)
        highs.append(float(betaincinv(hits + 1, total - hits, 1 - tail)) if hits < total else 1.0)
    return Certified.estimate(
        _bayes(prior, chances[1], chances[0]),
        _bayes(prior, lows[1], highs[0]),
        _bayes(prior, highs[1], lows[0]),
        f"given a distance in [{low:.4g}, {high:.4g}]; {len(honest)} honest and {len(lying)} "
        "lying draws",
        level,
    )


def _window(distance: float, pooled: np.ndarray, share: float) -> tuple[float, float]:
    """Return the smallest interval around ``distance`` that holds a share of the sample."""
    apart = np.abs(pooled - distance)
    hold = min(max(1, int(np.ceil(share * len(pooled)))), len(pooled)) - 1
    reach = float(np.partition(apart, hold)[hold])
    return distance - reach, distance + reach


def _count(ordered: np.ndarray, low: float, high: float) -> int:
    first = np.searchsorted(ordered, low, side="left")
    return int(np.searchsorted(ordered, high, side="right") - first)


def _bayes(prior: float, lying: float, honest: float) -> float:
    total = prior * lying + (1 - prior) * honest
    return prior * lying / total if total > 0 else prior


def _check_probability(value: float, place: str) -> None:
    if not 0 <= value <= 1:
        raise InputError("not a probability", place=place, found=value, expected="in [0, 1]")
