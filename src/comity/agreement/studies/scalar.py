"""Agreeing on a fair share of one pie: the setting in which everything has a closed form.

A pie of 1 is divided. Party i's private estimate of player 1's fair share is
``m_i ~ Normal(theta, sd^2)``. It reports ``r_1 = m_1 + b_1`` or ``r_2 = m_2 - b_2`` (so a positive
bias is greed for both), and the reports are accepted iff ``|r_1 - r_2| <= tolerance``. Player 1
then gets the mean report; a refusal costs each ``surplus`` against its fair share. With
``B = b_1 + b_2`` and Phi the normal distribution function,

    U_1 - d_1 = P(B) (S + (b_1 - b_2) / 2),
    P(B) = Phi((t - B) / (sqrt(2) sd)) - Phi((-t - B) / (sqrt(2) sd)).

Under the gain rule each also refuses a share that its own estimate puts below its default, which
cuts acceptance off at ``m_1 - m_2 <= 2 S - |b_1 - b_2|``. The mean and the difference of the
estimates are independent, so the rule changes P and nothing else. Source: our completion of
Clifton (2021), *Collaborative game specification*.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from comity.cases import AcceptanceRule, Case, Constitution, Party
from comity.core.errors import InputError

if TYPE_CHECKING:
    from comity.games import Negotiation

FAIR_SHARE = "fair share"


@dataclass(frozen=True)
class Scalar:
    """The scalar setting, with the payoffs and best replies of both parties in closed form.

    Attributes
    ----------
    sd : standard deviation of each party's estimate, positive.
    surplus : what refusal costs each, S, positive.
    tolerance : largest accepted distance between the reports, t, positive.
    gain_rule : whether each also refuses what its own estimate puts below its default.

    Examples
    --------
    >>> round(Scalar(0.05, 0.5, 0.2).equilibrium(), 4)
    0.0337
    """

    sd: float
    surplus: float
    tolerance: float
    gain_rule: bool = False

    def __post_init__(self) -> None:
        for name in ("sd", "surplus", "tolerance"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value > 0):
                raise InputError("out of range", place=name, found=value, expected="above 0")

    def acceptance(self, bias_1: float, bias_2: float) -> float:
        """Return the probability that both accept."""
        spread = math.sqrt(2) * self.sd
        total = bias_1 + bias_2
        upper = self.tolerance - total
        if self.gain_rule:
            upper = min(upper, 2 * self.surplus - abs(bias_1 - bias_2))
        return max(0.0, _phi(upper / spread) - _phi((-self.tolerance - total) / spread))

    def gains(self, bias_1: float, bias_2: float) -> tuple[float, float]:
        """Return what each expects to gain over its default, by the truth."""
        chance, edge = self.acceptance(bias_1, bias_2), (bias_1 - bias_2) / 2
        return chance * (self.surplus + edge), chance * (self.surplus - edge)

    def below_default(self, bias_1: float, bias_2: float) -> tuple[float, float]:
        """Return the chance, given agreement, that each truly ends below its default."""
        edge, spread = (bias_1 - bias_2) / 2, self.sd / math.sqrt(2)
        return _phi(-(self.surplus + edge) / spread), _phi(-(self.surplus - edge) / spread)

    def best_response(self, other: float = 0.0) -> float:
        """Return the bias that is best against the other's bias.

        The logarithm of the gain is concave in one's own bias (the chance of a normal variable
        to fall in an interval whose ends are concave is log-concave; Prekopa 1973), so the one
        local maximum is the global one.
        """
        low = other - 2 * self.surplus
        high = other + 2 * self.surplus + 2 * self.tolerance + 8 * self.sd
        return _peak(lambda bias: self._log_gain(bias, other), low, high)

    def _log_gain(self, bias: float, other: float) -> float:
        gain = self.gains(bias, other)[0]
        return math.log(gain) if gain > 0 else -math.inf

    def equilibrium(self) -> float:
        """Return the bias b that is best against itself, where ``P(2b)/2 + P'(2b) S = 0``.

        Without the gain rule the root is unique since P is log-concave, and it is a maximum of
        each party's gain for the reason that `best_response` gives. With the gain rule a
        party's gain may have a kink where the biases are equal; then this is the fixed point of
        `best_response`, and `InputError` is raised where there is no symmetric one.
        """
        from scipy.optimize import brentq

        def slope(bias: float) -> float:
            if self.gain_rule:
                return self.best_response(bias) - bias
            return self.acceptance(bias, bias) / 2 + self._density(2 * bias) * self.surplus

        high = self.surplus + self.tolerance + 8 * self.sd
        while slope(high) > 0:
            high *= 2
        found = float(brentq(slope, 0.0, high, xtol=1e-13))
        if self.gain_rule and abs(self.best_response(found) - found) > 1e-6:
            raise InputError(
                "no symmetric equilibrium in pure biases",
                place="scalar",
                found=f"surplus {self.surplus:g}, tolerance {self.tolerance:g}",
            )
        return found

    def _density(self, total: float) -> float:
        """Return P'(B), the change of acceptance with the sum of the biases."""
        spread = math.sqrt(2) * self.sd
        ends = (-self.tolerance - total) / spread, (self.tolerance - total) / spread
        low, high = (math.exp(-(x**2) / 2) / math.sqrt(2 * math.pi) for x in ends)
        return (low - high) / spread

    def with_tolerance(self, tolerance: float) -> Scalar:
        """Return the same setting with another tolerance."""
        return Scalar(self.sd, self.surplus, tolerance, self.gain_rule)

    def kept_against_liar(self, tolerance: float | None = None) -> float:
        """Return the share of S an honest party keeps against a best-responding liar."""
        setting = self if tolerance is None else self.with_tolerance(tolerance)
        return setting.gains(setting.best_response(), 0.0)[1] / self.surplus

    def best_tolerance(self, points: int = 200) -> float:
        """Return the tolerance that keeps an honest party most against a best-responding liar.

        A grid of ``points`` up to ``4 S + 8 sd`` finds the peak, golden sections refine it.
        """
        grid = np.linspace(0, 4 * self.surplus + 8 * self.sd, points + 1)[1:]
        kept = [self.kept_against_liar(float(t)) for t in grid]
        peak = int(np.argmax(kept))
        low = float(grid[max(peak - 1, 0)])
        high = float(grid[min(peak + 1, points - 1)])
        return _peak(self.kept_against_liar, low, high)


