"""Dictator games: gifts, prices of giving, and the players of MobLab."""

import csv
from collections import Counter

import pandas as pd
import pytest

from comity.inference.evidence.adapters import dictator


def table(**columns):
    return pd.DataFrame({"person": ["Ana", "Bo", "Cy"], "given": [0, 2, 4], "total": 4, **columns})


def test_menus_and_payoffs():
    evidence = dictator(table())
    (situation,) = evidence.situations
    assert situation.options == ("0", "1", "2", "3", "4")
    assert situation.payoffs[:, 0].tolist() == [[4 - k, k] for k in range(5)]
    assert evidence.choice.tolist() == [0, 2, 4]
    assert evidence.games == ("dictator",)


def test_prices_of_giving():
    evidence = dictator(table(), multiplier=3)
    assert evidence.situations[0].payoffs[:, 0].tolist() == [[4 - k, 3 * k] for k in range(5)]
    mixed = dictator(table(multiplier=[1, 2, 2]), step=2)
    assert [s.payoffs[:, 0].tolist() for s in mixed.situations] == [
        [[4, 0], [2, m * 2], [0, m * 4]] for m in (1, 2)
    ]


def test_receivers_and_empty_totals_decide_nothing():
    rows = table(Role=["first", "second", "first"], given=[1, None, 0], total=[4, 4, 0])
    evidence = dictator(rows)
    assert evidence.people == ("Ana",)
    assert evidence.faults == ()
    assert evidence.assumptions == (
        "receivers decide nothing: 1 row",
        "in 1 row there is nothing to give",
    )


def test_rows_that_cannot_be_used():
    rows = pd.concat([table()] * 2, ignore_index=True).assign(
        given=[5, -1, None, "1,5", 2, 0], kept=[0, 0, 0, 0, 1, 4]
    )
    assert [str(fault) for fault in dictator(rows).faults] == [
        "row 0: impossible: given: found 5; expected 0 to 4",
        "row 1: impossible: given: found -1; expected 0 or more",
        "row 2: missing: given: found nothing; expected a number",
        "row 3: impossible: given: found '1,5'; expected a number with a decimal point",
        "row 4: contradictory: given and kept sum to 3; expected the total of 4",
    ]


def test_one_round_told_twice():
    rows = pd.DataFrame({"person": "Ana", "round": [1, 1, 2, 2, 3], "given": [1, 2, 3, 3, 4]})
    evidence = dictator(rows, total=4)
    assert evidence.choice.tolist() == [3, 4]
    assert [fault.row for fault in evidence.faults] == ["row 0", "row 1", "row 3"]
    assert len(dictator(rows, total=4, order=None)) == 5


def test_moblab(real):
    path = real("moblab/dictator.csv")
    evidence = dictator(path, order=None)
    expected, receivers, empty = Counter(), 0, 0
    with path.open(newline="") as lines:
        for row in csv.DictReader(lines):
            if row["Role"] == "second":
                receivers += 1
            elif float(row["Total"]) == 0:
                empty += 1
            else:
                expected[row["UserID"], float(row["Total"]), float(row["move"])] += 1
    found = Counter()
    for p, g, c in zip(evidence.person, evidence.situation, evidence.choice, strict=True):
        pay = evidence.situations[g].payoffs[c, 0]
        found[evidence.people[p], pay.sum(), pay[1]] += 1
    assert found == expected
    assert evidence.faults == ()
    assert evidence.assumptions == (
        f"receivers decide nothing: {receivers:,} rows",
        f"in {empty} rows there is nothing to give",
    )
    assert len(evidence) + receivers + empty == 45_625


@pytest.mark.parametrize("grid", [5, 21])
def test_moblab_on_a_grid(real, grid):
    evidence = dictator(real("moblab/dictator.csv"), order=None, grid=grid)
    assert {len(s.options) for s in evidence.situations} == {grid}
    assert f"rounded to the nearest of {grid} even steps" in evidence.assumptions[-1]
