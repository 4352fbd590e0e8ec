"""Profile likelihoods: how well each value of one parameter does when the others adapt to it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial

import jax
import numpy as np

from comity.core.certified import Certified
from comity.core.choices import check_choice
from comity.core.errors import InputError
from comity.core.results import Result
from comity.inference.estimation.diagnosis import FAR, FAR_WIDTHS, half_widths
from comity.inference.estimation.fits import Fit
from comity.inference.estimation.likelihood import (
    Tally,
    log_likelihood,
    natural_table,
    prepare,
    tally,
)
from comity.inference.estimation.maximum_likelihood import SAME, curvature_at
from comity.inference.estimation.newton import Optimum, maximise
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.explanation import Explanation
from comity.inference.numerics import x64

STEPS = 16
"""Points tried on each side, ever further apart."""
ROUNDS = 3
"""Times that the interval in which a limit lies is divided again."""
NEAREST = 0.05
"""The first step, in standard errors."""
TRUSTED = 3.0
"""How far a parabola is trusted, in standard errors."""
SHOWN = 4.0
"""How far an open side is shown, in standard errors."""


@dataclass(frozen=True, eq=False)
class Profile(Result):
    """One parameter before the choices.

    Attributes
    ----------
    name, meaning : of the parameter.
    values : shape (M,), in increasing order.
    log_likelihoods : shape (M,), of the choices where the other parameters do their best.
    points : shape (M, k), all parameters there, in the order of the explanation.
    best, top : the value of highest log-likelihood, and that.
    low, high : limits of the interval; infinite, or the end of the parameter's interval, where the
        likelihood never falls far enough on that side.
    open_low, open_high : whether that is so.
    level : coverage aimed at.
    spread : by how much the likelihood was taken to overstate what choices tell, since those of
        one person depend on each other; 1 where it was not.
    notes : what a reader should know.
    """

    name: str
    meaning: str
    values: np.ndarray = field(repr=False)
    log_likelihoods: np.ndarray = field(repr=False)
    points: np.ndarray = field(repr=False)
    best: float
    top: float
    low: float
    high: float
    open_low: bool
    open_high: bool
    level: float
    spread: float
    notes: tuple[str, ...]

    @property
    def certified(self) -> Certified:
        """The parameter with its interval, a bound if one side is open, or "cannot tell"."""
        method = f"profile likelihood at {self.level:.0%}"
        if self.open_low and self.open_high:
            return Certified.unknown(f"{method}: no value of {self.name} does much worse")
        if self.open_high:
            return Certified.lower(self.low, f"{method}: no limit above")
        if self.open_low:
            return Certified.upper(self.high, f"{method}: no limit below")
        return Certified.estimate(self.best, self.low, self.high, method, self.level)


def profile(
    fit: Fit,
    evidence: Evidence,
    name: str,
    *,
    level: float = 0.95,
    points: int = 25,
    clustered: bool = True,
) -> Profile:
    """Return how the likelihood falls as one parameter moves and the others adapt.

    Parameters
    ----------
    fit : of the same evidence.
    name : of the parameter.
    level : the interval holds what is less than half the chi-square quantile below the top
        (Wilks 1938).
    points : on the profile that is returned.
    clustered : lower the likelihood by the ratio of clustered to plain variance of this parameter
        (Chandler and Bate 2007, section 3.3), where the fit has both.

    Beyond the furthest point tried (a factor of 3,000,000 for bounded parameters, 100 half widths
    of the typical interval for others) a side counts as open.
    """
    from scipy.stats import chi2

    explanation = fit.explanation
    check_choice(name, list(fit.estimates), "no such parameter", "name")
    if not 0 < level < 1 or points < 3:
        raise InputError(
            "out of range",
            place="level" if points >= 3 else "points",
            found=level if points >= 3 else points,
            expected="within (0, 1)" if points >= 3 else "3 or more",
        )
    batch, _, scale = prepare(explanation, evidence, fit.scale)
    index = list(fit.estimates).index(name)
    way = _Way(explanation, tally(explanation, batch, scale), fit.free, index)
    spread = _spread(fit, index) if clustered else 1.0
    drop = spread * float(chi2.ppf(level, 1)) / 2
    below, above = (way.limit(side, drop) for side in (-1, 1))
    shown = SHOWN * way.error
    grid = np.linspace(
        -shown if below is None else 1.2 * below, shown if above is None else 1.2 * above, points
    )
    found = way.best_at(np.unique([*grid, 0.0]))
    table = natural_table(explanation.parameters, found.point, scale)
    top = int(np.argmax(found.value))
    parameter = explanation.parameters[index]
    ends = natural_table(
        (parameter,), fit.free[index] + np.array([[below or 0.0], [above or 0.0]]), scale
    )
    return Profile(
        name=name,
        meaning=parameter.meaning,
        values=table[:, index],
        log_likelihoods=found.value,
        points=table,
        best=float(table[top, index]),
        top=float(found.value[top]),
        low=parameter.low if below is None else float(ends[0, 0]),
        high=parameter.high if above is None else float(ends[1, 0]),
        open_low=below is None,
        open_high=above is None,
        level=level,
        spread=spread,
        notes=_notes(spread, float(found.value[top]) - fit.log_likelihood),
    )


@dataclass
class _Way:
    """The line along which one coordinate moves, from where a fit ended."""

    explanation: Explanation
    counted: Tally
    free: np.ndarray
    index: int
    top: float = field(init=False)
    turn: np.ndarray = field(init=False)
    error: float = field(init=False)

    def __post_init__(self) -> None:
        hessian = curvature_at(self.explanation, self.free, self.counted)
        others = np.arange(len(self.free)) != self.index
        self.turn = np.zeros(len(self.free))
        self.turn[self.index] = 1.0
        inner = np.linalg.pinv(-hessian[np.ix_(others, others)], rcond=1e-8, hermitian=True)
        self.turn[others] = inner @ hessian[others, self.index]
        curvature = float(-self.turn @ hessian @ self.turn)
        width = float(half_widths(self.explanation.parameters)[self.index])
        self.error = min(curvature**-0.5, 10 * width) if curvature > 0 else width
        self.top = float(self.best_at(np.zeros(1)).value[0])

    def best_at(self, moves: np.ndarray) -> Optimum:
        """Return the best ends with the coordinate moved so far, arrays with a leading axis M.

        One search sets out on the line on which a parabola would be best, one as far along it as
        parabolas can be trusted and then straight ahead, and one straight ahead all the way.
        Moves are looked at so many at a time, so that the program is compiled once.
        """
        count = len(moves)
        moves = np.pad(moves, (0, -count % STEPS), mode="edge")
        straight = np.eye(len(self.free))[self.index]
        ahead = self.free + moves[:, None] * straight
        bent = [np.clip(moves, -far, far)[:, None] * (self.turn - straight)
                for far in (np.inf, TRUSTED * self.error, 0.0)]  # fmt: skip
        starts = np.stack([ahead + sideways for sideways in bent], axis=1)
        moving = np.arange(len(self.free)) != self.index
        with x64():
            pieces = [
                profiled(self.explanation, part, moving, self.counted)
                for part in starts.reshape(-1, STEPS, *starts.shape[1:])
            ]
        ends = Optimum(
            *(np.concatenate([np.asarray(leaf) for leaf in leaves])[:count]
              for leaves in zip(*pieces, strict=True))
        )  # fmt: skip
        best = np.argmax(np.where(np.isnan(ends.value), -np.inf, ends.value), axis=1)
        return Optimum(*(leaf[np.arange(count), best] for leaf in ends))

    def limit(self, side: int, drop: float) -> float | None:
        """Return how far the coordinate may move until the likelihood falls by so much."""
        parameter = self.explanation.parameters[self.index]
        width = float(half_widths((parameter,))[0])
        furthest = FAR_WIDTHS * width if math.isinf(parameter.low) else FAR
        moves = side * np.geomspace(NEAREST * self.error, max(furthest, self.error), STEPS)
        low = 0.0
        for _ in range(ROUNDS):
            below = np.flatnonzero(self.best_at(moves).value < self.top - drop)
            if not len(below):
                return None
            first = int(below[0])
            low = float(moves[first - 1]) if first else low
            moves = np.linspace(low, float(moves[first]), STEPS + 1)[1:]
        high = float(moves[-1])
        ends = self.best_at(np.array([low, high])).value - (self.top - drop)
        return low + (high - low) * float(ends[0] / (ends[0] - ends[1]))


def _spread(fit: Fit, index: int) -> float:
    """Return the ratio of clustered to plain variance of a parameter; 1 where one is missing."""
    clustered = list(fit.standard_errors.values())[index]
    plain = list(fit.model_errors.values())[index]
    ratio = (clustered / plain) ** 2 if plain > 0 else math.nan
    return ratio if ratio > 0 else 1.0


def _notes(spread: float, gained: float) -> tuple[str, ...]:
    notes = []
    if spread != 1.0:
        notes.append(
            f"differences of log-likelihood count 1/{spread:.3g} as much, "
            "by the ratio of clustered to plain variance"
        )
    if gained > SAME:
        notes.append(f"the profile found a point {gained:.3g} better than the fit: search again")
    return tuple(notes)


@partial(jax.jit, static_argnums=0)
def profiled(
    explanation: Explanation, starts: jax.Array, moving: jax.Array, counted: Tally
) -> Optimum:
    """Return where searches end that leave coordinates alone, arrays with leading axes (M, S).

    Parameters
    ----------
    starts : shape (M, S, k), on the whole line.
    moving : shape (k,), false for coordinates that stay.
    """

    def climb(start: jax.Array) -> Optimum:
        return maximise(lambda x: log_likelihood(explanation, x, counted), start, moving=moving)

    return jax.vmap(jax.vmap(climb))(starts)
