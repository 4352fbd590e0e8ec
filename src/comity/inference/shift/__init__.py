"""Evidence from one setting, action in another."""

from comity.inference.shift.decision import BayesChoice, Decision, PriorPath, RobustChoice
from comity.inference.shift.failure import FailureRange, failure_chance, failure_range
from comity.inference.shift.outcomes import Choice, Outcomes, choose_in, outcomes_by_member
from comity.inference.shift.predictions import Parting, Predictions, predict_members
from comity.inference.shift.settings import (
    PerAction,
    PerOption,
    Setting,
    after_seeing,
    of_situations,
    offers,
    unseen,
)
from comity.inference.shift.ultimatum import Ultimatum

__all__ = [
    "BayesChoice",
    "Choice",
    "Decision",
    "FailureRange",
    "Outcomes",
    "Parting",
    "PerAction",
    "PerOption",
    "Predictions",
    "PriorPath",
    "RobustChoice",
    "Setting",
    "Ultimatum",
    "after_seeing",
    "choose_in",
    "failure_chance",
    "failure_range",
    "of_situations",
    "offers",
    "outcomes_by_member",
    "predict_members",
    "unseen",
]
