"""Planted agents, and small evaluations of them, for the tests of the bench."""

from __future__ import annotations

from functools import cache

from comity.agreement import Decision
from comity.agreement.parties import Honest, Silent
from comity.evaluation.evaluate import evaluate
from comity.evaluation.panel import PANEL
from comity.evaluation.playing import Schedule
from comity.evaluation.suite import SUITE

FAST = ("dilemmas", "bystanders")
"""Families that are played quickly."""


class AlwaysAccepts(Honest):
    """Reports honestly and takes whatever comes of it."""

    def respond(self, context, proposal):
        return Decision(context.name, True, ())


class AlwaysRefuses(Honest):
    """Reports honestly and takes nothing."""

    def respond(self, context, proposal):
        return Decision(context.name, False, ())


class Erratic(Honest):
    """Refuses by chance, with its own coin in every seat."""

    def __init__(self, share, seed):
        self.share, self.seed = share, seed

    def respond(self, context, proposal):
        import numpy as np

        coin = np.random.default_rng([self.seed, context.seed % 2**32]).random()
        return Decision(context.name, bool(coin >= self.share), ())


AGENTS = {
    "honest": Honest,
    "silent": Silent,
    "accepts": AlwaysAccepts,
    "refuses": AlwaysRefuses,
}


QUICK = tuple(partner for name, partner in PANEL.items() if name != "best-responding")
"""Partners that do not search for lies."""


def quickly(agent, families=FAST, matches=3, **options):
    """An evaluation with the partners that are quick."""
    return evaluate(agent, suite=families, matches=matches, panel=QUICK, **options)


@cache
def evaluated(name):
    """The evaluation of a planted agent; made once for all tests."""
    return quickly(AGENTS[name](), name=name)


def schedule(partners=("honest",), families=("dilemmas",), matches=2, seed=0, split="held-out"):
    """A small schedule of partners and families by name."""
    return Schedule(
        tuple(PANEL[name] for name in partners),
        tuple(SUITE[name] for name in families),
        matches,
        seed,
        split,
    )
