from io import StringIO

from rich.console import Console

from comity.core.page.terminal import NARROW, grid, heading


def printed(piece, width):
    console = Console(width=width, record=True, file=StringIO())
    console.print(piece, highlight=False)
    return console.export_text()


def test_grids_by_width():
    titles, lines = ("", "a"), [("row", "1")]
    assert printed(grid(titles, lines, 80), 80).count("\n") >= 2
    assert printed(grid(titles, lines, 30), 30).strip().splitlines() == ["row", "  a: 1"]


def test_no_line_is_wider_than_the_terminal():
    titles, lines = ("", "a", "b"), [("a long name that goes on", "12345678" * 9, "1")]
    for width in (20, NARROW - 1, NARROW, 120):
        assert max(map(len, printed(grid(titles, lines, width), width).splitlines())) <= width


def test_names_are_no_markup():
    assert "[red]x[/red]" in printed(grid(("", "a"), [("[red]x[/red]", "1")], 80), 80)
    assert printed(heading("[b]h[/b]"), 80) == "\n[b]h[/b]\n"


def test_parties_have_a_style_of_their_own():
    table = grid(("", "Ann"), [("Ann", "1")], 80, ["Ann"])
    assert "blue" in str(table.columns[0]._cells[0].style)
