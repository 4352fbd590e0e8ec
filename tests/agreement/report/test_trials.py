import dataclasses

import pytest

from comity.agreement.report.lies import lies
from comity.agreement.report.settings import settings
from comity.agreement.report.trials import trials
from comity.agreement.settle import Table
from comity.cases import Talk


def judged(table, under):
    return trials(table, under, lies(table))


def test_judging_once_is_running_the_protocol_under_each_setting(river):
    table = Table.of(river.agreement.case)
    under = settings(table)
    told = lies(table)
    reports = {
        (lie.liar, lie.kind, level): lie.report(table.models[table.names[lie.liar]], level)
        for lie in told
        for level in lie.levels
    }
    rules = {setting.key: setting.constitution for setting in under}
    for trial in trials(table, under, told):
        if trial.told.kind == "silent":
            assert trial.proposal is None
            continue
        liar = None if trial.told.liar is None else table.names[trial.told.liar]
        stated = {} if liar is None else {liar: reports[dataclasses.astuple(trial.told)]}
        seated = dataclasses.replace(table, constitution=rules[trial.setting])
        run = seated.settle(stated, certain=liar)
        passed = all(f.holds for found in trial.found.values() for f in found)
        holds = trial.play is not None and passed
        assert (run.status == "agreed") == holds
        if holds:
            assert run.payoffs == pytest.approx(trial.worth(table))


def test_the_agreed_setting_comes_first(river):
    table = Table.of(river.agreement.case)
    first = judged(table, settings(table))[0]
    assert (first.setting, first.told.kind) == ("x1", "honest")


def test_with_talk_every_setting_is_run(household):
    case = household.agreement.case
    rules = dataclasses.replace(case.constitution, talk=Talk(rounds=1, tolerance_step=1.0))
    table = Table.of(dataclasses.replace(case, constitution=rules))
    under = settings(table)[-2:]
    found = judged(table, under)
    assert {trial.setting for trial in found} == {setting.key for setting in under}
    assert found[0].found["Ana"][0].holds


def test_progress_counts_lies(river):
    table = Table.of(river.agreement.case)
    told = lies(table)
    seen = []
    trials(table, settings(table), told, lambda done, steps: seen.append((done, steps)))
    count = 1 + sum(len(lie.levels) for lie in told) + 2
    assert seen == [(k, count) for k in range(1, count + 1)]
