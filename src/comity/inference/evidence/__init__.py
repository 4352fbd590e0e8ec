"""Evidence: typed tables of what people chose, from files and from play."""

from comity.inference.evidence.situations import Situation, decisions
from comity.inference.evidence.table import Evidence, Fault, Rows, join

__all__ = ["Evidence", "Fault", "Rows", "Situation", "decisions", "join"]
