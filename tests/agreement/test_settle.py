"""The protocol without its ceremony ends as `agree` does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.agreement import agree
from comity.agreement.settle import Table
from comity.cases import AcceptanceRule, Case, Constitution, Evidence, Party, Talk
from comity.games import Issue, Negotiation, NormalForm

RULES = [
    (),
    (AcceptanceRule("gain"),),
    (AcceptanceRule("public", "raw", 0.8),),
    (AcceptanceRule("private", "raw", 0.4), AcceptanceRule("gain", tolerance=0.2)),
]


def random_case(seed, acceptance, talk):
    rng = np.random.default_rng(seed)
    if seed % 2:
        truth = rng.normal(size=(2, 2, 3))
        models = [
            NormalForm.from_payoffs(truth + 0.4 * rng.normal(size=truth.shape), "AB", block="facts")
            for _ in "AB"
        ]
        constitution = Constitution(acceptance=acceptance, talk=talk)
    else:
        issues = [Issue("x", tuple("abc"))]
        models = [
            Negotiation.tabulated(
                ("A", "B"), issues, rng.random((2, 3)), reservation=0.4, discount=0.9
            )
            for _ in "AB"
        ]
        constitution = Constitution(
            acceptance=acceptance, talk=talk, disagreement="no-deal", default="no-deal"
        )
    parties = tuple(Party(name, model) for name, model in zip("AB", models, strict=True))
    return Case("random", parties, constitution)


@settings(max_examples=30)
@given(
    st.integers(0, 2**16),
    st.sampled_from(RULES),
    st.sampled_from([Talk(), Talk(rounds=2, tolerance_step=0.2, revise=0.5)]),
)
def test_same_end_as_agree(seed, acceptance, talk):
    case = random_case(seed, acceptance, talk)
    agreement, settled = agree(case, rng=0, misreports="none"), Table.of(case).settle()
    assert settled.status == agreement.status
    assert settled.accepts == tuple(d.accepts for d in agreement.decisions) or (
        settled.status == "no gain"
    )
    if settled.status == "agreed":
        assert settled.proposal.solution.payoffs == pytest.approx(agreement.payoffs)
        gains = agreement.certificate.gain_private
        if not talk.rounds:
            own = [settled.payoffs[i] - Table.of(case).promised[i] for i in range(2)]
            assert own == pytest.approx([gains[name].value for name in case.names])


def test_a_liar_is_bound_by_rules_that_all_can_check():
    """Its own report explains the data badly: the evidence rule refuses for the others."""
    case = random_case(1, (AcceptanceRule("evidence", tolerance=0.5),), Talk())
    quantity = case.models["A"].quantities[0]
    data = Evidence(quantity, np.full(20, case.models["A"].facts[0].mean()), sd=0.1)
    table = Table.seat(case.models, case.constitution, (data,))
    report = case.models["A"].replace("facts", case.models["A"].facts.ravel() + 9)
    assert table.settle({"A": report}, certain="A").status == "refused"


def test_defaults_are_each_by_its_own_model():
    case = random_case(3, (AcceptanceRule("public", "raw", 0.0),), Talk())
    table = Table.of(case)
    settled = table.settle()
    assert settled.status == "refused"
    assert settled.payoffs == pytest.approx(table.fallback)
    for i, name in enumerate(case.names):
        assert case.models[name].payoffs(table.default)[i] == pytest.approx(table.fallback[i])
