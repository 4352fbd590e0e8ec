"""How many observations it takes to tell two members apart: two questions, two answers.

*On average enough*: after how many passes the expected log-likelihood ratio reaches the log odds
asked for. It is then reached only about half of the time. *Enough for both errors*: how many
passes a test needs that errs at most so often either way (Neyman and Pearson 1933). The two differ
by a factor of about two at odds of 20 and errors of 5%, and neither stands for the other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core import Certified, InputError, Intractable, Result, as_generator
from comity.core.randomness import Rng
from comity.core.shares import wilson
from comity.inference.identification.divergence import chernoff_information, kl
from comity.inference.identification.log_ratio import MOST_OUTCOMES, LogRatio, checked_pair
from comity.inference.identification.log_ratio import log_ratio as exact_ratio

DRAWS = 20_000
"""Simulated experiments where the exact distribution is too large."""

MOST_TRIED = 400
"""Most sizes tried one by one for a test that tosses no coin."""

LARGEST = 2**40
"""Most passes that are spoken of exactly."""

ALIKE = "both give every observation the same chance"


@dataclass(frozen=True)
class SampleSizes(Result):
    """How many passes of a design tell a truth from another member.

    Attributes
    ----------
    names : of the truth and of the other member.
    odds : asked of the likelihood ratio.
    errors : largest chance of rejecting the truth, and of accepting it where the other is true.
    expected : passes after which the *expected* log-likelihood ratio is the log odds; a real
        number, since an expectation is reached between two whole ones.
    seen : chance that the ratio reaches the odds in the nearest whole number of passes.
    normal : passes that keep both errors, by the normal approximation.
    tossing : passes that keep both errors exactly, when the test tosses a coin on its threshold;
        from there on every larger number does too.
    plain : the smallest number of passes for which a test without a coin keeps both errors.
    chernoff : rate at which the sum of both errors falls, in nats a pass.
    """

    names: tuple[str, str]
    odds: float
    errors: tuple[float, float]
    expected: Certified
    seen: Certified
    normal: Certified
    tossing: Certified
    plain: Certified
    chernoff: Certified

    def __str__(self) -> str:
        truth, other = self.names
        kept = " and ".join(f"{error:.0%}" for error in self.errors)
        average = f"  enough on average for odds of {self.odds:g}: {_whole(self.expected)}"
        seen = f" (the odds are then seen {self.seen.value:.0%} of the time)"
        both = f"  enough for errors of {kept}: {_whole(self.normal)} by the normal approximation;"
        exact = f" exactly {_whole(self.tossing)}, or {_whole(self.plain)} without tossing a coin"
        title = f"Passes of the design that tell {truth} from {other}"
        return "\n".join([title, average + seen, both + exact])


def sample_sizes(
    truth: Any,
    other: Any,
    *,
    odds: float = 20.0,
    errors: float | tuple[float, float] = 0.05,
    names: Sequence[str] = ("the truth", "the other"),
    rng: Rng = 0,
) -> SampleSizes:
    """Return how many passes tell a truth from another member, by both measures.

    Parameters
    ----------
    truth, other : chances of the options, shape (options,) or (decisions, options) for a design
        whose decisions are each asked once a pass.
    odds : asked of the likelihood ratio, above 1.
    errors : largest chance of either error, or of rejecting the truth and of accepting it wrongly.
    names : of the two.
    rng : for simulation, used only where the exact distribution has above 2 million outcomes.

    The normal approximation is that of the log-likelihood ratio L with mean and standard deviation
    under either: ``n = ((z_1 sd_truth(L) + z_2 sd_other(L)) / (mean_truth(L) - mean_other(L)))^2``.
    For two coins it is the usual formula for two proportions, one of them known. Exact numbers
    come from binomial and multinomial counts.

    Examples
    --------
    >>> print(sample_sizes([0.5, 0.5], [0.7, 0.3], names=("a half", "seven tenths")))
    Passes of the design that tell a half from seven tenths
      enough on average for odds of 20: 34 (the odds are then seen 43% of the time)
      enough for errors of 5% and 5%: 62 by the normal approximation; exactly 64, or 67 without
      tossing a coin
    """
    p, q = checked_pair(truth, other)
    limits = (errors, errors) if isinstance(errors, (int, float)) else tuple(errors)
    _check(odds, limits, names)
    rate = float(kl(p, q).sum())
    exact = _exact_sizes(p, q, limits)
    return SampleSizes(
        names=(names[0], names[1]),
        odds=float(odds),
        errors=(limits[0], limits[1]),
        expected=_expected(rate, odds),
        seen=_seen(p, q, rate, odds, rng),
        normal=normal_size(p, q, limits),
        tossing=exact[0],
        plain=exact[1],
        chernoff=Certified.exact(chernoff_information(p, q), "bounded minimisation"),
    )


def _check(odds: float, errors: Sequence[float], names: Sequence[str]) -> None:
    if not (math.isfinite(odds) and odds > 1):
        raise InputError("out of range", place="odds", found=odds, expected="above 1")
    if len(errors) != 2 or not all(0 < error < 0.5 for error in errors):
        raise InputError("out of range", place="errors", found=errors, expected="between 0 and 1/2")
    if len(names) != 2:
        raise InputError("not two names", place="names", found=names)


def _whole(size: Certified) -> str:
    """Return a number of passes in words; no fewer than 1 can be made."""
    if size.kind == "unknown":
        return "unknown"
    return f"{max(1, round(size.value)):,}" if math.isfinite(size.value) else "no number"


def _expected(rate: float, odds: float) -> Certified:
    if rate == 0:
        return Certified.exact(math.inf, ALIKE)
    if math.isinf(rate):
        return Certified.exact(0.0, "one observation can rule the other out")
    return Certified.exact(math.log(odds) / rate, "log odds over the divergence a pass")


def _seen(p: np.ndarray, q: np.ndarray, rate: float, odds: float, rng: Rng) -> Certified:
    if rate == 0:
        return Certified.exact(0.0, ALIKE)
    passes = max(1, round(math.log(odds) / rate))
    if passes > LARGEST:
        return Certified.unknown(f"above {LARGEST:,} passes")
    try:
        chance = exact_ratio(p, q, passes).reaches(math.log(odds))
    except Intractable:
        return _simulated(p, q, passes, math.log(odds), rng)
    return Certified.exact(chance, f"all outcomes of {passes:,} passes")


def _simulated(p: np.ndarray, q: np.ndarray, passes: int, level: float, rng: Rng) -> Certified:
    """Return the share of simulated experiments that reach a log-ratio, with Wilson's interval."""
    draw = as_generator(rng)
    total = np.zeros(DRAWS)
    for first, second in zip(p, q, strict=True):
        there = first > 0
        with np.errstate(divide="ignore"):
            values = np.log(first[there]) - np.log(second[there])
        counts = draw.multinomial(passes, first[there], size=DRAWS)
        with np.errstate(invalid="ignore"):
            total += np.where(counts > 0, counts * values, 0.0).sum(axis=1)
    hits = int((total >= level - 1e-9).sum())
    low, high = map(float, wilson(hits / DRAWS, DRAWS))
    return Certified.estimate(hits / DRAWS, low, high, f"{DRAWS:,} simulated experiments")


