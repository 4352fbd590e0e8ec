"""The payoff picture in pixels: scales, ticks, marks and labels, ready for a template to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from comity.agreement.report.space import Space
from comity.core.page.drawing import WIDE, Scale, Sheet, path, scale_around, ticks, wrapped
from comity.core.page.labels import Box, Label, Placed, place
from comity.core.page.words import clean, number


@dataclass(frozen=True)
class Mark:
    """A point of the picture that has a name.

    Attributes
    ----------
    kind : how it is drawn: ``deal``, ``clash``, ``start`` or ``solution``.
    text : its label.
    point : payoffs of the two parties.
    """

    kind: str
    text: str
    point: tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """Everything a template needs to draw the picture.

    Attributes
    ----------
    x, y : the scales.
    ticks_x, ticks_y : (pixel, text).
    dots : outcomes.
    frontier, zone : SVG paths; ``zone`` is where both do better than they expect without a deal.
    corner : pixels of what each expects without a deal.
    marks : (kind, x, y) of the fixed marks.
    labels : placed labels of the fixed marks.
    """

    sheet: Sheet
    x: Scale
    y: Scale
    names: tuple[str, str]
    ticks_x: list[tuple[float, str]]
    ticks_y: list[tuple[float, str]]
    dots: list[tuple[float, float]]
    frontier: str
    zone: str
    corner: tuple[float, float]
    marks: list[tuple[str, float, float]] = field(default_factory=list)
    labels: list[tuple[str, Placed]] = field(default_factory=list)

    def moving(self, mark: Mark) -> dict[str, object]:
        """Return where a moving mark and its label go, as plain JSON."""
        x, y = self.x(mark.point[0]), self.y(mark.point[1])
        taken = [label.box for _, label in self.labels]
        hidden = taken + [_around(px, py, 7) for _, px, py in self.marks if (px, py) != (x, y)]
        label = Label(wrapped(mark.text, self.sheet.wrap), x, y, 16)
        best = place([label], self.sheet.frame, self.sheet.size, hidden * 4)[0]
        return {"x": x, "y": y, "tx": round(best.x - x, 1), "ty": round(best.y - y, 1)} | {
            "anchor": best.anchor,
            "lines": list(label.lines),
        }


def draw(
    space: Space,
    expected: tuple[float, float],
    marks: Sequence[Mark],
    sheet: Sheet,
    more: Sequence[tuple[float, float]] = (),
) -> Drawing:
    """Return the picture of a payoff space on a sheet.

    Parameters
    ----------
    expected : what each expects without a deal, by its own view.
    marks : named points, the most important first.
    more : further points that must fit in the frame: where a moving mark starts and may go.
    """
    fitted = [np.asarray(space.points), np.array([expected]), space.frontier]
    fitted += [np.array([m.point for m in marks])] if marks else []
    fitted += [np.array(more)] if len(more) else []
    everything = np.concatenate(fitted)
    frame = sheet.frame
    x = scale_around(everything[:, 0], frame.left, frame.right)
    y = scale_around(everything[:, 1], frame.bottom, frame.top)
    drawing = Drawing(
        sheet=sheet,
        x=x,
        y=y,
        names=(clean(space.names[0]), clean(space.names[1])),
        ticks_x=[(x(t), number(t)) for t in ticks(x.low, x.high, 6 if sheet is WIDE else 4)],
        ticks_y=[(y(t), number(t)) for t in ticks(y.low, y.high, 6)],
        dots=[(x(p), y(q)) for p, q in space.points],
        frontier=path(_stepped(space), x, y),
        zone=_zone(space, expected, x, y),
        corner=(x(expected[0]), y(expected[1])),
        marks=[(m.kind, x(m.point[0]), y(m.point[1])) for m in marks],
    )
    return replace(drawing, labels=_labelled(drawing, expected, merged(marks), more))


def _labelled(
    drawing: Drawing,
    expected: tuple[float, float],
    marks: Sequence[Mark],
    more: Sequence[tuple[float, float]],
) -> list[tuple[str, Placed]]:
    sheet, frame = drawing.sheet, drawing.sheet.frame
    cx, cy = drawing.corner
    who = [f"{name} " if sheet is WIDE else "" for name in drawing.names]
    lines = [
        ("expects-0", f"{who[0]}expects {number(expected[0])}", cx, frame.top + 10),
        ("expects-1", f"{who[1]}expects {number(expected[1])}", frame.right - 30, cy),
    ]
    kinds = [m.kind for m in marks if m.text] + [kind for kind, *_ in lines]
    named = [m for m in marks if m.text]
    labels = [
        Label(wrapped(m.text, sheet.wrap), drawing.x(m.point[0]), drawing.y(m.point[1]))
        for m in named
    ]
    labels += [Label(wrapped(text, sheet.wrap), px, py, 7) for _, text, px, py in lines]
    obstacles = [_around(drawing.x(p), drawing.y(q), 13) for p, q in more[:1]] * 6
    obstacles += [_around(drawing.x(p), drawing.y(q), 9) for p, q in dict.fromkeys(more)]
    obstacles += [_around(px, py, 4) for px, py in drawing.dots]
    obstacles += [_around(px, py, 8) for _, px, py in drawing.marks] * 3
    obstacles += [Box(cx - 1, frame.top, cx + 1, frame.bottom)] * 2
    obstacles += [Box(frame.left, cy - 1, frame.right, cy + 1)] * 2
    return list(zip(kinds, place(labels, frame, sheet.size, obstacles), strict=True))


def merged(marks: Sequence[Mark], share: float = 0.012) -> list[Mark]:
    """Return the marks with those that fall on one spot sharing a label."""
    if not marks:
        return []
    points = np.array([m.point for m in marks])
    spread = np.ptp(points, axis=0)
    near = share * np.where(spread > 0, spread, 1)
    kept: list[Mark] = []
    for mark in marks:
        for k, other in enumerate(kept):
            if np.all(np.abs(np.subtract(mark.point, other.point)) <= near):
                kept[k] = replace(other, text=", ".join(filter(None, (other.text, mark.text))))
                break
        else:
            kept.append(mark)
    return kept


def _around(x: float, y: float, radius: float) -> Box:
    return Box(x - radius, y - radius, x + radius, y + radius)


def _stepped(space: Space) -> np.ndarray:
    """Return the frontier as a line: straight with lotteries, a staircase without."""
    if space.lotteries or len(space.frontier) < 2:
        return space.frontier
    corners = [space.frontier[0]]
    for before, after in zip(space.frontier, space.frontier[1:], strict=False):
        corners += [np.array([before[0], after[1]]), after]
    return np.array(corners)


def _zone(space: Space, expected: tuple[float, float], x: Scale, y: Scale) -> str:
    """Return the part of the region under the frontier where both beat what they expect."""
    line = _stepped(space)
    region = [(line[0][0] - 1e9, line[0][1]), *map(tuple, line)]
    region += [(line[-1][0], line[-1][1] - 1e9), (line[0][0] - 1e9, line[-1][1] - 1e9)]
    for axis in (0, 1):
        region = _clipped(region, axis, expected[axis])
    if len(region) < 3:
        return ""
    return path(np.array(region), x, y) + "Z"


def _clipped(
    region: Sequence[tuple[float, float]], axis: int, low: float
) -> list[tuple[float, float]]:
    """Return a polygon clipped to where a coordinate is at least ``low`` (Sutherland-Hodgman)."""
    kept: list[tuple[float, float]] = []
    for before, after in zip([region[-1], *region[:-1]], region, strict=True):
        inside = (before[axis] >= low, after[axis] >= low)
        if inside[0] != inside[1]:
            share = (low - before[axis]) / (after[axis] - before[axis])
            other = before[1 - axis] + share * (after[1 - axis] - before[1 - axis])
            kept.append((low, other) if axis == 0 else (other, low))
        if inside[1]:
            kept.append((after[0], after[1]))
    return kept
