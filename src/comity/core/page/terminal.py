"""Headings and tables for a terminal of any width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from comity.core.page.words import clean

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

PARTY_STYLES = ("bold blue", "bold dark_orange3", "bold green", "bold magenta")

NARROW = 64
"""Columns below which tables become lists."""


def heading(text: str) -> Text:
    """Return a heading with a line of space above it."""
    from rich.text import Text

    return Text(f"\n{text}", style="bold")


def grid(
    titles: Sequence[str],
    lines: Sequence[Sequence[str]],
    width: int,
    parties: Sequence[str] = (),
) -> RenderableType:
    """Return a table, or on a narrow terminal one block of lines per row."""
    return _stacked(titles, lines) if width < NARROW else _table(titles, lines, parties)


def _table(titles: Sequence[str], lines: Sequence[Sequence[str]], parties: Sequence[str]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    styles = {clean(n): PARTY_STYLES[k % len(PARTY_STYLES)] for k, n in enumerate(parties)}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for k, title in enumerate(titles):
        words = Text(title, style=styles.get(title, "dim"))
        table.add_column(words, justify="left" if k == 0 else "right", overflow="fold")
    for line in lines:
        table.add_row(*(Text(cell, style=styles.get(cell, "")) for cell in line))
    return table


def _stacked(titles: Sequence[str], lines: Sequence[Sequence[str]]) -> Text:
    from rich.text import Text

    text = Text()
    for line in lines:
        text.append(f"{line[0].strip()}\n", style="bold")
        for title, cell in zip(titles[1:], line[1:], strict=True):
            text.append(f"  {title}: ", style="dim").append(f"{cell}\n")
    text.rstrip()
    return text
