import dataclasses
from typing import get_args

import pytest

from comity.agreement.report import notes
from comity.agreement.report.words import DISAGREEMENT, RULES, SOLUTIONS
from comity.cases import AcceptanceRule, Talk
from comity.cases import constitution as laws


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (notes.TASTES, laws.TasteRule),
        (notes.FACTS, laws.FactRule),
        (notes.PRIORS, laws.PriorRule),
        (notes.DIVERGENCES, laws.Divergence),
        (RULES, laws.RuleName),
        (SOLUTIONS, laws.SolutionName),
        (DISAGREEMENT, laws.DisagreementName),
    ],
)
def test_every_law_has_words(table, names):
    assert set(table) == set(get_args(names))


def test_the_constitution_in_sentences(river):
    case = river.agreement.case
    said = notes.rules_fixed(case)
    assert all(sentence.endswith((".", ").")) for sentence in said)
    assert any("at most 4" in sentence for sentence in said)
    assert any("Nash bargaining" in sentence for sentence in said)
    assert not any("States" in sentence or "linear pool" in sentence for sentence in said)


def test_talk_and_scaling_are_told(river):
    rules = dataclasses.replace(
        river.agreement.case.constitution, talk=Talk(rounds=2), normalise=True
    )
    said = " ".join(
        notes.rules_fixed(dataclasses.replace(river.agreement.case, constitution=rules))
    )
    assert "2 rounds" in said
    assert "from 0 to 1" in said


def test_a_tolerated_shortfall_is_told():
    assert "0.5" in notes.rule_sentence(AcceptanceRule("gain", tolerance=0.5))


def test_limits_speak_of_those_outside_only_where_none_is_named(river, household):
    assert not any("does not name" in text for text in notes.limits(river))
    assert any("does not name" in text for text in notes.limits(household))
