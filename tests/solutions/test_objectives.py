import numpy as np
import pytest

from comity.core import InputError
from comity.solutions.objectives import objective_weights, score

PAYOFFS = np.array([[1.0, 4.0], [2.0, 2.0]])


@pytest.mark.parametrize(
    ("objective", "expected"),
    [("utilitarian", [5, 4]), ("egalitarian", [1, 2]), ([2, 0], [2, 4]), ([-1, 0], [-1, -2])],
)
def test_scores(objective, expected):
    assert score(PAYOFFS, objective).tolist() == expected


@pytest.mark.parametrize("objective", ["fair", [1, 2, 3], [1, float("nan")]])
def test_bad_input(objective):
    with pytest.raises(InputError, match="no such objective"):
        objective_weights(objective, 2)
