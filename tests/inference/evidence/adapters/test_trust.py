"""Trust games: both roles, strategy methods, and multipliers that only the trustee knows."""

import csv
from collections import Counter

import pandas as pd
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.adapters import trust

GAME = {"multiplier": 3, "endowment": 10}


def table(**columns):
    return pd.DataFrame(
        {"person": ["Ana", "Bo"], "invested": [2, 10], "returned": [3, 0], **columns}
    )


def test_a_trustee():
    evidence = trust(table(), **GAME)
    small, large = evidence.situations
    assert small.recipients == ("trustee", "investor")
    assert small.options == tuple(map(str, range(7)))
    assert small.payoffs[:, 0].tolist() == [[6 - k, 8 + k] for k in range(7)]
    assert large.payoffs[:, 0].tolist() == [[30 - k, k] for k in range(31)]
    seen = {name: value.item() for name, value in small.history.items()}
    assert seen == {"invested": 2, "received": 6, "multiplier": 3}
    assert evidence.choice.tolist() == [3, 0]
    assert evidence.games == ("trustee",)
    own = trust(table(), **GAME, trustee_endowment=5).situations[0]
    assert own.payoffs[0, 0].tolist() == [11, 8]


def test_an_investor_and_what_comes_back():
    evidence = trust(table(investor=["Cy", "Di"]), **GAME, role="investor", shares=3)
    assert evidence.people == ("Cy", "Di")
    (situation,) = evidence.situations
    assert situation.menus == (("0% back", "50% back", "100% back"),)
    for k in range(11):
        for j, share in enumerate((0, 0.5, 1)):
            pay = [10 - k + 3 * k * share, 3 * k * (1 - share)]
            assert situation.payoffs[k, j].tolist() == pytest.approx(pay)
    assert evidence.choice.tolist() == [2, 10]
    assert evidence.others.tolist() == [1, 0]
    assert situation.contingencies.tolist() == [0.5, 0.5, 0]
    assert evidence.assumptions == ("what investors expect to get back: 3 shares, as in the data",)


@pytest.mark.parametrize(
    ("rows", "given", "games"),
    [
        (table(), {}, {"trustee"}),
        (table(investor="Cy"), {}, {"trustee", "investor"}),
        (table(role=["investor", "trustee"]), {}, {"trustee", "investor"}),
        (table().drop(columns="returned"), {}, {"investor"}),
        (table(), {"role": "investor"}, {"investor"}),
        (table(investor="Cy"), {"role": "trustee"}, {"trustee"}),
    ],
)
def test_whose_decisions(rows, given, games):
    assert set(trust(rows, **GAME, **given).games) == games


def test_roles_by_position():
    rows = table(role=["investor", "trustee"])
    evidence = trust(rows, **GAME)
    found = zip(evidence.person, evidence.game, evidence.choice, strict=True)
    assert [(evidence.people[p], evidence.games[g], c) for p, g, c in found] == [
        ("Ana", "investor", 2),
        ("Bo", "trustee", 0),
    ]


def test_a_strategy_method():
    rows = pd.DataFrame(
        {"person": ["Ana", "Bo"], "invested": [5, 5], "if_0": 0, "if_5": [7, 16], "if_10": [30, 1]}
    )
    evidence = trust(rows, **GAME, strategy="if_{}")
    found = Counter()
    for p, g, c in zip(evidence.person, evidence.situation, evidence.choice, strict=True):
        found[evidence.people[p], evidence.situations[g].history["invested"].item(), c] += 1
    assert found == {("Ana", 5, 7): 1, ("Ana", 10, 30): 1, ("Bo", 10, 1): 1}
    assert [str(f) for f in evidence.faults] == [
        "row 1: impossible: if_5: found 16; expected 0 to 15"
    ]
    assert evidence.assumptions == ("in 2 rows the trustee got nothing and has no choice",)


def test_a_multiplier_that_the_investor_does_not_know():
    rows = table(believed=[4, 6], expected=[4, 90])
    evidence = trust(rows, **GAME)
    first, second = evidence.situations
    assert first.history["believed_multiplier"].item() == 4
    assert first.history["believed_received"].item() == 8
    assert first.beliefs["expected"].item() == 4
    assert first.beliefs["expected_share"].item() == 0.5
    assert first.beliefs["expected_payoff"].item() == 10 - 2 + 4
    assert second.beliefs["expected_share"].item() == 1.5
    assert evidence.games == ("multiplier 3, believed 4", "multiplier 3, believed 6")
    assert evidence.assumptions[0].startswith(
        "expected: in 1 row more is expected than the investor"
    )
    investor = trust(rows, **GAME, role="investor").situations[0]
    assert investor.payoffs[10, -1].tolist() == [40, 0]


