"""Weighted recipients against a plain product."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.explanations.motives.weighted import weighted
from explaining import slopes, some_payoffs, utility


def test_it_is_a_product_with_weights():
    payoffs = some_payoffs((20, 3))
    motive = weighted(["gold", "mud", "rest_days"])
    found = utility(motive, payoffs, gold=1.5, mud=-0.5, rest_days=0.25)
    np.testing.assert_allclose(found, payoffs @ [1.5, -0.5, 0.25], rtol=1e-13)
    assert [p.meaning for p in motive.parameters][2] == "weight on rest days"


def test_slopes_are_the_features():
    found = slopes(weighted(["a", "b"]), [[2.0, 7.0], [1.0, 1.0]], a=0.0, b=0.0)
    assert found == {"a": 3.0, "b": 8.0}


def test_names_are_python_names():
    with pytest.raises(InputError, match="not a name"):
        weighted(["rest days"])
