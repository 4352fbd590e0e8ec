"""Assistance games everybody knows, each with its source and what is our completion."""

from comity.assistance.games.catalogue.cake_or_pie import cake_or_pie
from comity.assistance.games.catalogue.chef_world import chef_world
from comity.assistance.games.catalogue.entries import GAMES, Entry, catalogue_game
from comity.assistance.games.catalogue.kitchen import kitchen_helper
from comity.assistance.games.catalogue.meal_choice import meal_choice
from comity.assistance.games.catalogue.off_switch import off_switch
from comity.assistance.games.catalogue.wormy_apples import wormy_apples

__all__ = [
    "GAMES",
    "Entry",
    "cake_or_pie",
    "catalogue_game",
    "chef_world",
    "kitchen_helper",
    "meal_choice",
    "off_switch",
    "wormy_apples",
]
