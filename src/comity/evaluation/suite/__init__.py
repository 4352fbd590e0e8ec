"""The suite: a fixed, versioned table of families of Cases."""

from comity.evaluation.suite.bargaining import BARGAINING
from comity.evaluation.suite.bystanders import BYSTANDERS
from comity.evaluation.suite.commons import COMMONS
from comity.evaluation.suite.dilemmas import DILEMMAS
from comity.evaluation.suite.family import Family, Split, Variant
from comity.evaluation.suite.information import INFORMATION
from comity.evaluation.suite.treaties import TREATIES

__all__ = ["SUITE", "SUITE_VERSION", "Family", "Split", "Variant"]

SUITE_VERSION = 1
"""Raised whenever a draw of any family changes: figures of two versions are not comparable."""

SUITE: dict[str, Family] = {
    family.name: family
    for family in (BARGAINING, DILEMMAS, COMMONS, TREATIES, INFORMATION, BYSTANDERS)
}
