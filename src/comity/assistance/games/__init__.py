"""Assistance games: what they are, how they are made, and a catalogue of known ones."""

from comity.assistance.games.building import build
from comity.assistance.games.catalogue import GAMES, catalogue_game
from comity.assistance.games.checking import GameCheck, check_assistance_game
from comity.assistance.games.files import loads_game, read_game
from comity.assistance.games.game import WAIT, AssistanceGame

__all__ = [
    "GAMES",
    "WAIT",
    "AssistanceGame",
    "GameCheck",
    "build",
    "catalogue_game",
    "check_assistance_game",
    "loads_game",
    "read_game",
]
