"""What is kept of postings gives them back, in whichever form is shorter."""

import numpy as np
import pytest

from comity.newsletter.search.parts import (
    MOST,
    PART,
    PART_BITS,
    added,
    gathered,
    postings,
    record,
    spread,
)

SIZE = 3 * PART - 100


def drawn(share, seed):
    """How much each of some rows holds, and the records that keep it."""
    rng = np.random.default_rng(seed)
    every = rng.integers(1, MOST + 1, SIZE) * (rng.random(SIZE) < share)
    every = every.astype("u1")
    records = []
    for part in range(3):
        here = every[part << PART_BITS : part + 1 << PART_BITS]
        low = np.flatnonzero(here)
        if len(low):
            records.append(record(part, low, here[low]))
    return every, records


@pytest.mark.parametrize("share", [0.0001, 0.01, 0.2, 0.5, 1.0])
def test_what_is_kept_is_what_was_there(share):
    every, records = drawn(share, 0)
    found = postings(records, SIZE)
    assert found.holding == np.count_nonzero(every)
    if found.rows is None:
        assert np.array_equal(found.amounts, every)
    else:
        assert np.array_equal(found.rows, np.flatnonzero(every))
        assert np.array_equal(found.amounts, every[found.rows])
    for each in records:
        assert gathered(spread(each), each.part) == each
        assert len(each.rows) + len(each.amounts) <= min(3 * each.holding, PART)
    assert gathered(np.zeros(PART, "u1"), 0) is None


def test_all_together_hold_as_much_as_one_after_another():
    parts = [drawn(share, seed) for seed, share in enumerate([0.001, 0.2, 0.5, 0.9, 0.002] * 9)]
    sums = np.minimum(sum(every.astype(int) for every, _ in parts), MOST)
    assert sums.max() == MOST
    found = added([it for _, records in parts for it in records], SIZE)
    assert found.rows is None
    assert np.array_equal(found.amounts, sums)


@pytest.mark.parametrize("share", [0.00001, 0.001, 0.01])
def test_few_together_are_kept_by_their_rows(share):
    parts = [drawn(share, seed) for seed in range(5)]
    sums = np.minimum(sum(every.astype(int) for every, _ in parts), MOST)
    records = [it for _, records in parts for it in records]
    found = added(records, SIZE)
    assert found.holding == len(found.rows) == np.count_nonzero(sums)
    assert np.array_equal(found.rows, np.flatnonzero(sums))
    assert np.array_equal(found.amounts, sums[found.rows])
    doubled = added(records * 300, SIZE)
    assert np.array_equal(doubled.rows, found.rows)
    assert np.array_equal(doubled.amounts, np.minimum(sums[found.rows] * 300, MOST))


def test_what_is_in_one_part_alone_may_be_many_there():
    low = np.arange(2_000)
    kept = record(2, low, np.full(2_000, 7, "u1"))
    assert kept.rows == b""
    found = postings([kept], 100 * PART)
    assert found.rows.tolist() == (low + 2 * PART).tolist()
    assert set(found.amounts.tolist()) == {7}