def normal_size(p: np.ndarray, q: np.ndarray, errors: Sequence[float]) -> Certified:
    """Return the passes that keep both errors, by the normal approximation of `sample_sizes`.

    Parameters
    ----------
    p, q : shape (decisions, options), chances by the truth and by the other.
    errors : largest chance of rejecting the truth, and of accepting it wrongly.
    """
    from scipy.stats import norm

    if np.any((p > 0) != (q > 0)):
        return Certified.unknown("one rules out what the other allows: no normal approximation")
    if np.array_equal(p, q):
        return Certified.exact(math.inf, ALIKE)
    values = np.log(np.where(p > 0, p, 1.0)) - np.log(np.where(q > 0, q, 1.0))
    means = [(chance * values).sum(axis=1) for chance in (p, q)]
    spreads = [
        math.sqrt(float(((chance * values**2).sum(axis=1) - mean**2).clip(0).sum()))
        for chance, mean in zip((p, q), means, strict=True)
    ]
    reach = sum(float(norm.isf(e)) * spread for e, spread in zip(errors, spreads, strict=True))
    size = (reach / float((means[0] - means[1]).sum())) ** 2
    return Certified(size, "estimate", "normal approximation of the log-likelihood ratio")


def _exact_sizes(
    p: np.ndarray, q: np.ndarray, errors: Sequence[float]
) -> tuple[Certified, Certified]:
    """Return the smallest exact sizes of a test that tosses a coin, and of one that does not."""
    if np.array_equal(p, q):
        alike = Certified.exact(math.inf, ALIKE)
        return alike, alike
    method = "Neyman-Pearson test over all outcomes"
    too_many = Certified.unknown(f"above {MOST_OUTCOMES:,} outcomes")
    try:
        tossing = _smallest(lambda n: _tossing_keeps(exact_ratio(p, q, n), errors))
    except Intractable:
        return too_many, too_many
    answer = Certified.exact(tossing, f"{method}, tossing a coin on the threshold")
    try:
        for n in range(tossing, tossing + MOST_TRIED):
            if _plainly_keeps(exact_ratio(p, q, n), errors):
                return answer, Certified.exact(n, method)
    except Intractable:
        return answer, too_many
    return answer, Certified.unknown(f"none among the next {MOST_TRIED} sizes")


def _tossing_keeps(ratio: LogRatio, errors: Sequence[float]) -> bool:
    return ratio.least_error(errors[1]) <= errors[0] + 1e-12


def _plainly_keeps(ratio: LogRatio, errors: Sequence[float]) -> bool:
    return bool((ratio.plain_errors() <= np.asarray(errors) + 1e-12).all(axis=1).any())


def _smallest(holds: Callable[[int], bool]) -> int:
    """Return the smallest n that holds, where every larger one does too."""
    high = 1
    while not holds(high):
        high *= 2
        if high > LARGEST:
            raise Intractable("no size keeps both errors", found=f"up to {LARGEST:,} passes")
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
