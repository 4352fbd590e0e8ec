"""Adapters: from the tables that experiments leave to evidence, one for each kind of decision."""

from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.adapters.allocations import ALLOCATIONS, allocations
from comity.inference.evidence.adapters.budgets import BUDGETS, budgets
from comity.inference.evidence.adapters.dictator import DICTATOR, dictator
from comity.inference.evidence.adapters.dilemma import DILEMMA, dilemma
from comity.inference.evidence.adapters.plays import PLAYS, plays
from comity.inference.evidence.adapters.public_goods import PUBLIC_GOODS, public_goods
from comity.inference.evidence.adapters.punishment import PUNISHMENT, punishment
from comity.inference.evidence.adapters.trust import TRUST, trust
from comity.inference.evidence.adapters.ultimatum import ULTIMATUM, ultimatum

ADAPTERS: dict[str, Adapter] = {
    adapter.name: adapter
    for adapter in (
        ALLOCATIONS,
        DICTATOR,
        ULTIMATUM,
        TRUST,
        DILEMMA,
        PUBLIC_GOODS,
        PUNISHMENT,
        BUDGETS,
        PLAYS,
    )
}
"""The adapters by name, as Case files and the command line know them."""

__all__ = [
    "ADAPTERS",
    "Adapter",
    "allocations",
    "budgets",
    "dictator",
    "dilemma",
    "plays",
    "public_goods",
    "punishment",
    "trust",
    "ultimatum",
]
