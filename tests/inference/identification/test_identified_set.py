"""The two kinds of set keep their own names and say what they are."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.identification.identified_set import ConfidencePolyhedron, IdentifiedSet


def test_point_identified_coordinates_are_those_without_width():
    found = IdentifiedSet.of(
        ["alpha", "beta", "noise"],
        equations=[[1, 0, 0], [0, 1, 1]],
        values=[0.3, 1],
        box=(0, 2),
        never_identified=("scale",),
        assumptions=("logit",),
    )
    assert found.point_identified == ("alpha",)
    np.testing.assert_allclose(found.bounds, [[0.3, 0.3], [0, 1], [0, 1]], atol=1e-9)
    assert "never identified: scale" in str(found)
    assert "logit" in str(found)
    assert found.to_dict()["never_identified"] == ["scale"]


def test_what_comes_from_data_carries_its_level_and_is_no_identified_set():
    found = ConfidencePolyhedron.of(["a"], box=(0, 1), level=0.9, method="exact intervals")
    assert not isinstance(found, IdentifiedSet)
    assert "90%" in str(found)
    assert "exact intervals" in str(found)
    with pytest.raises(InputError, match="level"):
        ConfidencePolyhedron.of(["a"], box=(0, 1), level=1.0)
