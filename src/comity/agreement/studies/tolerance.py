"""How wide a tolerance serves an honest party best against one that lies as it pays.

A wide tolerance invites larger lies, a narrow one refuses honest noise; in between is a best one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from comity.agreement.studies.simulation import Runs
from comity.core import Certified, Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

RESAMPLES = 200
POINTS = 25


@dataclass(frozen=True)
class ToleranceCurve(Result):
    """What the honest parties gain at each tolerance of distance.

    Attributes
    ----------
    tolerances : shape (m,), of every distance rule.
    honest_gain : shape (m,), expected true gain of the honest parties together.
    low, high : shape (m,), 95% bootstrap interval of it.
    liar_gain : shape (m,), expected true gain of the liar.
    agreement_rate : shape (m,).
    amounts : shape (m,), the lie that pays best at each tolerance.
    best_tolerance : where the honest gain most, with a bootstrap interval.
    """

    tolerances: np.ndarray
    honest_gain: np.ndarray
    low: np.ndarray
    high: np.ndarray
    liar_gain: np.ndarray
    agreement_rate: np.ndarray
    amounts: np.ndarray
    best_tolerance: Certified

    def plot(self, ax: Axes | None = None) -> Axes:
        """Return the Axes with both sides' gains by tolerance, and the best tolerance marked."""
        if ax is None:
            import matplotlib.pyplot as plt

            ax = plt.subplots()[1]
        ax.fill_between(self.tolerances, self.low, self.high, alpha=0.2, color="C0", lw=0)
        ax.plot(self.tolerances, self.honest_gain, color="C0", label="the honest")
        ax.plot(self.tolerances, self.liar_gain, color="C3", ls="--", label="the liar")
        ax.axvline(self.best_tolerance.value, color="0.4", lw=1, ls=":")
        ax.axhline(0, color="0.7", lw=0.8)
        ax.set_xlabel("tolerated distance of the reports")
        ax.set_ylabel("expected true gain over the default")
        ax.legend(frameon=False)
        return ax


def tolerance_curve(
    runs: Sequence[Runs],
    amounts: Sequence[float],
    liar: int,
    tolerances: Sequence[float] | None = None,
) -> ToleranceCurve:
    """Return the curve for a liar that picks its amount anew at every tolerance.

    ``runs[k]`` is what lying by ``amounts[k]`` led to, over the same draws. Tolerances are
    quantiles of all distances unless given. The bootstrap resamples draws, and the liar chooses
    anew in each resample.
    """
    places = _places(runs) if tolerances is None else np.asarray(sorted(tolerances), dtype=float)
    gains = np.array([[r.gains(r.within(t)) for t in places] for r in runs])
    agreed = np.array([[r.within(t) for t in places] for r in runs])
    everyone = np.ones((1, gains.shape[2])) / gains.shape[2]
    honest, pick = _chosen(gains, liar, everyone)
    rng = np.random.default_rng(0)
    count = gains.shape[2]
    weights = rng.multinomial(count, np.full(count, 1 / count), size=RESAMPLES) / count
    again, _ = _chosen(gains, liar, weights)
    columns = np.arange(len(places))
    low, high = np.quantile(again, [0.025, 0.975], axis=0)
    best = places[np.argmax(again, axis=1)]
    words = f"{count} draws, {len(places)} tolerances, bootstrap; the liar picks from "
    words += f"{len(amounts)} amounts"
    top = float(places[int(np.argmax(honest[0]))])
    ends = np.quantile(best, [0.025, 0.975])
    return ToleranceCurve(
        places,
        honest[0],
        np.minimum(low, honest[0]),
        np.maximum(high, honest[0]),
        gains[pick[0], columns, :, liar].mean(axis=1),
        agreed[pick[0], columns].mean(axis=1),
        np.asarray(amounts, dtype=float)[pick[0]],
        Certified.estimate(top, min(top, float(ends[0])), max(top, float(ends[1])), words),
    )


def _places(runs: Sequence[Runs]) -> np.ndarray:
    seen = np.concatenate([r.distance[r.willing] for r in runs])
    seen = seen[np.isfinite(seen)]
    if not len(seen):
        return np.array([0.0])
    return np.unique(np.quantile(np.maximum(seen, 0.0), np.linspace(0, 1, POINTS)).round(12))


def _chosen(gains: np.ndarray, liar: int, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the honest parties' gain where the liar picks, and its picks, shape (B, m) each.

    ``gains`` has shape (amounts, m, D, n), ``weights`` shape (B, D).
    """
    means = np.tensordot(weights, gains, axes=(1, 2))
    own, others = means[..., liar], means.sum(axis=-1) - means[..., liar]
    pick = own.argmax(axis=1)
    return np.take_along_axis(others, pick[:, None], axis=1)[:, 0], pick
