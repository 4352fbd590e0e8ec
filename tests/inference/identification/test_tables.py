"""What counts as a table of choice probabilities."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.identification.tables import checked_tables, named, partition


def test_rows_become_exact_distributions():
    found = checked_tables([[[0.3333333, 0.6666666, 0]]])
    assert found.sum() == pytest.approx(1, abs=1e-15)
    assert found.shape == (1, 1, 3)


@pytest.mark.parametrize(
    "wrong",
    [
        [[0.5, 0.5]],
        [[[0.5, 0.4]]],
        [[[1.5, -0.5]]],
        [[[np.nan, 1]]],
        [[[0.0, 0.0]]],
        [[["a", "b"]]],
        [[[0.5, 0.5], [1.0]]],
        [],
    ],
)
def test_what_is_no_table_is_refused(wrong):
    with pytest.raises(InputError):
        checked_tables(wrong)


def test_the_place_of_a_wrong_row_is_told():
    with pytest.raises(InputError, match=r"tables\[1, 0\]"):
        checked_tables([[[0.5, 0.5]], [[0.5, 0.6]]])


def test_names():
    assert named(["a", "b"], 2, "member") == ("a", "b")
    with pytest.raises(InputError, match="one name per member"):
        named(["a"], 2, "member")
    with pytest.raises(InputError, match="twice"):
        named(["a", "a"], 2, "member")


def test_groups_are_those_of_a_closure_by_powers():
    rng = np.random.default_rng(0)
    for _ in range(20):
        near = np.triu(rng.random((7, 7)) < 0.15, 1)
        near = near | near.T | np.eye(7, dtype=bool)
        reach = np.linalg.matrix_power(near.astype(int), 7) > 0
        expected = {tuple(np.flatnonzero(row)) for row in reach}
        assert {tuple(group) for group in partition(near)} == expected
