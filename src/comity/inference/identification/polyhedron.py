"""Sets cut out by linear conditions on named coordinates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np

from comity.core import InputError, Intractable, Result
from comity.games.validation import check_finite, check_names
from comity.inference.identification.geometry import THINNEST, Shape, scaled

MOST_DIRECTIONS = 12
"""Most free directions that are put in words."""

MOST_FACES = 2_000
"""Most conditions of a set whose vertices are listed."""

DEEPEST = 8
"""Largest dimension of a set whose vertices are listed."""


@dataclass(frozen=True, eq=False)
class Polyhedron(Result):
    """All x with ``rows @ x <= limits`` and ``equations @ x == values``.

    Attributes
    ----------
    names : of the k coordinates.
    rows, limits : shapes (m, k) and (m,).
    equations, values : shapes (e, k) and (e,).
    bounds : shape (k, 2), smallest and largest value of each coordinate; infinite where nothing
        limits it, ``nan`` where the set is empty.
    dimension : of the set; 0 for a point, -1 where it is empty.
    flat_directions : a basis of the directions in which the set extends, in the names.
    misfit : by how much the scaled conditions miss each other; 0 unless the set is empty.
    assumptions : what was taken for granted.

    Examples
    --------
    >>> found = Polyhedron.of(["a", "b"], equations=[[1, 1]], values=[1], box=(0, 1))
    >>> low, high = found.between({"a": 2, "b": 1})
    >>> found.dimension, round(low, 9), round(high, 9)
    (1, 1.0, 2.0)
    """

    names: tuple[str, ...]
    rows: np.ndarray
    limits: np.ndarray
    equations: np.ndarray
    values: np.ndarray
    bounds: np.ndarray
    dimension: int
    flat_directions: tuple[str, ...]
    misfit: float
    assumptions: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        *,
        rows: Any = (),
        limits: Any = (),
        equations: Any = (),
        values: Any = (),
        box: Any = None,
        **more: Any,
    ) -> Self:
        """Return the set of these conditions.

        Parameters
        ----------
        names : of the k coordinates.
        rows, limits : inequalities, shapes (m, k) and (m,).
        equations, values : shapes (e, k) and (e,).
        box : lowest and highest value, for all coordinates or per coordinate, shape (k, 2);
            infinite where there is none.
        more : fields of a class that inherits this one.

        Takes 2 k linear programs. Raises `InputError` for shapes that do not fit.
        """
        check_names(names, "names")
        k = len(names)
        a, b = _system(rows, limits, k, "rows")
        e, f = _system(equations, values, k, "equations")
        if box is not None:
            a, b = _with_box(a, b, box, k)
        shape = Shape(a, b, e, f)
        return cls(
            names=tuple(names),
            rows=a,
            limits=b,
            equations=e,
            values=f,
            bounds=np.array([shape.between(unit) for unit in np.eye(k)]).reshape(k, 2),
            dimension=shape.dimension,
            flat_directions=_spoken(shape.directions, names),
            misfit=shape.misfit,
            **more,
        )

    def __str__(self) -> str:
        title = type(self).__name__
        if self.empty:
            return f"{title}: empty, the conditions miss each other by {self.misfit:.3g}"
        ranges = zip(self.names, self.bounds, strict=True)
        lines = [f"  {name}: {_range(low, high)}" for name, (low, high) in ranges]
        lines += [f"  open: {words}" for words in self.flat_directions]
        lines += [f"  {note}" for note in self._notes()]
        return "\n".join([f"{title} of dimension {self.dimension}", *lines])

    def _notes(self) -> tuple[str, ...]:
        return self.assumptions

    @cached_property
    def _shape(self) -> Shape:
        return Shape(self.rows, self.limits, self.equations, self.values)

    @property
    def empty(self) -> bool:
        """Whether nothing meets all conditions."""
        return self.dimension < 0

    @property
    def directions(self) -> np.ndarray:
        """Return an orthonormal basis of the directions in which it extends, (dimension, k)."""
        return self._shape.directions

    def point(self) -> np.ndarray:
        """Return a point well inside the set, shape (k,)."""
        self._refuse_empty()
        return self._shape.centre()

    def contains(self, x: Sequence[float] | np.ndarray, tolerance: float = 1e-8) -> bool:
        """Return whether a point meets every condition, scaled to size 1, up to a tolerance."""
        at = np.asarray(x, dtype=float)
        if at.shape != (len(self.names),):
            raise InputError(
                "shape does not fit", place="x", found=at.shape, expected=(len(self.names),)
            )
        a, b = scaled(self.rows, self.limits)
        e, f = scaled(self.equations, self.values)
        inside = np.all(a @ at <= b + tolerance) and np.all(np.abs(e @ at - f) <= tolerance)
        return bool(inside)

    def between(self, weights: Mapping[str, float] | np.ndarray) -> tuple[float, float]:
        """Return the smallest and the largest value of a weighted sum of coordinates.

        ``weights`` by name, or of shape (k,). ``nan`` twice where the set is empty.
        """
        return self._shape.between(_weights(weights, self.names))

    def vertices(self) -> np.ndarray:
        """Return the corners of a small bounded set, shape (v, k), in lexicographic order.

        Raises `InputError` where the set is empty or without bounds, `Intractable` above 8
        dimensions or 2,000 conditions.
        """
        self._refuse_empty()
        if not np.all(np.isfinite(self.bounds)):
            raise InputError("a set without bounds has not all its vertices", place="vertices")
        if self.dimension > DEEPEST or len(self.rows) > MOST_FACES:
            raise Intractable(
                "too many vertices to list",
                place="vertices",
                found=f"{self.dimension} dimensions, {len(self.rows)} conditions",
                expected=f"at most {DEEPEST} and {MOST_FACES:,}",
            )
        corners = self._shape.corners()
        keys = np.round(corners, 9) + 0.0
        return corners[np.unique(keys, axis=0, return_index=True)[1]]

    def _refuse_empty(self) -> None:
        if self.empty:
            raise InputError("the set is empty", place="set", found=f"misfit {self.misfit:g}")


def _system(rows: Any, limits: Any, k: int, place: str) -> tuple[np.ndarray, np.ndarray]:
    right = np.array(limits, dtype=float).reshape(-1)
    left = np.array(rows, dtype=float)
    left = left.reshape(0, k) if not left.size else left
    if left.shape != (len(right), k):
        raise InputError(
            "shape does not fit", place=place, found=left.shape, expected=(len(right), k)
        )
    check_finite(left, place)
    check_finite(right, place)
    return left, right


def _with_box(
    rows: np.ndarray, limits: np.ndarray, box: Any, k: int
) -> tuple[np.ndarray, np.ndarray]:
    ends = np.broadcast_to(np.asarray(box, dtype=float), (k, 2))
    if np.isnan(ends).any() or np.any(ends[:, 0] > ends[:, 1]):
        raise InputError(
            "not a box", place="box", found=ends.tolist(), expected="lowest and highest value"
        )
    low, high = np.isfinite(ends).T
    rows = np.vstack([rows, 0.0 - np.eye(k)[low], np.eye(k)[high]])
    return rows, np.concatenate([limits, 0.0 - ends[low, 0], ends[high, 1]])


def _weights(weights: Mapping[str, float] | np.ndarray, names: Sequence[str]) -> np.ndarray:
    if not isinstance(weights, Mapping):
        given = np.asarray(weights, dtype=float)
        if given.shape != (len(names),):
            raise InputError(
                "shape does not fit", place="weights", found=given.shape, expected=(len(names),)
            )
        return given
    unknown = [name for name in weights if name not in names]
    if unknown:
        raise InputError("no such coordinate", place="weights", found=unknown[0])
    return np.array([float(weights.get(name, 0.0)) for name in names])


def _range(low: float, high: float) -> str:
    return f"{low:.4g}" if high - low <= THINNEST else f"{low:.4g} to {high:.4g}"


def _spoken(directions: np.ndarray, names: Sequence[str]) -> tuple[str, ...]:
    """Return a basis with as many zeros as elimination finds, in words."""
    if len(directions) > MOST_DIRECTIONS:
        return (f"{len(directions)} directions",)
    return tuple(in_words(row, names) for row in reduced(directions))


def reduced(rows: np.ndarray) -> np.ndarray:
    """Return the reduced echelon form of rows that are independent: the same span, more zeros.

    Examples
    --------
    >>> reduced(np.array([[1.0, 1, 2], [1, -1, 0]]))
    array([[1., 0., 1.],
           [0., 1., 1.]])
    """
    left = np.array(rows, dtype=float)
    done = 0
    for column in range(left.shape[1]):
        if done == len(left):
            break
        pivot = done + int(np.argmax(np.abs(left[done:, column])))
        if abs(left[pivot, column]) < 1e-9:
            continue
        left[[done, pivot]] = left[[pivot, done]]
        left[done] /= left[done, column]
        others = np.arange(len(left)) != done
        left[others] -= np.outer(left[others, column], left[done])
        done += 1
    left[np.abs(left) < 1e-9] = 0.0
    return left


def in_words(direction: np.ndarray, names: Sequence[str]) -> str:
    """Return a direction as a sum over named coordinates.

    Examples
    --------
    >>> in_words(np.array([1.0, 0, -0.5]), ["envy", "guilt", "noise"])
    'envy - 0.5 noise'
    """
    size = np.abs(direction).max(initial=0.0)
    words = ""
    for value, name in zip(direction, names, strict=True):
        if abs(value) <= 1e-9 * size:
            continue
        amount = "" if abs(abs(value) - 1) < 1e-9 else f"{abs(value):.3g} "
        sign = (" - " if value < 0 else " + ") if words else ("-" if value < 0 else "")
        words += f"{sign}{amount}{name}"
    return words or "none"
