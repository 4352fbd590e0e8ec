"""People held out: the same as fitting to the others by hand."""

import dataclasses

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.held_out import hold_out_people
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import explain
from comity.inference.explanations.simulate import simulate

SITUATIONS = tuple(
    Situation(("x", "y"), [[10, 0], [8, other]], name=f"give {other}") for other in (2, 5, 9)
)
PEOPLE = 12
BLANK = Evidence(
    SITUATIONS,
    tuple(f"p{i}" for i in range(PEOPLE)),
    np.repeat(np.arange(PEOPLE), 3),
    np.tile(np.arange(3), PEOPLE),
    np.zeros(3 * PEOPLE, int),
)
GIVING = explain("charness-rabin", "logit").with_fixed(alpha=0.0)
PLAYED = simulate(GIVING, {"beta": 0.3, "sensitivity": 0.6}, BLANK, rng=3)


def test_each_fold_is_a_fit_to_the_others():
    found = hold_out_people(GIVING, PLAYED, folds=3, rng=1)
    for k in range(3):
        others = fit(GIVING, PLAYED.subset(found.fold != k), rng=2)
        predicted = GIVING.predict(others.point, PLAYED)[found.fold == k]
        assert found.probabilities[found.fold == k] == pytest.approx(predicted, abs=1e-5)


def test_a_person_is_held_out_whole_and_once():
    found = hold_out_people(GIVING, PLAYED, folds=5, rng=4)
    by_person = found.fold.reshape(PEOPLE, 3)
    assert (by_person == by_person[:, :1]).all()
    sizes = np.bincount(by_person[:, 0])
    assert sizes.max() - sizes.min() <= 1
    assert len(sizes) == 5


def test_one_person_cannot_be_held_out():
    with pytest.raises(InputError, match="nothing can be held out"):
        hold_out_people(GIVING, PLAYED.of_people([0]))


def test_studies_are_held_out_whole():
    study = np.repeat([0, 0, 1, 1, 1, 2], 6)
    several = dataclasses.replace(PLAYED, studies=("a", "b", "c"), study=study)
    found = hold_out_people(GIVING, several, by="study", rng=1)
    assert len(set(zip(study.tolist(), found.fold.tolist(), strict=True))) == 3
    for k in range(3):
        others = fit(GIVING, several.subset(found.fold != k), rng=2)
        predicted = GIVING.predict(others.point, several)[found.fold == k]
        assert found.probabilities[found.fold == k] == pytest.approx(predicted, abs=1e-5)
    with pytest.raises(InputError, match="nothing can be held out"):
        hold_out_people(GIVING, PLAYED, by="study")
