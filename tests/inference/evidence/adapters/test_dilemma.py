"""Repeated dilemmas: stage games, what is known after a round, and Dal Bo and Frechette's data."""

import csv
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.adapters import dilemma

STAGE = {"R": 3, "S": 0, "T": 5, "P": 1}


def rounds(own="cd", other="dd", **columns):
    return pd.DataFrame(
        {
            "person": "Ana",
            "period": range(1, len(own) + 1),
            "choice": [*own],
            "other": [*other],
            **columns,
        }
    )


def faults(evidence):
    return [str(fault) for fault in evidence.faults]


def test_the_stage_game_and_what_came_about():
    evidence = dilemma(rounds(match=4), payoffs={**STAGE, "delta": 0.75})
    first, second = evidence.situations
    assert first.options == ("cooperate", "defect")
    assert first.menus == (("cooperate", "defect"),)
    assert first.payoffs.tolist() == [[[3, 3], [0, 5]], [[5, 0], [1, 1]]]
    assert [s.history["period"].item() for s in (first, second)] == [1, 2]
    assert first.history["continuation"].item() == 0.75
    assert evidence.choice.tolist() == [0, 1]
    assert evidence.others.tolist() == [1, 1]
    assert evidence.sequence.tolist() == [0, 0]
    assert "continuation" not in dilemma(rounds(), payoffs=STAGE).situations[0].history


def test_payoffs_by_treatment_and_by_its_code():
    rows = pd.concat([rounds(treatment="D5R32"), rounds(treatment="D75R40", person="Bo")])
    coded = dilemma(rows, payoffs={"S": 12, "T": 50, "P": 25})
    stated = {
        "D5R32": {"R": 32, "S": 12, "T": 50, "P": 25, "delta": 0.5},
        "D75R40": {"R": 40, "S": 12, "T": 50, "P": 25, "delta": 0.75},
    }
    for evidence in (coded, dilemma(rows, payoffs=stated)):
        assert evidence.games == ("D5R32", "D75R40")
        assert [s.payoffs[0, 0].tolist() for s in evidence.situations[::2]] == [[32, 32], [40, 40]]
        assert [s.history["continuation"].item() for s in evidence.situations[::2]] == [0.5, 0.75]


def test_matches_follow_each_other_by_number():
    rows = pd.concat([rounds(match=10), rounds(match=9)], ignore_index=True)
    evidence = dilemma(rows, payoffs=STAGE)
    assert evidence.order.tolist() == [2, 3, 0, 1]
    assert dilemma(rows.assign(match=["b", "b", "a", "a"]), payoffs=STAGE).order.tolist() == [
        0,
        1,
        2,
        3,
    ]


def test_rounds_after_a_gap_are_not_used():
    rows = pd.concat(
        [
            rounds("cxd", "ddd", match=1),
            rounds("cc", "cc", match=2),
            rounds("cd", "cc", match=3)[1:],
        ],
        ignore_index=True,
    )
    evidence = dilemma(rows, payoffs=STAGE)
    assert evidence.choice.tolist() == [0, 0, 0]
    found = "cooperate, cooperation, d, defect, defection"
    assert faults(evidence) == [
        f"row 1: impossible: choice: found 'x'; expected c, {found}",
        "row 2: missing: period 2 of its match cannot be used or is not there",
        "row 5: missing: period 1 of its match cannot be used or is not there",
    ]


def test_contradictions_make_gaps_too():
    rows = pd.concat([rounds("ccd", "ccc"), rounds("dd", "cc")[1:]], ignore_index=True)
    evidence = dilemma(rows, payoffs=STAGE)
    assert evidence.choice.tolist() == [0]
    assert [(f.row, f.kind) for f in evidence.faults] == [
        ("row 1", "contradictory"),
        ("row 2", "missing"),
        ("row 3", "contradictory"),
    ]
    assert "found cooperate here and defect in row 3" in evidence.faults[0].message


def test_partners_must_say_the_same():
    rows = pd.concat(
        [rounds("cd", "dd", partner="Bo"), rounds("dc", "cd", person="Bo", partner="Ana")],
        ignore_index=True,
    )
    evidence = dilemma(rows, payoffs=STAGE)
    assert faults(evidence) == [
        "row 1: contradictory: the other is said to defect, but to cooperate in row 3"
    ]
    alone = dilemma(
        rows.assign(partner=["Bo", "Cy", "Ana", "Ana"], other=["d", "d", "c", "d"]), payoffs=STAGE
    )
    assert faults(alone) == ["row 1: missing: its partner Cy has no row of this round"]


def test_labels_of_ones_own():
    rows = rounds([1, 0], [0, 1])
    evidence = dilemma(rows, payoffs=STAGE, labels={"cooperate": 1, "defect": 0})
    assert (evidence.choice.tolist(), evidence.others.tolist()) == ([0, 1], [1, 0])
    with pytest.raises(InputError, match="labels: not the labels of a dilemma"):
        dilemma(rows, payoffs=STAGE, labels={"a": 1})


@pytest.mark.parametrize(
    ("payoffs", "words"),
    [
        (None, r"payoffs\.dilemma: the payoffs of a treatment are not known \(found nothing"),
        ({"R": 1, "S": 2, "T": 3}, "found R, S, T; expected R, S, T, P"),
        ({**STAGE, "X": 1}, "found P, R, S, T, X"),
        ({**STAGE, "R": "3"}, r"payoffs\.dilemma\.R: not a number"),
        ({**STAGE, "delta": 2}, r"payoffs\.dilemma\.delta: not a probability \(found 2"),
        ({"other": STAGE}, "found nothing"),
    ],
)
def test_payoffs_that_are_not_known(payoffs, words):
    with pytest.raises(InputError, match=words):
        dilemma(rounds(), payoffs=payoffs)


def test_dal_bo_frechette(real):
    path = real("repeated_pd/DF2011.csv")
    evidence = dilemma(path, payoffs={"S": 12, "T": 50, "P": 25})
    assert (len(evidence), len(evidence.people), evidence.faults) == (7358, 266, ())
    with path.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    expected = Counter(
        (r["treatment"], int(r["period"]), r["choice"], r["other.choice"]) for r in rows
    )
    found = Counter()
    for g, c, o in zip(evidence.situation, evidence.choice, evidence.others, strict=True):
        s = evidence.situations[g]
        treatment = s.name.split(",")[0]
        assert s.payoffs[0, 0, 0] == int(treatment[-2:])
        found[treatment, int(s.history["period"].item()), "cd"[c], "cd"[o]] += 1
    assert found == expected
    matches = {(r["id"], r["game"]) for r in rows}
    assert len(set(evidence.sequence.tolist())) == len(matches)
    for sequence in range(0, len(matches), 97):
        own = np.sort(evidence.order[evidence.sequence == sequence])
        assert (np.diff(own) == 1).all()
