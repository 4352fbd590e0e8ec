"""Public goods: payoffs by the sums of others, groups with gaps, and conditional contributions."""

import pandas as pd
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.adapters import public_goods

GAME = {"endowment": 4, "mpcr": 0.5, "size": 3}


def table(**columns):
    return pd.DataFrame({"person": ["Ana", "Bo", "Cy"], "contribution": [0, 1, 4], **columns})


def test_payoffs_by_the_sum_of_others():
    (situation,) = public_goods(table(), **GAME).situations
    assert situation.shape == (5, 9, 2)
    assert situation.menus == ()
    for own in range(5):
        for others in range(9):
            shared = 0.5 * (own + others)
            pay = [4 - own + shared, 4 - others / 2 + shared]
            assert situation.payoffs[own, others].tolist() == pytest.approx(pay)


def test_sums_that_are_stated_and_sums_of_groups():
    stated = public_goods(table(others=[5, 4, 1]), **GAME)
    grouped = public_goods(table(group="g"), **GAME)
    for evidence in (stated, grouped):
        assert evidence.choice.tolist() == [0, 1, 4]
        assert evidence.others.tolist() == [5, 4, 1]
        assert evidence.situations[0].contingencies.tolist() == [
            0,
            1 / 3,
            0,
            0,
            1 / 3,
            1 / 3,
            0,
            0,
            0,
        ]
    alike = public_goods(table(group="g"), **GAME, expect="even")
    assert alike.situations[0].contingencies == pytest.approx([1 / 9] * 9)
    unknown = public_goods(table(), **GAME)
    assert unknown.others.tolist() == [-1] * 3
    assert unknown.assumptions == ("contributions of the others are thought to be all alike",)


def test_groups_by_round_and_their_gaps():
    rows = pd.concat([table(group=1, round=r) for r in (1, 2)], ignore_index=True)
    rows.loc[4, "contribution"] = 9
    evidence = public_goods(rows, **GAME)
    assert evidence.others.tolist() == [5, 4, 1]
    assert [str(fault) for fault in evidence.faults] == [
        "row 3: missing: its group has 2 usable rows; expected 3",
        "row 4: impossible: contribution: found 9; expected 0 to 4",
        "row 5: missing: its group has 2 usable rows; expected 3",
    ]
    with pytest.raises(InputError, match="its group has 6 usable rows; expected 3"):
        public_goods(rows.assign(contribution=1), **GAME, order=None)


def test_conditional_contributions():
    rows = pd.DataFrame({"person": ["Ana", "Bo"], "if_0": [0, 5], "if_2": [2, 1], "if_9": 1})
    evidence = public_goods(rows, **GAME, strategy="if_{}")
    assert evidence.choice.tolist() == [0, 2, 1]
    free, kind = evidence.situations
    assert (free.history["others_average"].item(), kind.history["others_average"].item()) == (0, 2)
    assert kind.payoffs[3, 0].tolist() == pytest.approx([4 - 3 + 0.5 * 7, 4 - 2 + 0.5 * 7])
    assert [str(fault) for fault in evidence.faults] == [
        "row 0: impossible: if_9: found 1; expected at most 4",
        "row 1: impossible: if_0: found 5; expected 0 to 4",
        "row 1: impossible: if_9: found 1; expected at most 4",
    ]


def test_both_kinds_in_one_table():
    evidence = public_goods(table(if_2=[1, 1, 1]), **GAME, strategy="if_{}")
    assert evidence.games == ("contribution", "conditional contribution")
    assert len(evidence) == 6


def test_a_grid_for_contributions_and_sums():
    evidence = public_goods(table(others=[8, 3, 1]), **GAME, grid=3)
    assert evidence.situations[0].shape == (3, 5, 2)
    assert evidence.choice.tolist() == [0, 0, 2]
    assert evidence.others.tolist() == [4, 2, 0]


def test_rows_that_cannot_be_used():
    rows = table(others=[9, -1, "many"])
    with pytest.raises(
        InputError, match=r"found 3 rows .*row 0: impossible: others: found 9; expected 0 to 8"
    ):
        public_goods(rows, **GAME)
    with pytest.raises(InputError, match=r"size: found 2\.5; expected a whole number, 2 to 100"):
        public_goods(table(), **{**GAME, "size": 2.5})
    with pytest.raises(InputError, match="no column holds contributions"):
        public_goods(table().drop(columns="contribution"), **GAME)
    with pytest.raises(InputError, match="expect: no such expectation"):
        public_goods(table(), **GAME, expect="luck")
