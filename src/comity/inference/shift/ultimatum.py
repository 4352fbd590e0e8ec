"""The ultimatum oracle: two responders whom no repeated play tells apart, in closed form.

A pie of 1, offers y. A *committed* responder rejects below ``threshold``, always. A *reputation
builder* rejects what is worth less than being thought tough: accepting yields
``(1 - g) y + g v_L``, refusing ``g v_H``, so that it accepts iff ``y >= g / (1 - g) (v_H - v_L)``.
In a last round reputation is worth nothing and it accepts anything.

Where the thresholds coincide, both answer every offer alike in every round but the last: posterior
and prior are equal for every number of rounds. In the last round the proposer asks for all iff its
belief in commitment is below ``threshold``, so that the prior alone decides whether there is
conflict. Without a prior, minimax regret asks for all with chance ``threshold``. Source: our
completion of the textbook model of reputation (Kreps and Wilson 1982; Milgrom and Roberts 1982).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np

from comity.core import InputError, check_choice
from comity.inference.shift.decision import Decision

Kind = Literal["committed", "builder"]
KINDS: tuple[Kind, Kind] = ("committed", "builder")
Number = TypeVar("Number")

ALL = "take all"


@dataclass(frozen=True)
class Ultimatum:
    """The setting, with answers, beliefs, decisions and failure in closed form.

    Attributes
    ----------
    threshold : below which the committed responder rejects, y0, between 0 and 1.
    discount : g, at least 0 and below 1: how much the future counts.
    tough, soft : what follows a reputation for rejecting, v_H, and its lack, v_L.

    Examples
    --------
    >>> oracle = Ultimatum.coinciding(0.3, discount=0.9)
    >>> oracle.posterior(0.2, [0.1, 0.5, 0.29], [False, True, False])
    0.2
    >>> oracle.asks_for_all(0.2), oracle.asks_for_all(0.4), oracle.minimax_regret()
    (True, False, (0.3, 0.21))
    """

    threshold: float
    discount: float
    tough: float
    soft: float = 0.0

    def __post_init__(self) -> None:
        for name in ("threshold", "discount", "tough", "soft"):
            value = getattr(self, name)
            if not math.isfinite(value):
                raise InputError("not finite", place=name, found=value)
        if not 0 < self.threshold < 1:
            raise InputError(
                "out of range", place="threshold", found=self.threshold, expected="(0, 1)"
            )
        if not 0 <= self.discount < 1:
            raise InputError(
                "out of range", place="discount", found=self.discount, expected="[0, 1)"
            )

    @classmethod
    def coinciding(cls, threshold: float, discount: float, soft: float = 0.0) -> Ultimatum:
        """Return the setting in which the builder's threshold is the committed one's.

        ``discount`` must be above 0: who does not count the future has no threshold.
        """
        if not 0 < discount < 1:
            raise InputError("out of range", place="discount", found=discount, expected="(0, 1)")
        return cls(threshold, discount, soft + threshold * (1 - discount) / discount, soft)

    @property
    def builder_threshold(self) -> float:
        """Return the offer from which the builder accepts while play goes on."""
        return self.discount / (1 - self.discount) * (self.tough - self.soft)

    @property
    def coincides(self) -> bool:
        """Whether both accept the same offers while play goes on (to 1e-12)."""
        return abs(self.builder_threshold - self.threshold) <= 1e-12

    def least_accepted(self, kind: Kind, last: bool = False) -> float:
        """Return the smallest offer that a kind of responder accepts."""
        check_choice(kind, KINDS, "no such responder", "kind")
        if kind == "committed" or (self.coincides and not last):
            return self.threshold
        return 0.0 if last else self.builder_threshold

    def accepts(self, kind: Kind, offers: np.ndarray | float, last: bool = False) -> np.ndarray:
        """Return which offers a kind of responder accepts, in the shape of the offers."""
        return np.asarray(offers, dtype=float) >= self.least_accepted(kind, last)

    def posterior(
        self,
        prior: Number,
        offers: Sequence[float],
        accepted: Sequence[bool],
        last: Sequence[bool] | bool = False,
    ) -> Number:
        """Return the belief in commitment after answers, in the number type of the prior.

        Both kinds answer for certain, so the belief stays as it was to the last digit or becomes 0
        or 1. Raises `InputError` where neither kind answers so, or only one that the prior rules
        out.
        """
        y, said = np.asarray(offers, dtype=float), np.asarray(accepted, dtype=bool)
        final = np.broadcast_to(np.asarray(last, dtype=bool), y.shape)

        def fits(kind: Kind) -> bool:
            least = np.where(final, self.least_accepted(kind, True), self.least_accepted(kind))
            return bool(((y >= least) == said).all())

        committed, builder = fits("committed"), fits("builder")
        if committed and builder:
            return prior
        if (committed and prior != 0) or (builder and prior != 1):
            return type(prior)(committed)  # type: ignore[call-arg]
        raise InputError(
            "no responder that the prior allows answers so", place="accepted", found=said.tolist()
        )

    def decision(self, offers: Sequence[float] | None = None) -> Decision:
        """Return the proposer's choice in a last round, the hypotheses builder and committed.

        ``offers``: which may be made; by default nothing and the threshold, since every other offer
        is answered as one of these and leaves less.
        """
        made = [0.0, self.threshold] if offers is None else [float(y) for y in offers]
        if not all(0 <= y <= 1 for y in made):
            raise InputError("no part of the pie", place="offers", found=made, expected="0 to 1")
        names = [ALL if y == 0 else f"offer {y:g}" for y in made]
        kept = 1 - np.asarray(made, dtype=float)
        table = [kept * self.accepts(kind, np.array(made), last=True) for kind in KINDS[::-1]]
        return Decision(np.column_stack(table), tuple(names), KINDS[::-1])

    def asks_for_all(self, belief: float) -> bool:
        """Return whether a proposer with this belief in commitment offers nothing at the end.

        Worth ``1 - belief`` against ``1 - threshold`` from the smallest offer that both accept; at
        a tie it gives.
        """
        return checked_chance(belief, "belief") < self.threshold

    def failure(self, belief: float, share: float | None = None) -> float:
        """Return the chance that the last round ends without agreement.

        Parameters
        ----------
        belief : the proposer's, in commitment; where thresholds coincide this is its prior.
        share : of committed responders in truth; the belief where it is not given.

        ``share`` where the belief is below the threshold and 0 from there on: as belief rises
        conflict grows, then stops.
        """
        truth = belief if share is None else share
        return checked_chance(truth, "share") if self.asks_for_all(belief) else 0.0

    def minimax_regret(self) -> tuple[float, float]:
        """Return the chance of asking for all that minimises the largest regret, and that regret.

        Asking for all costs ``1 - y0`` if the responder is committed, giving costs ``y0`` if not;
        both kinds cost the same at chance y0. The least favourable belief is y0 as well.
        """
        return self.threshold, self.threshold * (1 - self.threshold)


def checked_chance(value: float, place: str) -> float:
    """Return the value, or raise `InputError` unless it lies between 0 and 1."""
    if not 0 <= value <= 1:
        raise InputError("not a chance", place=place, found=value, expected="0 to 1")
    return value
