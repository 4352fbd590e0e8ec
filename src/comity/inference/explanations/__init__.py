"""Explanations: motives and decision procedures that give probabilities to choices."""

from comity.inference.explanations.batch import Batch, make_batch
from comity.inference.explanations.catalogue import MOTIVES, PROCEDURES, explain
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.motive import Motive, feature, split
from comity.inference.explanations.parameters import Parameter, error_rate, sensitivity
from comity.inference.explanations.procedure import Procedure, View

__all__ = [
    "MOTIVES",
    "PROCEDURES",
    "Batch",
    "Explanation",
    "Motive",
    "Parameter",
    "Procedure",
    "View",
    "error_rate",
    "explain",
    "feature",
    "make_batch",
    "sensitivity",
    "split",
]
