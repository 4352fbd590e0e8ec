"""Evidence: typed tables of what people chose, from files and from play."""

from comity.inference.evidence.adapters import ADAPTERS, Adapter
from comity.inference.evidence.columns import Column
from comity.inference.evidence.reading import read_otree, read_table
from comity.inference.evidence.situations import Situation, decisions
from comity.inference.evidence.table import Evidence, Fault, Rows, join

__all__ = [
    "ADAPTERS",
    "Adapter",
    "Column",
    "Evidence",
    "Fault",
    "Rows",
    "Situation",
    "decisions",
    "join",
    "read_otree",
    "read_table",
]
