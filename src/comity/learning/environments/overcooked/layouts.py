"""Kitchens, as text: the five classic ones, and any other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from comity.core import InputError
from comity.learning.environments.overcooked.recipes import Recipes

Cell = tuple[int, int]
"""Column and row, from 0 at the top left."""

FLOOR, COUNTER, POT, ONIONS, TOMATOES, DISHES, SERVING = range(7)
TERRAIN = {" ": FLOOR, "X": COUNTER, "P": POT, "O": ONIONS, "T": TOMATOES, "D": DISHES,
           "S": SERVING}  # fmt: skip
LETTER = {code: letter for letter, code in TERRAIN.items()}
WORDS = {POT: "pot", DISHES: "pile of dishes", SERVING: "serving place"}
PLAYERS = 2
MOST_CELLS = 256

CLASSIC = {
    "cramped_room": ("XXPXX", "O  2O", "X1  X", "XDXSX"),
    "asymmetric_advantages": ("XXXXXXXXX", "O XSXOX S", "X   P 1 X", "X2  P   X", "XXXDXDXXX"),
    "coordination_ring": ("XXXPX", "X 1 P", "D2X X", "O   X", "XOSXX"),
    "forced_coordination": ("XXXPX", "O X1P", "O2X X", "D X X", "XXXSX"),
    "counter_circuit": ("XXXPPXXX", "X  2   X", "D XXXX S", "X  1   X", "XXXOOXXX"),
}
"""Three onions, 20 points, 20 steps. Source: Carroll et al. 2019, figure 3."""

TOMATO_CIRCUIT = ("XXXPDPXXX", "X   2   X", "X XXXXX X", "X   1   X", "XXXOSTXXX")
TOMATO_RECIPES = Recipes.by_ingredient(
    orders=((1, 2), (2, 1), (1, 1)), bonus=((1, 1),), value=(21, 13), time=(15, 7)
)


@dataclass(frozen=True)
class Layout:
    """A kitchen.

    Attributes
    ----------
    name : what it is called; "from text" for a nameless one.
    rows : terrain, one letter a cell: ``X`` counter, ``P`` pot, ``O`` onions, ``T`` tomatoes,
        ``D`` dishes, ``S`` serving place, a space for floor.
    starts : where each player starts.
    recipes : what soups are worth.
    """

    name: str
    rows: tuple[str, ...]
    starts: tuple[Cell, ...]
    recipes: Recipes = field(default_factory=Recipes)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.rows[0])

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def at(self, cell: Cell) -> int:
        """Return the terrain at a cell."""
        return TERRAIN[self.rows[cell[1]][cell[0]]]

    def cells(self, *kinds: int) -> list[Cell]:
        """Return the cells of some kinds of terrain, row by row."""
        return [
            (x, y)
            for y in range(self.height)
            for x in range(self.width)
            if self.at((x, y)) in kinds
        ]

    def text(self) -> str:
        """Return the layout as text that `read_layout` reads."""
        rows = [list(row) for row in self.rows]
        for number, (x, y) in enumerate(self.starts, start=1):
            rows[y][x] = str(number)
        return "\n".join("".join(row) for row in rows)


def named_layout(name: str) -> Layout:
    """Return a layout by name.

    The five of Carroll et al. 2019 are played with onions. ``counter_circuit`` is the one that
    overcooked_ai 1.1.0 calls ``counter_circuit_o_1order``; what it calls ``counter_circuit``, a
    kitchen with tomatoes, is ``counter_circuit_tomato`` here. Raises `InputError` for other names.

    Examples
    --------
    >>> print(named_layout("cramped_room").text())
    XXPXX
    O  2O
    X1  X
    XDXSX
    """
    if name == "counter_circuit_tomato":
        return read_layout(TOMATO_CIRCUIT, name, TOMATO_RECIPES)
    if not isinstance(name, str) or name not in CLASSIC:
        raise InputError(
            "no layout of this name",
            place="layout",
            found=name,
            expected=", ".join([*CLASSIC, "counter_circuit_tomato"]),
        )
    return read_layout(CLASSIC[name], name)


def read_layout(
    text: str | Iterable[str], name: str = "from text", recipes: Recipes | None = None
) -> Layout:
    """Return the kitchen that a text shows.

    Parameters
    ----------
    text : rows of letters as in `Layout`, with ``1`` and ``2`` on the floor where players start.
    recipes : three onions for 20 points, cooking 20 steps, unless given.

    Raises `InputError`, naming row and column from 1, for unequal rows, letters that mean nothing,
    an open border, missing or doubled players, a kitchen without a pot, a serving place, dishes or
    ingredients, and any of those that no player can reach.
    """
    rows = text.splitlines() if isinstance(text, str) else list(text)
    rows = [row for row in rows if row]
    _check_rows(rows)
    starts = _starts(rows)
    terrain = tuple("".join(" " if c.isdigit() else c for c in row) for row in rows)
    layout = Layout(name, terrain, starts, recipes or Recipes())
    _check_supplies(layout)
    _check_reach(layout)
    return layout


def spot(cell: Cell) -> str:
    """Return a cell in words, counted from 1."""
    return f"row {cell[1] + 1}, column {cell[0] + 1}"


def _check_rows(rows: list[str]) -> None:
    """Raise unless the rows form a closed rectangle of known letters."""
    if not rows:
        raise InputError("no rows in the layout", place="layout", expected="rows of letters")
    width, height = len(rows[0]), len(rows)
    if width * height > MOST_CELLS:
        raise InputError(
            "layout too large",
            place="layout",
            found=f"{width} x {height}",
            expected=f"at most {MOST_CELLS} cells",
        )
    for y, row in enumerate(rows):
        if len(row) != width:
            raise InputError(
                "rows of unequal length",
                place=f"row {y + 1}",
                found=f"{len(row)} columns",
                expected=f"{width}, as in row 1",
            )
        for x, letter in enumerate(row):
            if letter not in TERRAIN and not letter.isdigit():
                raise InputError(
                    "letter without meaning",
                    place=spot((x, y)),
                    found=repr(letter),
                    expected="X, P, O, T, D, S, a space, or a player's number",
                )
            inside = 0 < x < width - 1 and 0 < y < height - 1
            if not inside and (letter == " " or letter.isdigit()):
                raise InputError(
                    "the border is open",
                    place=spot((x, y)),
                    found=repr(letter),
                    expected="anything but floor",
                )


def _starts(rows: list[str]) -> tuple[Cell, ...]:
    """Return where the players start, or raise."""
    found: dict[str, Cell] = {}
    for y, row in enumerate(rows):
        for x, letter in enumerate(row):
            if not letter.isdigit():
                continue
            if letter in found or not 1 <= int(letter) <= PLAYERS:
                raise InputError(
                    "a start place too many",
                    place=spot((x, y)),
                    found=letter,
                    expected=f"each of 1 to {PLAYERS} once",
                )
            found[letter] = (x, y)
    if len(found) < PLAYERS:
        raise InputError(
            "too few start places",
            place=f"rows 1 to {len(rows)}",
            found=", ".join(sorted(found)) or "none",
            expected="1 and 2",
        )
    return found["1"], found["2"]


def _check_supplies(layout: Layout) -> None:
    """Raise unless there is one of everything that a soup takes."""
    everywhere = f"rows 1 to {layout.height}"
    for kind, word in WORDS.items():
        if not layout.cells(kind):
            raise InputError(f"no {word}", place=everywhere, expected=LETTER[kind])
    if not layout.cells(ONIONS, TOMATOES):
        raise InputError("no ingredients", place=everywhere, expected="O or T")


def _check_reach(layout: Layout) -> None:
    """Raise if no player can ever stand beside a pot or a serving place, or beside any supply."""
    reached = {cell for start in layout.starts for cell in reach(layout, start)}
    beside = {cell for place in reached for cell in neighbours(place)}
    for kind in (POT, SERVING):
        for cell in layout.cells(kind):
            if cell not in beside:
                raise InputError(
                    f"no player can reach this {WORDS[kind]}",
                    place=spot(cell),
                    found=LETTER[kind],
                    expected="floor beside it joined to a start",
                )
    for kinds in ((DISHES,), (ONIONS, TOMATOES)):
        cells = layout.cells(*kinds)
        if not beside.intersection(cells):
            raise InputError(
                "no player can reach any of these supplies",
                place=spot(cells[0]),
                found="".join(LETTER[k] for k in kinds),
                expected="floor beside it joined to a start",
            )


def reach(layout: Layout, start: Cell) -> set[Cell]:
    """Return the floor that can be walked to."""
    found, edge = {start}, [start]
    while edge:
        fresh = [cell for cell in neighbours(edge.pop()) if layout.at(cell) == FLOOR]
        fresh = [cell for cell in fresh if cell not in found]
        found.update(fresh)
        edge.extend(fresh)
    return found


def neighbours(cell: Cell) -> tuple[Cell, Cell, Cell, Cell]:
    """Return the cells to the north, south, east and west."""
    x, y = cell
    return (x, y - 1), (x, y + 1), (x + 1, y), (x - 1, y)
