"""Sets are counted right: what holds, how wide, and how narrow it could be."""

import numpy as np
import pytest
from recovery_sets import payoffs_behind_play, row, weights_of_zero_sum_games


def test_a_row_counts():
    found = row("somebody", [True, True, False, True], [1.0, 2.0, 3.0, 2.0], [0.0, 1.0, 1.0, 0.0])
    value, low, high = found["coverage"]
    assert (value, found["size"], found["smallest"]) == (0.75, 2.0, 0.5)
    assert low < 0.75 < high


@pytest.mark.parametrize("study", [payoffs_behind_play, weights_of_zero_sum_games])
def test_sets_hold_the_truth_as_often_as_they_say(study):
    found = study(20, 0)
    for line in found["rows"]:
        assert line["coverage"][2] >= found["level"]
        assert np.isnan(line["size"]) or line["size"] >= line["smallest"] - 1e-9
