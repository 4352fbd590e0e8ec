"""Taking much is best for each, whatever the others do; holding back is best for all."""

import itertools

import numpy as np
import pytest

from comity.evaluation.suite.commons import COMMONS


@pytest.mark.parametrize("number", range(10))
def test_a_tragedy(number):
    table = COMMONS.variant(number).truth.table
    for i, others in itertools.product(range(3), itertools.product(range(3), repeat=2)):
        own = np.moveaxis(table[i], i, 0)[(slice(None), *others)]
        assert own.argmax() == (2 if own[2] > own[0] else 0)
    total = table.sum(axis=0)
    assert total.argmax() == 0


def test_payoffs_by_hand():
    truth = COMMONS.variant(0).truth
    growth = truth.facts[0, 0, 0] / 6
    care = truth.weights[:, 0]
    profile = (2, 1, 0)
    expected = np.array([2, 1, 0]) + care * growth * (6 - 3)
    assert np.allclose(truth.table[(slice(None), *profile)], expected)


def test_the_stated_uncertainty_is_that_of_one_growth_rate():
    """A view differs from the truth by one number times the fish left."""
    variant = COMMONS.variant(1)
    party = variant.case.parties[0]
    error = (party.model.facts - variant.truth.facts).ravel()
    sd = party.uncertainty["facts"].ravel()
    ratio = error[sd > 0] / sd[sd > 0]
    assert np.allclose(ratio, ratio[0])
