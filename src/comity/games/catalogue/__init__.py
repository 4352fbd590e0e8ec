"""Games everybody knows, each with its source and with facts that the tests check."""

from comity.games.catalogue.dilemmas import donation_game, prisoners_dilemma, stag_hunt
from comity.games.catalogue.division import divide_the_pie
from comity.games.catalogue.entries import ENTRIES, Entry, Facts, entry
from comity.games.catalogue.groups import commons, public_goods
from comity.games.catalogue.rivals import (
    asymmetric_chicken,
    battle_of_the_sexes,
    chicken,
    matching_pennies,
)

__all__ = [
    "ENTRIES",
    "Entry",
    "Facts",
    "asymmetric_chicken",
    "battle_of_the_sexes",
    "chicken",
    "commons",
    "divide_the_pie",
    "donation_game",
    "entry",
    "matching_pennies",
    "prisoners_dilemma",
    "public_goods",
    "stag_hunt",
]
