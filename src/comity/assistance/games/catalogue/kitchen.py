"""A kitchen helper: two cooks on a layout of counters, one soup, and only one knows which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product

from comity.assistance.games.building import build
from comity.assistance.games.game import WAIT, AssistanceGame
from comity.core.errors import InputError

LAYOUT = """
##P##
O1 2T
#####
"""
MOVES = {"left": (0, -1), "right": (0, 1), "up": (-1, 0), "down": (1, 0)}
INGREDIENTS = {"O": "onion", "T": "tomato"}
EMPTY = "nothing"
LARGEST = 12

Place = tuple[int, int]


def kitchen_helper(
    layout: str = LAYOUT, horizon: int = 9, discount: float = 0.95
) -> AssistanceGame:
    """Return the game of two cooks who make one soup of two of the same ingredient.

    Parameters
    ----------
    layout : rows of ``#`` (counter), blank (floor), ``O`` and ``T`` (onions and tomatoes to take),
        ``P`` (the pot), ``1`` and ``2`` (where person and assistant start).

    To walk into onions or tomatoes with empty hands takes one, with one of them in hand puts it
    back; to walk into the pot with a full hand puts it in. Two who would meet or swap stay where
    they are; of two who use the pot at once the person goes first. The second ingredient in the pot
    makes the soup: worth 1 if both are of the kind the person wants. Raises `InputError` where a
    station cannot be reached.

    Source: layouts and collisions as in Overcooked (Carroll et al. 2019), with no facing, no
    cooking time and two ingredients a soup: our reduction, small enough to be solved exactly.
    """
    kitchen = _read(layout)
    states = kitchen.states()
    return build(
        [*states, "served"],
        [*MOVES, WAIT],
        [*MOVES, WAIT],
        {f"{name} soup": 0.5 for name in INGREDIENTS.values()},
        lambda s, h, a: kitchen.after(states[s], h, a)[0],
        lambda g, s, h, a: float(kitchen.after(states[s], h, a)[1] == g),
        start=kitchen.name(kitchen.start),
        final=["served"],
        horizon=horizon,
        discount=discount,
        title="Kitchen helper",
        about="Two cooks, one pot; only the person knows the soup. Places count from the top left.",
        source="after Overcooked (Carroll et al. 2019); our reduction",
    )


@dataclass(frozen=True)
class State:
    """Where both stand, what both hold, and what is in the pot; the person first."""

    places: tuple[Place, Place]
    hands: tuple[str, str]
    pot: str


@dataclass(frozen=True)
class Kitchen:
    """The rules on one layout: floor cells and stations by their places."""

    floor: frozenset[Place]
    stations: dict[Place, str]
    start: State

    @cached_property
    def cells(self) -> list[Place]:
        """Floor cells in reading order."""
        return sorted(self.floor)

    def states(self) -> dict[str, State]:
        """Return every state by its name."""
        hands = (EMPTY, *INGREDIENTS.values())
        pairs = [(a, b) for a, b in product(self.cells, repeat=2) if a != b]
        found = (State(p, h, pot) for p, h, pot in product(pairs, product(hands, hands), hands))
        return {self.name(state): state for state in found}

    def name(self, state: State) -> str:
        """Return a state in words."""
        at = [self.cells.index(place) + 1 for place in state.places]
        return (
            f"you at {at[0]} with {state.hands[0]}, helper at {at[1]} with {state.hands[1]}, "
            f"pot: {state.pot}"
        )

    def after(self, state: State, person: str, assistant: str) -> tuple[str, str]:
        """Return the name of the state that follows, and the soup made by this step, if any."""
        wanted = [self._towards(state.places[i], m) for i, m in enumerate((person, assistant))]
        hands, pot, soup = list(state.hands), state.pot, ""
        for i, place in enumerate(wanted):
            station = self.stations.get(place, "")
            if station in INGREDIENTS and hands[i] == EMPTY:
                hands[i] = INGREDIENTS[station]
            elif hands[i] == INGREDIENTS.get(station):
                hands[i] = EMPTY
            elif station == "P" and hands[i] != EMPTY and not soup:
                soup = "" if pot == EMPTY else f"{pot} soup" if pot == hands[i] else "mixed soup"
                pot, hands[i] = hands[i], EMPTY
        if soup:
            return "served", soup
        places = self._moved(state.places, wanted)
        return self.name(State(places, (hands[0], hands[1]), pot)), ""

    def _towards(self, place: Place, move: str) -> Place:
        down, right = MOVES.get(move, (0, 0))
        return place[0] + down, place[1] + right

    def _moved(self, now: tuple[Place, Place], wanted: list[Place]) -> tuple[Place, Place]:
        to = [w if w in self.floor else place for w, place in zip(wanted, now, strict=True)]
        if to[0] == to[1] or (to[0] == now[1] and to[1] == now[0]):
            return now
        return to[0], to[1]


def _read(layout: str) -> Kitchen:
    rows = [row for row in layout.splitlines() if row.strip()]
    floor: set[Place] = set()
    stations: dict[Place, str] = {}
    starts: dict[str, Place] = {}
    for r, row in enumerate(rows):
        for c, sign in enumerate(row):
            if sign in " 12":
                floor.add((r, c))
            if sign in "12":
                if sign in starts:
                    raise InputError("a start stands twice", place="layout", found=repr(sign))
                starts[sign] = (r, c)
            elif sign in "OTP":
                stations[r, c] = sign
            elif sign not in "# ":
                raise InputError(
                    "no such sign",
                    place=f"layout, row {r + 1}",
                    found=repr(sign),
                    expected="one of # O T P 1 2, or a blank",
                )
    _check(floor, stations, starts, rows)
    start = State((starts["1"], starts["2"]), (EMPTY, EMPTY), EMPTY)
    return Kitchen(frozenset(floor), stations, start)


def _check(
    floor: set[Place], stations: dict[Place, str], starts: dict[str, Place], rows: list[str]
) -> None:
    missing = [s for s in "12" if s not in starts]
    missing += [s for s in "OTP" if s not in stations.values()]
    if missing:
        raise InputError(
            "a layout lacks what it needs",
            place="layout",
            found=", ".join(sorted({*starts, *stations.values()})) or "nothing",
            expected=", ".join(missing),
        )
    if len(floor) > LARGEST:
        raise InputError(
            "too large a kitchen", place="layout", found=len(floor), expected=f"{LARGEST} cells"
        )
    edge = [p for p in floor if p[0] in (0, len(rows) - 1) or p[1] in (0, len(rows[p[0]]) - 1)]
    if edge:
        raise InputError(
            "the floor is open at the edge",
            place="layout",
            found=f"row {edge[0][0] + 1}, column {edge[0][1] + 1}",
            expected="counters around it",
        )
    for sign in "OTP":
        for who, start in starts.items():
            if not any(stations.get(p) == sign for p in _touched(start, floor)):
                raise InputError(
                    "a station cannot be reached",
                    place="layout",
                    found=f"{sign} from {who}",
                    expected="a way over the floor",
                )


def _touched(start: Place, floor: set[Place]) -> set[Place]:
    """Return the cells that can be stood on or walked into from a place."""
    seen, edge = {start}, [start]
    while edge:
        r, c = edge.pop()
        for down, right in MOVES.values():
            place = (r + down, c + right)
            if place not in seen:
                seen.add(place)
                if place in floor:
                    edge.append(place)
    return seen
