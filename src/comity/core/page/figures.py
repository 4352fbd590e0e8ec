"""Axes, colours and names for matplotlib, which is loaded when a picture is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from comity.core.page.words import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PARTY_COLOURS = ("#0b5cad", "#b04a00", "#00745a", "#86398f")
SHAPES = ("o", "^", "v", "P", "<", ">")
INK, SOFT, BAD, GOLD = "#1c2026", "#7a818c", "#a4243b", "#f2b705"


def axes(ax: Any = None, size: tuple[float, float] = (6.4, 4.8)) -> Axes:
    """Return the given Axes, or fresh ones of a size in inches."""
    if ax is None:
        from matplotlib.figure import Figure

        ax = Figure(figsize=size, layout="constrained").add_subplot()
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def plain_text(text: str) -> str:
    """Return a name that matplotlib shows as it stands: no control codes, no mathematics."""
    return clean(text).replace("$", r"\$")
