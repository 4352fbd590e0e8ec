"""Expected information, against entropies added up one answer at a time."""

import math
from itertools import product

import numpy as np
import pytest

from comity.core import InputError
from comity.inference.design import answers as module
from comity.inference.design.information import expected_information

RNG = np.random.default_rng(5)
TABLE = RNG.dirichlet(np.ones(3), size=4)
PRIOR = np.array([0.1, 0.4, 0.3, 0.2])


def entropy(p):
    return -sum(x * math.log(x) for x in np.ravel(p) if x > 0)


def brute_force(table, prior, people):
    """H(hypothesis) + H(answers) - H(both), over every ordered list of answers."""
    answers = list(product(range(len(table[0])), repeat=people))
    joint = [
        [w * math.prod(row[k] for k in answer) for answer in answers]
        for w, row in zip(prior, table, strict=True)
    ]
    joint = np.array(joint)
    return entropy(joint.sum(axis=1)) + entropy(joint.sum(axis=0)) - entropy(joint)


@pytest.mark.parametrize("people", [1, 2, 5])
def test_it_is_mutual_information(people):
    found = expected_information(TABLE, PRIOR, people)
    assert found.about_members.kind == "exact"
    assert found.about_members.value == pytest.approx(brute_force(TABLE, PRIOR, people))
    assert found.about_parameters.value == 0
    assert found.uncertainty == pytest.approx(entropy(PRIOR))


@pytest.mark.parametrize("people", [1, 3])
def test_members_and_parameters_add_up(people):
    tables = [TABLE[:3], TABLE[3:]]
    found = expected_information(tables, [0.3, 0.7], people)
    everything = brute_force(TABLE, [0.1, 0.1, 0.1, 0.7], people)
    # A member's answers mix those of its draws, person by person together, not one by one.
    answers = list(product(range(3), repeat=people))
    mixed = [[math.prod(row[k] for k in a) for a in answers] for row in TABLE]
    by_member = np.array([0.3 * np.mean(mixed[:3], axis=0), 0.7 * np.array(mixed[3])])
    about_members = entropy([0.3, 0.7]) + entropy(by_member.sum(axis=0)) - entropy(by_member)
    assert found.about_members.value == pytest.approx(about_members)
    assert found.about_parameters.value == pytest.approx(everything - about_members)


def test_of_one_member_only_parameters_can_be_learnt():
    found = expected_information([[[0.9, 0.1], [0.1, 0.9]]])
    assert found.about_members.value == 0
    gain = math.log(2) - entropy([0.9, 0.1])
    assert found.about_parameters.value == pytest.approx(gain)


def test_more_people_teach_more_and_never_more_than_there_is():
    gains = [expected_information(TABLE, PRIOR, n).about_members.value for n in (1, 2, 4, 8, 60)]
    assert gains == sorted(gains)
    assert gains[-1] < entropy(PRIOR)
    certain = expected_information(np.eye(3), people=1)
    assert certain.about_members.value == pytest.approx(certain.uncertainty) == math.log(3)


def test_order_and_names_of_options_do_not_matter():
    mixed = expected_information(TABLE[:, [2, 0, 1]], PRIOR, 3).about_members.value
    padded = expected_information(np.column_stack([TABLE, np.zeros(4)]), PRIOR, 3).about_members
    plain = expected_information(TABLE, PRIOR, 3).about_members.value
    assert mixed == pytest.approx(plain)
    assert padded.value == pytest.approx(plain)


def test_what_cannot_be_told_apart_teaches_exactly_nothing():
    row = [1 / 3, 1 / 3, 1 / 3]
    assert expected_information([row, row], people=7).about_members.value == 0


def test_simulation_holds_the_exact_value(monkeypatch):
    tables = [TABLE[:3], TABLE[3:]]
    exact = expected_information(tables, [0.3, 0.7], 12)
    monkeypatch.setattr(module, "MOST_LISTED", 1)
    drawn = expected_information(tables, [0.3, 0.7], 12, rng=1)
    for name in ("about_members", "about_parameters"):
        guess = getattr(drawn, name)
        assert guess.kind == "estimate"
        assert guess.low < getattr(exact, name).value < guess.high


def test_it_says_what_it_is():
    text = str(expected_information(np.eye(2)))
    assert "about the members: 0.6931 (sum over 2 answers), of 0.6931" in text


@pytest.mark.parametrize(
    ("tables", "prior", "message"),
    [
        ([], None, "not a table per member"),
        ([[0.5, 0.5], [1.0]], None, "differ in their options"),
        ([[0.5, 0.5]], [0.5, 0.5], "not a prior"),
        ([[0.5, np.nan]], None, "not a distribution"),
    ],
)
def test_bad_input_is_refused(tables, prior, message):
    with pytest.raises(InputError, match=message):
        expected_information(tables, prior)
