"""Limits on what is held in memory at once."""

from __future__ import annotations

from comity.core.errors import SizeError

MAX_CELLS = 20_000_000
"""Largest dense payoff table, in float64 cells (160 MB)."""


def check_cells(cells: int, place: str, limit: int = MAX_CELLS) -> None:
    """Raise `SizeError` when a dense table of ``cells`` numbers would exceed ``limit``."""
    if cells > limit:
        raise SizeError(
            "the table is too large to hold",
            place=place,
            found=f"{cells:,} cells",
            expected=f"at most {limit:,}",
        )
