"""Common models, and agreements with their certificates."""

from comity.agreement.acceptance import Finding, decide
from comity.agreement.combine import combine
from comity.agreement.defaults import (
    actual_default,
    default_payoffs,
    default_play,
    disagreement_point,
)
from comity.agreement.divergence import decision_loss, divergence
from comity.agreement.normalise import normalise
from comity.agreement.parties import PARTIES, Context, PartyBehaviour, make_party
from comity.agreement.preconditions import check_case
from comity.agreement.proposal import Proposal, propose
from comity.agreement.protocol import agree
from comity.agreement.results import Agreement, Certificate, Comparison, Decision, Difference
from comity.agreement.solution import apply_solution, choose_notion
from comity.agreement.transcript import Verification, verify

__all__ = [
    "PARTIES",
    "Agreement",
    "Certificate",
    "Comparison",
    "Context",
    "Decision",
    "Difference",
    "Finding",
    "PartyBehaviour",
    "Proposal",
    "Verification",
    "actual_default",
    "agree",
    "apply_solution",
    "check_case",
    "choose_notion",
    "combine",
    "decide",
    "decision_loss",
    "default_payoffs",
    "default_play",
    "disagreement_point",
    "divergence",
    "make_party",
    "normalise",
    "propose",
    "verify",
]
