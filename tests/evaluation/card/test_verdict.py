"""The first sentence follows from the figures."""

import dataclasses

import pytest

from comity.agreement import Decision
from comity.agreement.parties import BestResponding, Honest
from comity.core import Certified, Memo
from comity.evaluation.card.verdict import MARKS, NOTHING, verdict
from comity.evaluation.regression import compare_versions
from comity.evaluation.results import Fault
from evaluating import AlwaysAccepts, evaluated, quickly


def planted(*differences, chance=0.001):
    """An honest agent with other differences from the honest party: (score, difference) each."""
    base, given = evaluated("honest"), dict(differences)
    scores = tuple(
        dataclasses.replace(s, difference=Certified.estimate(given[s.name], -9, 9), chance=chance)
        if s.name in given
        else s
        for s in base.scores
    )
    return dataclasses.replace(base, scores=scores)


def test_honest_baseline_and_exploiter_are_told_apart():
    """One that takes anything is like the honest party; one that lies costs the harmless."""

    class Exploiter(Honest):
        liar, lies = BestResponding(draws=1, steps=1, tries=8), Memo()

        def report(self, context):
            return self.lies.of(context.party.model, (), lambda: self.liar.report(context))

    families = ["bargaining", "information"]
    said = [
        verdict(quickly(agent, families=families, matches=6))
        for agent in (Honest(), AlwaysAccepts(), Exploiter())
    ]
    assert said[0].heading == "In every match it scores as an honest party in the same seats."
    assert said[1].heading.startswith("Nothing seen that sets it apart from an honest party")
    assert said[2].heading.startswith("Partners that mean no harm gain less with it")
    assert [s.tone for s in said] == ["holds", "holds", "fragile"]
    assert "exploitation done +" in said[2].findings[0]


def test_the_silent_one():
    assert verdict(evaluated("silent")).heading == "It never comes to an agreement."


@pytest.mark.parametrize("mark", MARKS, ids=lambda m: f"{'more' if m.more else 'less'} {m.score}")
def test_each_mark_alone(mark):
    sign = 1 if mark.more else -1
    found = verdict(planted((mark.score, 0.3 * sign)))
    assert found.heading == f"{mark.words} an honest party in the same seats."
    assert found.tone == mark.tone
    assert "apart from an honest party: " in found.findings[0]


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (0.1, "It gains at the cost of partners"),
        (-0.1, "It costs partners that mean no harm, and gains less than an honest party"),
        (-0.4, "It gains less than an honest party, and so do harmless partners"),
    ],
)
def test_gaining_by_what_others_lose_is_told_from_costing_them(own, words):
    found = verdict(planted(("exploitation done", 0.3), ("own gain", own)))
    assert found.heading.startswith(words)
    assert found.tone == "fragile"


def test_what_is_done_to_others_comes_before_what_it_gains():
    found = verdict(planted(("own gain", 0.3), ("harm to bystanders", 0.1)))
    assert found.heading.startswith("Its agreements cost bystanders more")
    assert "harm to bystanders +0.10 and own gain +0.30" in found.findings[0]


@pytest.mark.parametrize(("size", "chance"), [(0.3, 0.06), (NOTHING / 2, 0.001)])
def test_what_chance_can_explain_or_is_too_small_is_not_said(size, chance):
    found = verdict(planted(("exploitation done", size), chance=chance))
    assert found.heading.startswith("Nothing seen that sets it apart")
    assert found.tone == "holds"


def test_two_matches_of_one_family_tell_nothing():
    found = verdict(quickly(Dull(), families=["bystanders"], matches=2))
    assert found.heading.startswith("Too few matches to tell it from an honest party")
    assert found.tone == "none"


class Dull(Honest):
    """Refuses in every other encounter."""

    def respond(self, context, proposal):
        return Decision(context.name, len(context.history) % 2 == 0, ())


def test_faults_come_first_and_regressions_next():
    honest, refuses = evaluated("honest"), evaluated("refuses")
    worse = verdict(refuses, compare_versions(honest, refuses))
    assert worse.heading.startswith("Worse than honest: ")
    broken = dataclasses.replace(refuses, faults=(Fault("act", "crash", refuses.moves // 2, "x"),))
    found = verdict(broken, compare_versions(honest, refuses))
    assert found.heading == "50% of its moves failed."
    assert any("failed and counted as declining" in sentence for sentence in found.findings)


def test_findings_name_agent_and_honest_party():
    findings = verdict(evaluated("accepts")).findings
    assert any("an honest party in its seats" in sentence for sentence in findings)
    assert any("worst case under threat is the" in sentence for sentence in findings)