def test_rows_that_cannot_be_used():
    rows = pd.concat([table()] * 3, ignore_index=True).assign(
        invested=[11, -1, None, 2, 2, 0], returned=[0, 0, 0, 7, 1.5, 0]
    )
    rows.loc[6] = ["Cy", 1, 1]
    evidence = trust(rows, **GAME)
    assert [str(fault) for fault in evidence.faults] == [
        "row 0: impossible: invested: found 11.0; expected 0 to 10",
        "row 1: impossible: invested: found -1.0; expected 0 or more",
        "row 2: missing: invested: found nothing; expected a number",
        "row 3: impossible: returned: found 7.0; expected 0 to 6",
        "row 4: impossible: returned: found 1.5; expected a multiple of 1",
    ]
    assert evidence.people == ("Cy",)


def test_options_that_make_no_sense():
    with pytest.raises(InputError, match="shares: not a number of options"):
        trust(table(), **GAME, shares=1)
    with pytest.raises(InputError, match="role: no such role"):
        trust(table(), **GAME, role="banker")
    with pytest.raises(InputError, match="strategy: no column of a strategy method"):
        trust(table(), **GAME, strategy="if_{}")
    with pytest.raises(InputError, match="no column for 'multiplier', by how much"):
        trust(table(), endowment=10)


# As the authors name them in Code/1a.Fit_models.ipynb of jeroenvanbaar/ReciprocityMotives.
NAMES = ["sub", "block", "trial", "inv", "baseMult", "mult", "exp", "ret"]
HIDDEN = {"multiplier": "mult", "believed": "baseMult", "expected": "exp", "endowment": 10}


def read(path):
    with path.open(newline="") as lines:
        return [dict(zip(NAMES, map(int, row), strict=True)) for row in csv.reader(lines)]


def test_van_baar(real):
    path = real("reciprocity_motives/study1_allDataLong.csv")
    evidence = trust(path, names=NAMES, **HIDDEN)
    usable = [row for row in read(path) if row["inv"] > 0]
    names = ("inv", "mult", "baseMult", "exp", "ret")
    expected = Counter((str(r["sub"]), r["trial"] % 2, *(r[n] for n in names)) for r in usable)
    found = Counter()
    for p, o, g, c in zip(
        evidence.person, evidence.order, evidence.situation, evidence.choice, strict=True
    ):
        s = evidence.situations[g]
        seen = [s.history[n].item() for n in ("invested", "multiplier", "believed_multiplier")]
        found[evidence.people[p], 1 - o % 2, *seen, s.beliefs["expected"].item(), c] += 1
    assert found == expected
    assert evidence.faults == ()
    assert evidence.assumptions == ("in 832 rows the trustee got nothing and has no choice",)
    assert len(evidence.people) == 104
    assert len(set(evidence.sequence.tolist())) == 208
    assert len(trust(path, names=NAMES, **HIDDEN, drop=[7, 43]).people) == 102


def test_expectations_depend_on_what_the_investor_knows_and_returns_on_what_came(real):
    groups = {}
    for row in read(real("reciprocity_motives/study1_allDataLong.csv")):
        groups.setdefault((row["sub"], row["block"], row["inv"]), []).append(row)
    assert all(len({row["exp"] for row in rows}) == 1 for rows in groups.values())
    assert any(len({row["ret"] for row in rows}) > 1 for rows in groups.values())
    assert all(row["ret"] <= row["inv"] * row["mult"] for rows in groups.values() for row in rows)


def test_columns_in_the_wrong_order_do_not_pass_unseen(real):
    path = real("reciprocity_motives/study1_allDataLong.csv")
    wrong = [*NAMES[:-2], "ret", "exp"]
    evidence = trust(path, names=wrong, **HIDDEN)
    assert len(evidence.faults) == 43
    assert {fault.kind for fault in evidence.faults} == {"impossible"}
    assert "in 16 rows more is expected than the investor believes" in evidence.assumptions[-1]
