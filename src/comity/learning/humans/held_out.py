"""How well a human model foretells people it was not fitted to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from comity.core.certified import Certified
from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.core.results import Result
from comity.learning.environments.overcooked.rules import ACTIONS
from comity.learning.humans.samples import Samples

Foretell = Callable[[Samples], np.ndarray]
"""Log chances of each action for some choices, shape (N, 6)."""


@dataclass(frozen=True, eq=False)
class HeldOut(Result):
    """Log-likelihood a choice of pairs that a model was not fitted to.

    Attributes
    ----------
    model : mean over pairs of the mean log-likelihood of their choices, with a t-interval.
    marginal : the same for how often each action is taken at all.
    gain : the first less the second, pair by pair, with a t-interval.
    better : whether the gain is above 0 at that level.
    pairs : pairs, each held out once.
    choices : how many choices they made.
    by_pair : gain of each pair.
    """

    model: Certified
    marginal: Certified
    gain: Certified
    better: bool
    pairs: int
    choices: int
    by_pair: dict[str, float] = field(repr=False)


def hold_out(
    choices: Samples, fit: Callable[[Samples], Foretell], folds: int = 4, rng: Rng = 0
) -> HeldOut:
    """Return how a model does on pairs it has not seen: each pair is left out once.

    Parameters
    ----------
    choices : of several pairs.
    fit : fits the model to some choices.
    folds : into how many parts the pairs are split; at most as many as there are pairs.

    Pairs, not choices, are independent: intervals are over pairs.
    """
    names = np.unique(choices.pairs.astype(str))
    if not 2 <= folds <= len(names):
        raise InputError(
            "cannot be split so", place="folds", found=folds, expected=f"2 to {len(names)} pairs"
        )
    part = dict(
        zip(as_generator(rng).permutation(names), np.arange(len(names)) % folds, strict=True)
    )
    fold = np.array([part[name] for name in choices.pairs.astype(str)])
    own, base = np.empty(len(fold)), np.empty(len(fold))
    for number in range(folds):
        out, kept = fold == number, choices.of(fold != number)
        tested = choices.of(out)
        own[out] = _taken(fit(kept)(tested), tested)
        base[out] = _taken(np.log(frequencies(kept))[None].repeat(out.sum(), axis=0), tested)
    means = np.array(
        [[values[choices.pairs.astype(str) == name].mean() for values in (own, base)]
         for name in names]
    )  # fmt: skip
    gains = means[:, 0] - means[:, 1]
    gain = over_pairs(gains)
    return HeldOut(
        over_pairs(means[:, 0]),
        over_pairs(means[:, 1]),
        gain,
        bool(gain.low is not None and gain.low > 0),
        len(names),
        len(fold),
        dict(zip(names.tolist(), gains.tolist(), strict=True)),
    )


def frequencies(choices: Samples) -> np.ndarray:
    """Return how often each action is taken, with one of each added, shape (6,)."""
    counts = np.bincount(choices.actions, minlength=len(ACTIONS)) + 1.0
    shares: np.ndarray = counts / counts.sum()
    return shares


def over_pairs(values: np.ndarray) -> Certified:
    """Return a mean over pairs with its t-interval of 95%."""
    from scipy.stats import t

    half = t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    mean = values.mean()
    return Certified.estimate(
        mean, mean - half, mean + half, f"mean of {len(values)} pairs, t-interval"
    )


def _taken(chances: np.ndarray, choices: Samples) -> np.ndarray:
    return chances[np.arange(len(chances)), choices.actions]
