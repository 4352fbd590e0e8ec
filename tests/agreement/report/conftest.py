"""Cases to report on, made by hand: a river in two views, a household, and three at a table."""

import numpy as np
import pytest

from comity.agreement import agree
from comity.agreement.compare import compare
from comity.agreement.report.gather import gather
from comity.cases import AcceptanceRule, Case, Constitution, Party
from comity.games import Issue, Negotiation, NormalForm

ACTIONS = (("Fill fast", "Fill slowly"), ("Keep planting", "Plant less"))

CROSSING = np.array([[[-5, 5], [-1.5, 1]], [[-5, -1], [2, 1.5]], [[-6, -1], [0, 1]]], float)
"""Payoffs of Upstream, Downstream and the fishers at every pair of actions."""


def river_model(first: float, second: float, weight: float = 1.0) -> NormalForm:
    table = CROSSING * weight
    table = table.copy()
    table[0, 0, 0], table[1, 0, 0] = first, second
    return NormalForm.from_payoffs(
        table[:2],
        ("Upstream", "Downstream"),
        ACTIONS,
        block="facts",
        bystanders=("Fishers of the delta",),
        effects=table[2:],
    )


def river_case(**rules) -> Case:
    constitution = Constitution(
        **{
            "acceptance": (
                AcceptanceRule("gain"),
                AcceptanceRule("public", "raw", 4.0),
            ),
            "default": "favourite-equilibrium",
            "disagreement": "maximin",
        }
        | rules
    )
    return Case(
        title="A dam on a shared river",
        summary="Upstream fills a new dam. Downstream lives from the river's water.",
        sources=("Made up for a test",),
        parties=(
            Party("Upstream", river_model(-4, -5), about="Wants electricity soon."),
            Party("Downstream", river_model(-6, -3), about="Fears for its harvests."),
        ),
        constitution=constitution,
    )


def household_case() -> Case:
    issues = [
        Issue("Nights with the baby", ("Ana all", "Ana most", "Half each", "Bo most", "Bo all")),
        Issue("Cooking", ("Ana", "Turns", "Bo")),
        Issue("Sunday mornings off", ("Ana", "Turns", "Bo")),
    ]

    def model(ana, bo):
        values = {
            name: dict(zip((i.name for i in issues), rows, strict=True))
            for name, rows in (("Ana", ana), ("Bo", bo))
        }
        return Negotiation.additive(("Ana", "Bo"), issues, values, reservation=[8.0, 9.0])

    ana = model([[0, 3, 6, 9, 12], [0, 1, 2], [5, 3, 0]], [[8, 6, 4, 2, 0], [4, 2, 0], [0, 2, 4]])
    bo = model([[0, 2, 4, 6, 8], [0, 2, 4], [6, 3, 0]], [[6, 5, 3, 1, 0], [9, 5, 0], [0, 1, 3]])
    return Case(
        title="Who does what at home",
        parties=(Party("Ana", ana), Party("Bo", bo)),
        constitution=Constitution(disagreement="no-deal", default="no-deal"),
    )


def three_case() -> Case:
    issues = [Issue("Office", ("North", "Centre", "South")), Issue("Start", ("8", "9", "10"))]
    names = ("Ann", "Ben", "Cem")

    def model(shift):
        values = {
            "Ann": {"Office": [6, 4, 0], "Start": [5, 3, 0 + shift]},
            "Ben": {"Office": [0, 4, 6 + shift], "Start": [0, 3, 5]},
            "Cem": {"Office": [2, 6, 2], "Start": [1 + shift, 4, 2]},
        }
        return Negotiation.additive(names, issues, values, reservation=[3.0, 3.0, 3.0])

    return Case(
        title="A shared office",
        parties=tuple(Party(name, model(k)) for k, name in enumerate(names)),
        constitution=Constitution(disagreement="no-deal", default="no-deal"),
    )


def findings_of(case: Case, misreports: str = "local"):
    return gather(agree(case, rng=1, misreports=misreports), compare(case))


@pytest.fixture(scope="session")
def river():
    return findings_of(river_case())


@pytest.fixture(scope="session")
def household():
    return findings_of(household_case())


@pytest.fixture(scope="session")
def three():
    return findings_of(three_case(), "none")
