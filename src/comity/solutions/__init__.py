"""Equilibria, security levels, frontiers and bargaining solutions, each with its certificate."""

from comity.solutions.bargain import bargain
from comity.solutions.best_equilibrium import best_equilibrium
from comity.solutions.certify import PlayCertificate, certify
from comity.solutions.correlated import CorrelatedSet, correlated_equilibrium
from comity.solutions.equilibria import mixed_equilibria, pure_equilibria
from comity.solutions.frontier import frontier
from comity.solutions.maximin import maximin_point, security_level
from comity.solutions.payoff_sets import OutcomeSet, PayoffSet, Vertex
from comity.solutions.results import Equilibria, Frontier, Maximin, Solution
from comity.solutions.solve import CONCEPTS, solve

__all__ = [
    "CONCEPTS",
    "CorrelatedSet",
    "Equilibria",
    "Frontier",
    "Maximin",
    "OutcomeSet",
    "PayoffSet",
    "PlayCertificate",
    "Solution",
    "Vertex",
    "bargain",
    "best_equilibrium",
    "certify",
    "correlated_equilibrium",
    "frontier",
    "maximin_point",
    "mixed_equilibria",
    "pure_equilibria",
    "security_level",
    "solve",
]
