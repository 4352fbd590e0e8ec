"""Checks that every game makes of what it is given."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from comity.core.errors import InputError

LARGEST = 1e100
"""Largest size of a number in a game: payoffs and their sums stay finite."""

LONGEST_NAME = 200
"""Most characters of a name, so that tables and pictures can show it."""


def checked_array(values: object, shape: Sequence[int], place: str) -> np.ndarray:
    """Return a read-only float64 copy of ``values`` of this shape, or raise `InputError`."""
    try:
        array = np.array(values)
        if array.dtype.kind not in "biufO":
            raise TypeError("text and complex numbers are not payoffs")
        array = array.astype(float)
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError(
            "not numbers", place=place, found=repr(values)[:80], expected="finite numbers"
        ) from error
    if array.shape != tuple(shape):
        raise InputError(
            "shape does not fit", place=place, found=array.shape, expected=tuple(shape)
        )
    check_finite(array, place)
    array.flags.writeable = False
    return array


def check_finite(array: np.ndarray, place: str) -> None:
    """Raise `InputError` that names the first entry which is not finite, or is too large."""
    usable = np.abs(array) <= LARGEST
    if usable.all():
        return
    at = tuple(int(k) for k in np.argwhere(~usable)[0])
    where = f"{place}[{', '.join(map(str, at))}]" if at else place
    check_size(float(array[at]), where)


def check_size(value: float, place: str | None = None, limit: float = LARGEST) -> None:
    """Raise `InputError` unless a number is finite and small enough to multiply."""
    if not math.isfinite(value):
        raise InputError("not finite", place=place, found=value, expected="a finite number")
    if abs(value) > limit:
        raise InputError(
            "too large a number to reckon with",
            place=place,
            found=f"{value:g}",
            expected=f"at most {limit:g} in size; a larger unit helps",
        )


def check_names(names: Sequence[str], place: str) -> None:
    """Raise `InputError` where a name is empty or stands twice."""
    seen: set[str] = set()
    for k, name in enumerate(names):
        if not isinstance(name, str) or not name.strip():
            raise InputError("a name is empty", place=f"{place}[{k}]", found=repr(name))
        if len(name) > LONGEST_NAME:
            raise InputError(
                "a name is too long",
                place=f"{place}[{k}]",
                found=f"{len(name):,} characters: {name[:30]!r}...",
                expected=f"at most {LONGEST_NAME}",
            )
        if name in seen:
            raise InputError("a name stands twice", place=f"{place}[{k}]", found=repr(name))
        seen.add(name)


def check_known(names: Sequence[str], known: Sequence[str], place: str, what: str) -> None:
    """Raise `InputError` unless ``names`` are the ``known`` ones, in any order."""
    for name in names:
        if name not in known:
            raise InputError(
                f"unknown {what}", place=place, found=repr(name), expected=", ".join(known)
            )
    for name in known:
        if name not in names:
            raise InputError(
                f"{what} is missing", place=place, found=", ".join(names), expected=repr(name)
            )


def check_prior(prior: np.ndarray) -> None:
    """Raise `InputError` unless ``prior`` is a probability vector."""
    if prior.min() < 0:
        raise InputError("probability is negative", place="prior", found=prior.min())
    if abs(prior.sum() - 1) > 1e-9:
        raise InputError("probabilities do not sum to 1", place="prior", found=prior.sum())


def check_outcomes(outcomes: np.ndarray, shape: Sequence[int], what: str) -> None:
    """Raise `InputError` unless every row of ``outcomes`` is an outcome of this shape."""
    if outcomes.shape[1:] == (len(shape),) and outcomes.min() >= 0 and np.all(outcomes < shape):
        return
    raise InputError(
        f"not {what} of this game",
        place="play",
        found=str(outcomes[:3].tolist())[:80],
        expected=f"indices below {tuple(shape)}",
    )
