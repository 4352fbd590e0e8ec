"""Adapters: from the tables that experiments leave to evidence, one for each kind of decision."""

from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.adapters.allocations import ALLOCATIONS, allocations
from comity.inference.evidence.adapters.budgets import BUDGETS, budgets
from comity.inference.evidence.adapters.dilemma import DILEMMA, dilemma
from comity.inference.evidence.adapters.trust import TRUST, trust
from comity.inference.evidence.adapters.ultimatum import ULTIMATUM, ultimatum

ADAPTERS: dict[str, Adapter] = {
    adapter.name: adapter for adapter in (ALLOCATIONS, BUDGETS, DILEMMA, TRUST, ULTIMATUM)
}
"""The adapters by name, as Case files and the command line know them."""

__all__ = ["ADAPTERS", "Adapter", "allocations", "budgets", "dilemma", "trust", "ultimatum"]
