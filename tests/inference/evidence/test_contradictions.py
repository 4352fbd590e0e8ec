"""Rows that tell of one decision, against a search over all pairs."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from comity.inference.evidence.columns import PERSON
from comity.inference.evidence.contradictions import ONE, reject_contradictions
from comity.inference.evidence.sheet import open_sheet

OPTIONS = ("give", "take")


def checked(keys, choice, others):
    sheet = open_sheet(pd.DataFrame({"person": keys}), (PERSON,), {})
    reject_contradictions(sheet, [keys], np.array(choice), np.array(others), lambda row: OPTIONS)
    return sheet


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 1), st.integers(-1, 1)), min_size=1, max_size=9
    )
)
def test_a_row_stays_unless_an_earlier_one_says_the_same_or_any_says_else(rows):
    sheet = checked(*zip(*rows, strict=True))
    for i, (key, *told) in enumerate(rows):
        same_decision = [j for j, (other, *_) in enumerate(rows) if other == key]
        agreed = all(list(rows[j][1:]) == told for j in same_decision)
        assert sheet.alive[i] == (agreed and i == same_decision[0])


def test_what_is_said():
    sheet = checked([1, 1, 1, 2, 2, 3, 3], [0, 0, 1, 1, 1, 0, 0], [-1, -1, -1, 0, 0, 0, 1])
    assert [str(fault) for fault in sheet.faults] == [
        f"row 0: contradictory: found give here and take in row 2; expected {ONE}",
        f"row 1: contradictory: found give here and take in row 2; expected {ONE}",
        f"row 2: contradictory: found take here and give in row 0; expected {ONE}",
        f"row 4: contradictory: found take, which stands in row 3 already; expected {ONE}",
        f"row 5: contradictory: found other choices of the others than in row 6; expected {ONE}",
        f"row 6: contradictory: found other choices of the others than in row 5; expected {ONE}",
    ]
