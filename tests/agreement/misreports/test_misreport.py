"""Lies found never exceed the bound; both against enumeration and closed forms."""

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.agreement.misreports.bends import bends_to, named_lies, shares, turned
from comity.agreement.misreports.enumeration import enumerate_reports, enumerate_utilities
from comity.agreement.misreports.misreport import (
    declared_types,
    honest_value,
    lie_value,
    misreport_bound,
    misreport_found,
    scenarios,
)
from comity.agreement.studies.scalar import scalar_case
from comity.cases import AcceptanceRule, Belief, Case, Constitution, Party, Talk
from comity.games import Issue, Negotiation, NormalForm

DEALS = np.array(list(itertools.product(range(4), repeat=3)))
PRIORITIES = np.array(list(itertools.permutations((5.0, 4.0, 3.0))))
OPEN = Constitution(acceptance=(), disagreement="no-deal", default="no-deal")


def campsite(first, second, constitution):
    """The model of one camper with its guess of the other, both worth 5 without a deal."""
    issues = [Issue(name, tuple("0123")) for name in ("food", "water", "firewood")]
    mine = {i.name: [w * k for k in range(4)] for i, w in zip(issues, first, strict=True)}
    theirs = {i.name: [w * (3 - k) for k in range(4)] for i, w in zip(issues, second, strict=True)}
    return Negotiation.additive(("A", "B"), issues, {"A": mine, "B": theirs}, reservation=5.0)


def campsite_case(first, second, **changes):
    constitution = Constitution(disagreement="no-deal", default="no-deal", **changes)
    model = campsite(first, second, constitution)
    return Case("campsite", (Party("A", model), Party("B", model)), constitution)


def random_case(seed, acceptance):
    rng = np.random.default_rng(seed)
    if seed % 2:
        truth = rng.normal(size=(2, 3, 2))
        models = [
            NormalForm.from_payoffs(truth + 0.3 * rng.normal(size=truth.shape), "AB", block="facts")
            for _ in "AB"
        ]
        constitution = Constitution(acceptance=acceptance)
    else:
        issue = Issue("deal", tuple("abcde"))
        rows = rng.random((2, 5))
        models = [
            Negotiation.tabulated(("A", "B"), [issue], rows, reservation=[0.3, 0.2]) for _ in "AB"
        ]
        constitution = Constitution(
            acceptance=acceptance, disagreement="no-deal", default="no-deal"
        )
    parties = tuple(Party(name, model) for name, model in zip("AB", models, strict=True))
    return Case("random", parties, constitution)


RULES = [
    (),
    (AcceptanceRule("gain"),),
    (AcceptanceRule("gain", tolerance=0.1), AcceptanceRule("public", "raw", 1.0)),
    (AcceptanceRule("private", "decision", 0.2),),
    (AcceptanceRule("public", "decision", 0.2),),
]
TALKS = [Talk(), Talk(rounds=1, revise=0.9), Talk(rounds=2, revise=0.4, tolerance_step=0.1)]


@settings(max_examples=8)
@given(st.integers(0, 2**16), st.sampled_from(RULES), st.sampled_from(TALKS))
def test_found_never_exceeds_the_bound(seed, acceptance, talk):
    case = random_case(seed, acceptance)
    case = dataclasses.replace(case, constitution=dataclasses.replace(case.constitution, talk=talk))
    for party in case.names:
        found = misreport_found(case, party, search=60)
        bound = misreport_bound(case, party)
        assert found.gain.kind == "lower_bound"
        assert bound.kind == "upper_bound"
        assert 0 <= found.gain.value <= bound.value + 1e-7


@pytest.mark.parametrize("pair", [(0, 0), (0, 5), (2, 3), (4, 1)])
@pytest.mark.parametrize("lotteries", [False, True])
def test_finite_types_are_exact(pair, lotteries):
    a, b = pair
    case = campsite_case(PRIORITIES[a], PRIORITIES[b], lotteries=lotteries)
    types = [campsite(row, PRIORITIES[b], None) for row in PRIORITIES]
    table = enumerate_utilities(
        [PRIORITIES @ DEALS.T, PRIORITIES @ (3 - DEALS).T], [5, 5], lotteries=lotteries
    )
    expected = table.values[0][a, :, b].max() - table.honest[0][a, b]
    assert misreport_bound(case, "A", types=types).kind == "exact"
    bound = misreport_bound(case, "A", types=types).value
    if not lotteries:
        assert bound == pytest.approx(expected, abs=1e-9)
    assert misreport_found(case, "A", types=types).gain.value == pytest.approx(bound)
    assert misreport_found(case, "A").gain.value <= misreport_bound(case, "A").value + 1e-9


def test_search_finds_what_enumeration_finds():
    """Permuted priorities are in the family, so the search does at least as well."""
    for a, b in itertools.product(range(6), repeat=2):
        if (a + b) % 3 == 0:
            case = campsite_case(PRIORITIES[a], PRIORITIES[b], lotteries=False)
            types = [campsite(row, PRIORITIES[b], None) for row in PRIORITIES]
            exact = misreport_bound(case, "A", types=types).value
            assert misreport_found(case, "A").gain.value >= exact - 1e-9


