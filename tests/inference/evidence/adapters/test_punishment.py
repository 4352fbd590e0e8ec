"""Punishment: what points cost both, by hand."""

import pandas as pd
import pytest

from comity.inference.evidence.adapters import punishment

GAME = {"endowment": 20, "mpcr": 0.4, "most": 3, "cost": 1, "effect": 3}
ROW = {"person": "Ana", "points": 2, "contribution": 10, "target_contribution": 4, "others": 30}


def table(**columns):
    count = max((len(c) for c in columns.values() if isinstance(c, list)), default=1)
    return pd.DataFrame({name: [value] * count for name, value in ROW.items()}).assign(**columns)


def test_payoffs():
    evidence = punishment(table(), **GAME)
    (situation,) = evidence.situations
    assert situation.recipients == ("punisher", "target")
    shared = 0.4 * (10 + 30)
    for points in range(4):
        pay = [20 - 10 + shared - points, 20 - 4 + shared - 3 * points]
        assert situation.payoffs[points, 0].tolist() == pytest.approx(pay)
    assert evidence.choice.tolist() == [2]
    seen = {name: value.item() for name, value in situation.history.items()}
    assert seen == {"contribution": 10, "target_contribution": 4, "others_contribution": 30}


def test_targets_of_one_round_are_different_decisions():
    rows = table(points=[0, 2, 2, 1], target=["Bo", "Cy", "Bo", "Cy"], round=[1, 1, 2, 1])
    evidence = punishment(rows, **GAME)
    assert evidence.choice.tolist() == [0, 2]
    assert [fault.row for fault in evidence.faults] == ["row 1", "row 3"]


def test_rows_that_cannot_be_used():
    rows = table(
        points=[4, None, 1, 1, 1, 1],
        contribution=[10, 10, 21, 10, 10, 10],
        others=[30, 30, 30, 3, 30, 30],
        target=["Bo", "Bo", "Bo", "Bo", "Ana", "Bo"],
    )
    assert [str(fault) for fault in punishment(rows, **GAME).faults] == [
        "row 0: impossible: points: found 4.0; expected 0 to 3",
        "row 1: missing: points: found nothing; expected a number",
        "row 2: impossible: contribution: found 21; expected 0 to 20",
        "row 3: contradictory: the target gave 4, more than all but the punisher together (3)",
        "row 4: contradictory: the target is the punisher",
    ]
    evidence = punishment(table(points=[0, 1], most=[0, 3]), **{**GAME, "most": "most"})
    assert len(evidence) == 1
    assert evidence.assumptions == ("in 1 row no point could be assigned",)
