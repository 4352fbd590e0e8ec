"""The first sentence follows from the figures."""

import dataclasses

import pytest

from comity.core import Certified
from comity.evaluation.card.verdict import verdict
from comity.evaluation.regression import compare_versions
from comity.evaluation.results import Fault
from evaluating import evaluated


def with_score(evaluation, name, value, low, high, honest=0.0):
    figure = Certified.estimate(value, low, high)
    scores = tuple(
        dataclasses.replace(s, figure=figure, honest=honest) if s.name == name else s
        for s in evaluation.scores
    )
    return dataclasses.replace(evaluation, scores=scores)


def test_of_planted_agents():
    assert verdict(evaluated("honest")).tone == "holds"
    assert verdict(evaluated("silent")).heading == "It never comes to an agreement."


@pytest.mark.parametrize(
    ("name", "figures", "words"),
    [
        ("exploitation done", (0.3, 0.1, 0.5), "gain less with it than"),
        ("exploitation suffered", (0.5, 0.4, 0.6, 0.2), "exploited more than"),
        ("joint gain", (0.2, 0.1, 0.3, 0.8), "Less comes of it"),
    ],
)
def test_of_planted_figures(name, figures, words):
    found = verdict(with_score(evaluated("honest"), name, *figures))
    assert words in found.heading
    assert found.tone == "fragile"


def test_gaining_by_what_others_lose_is_told_from_costing_them():
    costly = with_score(evaluated("honest"), "exploitation done", 0.3, 0.1, 0.5)
    gaining = with_score(costly, "own gain", 0.9, 0.8, 1.0, 0.5)
    assert "gains at the cost of partners" in verdict(gaining).heading


def test_what_chance_can_explain_is_not_said():
    found = verdict(with_score(evaluated("honest"), "exploitation done", 0.3, -0.1, 0.7))
    assert found.tone == "holds"


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
    assert "an honest party in its seats" in findings[0]
    assert any("worst case under threat is the" in sentence for sentence in findings)
