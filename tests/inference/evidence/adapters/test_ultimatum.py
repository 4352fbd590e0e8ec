"""Ultimatum games: which decisions a table holds, and MobLab's thresholds and offers."""

import csv
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.adapters import ultimatum

DIRECT = pd.DataFrame(
    {"person": ["Ana", "Bo"], "proposer": ["Cy", "Di"], "offer": [3, 1], "accepted": [1, "no"]}
)
STRATEGY = pd.DataFrame({"person": ["Ana", "Bo"], "offer": [3, 1], "threshold": [0, 2]})


def decided(evidence):
    """Who chose what, as which player."""
    return [
        (evidence.people[p], evidence.games[g], evidence.situations[s].options[c])
        for p, g, s, c in zip(
            evidence.person, evidence.game, evidence.situation, evidence.choice, strict=True
        )
    ]


@pytest.mark.parametrize(
    ("rows", "given", "expected"),
    [
        (
            DIRECT,
            {},
            [
                ("Cy", "proposer", "3"),
                ("Di", "proposer", "1"),
                ("Ana", "responder", "accept"),
                ("Bo", "responder", "refuse"),
            ],
        ),
        (
            DIRECT,
            {"role": "responder"},
            [("Ana", "responder", "accept"), ("Bo", "responder", "refuse")],
        ),
        (
            DIRECT.drop(columns="proposer"),
            {},
            [("Ana", "responder", "accept"), ("Bo", "responder", "refuse")],
        ),
        (DIRECT, {"role": "proposer"}, [("Cy", "proposer", "3"), ("Di", "proposer", "1")]),
        (DIRECT[["person", "offer"]], {}, [("Ana", "proposer", "3"), ("Bo", "proposer", "1")]),
        (
            STRATEGY,
            {},
            [
                ("Ana", "proposer", "3"),
                ("Bo", "proposer", "1"),
                ("Ana", "responder", "from 0"),
                ("Bo", "responder", "from 2"),
            ],
        ),
        (
            STRATEGY,
            {"role": "responder"},
            [("Ana", "responder", "from 0"), ("Bo", "responder", "from 2")],
        ),
        (
            STRATEGY[["person", "threshold"]],
            {},
            [("Ana", "responder", "from 0"), ("Bo", "responder", "from 2")],
        ),
        (
            STRATEGY.assign(role=["proposer", "responder"]),
            {},
            [("Ana", "proposer", "3"), ("Bo", "responder", "from 2")],
        ),
    ],
)
def test_which_decisions_a_table_holds(rows, given, expected):
    assert decided(ultimatum(rows, total=4, **given)) == expected


def test_half_a_row_may_be_of_use():
    rows = pd.DataFrame({"person": ["Ana", "Bo"], "offer": [-1, 1], "threshold": [2, None]})
    evidence = ultimatum(rows, total=4, missing=-1)
    assert decided(evidence) == [("Bo", "proposer", "1"), ("Ana", "responder", "from 2")]
    assert [str(fault) for fault in evidence.faults] == [
        "row 0: missing: offer: found -1, which stands for nothing",
        "row 1: missing: threshold: found nothing; expected a number",
    ]
    assert evidence.order.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("rows", "given", "words"),
    [
        (DIRECT.assign(threshold=1), {}, "both a direct method and a strategy method"),
        (DIRECT[["person", "accepted"]], {}, "no column holds decisions of anyone"),
        (DIRECT[["person", "offer"]], {"role": "responder"}, "no column holds decisions of a resp"),
        (DIRECT, {"role": "judge"}, "role: no such role"),
        (DIRECT, {"expect": "luck"}, "expect: no such expectation"),
        (DIRECT, {"grid": 502}, "grid: not a number of options .*2 to 501"),
    ],
)
def test_tables_that_cannot_be_read(rows, given, words):
    with pytest.raises(InputError, match=words):
        ultimatum(rows, total=4, **given)
    with pytest.raises(InputError, match="no column for 'total'"):
        ultimatum(DIRECT)


def test_moblab(real):
    path = real("moblab/ultimatum_strategy_half.csv")
    evidence = ultimatum(path, missing=-1, order=None)
    with path.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    expected = {
        game: Counter((r["UserID"], int(r[column])) for r in rows if r[column] != "-1")
        for game, column in (("proposer", "propose"), ("responder", "accept"))
    }
    found = {game: Counter() for game in expected}
    for p, g, c in zip(evidence.person, evidence.game, evidence.choice, strict=True):
        found[evidence.games[g]][evidence.people[p], c] += 1
    assert found == expected
    assert len(evidence.faults) == 2 * len(rows) - len(evidence)
    assert {fault.kind for fault in evidence.faults} == {"missing"}
    proposer, responder = evidence.situations
    for situation, column in ((proposer, "accept"), (responder, "propose")):
        counts = np.zeros(101)
        for row in rows:
            if row[column] != "-1":
                counts[int(row[column])] += 1
        assert situation.contingencies == pytest.approx(counts / counts.sum())


def test_moblab_on_a_grid(real):
    evidence = ultimatum(
        real("moblab/ultimatum_strategy_half.csv"), missing=-1, order=None, grid=21
    )
    assert [s.shape for s in evidence.situations] == [(21, 21, 2)] * 2
    assert sum("rounded to the nearest of 21 even steps" in a for a in evidence.assumptions) == 2


def test_numbers_of_players_say_no_roles_where_everyone_has_both():
    numbered = STRATEGY.assign(id_in_group=[1, 2])
    found = ultimatum(numbered, total=4)
    assert decided(found) == decided(ultimatum(STRATEGY, total=4))
    assert any("id_in_group says no roles" in words for words in found.assumptions)


@pytest.mark.parametrize(
    ("table", "given"),
    [
        (STRATEGY.assign(id_in_group=[1, 2]), {"position": "id_in_group"}),
        (pd.DataFrame({"person": ["Ana", "Bo"], "offer": [3, None], "threshold": [None, 2],
                       "id_in_group": [1, 2]}), {}),
    ],
)  # fmt: skip
def test_numbers_of_players_are_roles_where_they_are_named_or_each_has_one(table, given):
    found = ultimatum(table, total=4, **given)
    assert [who[:2] for who in decided(found)] == [("Ana", "proposer"), ("Bo", "responder")]
    assert found.faults == ()
