"""Answers by their counts, against every ordered list of answers there can be."""

import math
from collections import Counter
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from comity.core import InputError
from comity.inference.design import answers as module
from comity.inference.design.answers import answers_to

TABLE = [
    [Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)],
    [Fraction(1, 4), Fraction(0), Fraction(3, 4)],
]
PRIOR = [Fraction(2, 5), Fraction(3, 5)]


def by_order(people):
    """Exact joint chance of every hypothesis and counts, adding up ordered answers."""
    joint = {}
    for sequence in product(range(3), repeat=people):
        seen = Counter(sequence)
        counts = tuple(seen[k] for k in range(3))
        row = joint.setdefault(counts, [Fraction(0)] * 2)
        for h in range(2):
            row[h] += PRIOR[h] * math.prod(TABLE[h][k] for k in sequence)
    return joint


@pytest.mark.parametrize("people", [1, 2, 4])
def test_counts_add_up_what_comes_in_any_order(people):
    joint = by_order(people)
    found = answers_to(np.array(TABLE, float), [0.4, 0.6], people)
    assert found.listed
    assert {tuple(row) for row in found.counts.tolist()} == set(joint)
    for y, counts in enumerate(map(tuple, found.counts.tolist())):
        total = sum(joint[counts])
        assert found.chance[y] == pytest.approx(float(total))
        for h in range(2):
            assert found.posterior[h, y] == pytest.approx(float(joint[counts][h] / total))
            likelihood = float(joint[counts][h] / PRIOR[h])
            assert np.exp(found.log_likelihood[h, y]) == pytest.approx(likelihood)


def test_answers_that_the_prior_rules_out_are_not_there():
    found = answers_to([[1, 0], [0, 1]], [1.0, 0.0], 3)
    assert found.counts.tolist() == [[3, 0]]
    assert found.chance.tolist() == pytest.approx([1.0])
    assert answers_to([[1.0], [1.0]], people=5).counts.tolist() == [[5]]


def test_simulated_answers_agree_with_listed_ones(monkeypatch):
    exact = answers_to(np.array(TABLE, float), [0.4, 0.6], 6)
    monkeypatch.setattr(module, "MOST_LISTED", 1)
    drawn = answers_to(np.array(TABLE, float), [0.4, 0.6], 6, rng=3)
    again = answers_to(np.array(TABLE, float), [0.4, 0.6], 6, rng=3)
    assert not drawn.listed
    assert drawn.counts.tolist() == again.counts.tolist()
    values = exact.counts[:, 0] ** 2.0, drawn.counts[:, 0] ** 2.0
    truth, guess = exact.mean(values[0]), drawn.mean(values[1])
    assert truth.kind == "exact"
    assert guess.kind == "estimate"
    assert guess.low < truth.value < guess.high
    # The posterior of a draw is that of the same counts in the list.
    place = {tuple(c): y for y, c in enumerate(exact.counts.tolist())}
    listed = [place[tuple(c)] for c in drawn.counts.tolist()]
    assert drawn.posterior == pytest.approx(exact.posterior[:, listed])


def test_the_interval_of_simulated_answers_covers_as_it_says(monkeypatch):
    exact = answers_to([[0.7, 0.3], [0.4, 0.6]], people=5)
    truth = exact.mean(exact.posterior[0] ** 2).value
    monkeypatch.setattr(module, "MOST_LISTED", 1)
    monkeypatch.setattr(module, "SIMULATED", 400)
    inside = 0
    for seed in range(200):
        drawn = answers_to([[0.7, 0.3], [0.4, 0.6]], people=5, rng=seed)
        guess = drawn.mean(drawn.posterior[0] ** 2)
        inside += guess.low <= truth <= guess.high
    # 200 trials at 95%: fewer than 180 has a chance below 1 in 300.
    assert inside >= 180


def test_many_people_do_not_overflow():
    found = answers_to([[0.6, 0.4], [0.5, 0.5]], people=20_000)
    assert found.chance.sum() == pytest.approx(1)
    assert np.isfinite(found.posterior).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[0.5, 0.4]],), r"table\[0, 0\]: not a distribution"),
        (([[0.5, 0.5]], [0.9]), "not a prior"),
        (([[0.5, 0.5]], [np.nan]), "not a prior"),
        (([[0.5, 0.5]], None, 0), "not a number of people"),
        (([[0.5, 0.5]], None, 1.5), "not a number of people"),
    ],
)
def test_bad_input_is_refused(arguments, message):
    with pytest.raises(InputError, match=message):
        answers_to(*arguments)
