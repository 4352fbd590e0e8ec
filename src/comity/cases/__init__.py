"""The Case and its file."""

from comity.cases.case import Belief, Case, Evidence, Party
from comity.cases.constitution import AcceptanceRule, Constitution, Talk

__all__ = ["AcceptanceRule", "Belief", "Case", "Constitution", "Evidence", "Party", "Talk"]