@pytest.mark.parametrize(("estimates", "tolerance"), [((0.5, 0.5), 0.2), ((0.55, 0.5), 0.3)])
def test_scalar_lie_goes_to_the_edge_of_the_tolerance(estimates, tolerance):
    """Ex post the best lie is the largest that passes: the report m_2 + t, a gain of half of it."""
    case = scalar_case(*estimates, 0.5, tolerance)
    found = misreport_found(case, "one", search=500, blocks=["facts"])
    honest = (estimates[0] + estimates[1]) / 2
    expected = estimates[1] + tolerance / 2 - honest
    assert found.gain.value == pytest.approx(expected, abs=2e-3)
    assert set(found.report) == {"facts"}


def test_scalar_tastes_can_be_bent_too():
    """Without a public rule nothing stops player 1 but the other's default."""
    case = scalar_case(0.5, 0.5, 0.2, gain_rule=True)
    found = misreport_found(case, "one", search=500).gain.value
    bound = misreport_bound(case, "one").value
    assert bound == pytest.approx(0.2, abs=1e-6)
    assert found == pytest.approx(bound, abs=5e-3)


def test_found_report_reproduces_its_gain():
    case = random_case(7, (AcceptanceRule("gain"),))
    found = misreport_found(case, "A")
    report = case.models["A"]
    for block, values in found.report.items():
        report = report.replace(block, values)
    told = scenarios(case, "A")
    gain = lie_value("A", report, told) - honest_value("A", told)
    assert gain == pytest.approx(found.gain.value)


def test_same_seed_same_lie():
    case = random_case(3, ())
    first, second = (misreport_found(case, "B", search=60, seed=4) for _ in range(2))
    assert first.gain == second.gain


def test_no_search_finds_nothing():
    assert misreport_found(random_case(2, ()), "A", search="none").gain.value == 0


def test_interim_weighs_what_the_party_believes():
    """Uniform beliefs over the six priorities: honesty is the interim best reply."""
    constitution = Constitution(disagreement="no-deal", default="no-deal", lotteries=False)
    model = campsite(PRIORITIES[0], PRIORITIES[3], constitution)
    beliefs = tuple(
        Belief("B", campsite(PRIORITIES[0], row, None).blocks()["tastes[B]"].values, 1 / 6)
        for row in PRIORITIES
    )
    case = Case("camp", (Party("A", model, beliefs=beliefs), Party("B", model)), constitution)
    told = scenarios(case, "A", "interim")
    assert len(told) == 6
    assert honest_value("A", told) == pytest.approx(19.8333, abs=1e-4)
    types = [campsite(row, PRIORITIES[3], None) for row in PRIORITIES]
    exact = misreport_bound(case, "A", information="interim", types=types)
    assert exact.value == pytest.approx(0, abs=1e-9)
    found = misreport_found(case, "A", information="interim")
    assert found.information == "interim"
    assert found.gain.value <= misreport_bound(case, "A", information="interim").value + 1e-9


def believing_case(seed):
    """Two campers who each think three rankings of the other possible; the truth is among them."""
    rng = np.random.default_rng(seed)
    constitution = Constitution(disagreement="no-deal", default="no-deal", lotteries=False)
    kinds = [rng.choice(6, 3, replace=False) for _ in "AB"]
    chances = [rng.dirichlet(np.ones(3)) for _ in "AB"]
    model = campsite(PRIORITIES[kinds[0][0]], PRIORITIES[kinds[1][0]], constitution)
    types = {
        "A": [campsite(PRIORITIES[k], PRIORITIES[kinds[1][0]], None) for k in kinds[0]],
        "B": [campsite(PRIORITIES[kinds[0][0]], PRIORITIES[k], None) for k in kinds[1]],
    }
    beliefs = [
        tuple(
            Belief(name, kind.blocks()[f"tastes[{name}]"].values, p)
            for kind, p in zip(types[name], held, strict=True)
        )
        for name, held in zip("AB", chances, strict=True)
    ]
    parties = (Party("A", model, beliefs=beliefs[1]), Party("B", model, beliefs=beliefs[0]))
    return Case("camp", parties, constitution), types, np.outer(*chances)


@pytest.mark.parametrize("seed", [1, 2, 5])
def test_all_declared_types_are_tried(seed):
    """What the types gain is what enumeration of all profiles says; other lies may gain more."""
    case, types, prior = believing_case(seed)
    table = enumerate_reports(types, case.constitution)
    for i, party in enumerate(case.names):
        kinds = declared_types(case, party)
        assert len(kinds) == 3
        exact = table.interim_gain(i, prior)[0]
        alone = misreport_found(case, party, information="interim", types=kinds).gain.value
        assert alone == pytest.approx(exact, abs=1e-9)
        found = misreport_found(case, party, information="interim", search=30)
        assert found.gain.value >= exact - 1e-9
        said = f"all 3 declared types, of which the best gains exactly {round(exact, 9):.6g}; "
        assert found.gain.method.startswith(said)


def test_types_are_declared_by_all_or_none():
    case, *_ = believing_case(1)
    first, second = case.parties
    silent = Case("camp", (first, Party("B", second.model)), case.constitution)
    assert declared_types(silent, "A") == declared_types(silent, "B") == ()


def test_no_lie_with_a_name_beats_what_was_found():
    """Whatever the number of tries, and whatever share of the best is told."""
    for seed in range(6):
        case = random_case(seed, (AcceptanceRule("gain"),))
        told = scenarios(case, "A")
        found = misreport_found(case, "A", search=1)
        truth, honest = case.models["A"], honest_value("A", told)
        reports = [report for _, report in named_lies(told[0].table, 0)]
        bends = bends_to(truth, found.model)
        reports += [turned(truth, bends, share) for share in shares(truth)]
        best = max(lie_value("A", report, told) for report in reports)
        assert best - honest <= found.gain.value + 1e-8
