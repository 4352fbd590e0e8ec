"""Choices between allocations: what each row becomes, and the data of Bruhin, Fehr and Schunk."""

import csv
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.adapters import allocations

PAYOFFS = {"self_x": [9, 1], "self_y": [5, 6], "other_x": [1, 2], "other_y": [5, 0]}


def table(**columns):
    return pd.DataFrame({"person": ["Ana", "Bo"], "choice": ["x", "y"], **PAYOFFS, **columns})


def faults(evidence):
    return [str(fault) for fault in evidence.faults]


def test_options_and_payoffs():
    evidence = allocations(table())
    assert [s.options for s in evidence.situations] == [("x", "y")] * 2
    assert [s.recipients for s in evidence.situations] == [("self", "other")] * 2
    assert evidence.situations[0].payoffs[:, 0].tolist() == [[9, 1], [5, 5]]
    assert evidence.situations[1].payoffs[:, 0].tolist() == [[1, 2], [6, 0]]
    assert evidence.choice.tolist() == [0, 1]
    assert evidence.games == ("dictator",)
    assert evidence.situations[0].name == "x: 9, 1; y: 5, 5"


def test_three_options_and_three_recipients():
    names = {"me": "mine {}", "you": "yours {}", "them": "theirs {}"}
    columns = {
        pattern.format(option): [3 * i + k]
        for i, pattern in enumerate(names.values())
        for k, option in enumerate(("left", "mid", "right"))
    }
    evidence = allocations(
        pd.DataFrame({"person": ["Ana"], "choice": ["MID"], **columns}), recipients=names
    )
    assert evidence.situations[0].options == ("left", "mid", "right")
    assert evidence.situations[0].recipients == ("me", "you", "them")
    assert evidence.situations[0].payoffs[:, 0].tolist() == [[0, 3, 6], [1, 4, 7], [2, 5, 8]]
    assert evidence.choice.tolist() == [1]


def test_choices_as_flags():
    one = allocations(table(choice_y=[1, 0]).drop(columns="choice"))
    assert one.choice.tolist() == [1, 0]
    rows = pd.concat([table(), table()], ignore_index=True).drop(columns="choice")
    flagged = allocations(rows.assign(choice_x=[1, 0, 1, 0], choice_y=[0, 1, 1, 0]))
    assert flagged.choice.tolist() == [0, 1]
    assert faults(flagged) == [
        "row 2: contradictory: 2 options are marked as chosen",
        "row 3: missing: no option is marked as chosen",
    ]


def test_kindness_is_history_and_names_the_game():
    evidence = allocations(table(kind=[1, 0], unkind=[0, 0]))
    assert [s.history["kind"].item() for s in evidence.situations] == [1, 0]
    assert [s.history["unkind"].item() for s in evidence.situations] == [0, 0]
    assert [evidence.games[g] for g in evidence.game] == ["reciprocity", "dictator"]
    named = allocations(table(kind=[1, 0], treatment=["A", "B"]))
    assert [named.games[g] for g in named.game] == ["A", "B"]


def test_orders_that_start_again_in_each_game():
    rows = pd.DataFrame(
        {"person": "Ana", "choice": "x", "game": ["b", "a", "a", "b"], "order": [1, 2, 1, 2]}
    ).assign(**{name: pays[0] for name, pays in PAYOFFS.items()})
    evidence = allocations(rows)
    assert evidence.order.tolist() == [0, 3, 2, 1]
    assert "order starts again in each game" in evidence.assumptions[0]
    once = allocations(rows.assign(order=[1, 4, 2, 3]))
    assert once.order.tolist() == [0, 3, 1, 2]
    assert once.assumptions == ()


def test_rows_that_cannot_be_used():
    rows = pd.concat([table()] * 3, ignore_index=True).assign(
        choice=["x", "z", None, "y", "x", "y"],
        self_x=[9, 1, 9, "much", 9, 1],
        kind=[0, 0, 0, 0, 1, 2],
        unkind=[0, 0, 0, 0, 1, 0],
    )
    assert faults(allocations(rows)) == [
        "row 1: impossible: choice: found 'z'; expected x, y",
        "row 2: missing: choice: found nothing; expected x, y",
        "row 3: impossible: self_x: found 'much'; expected a number",
        "row 4: contradictory: the other was both kind and unkind",
        "row 5: impossible: kind: found 2; expected yes or no (1 or 0, true or false)",
    ]


@pytest.mark.parametrize(
    ("rows", "given", "words"),
    [
        (table().drop(columns="self_y"), {}, "fewer than two options have a payoff for every"),
        (table().drop(columns="choice"), {}, "no column says what was chosen .*choice_x"),
        (table(), {"recipients": {"self": "self"}}, r"recipients\.self: not the name of columns"),
        (table(), {"recipients": {"self": "own_{}"}}, "fewer than two options"),
        (table(), {"colour": "choice"}, "unknown name 'colour'"),
    ],
)
def test_tables_that_cannot_be_read(rows, given, words):
    with pytest.raises(InputError, match=words):
        allocations(rows, **given)


def test_bruhin_fehr_schunk(real):
    path = real("social_preferences/bfs2019_choices_exp1.csv")
    drop = real("social_preferences/bfs2019_dropped_subjects.csv")
    evidence = allocations(path, kind="q", unkind="v", drop=drop)
    assert len(evidence) == 18_720
    assert len(evidence.people) == 160
    assert Counter(evidence.games[g] for g in evidence.game) == {
        "dictator": 6240,
        "reciprocity": 12480,
    }
    assert evidence.faults == ()
    assert "1,638 rows of 14 people are left out as asked" in evidence.assumptions
    dropped = set(drop.read_text().split())
    expected = Counter()
    with path.open(newline="") as lines:
        for row in csv.DictReader(lines):
            if row["sid"] not in dropped:
                pays = [(int(row[f"self_{o}"]), int(row[f"other_{o}"])) for o in "xy"]
                seen = (int(row["q"]), int(row["v"]))
                expected[row["sid"], *pays, seen, row["choice_x"] == "1"] += 1
    found = Counter()
    for p, g, c in zip(evidence.person, evidence.situation, evidence.choice, strict=True):
        s = evidence.situations[g]
        seen = tuple(int(s.history[name].item()) for name in ("kind", "unkind"))
        pays = [tuple(map(int, s.payoffs[k, 0])) for k in range(2)]
        found[evidence.people[p], *pays, seen, c == 0] += 1
    assert found == expected
    for p in range(160):
        own = np.sort(evidence.order[evidence.person == p])
        assert own.tolist() == list(range(117))
