"""Places for the labels of a picture, so that they never overlap badly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH_OF_LETTER = 0.56
"""Mean width of a letter of a sans-serif face, in units of its size."""

LINE = 1.25
"""Height of a line, in units of the size."""

ORDER = 0.15
"""Cost of each step down the order of sides."""

# Right, left, above, below, then the corners: the order in which a reader expects a label.
_SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
_DISTANCES = (1.0, 2.2, 3.6, 5.2)


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Return the shared area."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)

    def outside(self, frame: Box) -> float:
        """Return how far the box sticks out of a frame, summed over the sides."""
        return (
            max(0.0, frame.left - self.left)
            + max(0.0, self.right - frame.right)
            + max(0.0, frame.top - self.top)
            + max(0.0, self.bottom - frame.bottom)
        )


@dataclass(frozen=True)
class Label:
    """A text to be placed near a point.

    Attributes
    ----------
    lines : the text.
    x, y : the point, in pixels, y downward.
    gap : distance from the point to the text, in pixels.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    gap: float = 11.0


@dataclass(frozen=True)
class Placed:
    """A label with its place: baseline of the first line, and the box it fills."""

    label: Label
    x: float
    y: float
    anchor: str
    box: Box
    leader: bool


def place(
    labels: Sequence[Label],
    frame: Box,
    size: float,
    obstacles: Sequence[Box] = (),
) -> list[Placed]:
    """Return a place for each label, greedily in the order given: the most important first.

    Each candidate costs what it covers (other labels most, then obstacles), how far it sticks
    out of the frame and how far it lies from its point. O(labels^2 + labels * obstacles).
    """
    placed: list[Placed] = []
    for label in labels:
        candidates = [
            _candidate(label, side, distance, size) for distance in _DISTANCES for side in _SIDES
        ]
        costs = [
            _cost(c, frame, placed, obstacles, size) + ORDER * (k % len(_SIDES))
            for k, c in enumerate(candidates)
        ]
        best = min(range(len(candidates)), key=lambda k: (costs[k], k))
        placed.append(candidates[best])
    return placed


def _candidate(label: Label, side: tuple[int, int], distance: float, size: float) -> Placed:
    width = max(len(line) for line in label.lines) * size * WIDTH_OF_LETTER
    height = len(label.lines) * size * LINE
    gap = label.gap * distance
    scale = 1.0 if 0 in side else 0.72
    x = label.x + side[0] * gap * scale
    left = x - width * {1: 0.0, 0: 0.5, -1: 1.0}[side[0]]
    y = label.y + side[1] * gap * scale
    top = y - height * {1: 0.0, 0: 0.5, -1: 1.0}[side[1]]
    anchor = {1: "start", 0: "middle", -1: "end"}[side[0]]
    box = Box(left, top, left + width, top + height)
    return Placed(label, x, top + size, anchor, box, distance > 2)


def _cost(
    candidate: Placed,
    frame: Box,
    placed: Sequence[Placed],
    obstacles: Sequence[Box],
    size: float,
) -> float:
    unit = size * size
    covered = 12 * sum(candidate.box.overlap(other.box) for other in placed)
    hidden = 4 * sum(candidate.box.overlap(box) for box in obstacles)
    away = abs(candidate.box.left + candidate.box.right - 2 * candidate.label.x) / 2
    away += abs(candidate.box.top + candidate.box.bottom - 2 * candidate.label.y) / 2
    return (covered + hidden) / unit + 40 * candidate.box.outside(frame) / size + 0.008 * away
