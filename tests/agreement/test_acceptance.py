"""Each rule: its figure by hand, its edge, its sentence; and what is kept private."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreement_situations import chicken, random_game, random_negotiation
from comity.agreement import decide, propose
from comity.agreement.acceptance import findings, public_findings
from comity.agreement.studies.scalar import scalar_case
from comity.cases import AcceptanceRule, Constitution, Evidence, Talk
from comity.core.errors import InputError
from comity.games import NormalForm


def scalar(reports, rule, truth=None, surplus=0.5, delay=0, talk=None, evidence=()):
    """What party one finds when estimates are reported, and its own is the truth."""
    said = scalar_case(*reports, surplus)
    own = scalar_case(*(truth or reports), surplus).models["one"]
    rules = dataclasses.replace(said.constitution, acceptance=(rule,), talk=talk or Talk())
    proposal = propose(said.models, rules, evidence, delay)
    (found,) = findings("one", own, proposal, rules, evidence)
    assert decide("one", own, proposal, rules, evidence).accepts == found.holds
    return found


def test_public_distance_is_between_reports():
    found = scalar((0.6, 0.5), AcceptanceRule("public", "raw", 0.2), truth=(0.9, 0.5))
    assert np.isclose(found.figure, 0.1)
    assert found.public
    assert found.holds


def test_private_distance_is_from_ones_own_model():
    found = scalar((0.6, 0.5), AcceptanceRule("private", "raw", 0.2), truth=(0.9, 0.5))
    assert np.isclose(found.figure, 0.4)
    assert not found.public
    assert not found.holds


@pytest.mark.parametrize(("tolerance", "holds"), [(0.1, True), (0.0999, False)])
def test_the_edge_is_inside(tolerance, holds):
    assert scalar((0.6, 0.5), AcceptanceRule("public", "raw", tolerance)).holds == holds


@given(
    first=st.floats(0.2, 0.8),
    second=st.floats(0.2, 0.8),
    own=st.floats(0.2, 0.8),
    surplus=st.floats(0.05, 1),
)
def test_the_gain_rule_in_the_scalar_setting(first, second, own, surplus):
    """The share is the mean report, and worth share - own estimate + S over no deal."""
    found = scalar((first, second), AcceptanceRule("gain"), (own, second), surplus)
    gain = (first + second) / 2 - own + surplus
    assert np.isclose(found.figure, -gain, atol=1e-9)
    if abs(gain) > 1e-6:
        assert found.holds == (gain > 0)


def test_a_loss_within_the_tolerance_of_the_gain_rule():
    rule = AcceptanceRule("gain", tolerance=0.2)
    assert scalar((0.5, 0.1), rule, truth=(0.9, 0.1), surplus=0.45).holds
    assert not scalar((0.5, 0.1), AcceptanceRule("gain"), (0.9, 0.1), 0.45).holds


def test_the_decision_rule_is_what_reports_cost():
    """Alone its own estimate .6 would give it .6; the mean report gives .55."""
    found = scalar((0.6, 0.5), AcceptanceRule("private", "decision", 0.1))
    assert np.isclose(found.figure, 0.05)
    public = scalar((0.6, 0.5), AcceptanceRule("public", "decision", 0.1), truth=(0.9, 0.5))
    assert np.isclose(public.figure, 0.05)


def test_the_evidence_rule_is_a_margin_of_loss():
    evidence = (Evidence("fair share", np.full(4, 0.6), sd=0.1),)
    found = scalar((0.6, 0.5), AcceptanceRule("evidence", tolerance=1.9), evidence=evidence)
    assert np.isclose(found.figure, 4 * 0.1**2 / (2 * 0.1**2))
    assert not found.holds
    assert "2 nats" in found.sentence


def test_an_evidence_rule_needs_evidence():
    with pytest.raises(InputError, match="there is none"):
        scalar((0.6, 0.5), AcceptanceRule("evidence"))


def test_tolerance_rises_with_delay_for_distances_alone():
    talk = Talk(rounds=3, tolerance_step=0.05)
    for rule, raised in (("public", 0.1), ("private", 0.1), ("gain", 0.0)):
        found = scalar((0.6, 0.5), AcceptanceRule(rule), delay=2, talk=talk)
        assert np.isclose(found.tolerance, raised)


def test_the_farthest_of_three_decides():
    rng = np.random.default_rng(2)
    game = random_game(rng, (2, 2, 2))
    reports = {
        name: game.replace("facts", game.facts.ravel() + shift)
        for name, shift in (("A", 0.0), ("B", 0.3), ("C", -0.1))
    }
    rules = Constitution(acceptance=(AcceptanceRule("public", "raw", 0.25),))
    proposal = propose(reports, rules)
    figures = [findings(n, reports[n], proposal, rules)[0].figure for n in "ABC"]
    assert np.allclose(figures, [0.3, 0.4, 0.4])
    assert "report of B" in findings("A", game, proposal, rules)[0].sentence


def test_distance_is_mutual_though_tastes_differ(rng):
    """Affine and strategic distances depend on tastes; both value facts by what owners state."""
    weights = [np.diag([1.0, 2.0]), np.diag([3.0, 4.0])]
    games = [dataclasses.replace(random_game(rng), weights=w) for w in weights]
    reports = dict(zip("AB", games, strict=True))
    rules = Constitution(
        solution=("best-correlated-equilibrium",),
        acceptance=tuple(AcceptanceRule("public", kind) for kind in ("affine", "strategic")),
    )
    proposal = propose(reports, rules)
    first, second = (findings(n, reports[n], proposal, rules) for n in "AB")
    assert np.allclose([f.figure for f in first], [f.figure for f in second])


def test_public_findings_need_no_private_model(rng):
    reports = {name: random_game(rng) for name in "AB"}
    rules = Constitution(acceptance=(AcceptanceRule("gain"), AcceptanceRule("public", "raw", 1.0)))
    proposal = propose(reports, rules)
    (public,) = public_findings("A", proposal, rules)
    assert public == findings("A", random_game(rng), proposal, rules)[1]


def test_private_figures_are_not_written_down(rng):
    reports = {name: random_game(rng) for name in "AB"}
    rules = Constitution(acceptance=(AcceptanceRule("gain"), AcceptanceRule("public")))
    gain, public = findings("A", reports["A"], propose(reports, rules), rules)
    assert "figure" not in gain.to_dict()
    assert public.to_dict()["figure"] == public.figure


def test_no_rules_no_refusal(rng):
    reports = {name: random_negotiation(rng) for name in "AB"}
    rules = Constitution(acceptance=(), disagreement="no-deal", default="no-deal")
    decision = decide("A", reports["A"], propose(reports, rules), rules)
    assert decision.accepts
    assert decision.reasons == ()


def test_reasons_name_figure_and_tolerance():
    game = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ["A", "B"])
    rules = Constitution(default="favourite-equilibrium")
    decision = decide("A", game, propose(dict.fromkeys("AB", game), rules), rules)
    words = "By its own model the play is worth 3 and its default 1: a gain of 2"
    assert decision.reasons == (f"{words}, within the tolerance of 0.",)


def test_unknown_rule():
    rules = Constitution(acceptance=(AcceptanceRule("mood"),))
    with pytest.raises(InputError, match="no such acceptance rule"):
        decide("A", chicken(), propose(dict.fromkeys("AB", chicken()), rules), rules)
