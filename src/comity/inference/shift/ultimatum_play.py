"""The ultimatum oracle by simulation: repeated rounds, Bayesian beliefs, and a last round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.core import Certified, InputError, Result, as_generator
from comity.core.randomness import Rng
from comity.core.shares import wilson
from comity.inference.shift.ultimatum import KINDS, Ultimatum, checked_chance


@dataclass(frozen=True, eq=False)
class UltimatumPlay(Result):
    """Simulated pairs: repeated rounds under random offers, then a last one.

    Attributes
    ----------
    committed : shape (pairs,), whether each responder is.
    offers, accepted : shape (pairs, rounds), of the repeated rounds.
    posterior : shape (pairs, rounds + 1), each proposer's belief in commitment, the prior first.
    last_offers, last_accepted : shape (pairs,).
    failure : share of last rounds without agreement, with its interval.
    small_accepted : by kind, share of offers below the threshold accepted in the last round;
        unknown where none was made.
    """

    committed: np.ndarray
    offers: np.ndarray
    accepted: np.ndarray
    posterior: np.ndarray
    last_offers: np.ndarray
    last_accepted: np.ndarray
    failure: Certified
    small_accepted: dict[str, Certified]


def play_ultimatum(
    setting: Ultimatum,
    pairs: int,
    rounds: int,
    prior: float,
    *,
    share: float | None = None,
    rng: Rng = None,
) -> UltimatumPlay:
    """Return simulated play: random offers, Bayesian beliefs, and a best last offer.

    Parameters
    ----------
    setting : thresholds of both kinds of responder.
    pairs, rounds : how many play (1 or more), and how many rounds before the last one.
    prior : every proposer's belief in commitment at the start.
    share : of committed responders in truth; the prior where it is not given.

    Examples
    --------
    >>> play = play_ultimatum(Ultimatum.coinciding(0.3, 0.9), 100, 50, prior=0.2, rng=0)
    >>> float(play.posterior.min()), float(play.posterior.max())
    (0.2, 0.2)
    """
    if pairs < 1 or rounds < 0:
        raise InputError("nobody plays", place="pairs and rounds", found=(pairs, rounds))
    checked_chance(prior, "prior")
    draw = as_generator(rng)
    truth = checked_chance(prior if share is None else share, "share")
    committed = draw.random(pairs) < truth
    offers = draw.random((pairs, rounds))
    answers = [setting.accepts(kind, offers) for kind in KINDS]
    accepted = np.where(committed[:, None], *answers)
    posterior = _beliefs(prior, [answer == accepted for answer in answers])
    last_offers = np.where(posterior[:, -1] < setting.threshold, 0.0, setting.threshold)
    last = [setting.accepts(kind, last_offers, last=True) for kind in KINDS]
    last_accepted = np.where(committed, *last)
    small = last_offers < setting.threshold
    return UltimatumPlay(
        committed=committed,
        offers=offers,
        accepted=accepted,
        posterior=posterior,
        last_offers=last_offers,
        last_accepted=last_accepted,
        failure=_share(~last_accepted),
        small_accepted={
            kind: _share(last_accepted[small & (committed == (kind == "committed"))])
            for kind in KINDS
        },
    )


def _beliefs(prior: float, fits: Sequence[np.ndarray]) -> np.ndarray:
    """Return Bayes' rule round by round, (pairs, rounds + 1), from which answers fit which kind."""
    pairs, rounds = fits[0].shape
    found = np.full((pairs, rounds + 1), float(prior))
    for k in range(rounds):
        now = found[:, k]
        one, two = now * fits[0][:, k], (1 - now) * fits[1][:, k]
        alike = fits[0][:, k] == fits[1][:, k]
        found[:, k + 1] = np.where(alike, now, one / np.where(one + two > 0, one + two, 1.0))
    return found


def _share(happened: np.ndarray) -> Certified:
    if not happened.size:
        return Certified.unknown("it never came to that")
    hits, draws = int(happened.sum()), len(happened)
    low, high = map(float, wilson(hits / draws, draws))
    return Certified.estimate(hits / draws, low, high, f"{draws:,} simulated pairs")
