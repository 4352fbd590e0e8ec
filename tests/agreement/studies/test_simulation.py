"""Draws: each run equals the protocol, chunks do not matter."""

import dataclasses

import numpy as np
import pytest

from comity.agreement.settle import Table
from comity.agreement.studies.declared import Lie, draw_view
from comity.agreement.studies.scalar import scalar_case
from comity.agreement.studies.simulation import (
    CHUNK,
    Runs,
    Setting,
    Way,
    simulate,
    with_distance_rule,
)
from comity.cases import AcceptanceRule, Case, Constitution, Party, Talk
from comity.core import spawn_seeds

NOISE = {"facts": 0.05}


def setting(case, *ways):
    return Setting(case, case.models["one"], NOISE, (Way(), *ways), ((0,), (1,)))


def test_every_run_is_the_protocol():
    case = scalar_case(0.5, 0.5, 0.1, 0.09, gain_rule=True)
    drawn = simulate(setting(case), 40, 9)
    truth = case.models["one"]
    for k, seed in enumerate(spawn_seeds(9, 40)):
        rng = np.random.default_rng(seed)
        models = {p.name: draw_view(truth, p, NOISE, rng) for p in case.parties}
        settled = Table.seat(models, case.constitution).settle()
        runs = drawn.runs[0]
        assert runs.agreed[k] == (settled.status == "agreed")
        shares = [models[n].facts[0, 0, 0] for n in models]
        assert runs.distance[k] == pytest.approx(abs(shares[0] - shares[1]))
        if runs.agreed[k]:
            share = np.mean(shares)
            assert runs.deal[k] == pytest.approx([share - 0.5 + 0.1, 0.5 - share + 0.1])
    assert 0 < drawn.runs[0].agreed.mean() < 1


def test_talk_is_the_protocol_too():
    """Revised reports, raised tolerances and the discount, draw by draw."""
    case = scalar_case(0.5, 0.5, 0.3, 0.02, gain_rule=True)
    talk = Talk(rounds=2, revise=0.3, tolerance_step=0.02)
    rules = dataclasses.replace(case.constitution, talk=talk)
    truth = dataclasses.replace(case.models["one"], discount=np.full(2, 0.8))
    case = Case("late", tuple(Party(name, truth) for name in case.names), rules)
    runs = simulate(setting(case), 40, 9).runs[0]
    delays = set()
    for k, seed in enumerate(spawn_seeds(9, 40)):
        rng = np.random.default_rng(seed)
        models = {p.name: draw_view(truth, p, NOISE, rng) for p in case.parties}
        settled = Table.seat(models, rules).settle()
        assert runs.agreed[k] == (settled.status == "agreed")
        if runs.agreed[k]:
            delays.add(settled.proposal.delay)
            worth = truth.payoffs(settled.play) * 0.8**settled.proposal.delay
            assert runs.deal[k] == pytest.approx(worth)
    assert delays == {0, 1, 2}
    early = runs.within(np.inf)
    assert runs.gains(early)[early].sum(axis=1) == pytest.approx(0.6)


def test_distances_are_seen_without_a_deal():
    """Where nothing is left to gain, the reports can still be compared."""
    runs = simulate(setting(scalar_case(0.5, 0.5, -0.2, 0.3)), 20, 1).runs[0]
    assert not runs.willing.any()
    assert np.isfinite(runs.distance).all()
    assert runs.seen_by_others(0) == pytest.approx(runs.distance)


def test_what_a_liar_measures_itself_is_not_evidence_against_it():
    """By private rules only the others' figures are known in both scenarios."""
    nothing, some = np.zeros((2, 3)), np.ones(2, bool)
    measured = np.array([[5.0, 1, 2], [0, 3, 4]])
    runs = Runs(nothing, nothing, measured.max(axis=1), some, some, measured=measured)
    assert runs.seen_by_others(0).tolist() == [2, 4]
    assert runs.seen_by_others(2).tolist() == [5, 3]


def test_thresholds_reproduce_the_constitution():
    case = scalar_case(0.5, 0.5, 0.1, 0.08)
    runs = simulate(setting(case), 60, 4).runs[0]
    assert np.array_equal(runs.within(0.08), runs.agreed)
    assert runs.within(np.inf).all()


def test_ways_share_their_draws():
    lie = Lie("one", "fact fair share", (0.0,))
    case = scalar_case(0.5, 0.5, 0.2, 0.3)
    honest, nothing = simulate(setting(case, Way(lie, 0.0)), 30, 1).runs
    assert honest.deal == pytest.approx(nothing.deal)


def test_chunks_do_not_matter():
    case = scalar_case(0.5, 0.5, 0.2, 0.3)
    few, many = (simulate(setting(case), n, 1).runs[0] for n in (10, CHUNK + 10))
    assert few.deal == pytest.approx(many.deal[:10])


def test_a_case_without_distances_is_measured_all_the_same():
    bare = Constitution(acceptance=(AcceptanceRule("gain"),))
    assert [r.rule for r in with_distance_rule(bare).acceptance] == ["gain", "public"]
    own = Constitution(acceptance=(AcceptanceRule("private", "raw", 0.1),))
    assert with_distance_rule(own) is own


def test_reports_that_break_the_rules_end_in_the_defaults():
    lie = Lie("one", lambda game, amount: game.replace("facts", [np.nan, 0]), (1.0,))
    case = scalar_case(0.5, 0.5, 0.2, 0.3)
    with pytest.raises(Exception, match="finite"):
        simulate(setting(case, Way(lie, 1.0)), 2, 1)
