"""States with their play: gains by loops, and what does not fit."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.identification.played_states import PlayedState, checked_states

RNG = np.random.default_rng(1)
FEATURES = RNG.normal(size=(2, 3, 4))
ROW, COLUMN = RNG.dirichlet(np.ones(3)), RNG.dirichlet(np.ones(4))


def test_gains_by_loops():
    state = PlayedState(FEATURES, ROW, COLUMN)
    for k in range(2):
        rows = [sum(FEATURES[k, a, b] * COLUMN[b] for b in range(4)) for a in range(3)]
        columns = [sum(FEATURES[k, a, b] * ROW[a] for a in range(3)) for b in range(4)]
        np.testing.assert_allclose(state.row_gains(1, COLUMN)[:, k], np.array(rows) - rows[1])
        np.testing.assert_allclose(state.column_gains(2, ROW)[:, k], columns[2] - np.array(columns))


def test_states_are_kept_in_order():
    states = checked_states([FEATURES, FEATURES[:, :2]], [ROW, [0.5, 0.5]], [COLUMN, COLUMN])
    assert [state.features.shape for state in states] == [(2, 3, 4), (2, 2, 4)]
    counted = checked_states([FEATURES], [[1, 2, 3]], [[4, 3, 2, 1]], counts=True)
    assert counted[0].row.tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("features", "rows", "columns", "counts"),
    [
        ([], [], [], False),
        ([FEATURES], [ROW], [], False),
        ([FEATURES[0]], [ROW], [COLUMN], False),
        ([FEATURES], [COLUMN], [COLUMN], False),
        ([FEATURES], [[0.5, 0.5, 0.0]], [COLUMN], False),
        ([FEATURES], [[0.5, 0.6, 0.2]], [COLUMN], False),
        ([FEATURES, FEATURES[:1]], [ROW, ROW], [COLUMN, COLUMN], False),
        ([FEATURES], [[1, 2, 0]], [[1, 1, 1, 1]], True),
        ([FEATURES], [[1, 2, 0.5]], [[1, 1, 1, 1]], True),
        ([FEATURES * np.nan], [ROW], [COLUMN], False),
    ],
)
def test_what_does_not_fit_is_refused(features, rows, columns, counts):
    with pytest.raises(InputError):
        checked_states(features, rows, columns, counts=counts)
