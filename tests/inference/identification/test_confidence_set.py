"""Confidence sets: the true explanation stands, a wrong one falls, e-values keep their bound."""

import dataclasses

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import explain
from comity.inference.explanations.simulate import simulate
from comity.inference.identification.confidence_set import confidence_set, frequencies

SITUATIONS = tuple(
    Situation(("x", "y"), [[10, 0], [8, other]], name=f"give {other}") for other in (2, 5, 9, 14)
)
SELFISH, GIVING = explain("own-payoff", "logit"), explain("charness-rabin", "logit")


def people(count):
    return Evidence(
        SITUATIONS,
        tuple(f"p{i}" for i in range(count)),
        np.repeat(np.arange(count), 4),
        np.tile(np.arange(4), count),
        np.zeros(4 * count, int),
    )


GIVERS = {"alpha": 0.2, "beta": 0.4, "sensitivity": 1.5}


def test_the_true_one_stands_and_the_wrong_one_falls():
    found = confidence_set(
        [SELFISH, GIVING], simulate(GIVING, GIVERS, people(60), rng=1), level=0.9, rng=2
    )
    assert found.standing == (GIVING.name,)
    assert found.survivor(SELFISH.name).log_evidence > np.log(10)
    assert "universal inference" in found.method


def test_where_none_is_true_the_set_is_empty():
    """Half give always, half never: no one set of parameters makes people so alike inside."""
    evidence = people(60)
    always = np.repeat(np.arange(60) % 2, 4)
    evidence = Evidence(
        evidence.situations, evidence.people, evidence.person, evidence.situation, always
    )

    def two_types(all_decisions, learning):
        kinds = np.array([[0.98, 0.02], [0.02, 0.98]])
        rows = np.log(kinds[:, all_decisions.choice])
        by_person = np.array([np.bincount(all_decisions.person, row) for row in rows])
        return np.logaddexp(*by_person) - np.log(2)

    found = confidence_set([SELFISH, GIVING], evidence, references=[two_types])
    assert found.empty
    assert "none of these" in str(found)


def test_studies_are_split_whole():
    """A reference sees which people it may learn from: all of a session, or none of it."""
    sessions = np.repeat(np.arange(5), 16)
    evidence = dataclasses.replace(people(20), studies=tuple("abcde"), study=sessions)
    seen = []

    def spy(all_decisions, learning):
        seen.append(learning.reshape(5, 4))
        return frequencies(all_decisions, learning)

    found = confidence_set([SELFISH], evidence, references=[spy], by="study", rng=3)
    assert "two halves of whole studies" in found.method
    assert all((half == half[:, :1]).all() for half in seen)
    assert sorted(half[:, 0].sum() for half in seen) == [2, 3]
    with pytest.raises(InputError, match="1 by study"):
        confidence_set([SELFISH], people(20), by="study")


def test_a_true_explanation_falls_as_seldom_as_is_promised():
    """Markov's inequality on the averaged ratio: its mean is at most 1 if the truth is inside."""
    evidence, kept = people(8), []
    for seed in range(40):
        played = simulate(SELFISH, {"sensitivity": 0.4}, evidence, rng=seed)
        kept.append(confidence_set([SELFISH], played, level=0.8, rng=seed).survivors[0])
    assert np.mean([s.stands for s in kept]) >= 0.8
    assert np.mean(np.exp([s.log_evidence for s in kept])) <= 1.0


def test_a_reference_learns_nothing_from_the_half_it_is_judged_on():
    ahead = Situation(("x", "y"), [[9, 2], [8, 6]])
    behind = Situation(("x", "y"), [[5, 9], [4, 4]])
    ahead, behind = Situation(("x", "y"), [[9, 2], [8, 6]]), Situation(("x", "y"), [[5, 9], [4, 4]])
    first = np.random.default_rng(3).permutation(40)[:20]
    person = np.repeat(np.arange(40), 6)
    half = np.isin(person, first)
    evidence = Evidence(
        (ahead, behind), tuple(map(str, range(40))), person, (~half).astype(int), person * 0
    )
    played = simulate(GIVING, GIVERS, evidence, rng=4)
    plain = confidence_set([GIVING], played, rng=3).survivors[0]
    for start in ([3.0, -2.0, 0.5], [-3.0, 2.0, 0.5]):
        told = confidence_set([GIVING], played, known={GIVING.name: np.array(start)}, rng=3)
        assert told.survivors[0].log_evidence == pytest.approx(plain.log_evidence, abs=1e-6)


def test_frequencies_by_hand():
    evidence = people(2)
    played = Evidence(
        evidence.situations,
        evidence.people,
        evidence.person,
        evidence.situation,
        np.array([0, 0, 1, 1, 0, 1, 0, 1]),
    )
    found = frequencies(played, np.array([True, False]))
    assert found[0] == pytest.approx(4 * np.log(1.5 / 2))
    assert found[1] == pytest.approx(2 * np.log(1.5 / 2) + 2 * np.log(0.5 / 2))


def test_one_person_cannot_be_split():
    with pytest.raises(InputError, match="nothing to split"):
        confidence_set([SELFISH], people(1))
