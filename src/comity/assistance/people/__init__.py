"""How a person acts on its goal: replies to the plan, or a procedure of its own."""

from comity.assistance.people.explained import explained
from comity.assistance.people.known import Known, solve_known
from comity.assistance.people.planners import demonstrating, noisy, short_sighted, teaching
from comity.assistance.people.procedure import RATIONAL, Fixed, Procedure, Reply, check_procedure

__all__ = [
    "RATIONAL",
    "Fixed",
    "Known",
    "Procedure",
    "Reply",
    "check_procedure",
    "demonstrating",
    "explained",
    "noisy",
    "short_sighted",
    "solve_known",
    "teaching",
]
