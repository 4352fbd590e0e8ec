"""What is known of each game, as data: a test writes itself from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from comity.core.choices import pick
from comity.games.catalogue import dilemmas, division, groups, rivals
from comity.games.negotiation import Negotiation
from comity.games.normal_form import NormalForm
from comity.games.plays import Outcome


@dataclass(frozen=True)
class Facts:
    """What is known of a game as its function makes it without arguments.

    Attributes
    ----------
    security : for each player the most it can be sure of (maximin in mixed strategies; in a
        negotiation, what no deal is worth).
    efficient : the outcomes that no other outcome dominates (one player better off, none worse).
    pure_equilibria : all of them; ``None`` for a negotiation.
    mixed_equilibria : all others, one strategy per player; ``None`` where not stated.
    dominant : the profile of strictly dominant actions, if there is one.
    nash_bargaining : payoffs of the Nash bargaining solution with lotteries, from ``security``;
        ``None`` where no lottery gives each player more.
    note : what the game is known for.
    """

    security: tuple[float, ...]
    efficient: tuple[Outcome, ...]
    note: str
    pure_equilibria: tuple[Outcome, ...] | None = None
    mixed_equilibria: tuple[tuple[tuple[float, ...], ...], ...] | None = None
    dominant: Outcome | None = None
    nash_bargaining: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Entry:
    """A game of the catalogue.

    Attributes
    ----------
    make : the function that makes it.
    source : author and year.
    facts : what is known of it.
    """

    make: Callable[[], NormalForm | Negotiation]
    source: str
    facts: Facts


BUT_BOTH_DEFECT = ((0, 0), (0, 1), (1, 0))
ALL_OF_TWO_BY_TWO = tuple(product(range(2), repeat=2))
SHARED_COMMONS = (
    {(a, 6) for a in range(7)} | {(a, 5) for a in range(1, 5)} | {(a, 7) for a in range(2, 6)}
)  # what the first takes, what both take
BOTH_PURE = ((0, 1), (1, 0))

ENTRIES: dict[str, Entry] = {
    "prisoners_dilemma": Entry(
        dilemmas.prisoners_dilemma,
        "Rapoport and Chammah 1965; Axelrod 1984",
        Facts(
            security=(1, 1),
            efficient=BUT_BOTH_DEFECT,
            pure_equilibria=((1, 1),),
            mixed_equilibria=(),
            dominant=(1, 1),
            nash_bargaining=(3, 3),
            note="The only equilibrium is the only outcome that is not efficient.",
        ),
    ),
    "donation_game": Entry(
        dilemmas.donation_game,
        "Sigmund 2010",
        Facts(
            security=(0, 0),
            efficient=BUT_BOTH_DEFECT,
            pure_equilibria=((1, 1),),
            mixed_equilibria=(),
            dominant=(1, 1),
            nash_bargaining=(1, 1),
            note="To pass by gains the cost whatever the other does.",
        ),
    ),
    "stag_hunt": Entry(
        dilemmas.stag_hunt,
        "Rousseau 1755; Skyrms 2004",
        Facts(
            security=(3, 3),
            efficient=((0, 0),),
            pure_equilibria=((0, 0), (1, 1)),
            mixed_equilibria=(((0.75, 0.25), (0.75, 0.25)),),
            nash_bargaining=(4, 4),
            note="The better equilibrium is the riskier one.",
        ),
    ),
    "chicken": Entry(
        rivals.chicken,
        "Rapoport and Chammah 1966",
        Facts(
            security=(-1, -1),
            efficient=BUT_BOTH_DEFECT,
            pure_equilibria=BOTH_PURE,
            mixed_equilibria=(((0.9, 0.1), (0.9, 0.1)),),
            nash_bargaining=(0, 0),
            note="Each wants the other to believe that it cannot swerve.",
        ),
    ),
    "asymmetric_chicken": Entry(
        rivals.asymmetric_chicken,
        "Clifton 2020",
        Facts(
            security=(-1.5, -1),
            efficient=BUT_BOTH_DEFECT,
            pure_equilibria=BOTH_PURE,
            mixed_equilibria=(((2 / 3, 1 / 3), (7 / 17, 10 / 17)),),
            nash_bargaining=(1.75, 0.5),
            note="Two who each insist on the equilibrium they like best crash.",
        ),
    ),
    "battle_of_the_sexes": Entry(
        rivals.battle_of_the_sexes,
        "Luce and Raiffa 1957",
        Facts(
            security=(2 / 3, 2 / 3),
            efficient=((0, 0), (1, 1)),
            pure_equilibria=((0, 0), (1, 1)),
            mixed_equilibria=(((2 / 3, 1 / 3), (1 / 3, 2 / 3)),),
            nash_bargaining=(1.5, 1.5),
            note="The mixed equilibrium gives each only what it can be sure of.",
        ),
    ),
    "matching_pennies": Entry(
        rivals.matching_pennies,
        "von Neumann and Morgenstern 1944",
        Facts(
            security=(0, 0),
            efficient=ALL_OF_TWO_BY_TWO,
            pure_equilibria=(),
            mixed_equilibria=(((0.5, 0.5), (0.5, 0.5)),),
            note="What one wins the other loses: there is nothing to agree on.",
        ),
    ),
    "public_goods": Entry(
        groups.public_goods,
        "Isaac and Walker 1988",
        Facts(
            security=(1, 1, 1),
            efficient=((0, 0, 0), (0, 0, 1), (0, 1, 0), (1, 0, 0)),
            pure_equilibria=((1, 1, 1),),
            mixed_equilibria=(),
            dominant=(1, 1, 1),
            nash_bargaining=(2, 2, 2),
            note="All keep, though each would have twice as much if all contributed.",
        ),
    ),
    "commons": Entry(
        groups.commons,
        "Gordon 1954; Ostrom, Gardner and Walker 1994",
        Facts(
            security=(9, 9),
            efficient=tuple((a, t - a) for a, t in sorted(SHARED_COMMONS)),
            pure_equilibria=((3, 5), (4, 4), (5, 3)),
            nash_bargaining=(18, 18),
            note="In equilibrium 8 units are taken where 6 are worth most, and less is left.",
        ),
    ),
    "divide_the_pie": Entry(
        division.divide_the_pie,
        "Nash 1950",
        Facts(
            security=(0, 0),
            efficient=tuple((k,) for k in range(11)),
            nash_bargaining=(0.5, 0.5),
            note="Every division is efficient; bargaining solutions halve it.",
        ),
    ),
}
"""All games of the catalogue by name."""


def entry(name: str) -> Entry:
    """Return the entry of this name, or raise `InputError` with the names there are."""
    return pick(ENTRIES, name, "no such game in the catalogue", "catalogue")
