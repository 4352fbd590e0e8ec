"""The same situation in another shape, cell by cell."""

import numpy as np

from comity.inference.evidence.plans import decisions_by_state
from comity.inference.evidence.situations import Situation
from comity.inference.explanations.variations import reordered, widened
from explaining import games


def test_reordered():
    plain = Situation("abc", [[1, 0], [3, 0], [2, 5]], history={"resists": [0, 0, 1], "left": 2})
    turned = reordered(plain, np.array([2, 0, 1]))
    assert turned.options == ("c", "a", "b")
    assert turned.payoffs[:, 0, 0].tolist() == [2, 1, 3]
    assert turned.history["resists"][:, 0].tolist() == [1, 0, 0]
    assert turned.history["cooperative"][:, 0].tolist() == [0, 1, 0]
    assert turned.history["left"].tolist() == [[2]]


def test_marks_stay():
    plain = Situation("ab", [[1, 0], [3, 0]], history={"cooperative": [0, 1]})
    assert reordered(plain, np.array([1, 0])).history["cooperative"][:, 0].tolist() == [1, 0]


def test_widened_by_a_copy_for_every_player():
    tables, (plain,) = games((2, 3, 2), 1)
    wide = widened(plain.with_history(seen=np.arange(12.0).reshape(2, 6)))
    assert wide.shape == (3, 4 * 3, 3)
    assert wide.menus[0][-1] == plain.menus[0][0] + " again"
    cells = wide.payoffs.reshape(3, 4, 3, 3)
    for player in range(3):
        expected = tables[0, player][np.ix_([0, 1, 0], [0, 1, 2, 0], [0, 1, 0])]
        np.testing.assert_array_equal(cells[..., player], expected)
    chances = wide.contingencies.reshape(4, 3)
    np.testing.assert_allclose(chances[:3, :2], 1 / 6)
    assert chances[3].sum() == chances[:, 2].sum() == 0
    seen = wide.history["seen"].reshape(3, 4, 3)
    np.testing.assert_array_equal(seen[1, 3], [6, 7, 6])


def test_widened_by_an_impossible_state():
    maze = decisions_by_state("ab", "xy", [[1, 2], [3, 4]], [np.eye(2), 1 - np.eye(2)])
    wide = widened(maze[1])
    assert wide.contingencies.tolist() == [0, 1, 0]
    assert wide.transitions.shape == (3, 3, 3)
    np.testing.assert_array_equal(wide.transitions[0], [[1, 0, 0], [0, 1, 0], [1, 0, 0]])
