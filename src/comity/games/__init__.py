"""Situations: games and negotiations behind one protocol."""

from comity.core.conformance import Check, CheckReport
from comity.games.blocks import Block, Part
from comity.games.check import check_game
from comity.games.issues import Constraint, Issue
from comity.games.negotiation import Negotiation
from comity.games.normal_form import NormalForm
from comity.games.plays import Lottery, MixedProfile, Play
from comity.games.protocol import Game, Plan, Reply, Signal

__all__ = [
    "Block",
    "Check",
    "CheckReport",
    "Constraint",
    "Game",
    "Issue",
    "Lottery",
    "MixedProfile",
    "Negotiation",
    "NormalForm",
    "Part",
    "Plan",
    "Play",
    "Reply",
    "Signal",
    "check_game",
]
