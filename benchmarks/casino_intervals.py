"""Bootstrap intervals that resample whole dialogues, since two people of one talk are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

DRAWS = 4000
JOINED = "\u00a0"  # a space at which an interval is not broken in a narrow column


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95% percentile interval (Efron 1979)."""

    value: float
    low: float
    high: float

    def show(self, digits: int = 2, scale: float = 1.0, unit: str = "") -> str:
        """Return the figure with its interval, or alone where it is the same in every sample."""
        numbers = [f"{scale * x:.{digits}f}" for x in (self.value, self.low, self.high)]
        value, low, high = ("0" + n[2:] if float(n) == 0 and n[0] == "-" else n for n in numbers)
        interval = f" [{low},{JOINED}{high}]" if self.low < self.high else ""
        return f"{value}{unit}{interval}"

    @property
    def percent(self) -> str:
        """Return the share with its interval, in percent."""
        return self.show(1, 100, "%")


class Bootstrap:
    """Resampled dialogues, the same for every figure so that differences are paired."""

    def __init__(self, dialogues: int, seed: int = 0, draws: int = DRAWS) -> None:
        rng = np.random.default_rng(seed)
        chance = np.full(dialogues, 1 / dialogues)
        self.counts = rng.multinomial(dialogues, chance, size=draws).astype(float)

    def mean(self, values: np.ndarray, among: np.ndarray | None = None) -> Estimate:
        """Return the mean of values per row or per dialogue, over the rows in `among` if given."""
        chosen = np.ones(len(values)) if among is None else np.asarray(among, dtype=float)
        return self.ratio(np.where(chosen > 0, values, 0.0) * chosen, chosen)

    def ratio(self, above: np.ndarray, below: np.ndarray) -> Estimate:
        """Return the ratio of two sums over rows or dialogues."""
        top, bottom = (self._per_dialogue(values) for values in (above, below))
        drawn = self.counts @ bottom
        shares = (self.counts @ top)[drawn > 0] / drawn[drawn > 0]
        if bottom.sum() == 0:
            return Estimate(np.nan, np.nan, np.nan)
        low, high = np.quantile(shares, [0.025, 0.975])
        return Estimate(float(top.sum() / bottom.sum()), float(low), float(high))

    def _per_dialogue(self, values: np.ndarray) -> np.ndarray:
        return np.asarray(values, dtype=float).reshape(self.counts.shape[1], -1).sum(axis=1)
