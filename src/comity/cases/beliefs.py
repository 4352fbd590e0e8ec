"""Ways the tastes of another may be, for what a party expects before it sees reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from math import factorial
from typing import Any

import numpy as np

from comity.cases.case import Belief
from comity.cases.faults import Faults, check_known
from comity.cases.frames import Frame
from comity.cases.numbers import written
from comity.cases.schema import BeliefData
from comity.cases.tastes import Taste, read_taste, write_taste
from comity.core.errors import InputError
from comity.core.limits import check_cells

MOST_ORDERS = 50_000


def read_beliefs(
    data: Sequence[BeliefData],
    frame: Frame,
    holder: str,
    tastes: Mapping[str, Taste],
    faults: Faults,
) -> tuple[Belief, ...]:
    """Return the beliefs of a party; those without a probability share what is left evenly."""
    found: list[Belief] = []
    for name in dict.fromkeys(belief.about for belief in data):
        about = [(k, belief) for k, belief in enumerate(data) if belief.about == name]
        with faults.at(f"beliefs.{about[0][0]}.about"):
            others = [player for player in frame.players if player != holder]
            check_known(name, others, "other party")
            shares = _shares([belief.probability for _, belief in about])
            for (k, belief), share in zip(about, shares, strict=True):
                with faults.at(f"beliefs.{k}"):
                    found += _ways(belief, frame, tastes[name], share)
    return tuple(found)


def _shares(stated: Sequence[float | None]) -> list[float]:
    known = [p for p in stated if p is not None]
    open_ = len(stated) - len(known)
    left = 1 - sum(known)
    if any(p < 0 for p in known) or left < -1e-9 or (not open_ and abs(left) > 1e-9):
        raise InputError("probabilities do not sum to 1", found=f"{sum(known):.12g}", expected=1)
    return [max(0.0, left) / open_ if p is None else p for p in stated]


def _ways(data: BeliefData, frame: Frame, guess: Taste, share: float) -> list[Belief]:
    if (data.tastes is None) == (data.any_order_of is None):
        raise InputError("a belief has tastes or any_order_of", expected="one of the two")
    if data.any_order_of is not None:
        ways = any_order(data.any_order_of, frame, data.about, guess)
    else:
        assert data.tastes is not None
        taste = read_taste(data.tastes, frame, data.about)
        no_deal = guess.no_deal if taste.no_deal is None else taste.no_deal
        ways = [Taste(taste.weights, taste.cells, no_deal).flat(frame, data.about)]
    return [Belief(data.about, way, share / len(ways)) for way in ways]


def any_order(swings: Sequence[float], frame: Frame, about: str, guess: Taste) -> list[np.ndarray]:
    """Return the tastes blocks in which the swings are given to the issues in every order.

    A swing is what the best option of an issue is worth more than its worst, which is worth 0;
    which options are good is taken from the guess. Orders that give the same tastes count once.
    """
    if not frame.additive:
        raise InputError("any_order_of needs values by issue", place="any_order_of")
    if len(swings) != len(frame.labels):
        raise InputError(
            "one number per issue",
            place="any_order_of",
            found=len(swings),
            expected=len(frame.labels),
        )
    check_cells(factorial(len(swings)), "any_order_of", MOST_ORDERS)
    shapes = [_unit_shape(guess, frame, j) for j in range(len(frame.labels))]
    tail = guess.flat(frame, about)[len(guess.weights) + guess.cells.size :]
    ways = []
    for order in sorted(set(permutations(swings)), reverse=True):
        cells = np.concatenate([s * shape for s, shape in zip(order, shapes, strict=True)], axis=1)
        ways.append(np.concatenate([guess.weights, cells.ravel(), tail]))
    return ways


def _unit_shape(guess: Taste, frame: Frame, issue: int) -> np.ndarray:
    start = sum(frame.shape[:issue])
    values = guess.cells[:, start : start + frame.shape[issue]]
    low, high = values.min(), values.max()
    if low == high:
        raise InputError(
            "the guess does not say which options are better",
            place="any_order_of",
            found=f"equal values for {frame.labels[issue]}",
        )
    return (values - low) / (high - low)


def write_beliefs(beliefs: Sequence[Belief], frame: Frame) -> list[dict[str, Any]]:
    """Return beliefs as a file states them."""
    return [
        {
            "about": belief.about,
            "probability": written(belief.probability),
            "tastes": write_taste(belief.values, frame, belief.about),
        }
        for belief in beliefs
    ]
