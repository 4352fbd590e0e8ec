"""Predictors of held-out decisions: none learns from what it predicts, whatever the shape."""

import dataclasses

import numpy as np
import pytest

from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import explain
from comity.inference.explanations.simulate import simulate
from comity.inference.understanding.predictors import compare_predictors
from comity.inference.understanding.standings import try_explanation

OFFERS = tuple(Situation(("x", "y"), [[4, 0], [4 - k, 0]], name=f"{k}") for k in (1, 2, 3, 4))
ALONE = explain("own-payoff", "logit")


class Half:
    """Stands for a crowd that knows no more than chance."""

    def predictor(self, seed):
        return lambda known, whole: np.full((len(whole), 2), 0.5)


@pytest.fixture(scope="module")
def evidence():
    """Twelve people, eight decisions each, unrelated to each other."""
    person, place = np.repeat(np.arange(12), 8), np.tile(np.arange(8) % 4, 12)
    names = tuple(f"p{p}" for p in range(12))
    blank = Evidence(OFFERS, names, person, place, np.zeros(96, int))
    return simulate(ALONE, {"sensitivity": 0.5}, blank, rng=0)


@pytest.fixture(scope="module")
def tried(evidence):
    return [try_explanation(ALONE, evidence)]


def test_yardsticks_by_hand_and_people_with_one_sequence_are_told(evidence, tried):
    sequence = np.where(evidence.person < 2, 1000 + evidence.person, evidence.sequence)
    some = dataclasses.replace(evidence, sequence=sequence)
    rows, calibration, notes = compare_predictors(tried, Half(), some, 0.9, 0)
    found = {row.name: row for row in rows}
    assert found["chance"].held_out.value == pytest.approx(np.log(0.5))
    assert found["mixture of explanations"].held_out.value == pytest.approx(np.log(0.5))
    assert rows[0].held_out.value == max(row.held_out.value for row in rows)
    assert rows[0].held_out.method == "the other half of the same people's decisions"
    assert calibration.predictor == rows[0].name
    assert {row.kind for row in rows} == {"yardstick", "explanation", "individual", "mixture"}
    assert "chosen with all decisions in view" in notes[0]
    assert notes[1].startswith("2 people have one sequence of decisions only")


def test_where_all_of_a_person_is_one_sequence_people_are_held_out(evidence, tried):
    whole = dataclasses.replace(evidence, sequence=evidence.person)
    rows, _, _ = compare_predictors(tried, Half(), whole, 0.9, 0)
    found = {row.name: row for row in rows}
    assert set(found) == {ALONE.name, "shares of choices", "chance"}
    expected = tried[0].held_out.log_likelihoods.mean()
    assert found[ALONE.name].held_out.value == pytest.approx(expected)
    assert rows[0].held_out.method == "people of other folds"


def test_with_few_decisions_each_people_are_held_out(evidence, tried):
    few = evidence.subset(evidence.order % 8 < 2)
    short = [try_explanation(ALONE, few)]
    rows, _, _ = compare_predictors(short, Half(), few, 0.9, 0)
    found = {row.name: row for row in rows}
    shares = []
    for k in np.unique(short[0].held_out.fold):
        other, own = short[0].held_out.fold != k, short[0].held_out.fold == k
        for g, chosen in zip(few.situation[own], few.choice[own], strict=True):
            met = few.situation[other] == g
            same = few.choice[other][met] == chosen
            shares.append(np.log((same.sum() + 0.5) / (met.sum() + 1)))
    assert found["shares of choices"].held_out.value == pytest.approx(np.mean(shares))


def test_what_should_worry_a_reader_of_pooled_people_is_said_once(evidence, tried, monkeypatch):
    from comity.inference.understanding import predictors

    def unsettled(explanation, known, *, rng):
        found = predictors_fit(explanation, known, rng=rng)
        return dataclasses.replace(found, warnings=("the search had not settled",))

    predictors_fit = predictors.empirical_bayes
    monkeypatch.setattr(predictors, "empirical_bayes", unsettled)
    notes = compare_predictors(tried, Half(), evidence, 0.9, 0)[2]
    said = f"{ALONE.name}, each alone, drawn to the others: the search had not settled."
    assert notes.count(said) == 1
