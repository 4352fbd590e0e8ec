"""Audits by their closed form and plain loops; acceptance by comity's own decisions."""

import casino_safeguards as guards
import numpy as np
import pytest
from casino_lies import certain, honest_points, lies_under
from casino_rules import NASH, PLAYERS, UTILITARIAN, constitution, enumeration, model, worth

from comity.agreement.acceptance import decide
from comity.agreement.proposal import propose
from comity.cases import AcceptanceRule


@pytest.fixture(scope="module")
def points():
    return worth(enumeration(NASH))


def test_audit_rates_by_hand(points):
    """The worst lie turns 19 into 21: void it with chance 1/8, for 21 - (21 - 5) / 8 = 19."""
    assert guards.audit_needed(points) == pytest.approx(1 / 8)
    assert guards.audit_needed(points, fine=5) == pytest.approx(2 / 7)


@pytest.mark.parametrize("fine", [None, 5.0])
def test_at_the_rate_nobody_lies_and_just_below_somebody_does(points, fine, crowd):
    people = crowd()
    needed = guards.audit_needed(points, fine)
    for rate, expected in ((needed + 1e-6, False), (needed - 1e-3, True)):
        lies, _ = guards.audited(points, people, certain(people), rate, fine)
        assert lies.any() == expected


@pytest.mark.parametrize("fine", [None, 5.0])
def test_audits_by_plain_loops(points, fine, crowd):
    people, rate = crowd(seed=5), 0.04
    belief = people.beliefs["inferred"]
    lies, got = guards.audited(points, people, belief, rate, fine)
    report = []
    for n, (mine, role) in enumerate(zip(people.kind, people.role, strict=True)):
        promise = points[role, mine] @ belief[n]
        caught = 5.0 if fine is None else promise[mine] - fine
        value = [p if a == mine else (1 - rate) * p + rate * caught for a, p in enumerate(promise)]
        best = int(np.argmax(value))
        report.append(best if value[best] > value[mine] + 1e-9 else mine)
    assert lies.tolist() == [r != k for r, k in zip(report, people.kind, strict=True)]
    rng, total, draws = np.random.default_rng(1), np.zeros(len(report)), 4000
    report = np.array(report)
    for _ in range(draws):
        caught = (rng.random(len(report)) < rate) & lies
        shown = np.where(caught, people.kind, report)
        value = points[people.role, people.kind, shown, shown[people.partner]]
        if fine is None:
            value = np.where(caught | caught[people.partner], 5.0, value)
        total += value - (fine or 0) * caught
    assert total / draws == pytest.approx(got, abs=0.3)
    assert (total / draws).mean() == pytest.approx(got.mean(), abs=0.03)


def rules(points, people):
    return [
        guards.gain_rule(points, people),
        guards.evidence_rule(people, 0.1),
        guards.decision_rule(points, people, 1.0),
    ]


def test_what_a_liar_foresees_is_what_an_honest_other_does(points, crowd):
    people = crowd(seed=7)
    rows = np.arange(len(people.kind))
    for rule in rules(points, people):
        for report in range(6):
            foreseen = rule.foreseen[rows, report, people.other]
            does = rule.accepts[people.partner, people.other, report]
            assert (foreseen == does).all()


@pytest.mark.parametrize("tolerance", [0.0, 1.0, 2.0])
def test_decisions_are_those_of_comity(points, tolerance, crowd):
    people = crowd(seed=9)
    found = guards.decision_rule(points, people, tolerance)
    laws = constitution(NASH)
    rule = AcceptanceRule("private", "decision", tolerance)
    laws = type(laws)(**{**vars(laws), "acceptance": (rule,)})
    rng = np.random.default_rng(0)
    for n in rng.choice(len(people.kind), 12, replace=False):
        role, mine = people.role[n], people.kind[n]
        guess = int(people.held_of[people.partner[n]].argmax())
        view, said = model(role, mine, guess), int(rng.integers(6))
        reports = {PLAYERS[role]: view, PLAYERS[1 - role]: model(1 - role, said)}
        proposal = propose({name: reports[name] for name in PLAYERS}, laws)
        answer = decide(PLAYERS[role], view, proposal, laws)
        assert answer.accepts == found.accepts[n, mine, said], answer.reasons


def test_the_gain_rule_stops_no_lie(points, crowd):
    for settled in (points, worth(enumeration(UTILITARIAN))):
        people = crowd(seed=3)
        belief = people.beliefs["inferred"]
        found = guards.protected(settled, people, belief, guards.gain_rule(settled, people))
        free = lies_under(settled, people, belief)
        assert not found.refused.any()
        assert (found.lies == free.lies).all()
        assert found.points == pytest.approx(free.both)
        assert found.honest == pytest.approx(honest_points(settled, people))


def test_evidence_by_hand(points, crowd):
    """A truth that the words make unlikely is refused, and both end without a deal."""
    people = crowd()
    held = np.full(people.held_of.shape, 0.19)
    held[np.arange(len(held)), people.kind] = 0.05
    object.__setattr__(people, "held_of", held)
    uniform = people.beliefs["uniform"]
    harsh = guards.protected(points, people, uniform, guards.evidence_rule(people, 0.1))
    assert harsh.refused.all()
    assert (harsh.honest == 5).all()
    assert harsh.lies.all()
    assert harsh.forced.all()
    mild = guards.protected(points, people, uniform, guards.evidence_rule(people, 0.05))
    assert not mild.refused.any()
    assert not mild.lies.any()
