"""What is told of cross-play at full size."""

import numpy as np
from learning_cross import told

from comity.learning.partners.hanabi_cross import RuleCross


def test_scores_with_oneself_and_with_others():
    means = np.array([[10.0, 4.0, 6.0], [8.0, 20.0, 2.0], [6.0, 2.0, 1.0]])
    found = RuleCross(("a", "b", "c"), means, np.full((3, 3), 0.25), 100)
    lines = told(found, 2.0, 3.6, 2).splitlines()
    assert lines[0] == "3 x 3 programs, 100 games a pair, 900 games"
    assert "2 s on the clock, 4 s of processor, 4000.0 µs a game" in lines[1]
    assert lines[2] == "with themselves 1.0 to 20.0"
    assert lines[3] == "with others, on average, 4.0 to 6.0; the best, program 0, 10.0 with itself"
    assert lines[4] == "standard errors up to 0.25"
