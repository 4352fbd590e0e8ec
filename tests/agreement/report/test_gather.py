from importlib import import_module

from comity.agreement.proposal import propose
from comity.agreement.report.gather import gather, own_defaults, solutions_beside
from comity.core.errors import Intractable


def test_solutions_beside_include_the_one_in_use(river):
    found = solutions_beside(river.agreement.case)
    assert {"nash", "utilitarian", "egalitarian", "kalai-smorodinsky"} == set(found)
    used = found["nash"]
    assert used.outcomes == river.agreement.play.outcomes


def test_a_notion_that_does_not_apply_is_left_out(household, monkeypatch):
    def refuse_one(models, rules, evidence):
        if rules.solution == ("egalitarian",):
            raise Intractable("too large")
        return propose(models, rules, evidence)

    module = import_module("comity.agreement.report.gather")
    monkeypatch.setattr(module, "propose", refuse_one)
    found = solutions_beside(household.agreement.case)
    assert "nash" in found
    assert "egalitarian" not in found


def test_each_expects_its_own_default(river, household):
    assert set(own_defaults(river.agreement.case)) == set(river.names)
    assert own_defaults(household.agreement.case) == {}


def test_progress_counts_up_to_all(household):
    seen = []
    gather(household.agreement, progress=lambda done, steps: seen.append((done, steps)))
    assert [done for done, _ in seen] == list(range(1, len(seen) + 1))
    assert seen[-1][0] == seen[-1][1]
