import dataclasses

import numpy as np

from comity.agreement.models.divergence import decision_loss
from comity.agreement.report.settings import settings, tolerances
from comity.agreement.settle import Table
from comity.cases import AcceptanceRule


def table_of(findings, *rules):
    case = findings.agreement.case
    constitution = dataclasses.replace(case.constitution, acceptance=rules)
    return Table.of(dataclasses.replace(case, constitution=constitution))


def test_tolerances_are_turned_from_tight_to_loose(river):
    found = settings(Table.of(river.agreement.case))
    limits = [setting.limit for setting in found]
    assert limits == sorted(limits) == [1, 2, 4, 8, 16, np.inf]
    assert [setting.key for setting in found if setting.agreed] == ["x1"]


def test_only_distance_is_turned(river):
    for setting in settings(Table.of(river.agreement.case)):
        assert AcceptanceRule("gain") in setting.constitution.acceptance


def test_a_case_without_a_rule_is_shown_with_one(river):
    found = settings(table_of(river, AcceptanceRule("gain")))
    assert [setting.agreed for setting in found] == [False] * (len(found) - 1) + [True]
    assert {s.constitution.acceptance[-1].divergence for s in found[:-1]} == {"decision"}


def test_honest_reports_pass_all_but_a_tight_tolerance(river):
    table = table_of(river, AcceptanceRule("gain"))
    play = table.settle().proposal.solution.play
    costs = [
        decision_loss(n, m, m.payoffs(play), table.constitution) for n, m in table.models.items()
    ]
    assert sum(limit < max(costs) for limit in tolerances(table)) <= 1


def test_a_tolerance_of_nothing_stays_nothing(river):
    found = settings(table_of(river, AcceptanceRule("public", "raw", 0.0)))
    assert [setting.limit for setting in found] == [0.0, np.inf]


def test_large_games_are_shown_as_agreed(river, monkeypatch):
    monkeypatch.setattr("comity.agreement.report.settings.LARGE", 3)
    assert [s.key for s in settings(Table.of(river.agreement.case))] == ["agreed"]
