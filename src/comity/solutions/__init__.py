"""Equilibria, security levels, frontiers and bargaining solutions, each with its certificate."""

from comity.solutions.bargain import bargain
from comity.solutions.maximin import maximin_point, security_level
from comity.solutions.payoff_sets import OutcomeSet, PayoffSet, Vertex
from comity.solutions.results import Equilibria, Frontier, Maximin, Solution

__all__ = [
    "Equilibria",
    "Frontier",
    "Maximin",
    "OutcomeSet",
    "PayoffSet",
    "Solution",
    "Vertex",
    "bargain",
    "maximin_point",
    "security_level",
]
