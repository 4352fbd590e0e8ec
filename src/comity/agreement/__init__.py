"""Common models, and agreements with their certificates."""

from comity.agreement.acceptance import Finding, decide
from comity.agreement.certificate import certify_agreement
from comity.agreement.compare import compare
from comity.agreement.defaults import (
    actual_default,
    default_payoffs,
    default_play,
    disagreement_point,
)
from comity.agreement.misreports.misreport import misreport_bound, misreport_found
from comity.agreement.models.combine import combine
from comity.agreement.models.divergence import decision_loss, divergence
from comity.agreement.models.normalise import normalise
from comity.agreement.parties import PARTIES, Context, PartyBehaviour, make_party
from comity.agreement.preconditions import check_case
from comity.agreement.proposal import Proposal, propose
from comity.agreement.protocol import agree
from comity.agreement.results import Agreement, Certificate, Comparison, Decision, Difference
from comity.agreement.robustness.minimax import MinimaxRegret, minimax_regret
from comity.agreement.robustness.question import Inquiry, Question, settling_question
from comity.agreement.robustness.regret import RegretTable, regret_table
from comity.agreement.solution import apply_solution, choose_notion
from comity.agreement.spreads import InferredSpread
from comity.agreement.studies.declared import Lie, Noise, Truth
from comity.agreement.studies.second_best import second_best
from comity.agreement.studies.study import Study, study
from comity.agreement.transcripts.transcript import Verification, verify

__all__ = [
    "PARTIES",
    "Agreement",
    "Certificate",
    "Comparison",
    "Context",
    "Decision",
    "Difference",
    "Finding",
    "InferredSpread",
    "Inquiry",
    "Lie",
    "MinimaxRegret",
    "Noise",
    "PartyBehaviour",
    "Proposal",
    "Question",
    "RegretTable",
    "Study",
    "Truth",
    "Verification",
    "actual_default",
    "agree",
    "apply_solution",
    "certify_agreement",
    "check_case",
    "choose_notion",
    "combine",
    "compare",
    "decide",
    "decision_loss",
    "default_payoffs",
    "default_play",
    "disagreement_point",
    "divergence",
    "make_party",
    "minimax_regret",
    "misreport_bound",
    "misreport_found",
    "normalise",
    "propose",
    "regret_table",
    "second_best",
    "settling_question",
    "study",
    "verify",
]
