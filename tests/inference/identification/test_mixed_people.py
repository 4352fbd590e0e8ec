"""People of several types before a confidence set."""

import numpy as np
import pytest

from comity.inference.estimation.mixtures import fit_mixture
from comity.inference.explanations.simulate import simulate
from comity.inference.identification.confidence_set import confidence_set
from comity.inference.identification.mixed_people import MixedPeople


@pytest.fixture(scope="module")
def mixed(allocations, altruism):
    """Forty people, half of whom take from the other what the rest give."""
    kind = np.arange(40) % 2 == 0
    truth = {"share": np.where(kind, 0.7, -0.7), "sensitivity": 0.5}
    return simulate(altruism, truth, allocations(40, 10), 9)


@pytest.fixture(scope="module")
def types(altruism):
    return MixedPeople([(altruism, 2)], title="two types", starts=4)


def test_types_stand_where_one_explanation_of_everybody_falls(mixed, types, altruism):
    found = confidence_set([altruism, types], mixed)
    assert found.standing == ("two types",)
    assert found.survivor(altruism.name).log_evidence > 10


def test_a_reference_looks_only_at_those_it_may(mixed, types, altruism):
    learning = np.arange(40) < 20
    found = types.refer(mixed, learning)
    alone = fit_mixture([(altruism, 2)], mixed.of_people(np.arange(20)), starts=4)
    np.testing.assert_allclose(found, alone.people_log_likelihoods(mixed), rtol=1e-6)
    other = mixed.choice.copy()
    other[mixed.person >= 20] = 0
    changed = type(mixed)(mixed.situations, mixed.people, mixed.person, mixed.situation, other)
    np.testing.assert_allclose(types.refer(changed, learning)[:20], found[:20], rtol=1e-9)


def test_the_best_of_a_half_is_at_least_what_the_other_half_says(mixed, types):
    learning = np.arange(40) < 20
    learnt, best = types.both(mixed, learning, ~learning)
    assert learnt <= best


def test_names(altruism):
    assert MixedPeople([(altruism, 2)]).name == "altruism x logit 1 and altruism x logit 2"
