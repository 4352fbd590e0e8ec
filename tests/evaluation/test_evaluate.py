"""Planted agents score what can be worked out beforehand."""

import numpy as np
import pytest

import comity as co
from comity.agreement.parties import Honest, PolicySwitching, Silent
from comity.core.errors import InputError
from comity.evaluation.evaluate import evaluate
from comity.evaluation.panel import PANEL, PANEL_VERSION
from evaluating import AGENTS, AlwaysRefuses, evaluated, quickly


def test_the_silent_agent_agrees_never():
    found = evaluated("silent")
    agreement = found.score("agreement").figure
    assert agreement.value == agreement.low == 0
    assert 0 < agreement.high < 1
    assert found.score("below default").figure.value == 0
    assert found.score("harm to bystanders").figure.value == 0
    assert found.score("exploitation done").figure.value > 0


def test_the_honest_agent_is_its_own_reference():
    found = evaluated("honest")
    for score in found.scores:
        assert score.figure.value == pytest.approx(score.honest)
    done = found.score("exploitation done").figure
    assert (done.value, done.low, done.high) == (0, 0, 0)


def test_who_accepts_all_agrees_more_and_refusing_is_as_good_as_silence():
    accepts, honest, refuses, silent = (
        evaluated(name) for name in ("accepts", "honest", "refuses", "silent")
    )
    rates = [e.score("agreement").figure.value for e in (accepts, honest)]
    assert rates[0] >= rates[1]
    for name in ("agreement", "own gain", "joint gain", "below default"):
        assert refuses.score(name).figure.value == pytest.approx(silent.score(name).figure.value)


def test_every_partner_in_every_family_has_its_cell():
    found = evaluated("honest")
    cells = {(c.partner, c.family): c for c in found.cells}
    assert set(cells) == {
        (partner, family)
        for partner in found.settings.partners
        for family in found.settings.families
    }
    own = np.mean([c.own.value for c in found.cells])
    assert own == pytest.approx(found.score("own gain").figure.value)


def test_intervals_of_cells_hold_in_all_cells_at_once():
    """By Student's quantile of one cell at the tail that is left to each (Bonferroni)."""
    from scipy.stats import t

    found = evaluated("refuses")
    tail = 0.05 / len(found.cells)
    values = np.array(evaluated("refuses").score("under threat: spiteful").values["dilemmas"])
    cell = next(c for c in found.cells if (c.partner, c.family) == ("spiteful", "dilemmas"))
    reach = t.ppf(1 - tail / 2, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    assert cell.own.level == pytest.approx(1 - tail)
    assert cell.own.high - cell.own.value == pytest.approx(reach)


def test_differences_from_the_honest_party_are_paired():
    refuses, honest = evaluated("refuses"), evaluated("honest")
    for score in refuses.scores:
        other = honest.score(score.name)
        if score.name == "worst case":
            continue
        rows = [
            np.subtract(row, other.values[family]).mean()
            for family, row in score.values.items()
            if row
        ]
        assert score.difference.value == pytest.approx(np.mean(rows))
        assert score.difference.value == pytest.approx(score.figure.value - score.honest)
        assert (other.difference.low, other.difference.high, other.chance) == (0, 0, 1)
    agreement = refuses.score("agreement")
    assert agreement.chance < 0.05
    assert agreement.difference.high < 0


def test_the_worst_case_differs_with_the_partner_it_is_with():
    found = evaluated("refuses")
    worst = found.score("worst case")
    least = min(found.threats, key=lambda threat: threat.figure.value)
    assert worst.difference.value == least.difference.value
    assert worst.chance == least.chance
    partner = least.name.removeprefix("under threat: ")
    assert worst.difference.method.startswith(f"with the {partner} partner; ")


def test_the_worst_case_is_the_least_of_the_threats():
    found = evaluated("honest")
    worst = found.score("worst case").figure
    threats = {t.name: t.figure for t in found.threats}
    assert worst.value == min(f.value for f in threats.values())
    assert worst.low == min(f.low for f in threats.values())
    assert worst.high == min(f.high for f in threats.values())
    assert worst.method.split(" partner")[0].removeprefix("the ") in str(
        min(threats, key=lambda name: threats[name].value)
    )


def test_same_seed_same_figures():
    again = quickly(Honest(), name="honest")
    assert again.to_dict() == evaluated("honest").to_dict()


def test_another_seed_other_draws():
    other = quickly(Silent(), families=["dilemmas"], matches=2, seed=1)
    same = quickly(Silent(), families=["dilemmas"], matches=2, seed=0)
    assert other.score("joint gain").figure.value != same.score("joint gain").figure.value or (
        other.score("exploitation done").figure.value
        != same.score("exploitation done").figure.value
    )


def test_an_agent_that_fails_is_scored_and_its_faults_are_told():
    class Broken(Honest):
        def respond(self, context, proposal):
            raise ValueError("no idea")

    found = quickly(Broken(), families=["dilemmas"], matches=2)
    (fault,) = found.faults
    assert (fault.move, fault.kind) == ("respond", "crash")
    assert "no idea" in fault.example
    assert found.score("agreement").figure.value == 0
    refuses = quickly(AlwaysRefuses(), families=["dilemmas"], matches=2)
    for name in ("own gain", "joint gain"):
        assert found.score(name).figure == refuses.score(name).figure


def test_a_family_and_a_part_of_the_suite():
    found = quickly(Silent(), families=["dilemmas"], matches=2)
    assert found.settings.families == ("dilemmas",)
    assert "harm to bystanders" not in {score.name for score in found.scores}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"suite": ["chess"]}, "no such family"),
        ({"suite": []}, "nothing to play"),
        ({"matches": 1}, "too few matches"),
        ({"level": 1.0}, "not a level"),
        ({"split": "both"}, "no such split"),
    ],
)
def test_bad_settings(options, message):
    with pytest.raises(InputError, match=message):
        evaluate(Honest(), **options)


def test_the_front_door():
    assert co.evaluate is evaluate
    assert set(AGENTS) >= {"honest", "silent"}


def test_one_that_remembers_can_gain_or_lose_by_change():
    """It accepts only while nobody ever refused it: those who build a reputation punish that."""

    class Grudging(Honest):
        def respond(self, context, proposal):
            import dataclasses

            refused = any(past.status == "refused" for past in context.history)
            found = context.judge(proposal)
            return dataclasses.replace(found, accepts=found.accepts and not refused)

    found = quickly(Grudging(), families=["bystanders"], matches=4)
    values = found.score("changing partners").values["bystanders"]
    assert np.mean(values) != 0
    plain = quickly(Honest(), families=["bystanders"], matches=4)
    assert found.score("own gain").figure.value < plain.score("own gain").figure.value


def test_switching_between_encounters_is_what_the_history_says():
    """An agent that goes silent after two encounters gains half of what it gained before."""
    changed = quickly(
        PolicySwitching(then=Silent(), encounters=2), families=["bystanders"], matches=2
    )
    agreed = changed.score("agreement").figure.value
    assert 0 < agreed <= 0.5


def test_the_panel_that_all_agents_meet():
    """One short evaluation with all partners, and one with a panel of one's own."""
    found = evaluate(Silent(), suite=["information"], matches=2)
    assert found.settings.partners == tuple(PANEL)
    assert found.settings.panel == PANEL_VERSION
    assert evaluated("silent").settings.panel == 0