def scalar_case(
    estimate_1: float,
    estimate_2: float,
    surplus: float,
    tolerance: float | None = None,
    *,
    gain_rule: bool = False,
) -> Case:
    """Return the Case whose honest agreement gives player 1 the mean of the two estimates.

    The pie goes all to one or all to the other; a lottery divides it. The quantity
    ``fair share`` is worth -1 to player 1 and 1 to player 2, which with tastes ``x + S`` and
    ``S - x`` makes payoffs gains over no deal: ``x - f + S`` and ``f - x + S``, whose product
    peaks at ``x = f``. Reports are compared raw, in units of the fair share.
    """
    from comity.games import Issue, Negotiation

    def view(fair: float) -> Negotiation:
        return Negotiation(
            players=("one", "two"),
            issues=(Issue("pie", ("all to one", "all to two")),),
            form="additive",
            prior=np.ones(1),
            quantities=(FAIR_SHARE,),
            facts=np.full((1, 1, 2), fair),
            weights=np.array([[-1.0], [1.0]]),
            tastes=np.array([[[1 + surplus, surplus]], [[surplus - 1, surplus]]]),
            reservation=np.zeros(2),
        )

    public = () if tolerance is None else (AcceptanceRule("public", "raw", tolerance),)
    gain = (AcceptanceRule("gain"),) if gain_rule else ()
    constitution = Constitution(
        acceptance=public + gain, disagreement="no-deal", default="no-deal", solution=("nash",)
    )
    parties = (Party("one", view(estimate_1)), Party("two", view(estimate_2)))
    return Case("A pie and two estimates of its fair division", parties, constitution)


def _phi(x: float) -> float:
    return 0.5 * math.erfc(-x / math.sqrt(2))


def _peak(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a function with a single peak on an interval is largest (golden section)."""
    ratio = (math.sqrt(5) - 1) / 2
    left, right = high - ratio * (high - low), low + ratio * (high - low)
    at_left, at_right = function(left), function(right)
    while high - low > 1e-11:
        if at_left >= at_right:
            high, right, at_right = right, left, at_left
            left = high - ratio * (high - low)
            at_left = function(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + ratio * (high - low)
            at_right = function(right)
    return (low + high) / 2
