"""Intertemporal budgets: what comes when, how likely, and the data of Andreoni and Sprenger."""

import numpy as np
import pandas as pd
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.adapters import budgets

ROW = {
    "person": "Ana",
    "tokens_sooner": 2,
    "total": 4,
    "value_sooner": 1.5,
    "value_later": 2,
    "delay_sooner": 7,
    "gap": 28,
}


def table(**columns):
    count = max((len(c) for c in columns.values() if isinstance(c, list)), default=1)
    return pd.DataFrame({name: [value] * count for name, value in ROW.items()}).assign(**columns)


def test_a_budget_by_hand():
    evidence = budgets(table(chance_sooner=[50], chance_later=[40]))
    (situation,) = evidence.situations
    assert situation.recipients == ("sooner", "later")
    assert situation.delays.tolist() == [7, 35]
    assert situation.options == ("0", "1", "2", "3", "4")
    assert situation.contingencies == pytest.approx([0.2, 0.3, 0.2, 0.3])
    assert situation.payoffs[1].tolist() == [[1.5, 6], [1.5, 0], [0, 6], [0, 0]]
    assert evidence.choice.tolist() == [2]
    assert evidence.games == ("chances 50% and 40%",)


def test_without_chances_both_payments_come():
    (situation,) = budgets(table()).situations
    assert situation.contingencies.tolist() == [1, 0, 0, 0]


@pytest.mark.parametrize(("p", "q"), [(50, 40), (40, 50), (100, 80), (30, 30)])
def test_draws_keep_each_chance_however_they_hang_together(p, q):
    for draws in ("independent", "together"):
        evidence = budgets(table(chance_sooner=[p], chance_later=[q]), draws=draws)
        both, sooner, later, none = evidence.situations[0].contingencies
        assert both + sooner == pytest.approx(p / 100)
        assert both + later == pytest.approx(q / 100)
        assert both == pytest.approx(p * q / 1e4 if draws == "independent" else min(p, q) / 100)
        assert none >= 0


def test_rows_that_cannot_be_used():
    rows = table(
        tokens_sooner=[5, 1.5, None, 2, 2, 2, 2],
        tokens_later=[0, 2.5, 0, 1, 2, 2, 2],
        amount_sooner=[7.5, 0, 0, 3, 4, 3, 3],
        amount_later=[0, 0, 0, 2, 4, 4, 4],
        chance_sooner=[100, 100, 100, 100, 100, 120, 50],
    )
    total = "sum to 3; expected the total of 4"
    assert [str(fault) for fault in budgets(rows).faults] == [
        "row 0: impossible: tokens_sooner: found 5.0; expected 0 to 4",
        "row 1: impossible: tokens_sooner: found 1.5; expected a multiple of 1",
        "row 2: missing: tokens_sooner: found nothing; expected a number",
        f"row 3: contradictory: tokens_sooner and tokens_later {total}",
        "row 4: contradictory: amount_sooner: found 4.0; expected 3, the worth of its tokens",
        "row 5: impossible: chance_sooner: found 120; expected 0 to 100",
    ]


def test_chances_that_are_not_in_percent():
    with pytest.raises(InputError, match=r"not in percent .*at most 1; expected 50 for one half"):
        budgets(table(chance_sooner=[0.5, 1]))
    with pytest.raises(InputError, match="draws: no such draws"):
        budgets(table(), draws="never")


def test_andreoni_sprenger(real):
    path = real("risk_time/andreoni_sprenger_2012_risk_not_time.dta")
    evidence = budgets(path, value_later=0.2, delay_sooner=7, total=100)
    raw = pd.read_stata(path, convert_categoricals=False)
    assert (len(evidence), len(evidence.people), len(evidence.situations)) == (6720, 80, 84)
    assert evidence.faults == ()
    chosen = [
        (s.payoffs[c, 0], s.delays, s.contingencies)
        for s, c in zip(
            (evidence.situations[g] for g in evidence.situation), evidence.choice, strict=True
        )
    ]
    pays, delays, chances = (np.array(column) for column in zip(*chosen, strict=True))
    assert np.abs(pays - raw[["cons1", "cons2"]]).to_numpy().max() < 1e-5
    assert (delays == np.column_stack([np.full(6720, 7), 7 + raw["k"]])).all()
    marginal = np.column_stack([chances[:, 0] + chances[:, 1], chances[:, 0] + chances[:, 2]])
    assert np.abs(100 * marginal - raw[["perc1", "perc2"]]).to_numpy().max() < 1e-6
    assert set(np.bincount(evidence.person)) == {84}
    assert len(evidence.studies) == 4
