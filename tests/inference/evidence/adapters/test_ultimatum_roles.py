"""The three decisions of ultimatum games, cell by cell."""

import numpy as np
import pandas as pd
import pytest

from comity.inference.evidence.adapters import ultimatum

STRATEGY = pd.DataFrame({"person": ["Ana", "Bo"], "offer": [3, 1], "threshold": [0, 2]})


def test_payoffs_of_offers_against_thresholds():
    situation = ultimatum(STRATEGY, total=4, role="proposer").situations[0]
    assert situation.recipients == ("proposer", "responder")
    assert situation.menus == (tuple(f"from {k}" for k in range(5)),)
    for offer in range(5):
        for threshold in range(5):
            taken = offer >= threshold
            pay = [4 - offer, offer] if taken else [0, 0]
            assert situation.payoffs[offer, threshold].tolist() == pay


def test_payoffs_of_thresholds_against_offers_and_who_resists():
    situation = ultimatum(STRATEGY, total=4, role="responder").situations[0]
    assert situation.recipients == ("responder", "proposer")
    assert situation.menus == (tuple(map(str, range(5))),)
    resists = np.broadcast_to(situation.history["resists"], (5, 5))
    offers = np.broadcast_to(situation.history["offer"], (5, 5))
    for threshold in range(5):
        for offer in range(5):
            taken = offer >= threshold
            pay = [offer, 4 - offer] if taken else [0, 0]
            assert situation.payoffs[threshold, offer].tolist() == pay
            assert resists[threshold, offer] == (not taken)
            assert offers[threshold, offer] == offer


def test_what_the_other_is_thought_to_do():
    rows = pd.concat([STRATEGY, STRATEGY.assign(threshold=2)], ignore_index=True)
    proposer, responder = ultimatum(rows, total=4).situations
    assert proposer.contingencies.tolist() == [0.25, 0, 0.75, 0, 0]
    assert responder.contingencies.tolist() == [0, 0.5, 0, 0.5, 0]
    even = ultimatum(rows, total=4, expect="even")
    assert [s.contingencies.tolist() for s in even.situations] == [[0.2] * 5] * 2
    assert "proposers expect thresholds that are all alike" in even.assumptions


def test_expectations_do_not_add_faults_or_decisions():
    rows = STRATEGY.assign(threshold=[9, 2])
    evidence = ultimatum(rows, total=4, role="proposer")
    assert len(evidence) == 2
    assert evidence.faults == ()
    assert evidence.situations[0].contingencies.tolist() == [0, 0, 1, 0, 0]


def test_expectations_by_total():
    rows = STRATEGY.assign(total=[4, 2])
    small = ultimatum(rows, role="responder").situations[1]
    assert small.contingencies.tolist() == [0, 1, 0]


def test_an_answer_to_an_offer_seen():
    rows = pd.DataFrame(
        {"person": ["Ana", "Bo"], "offer": [1.5, 4], "accepted": [0, 1], "round": [1, 3]}
    )
    evidence = ultimatum(rows, total=4, last_round=3, prize=6)
    first, last = evidence.situations
    assert first.options == ("accept", "refuse")
    assert first.payoffs[:, 0].tolist() == [[1.5, 2.5], [0, 0]]
    assert first.history["resists"][:, 0].tolist() == [0, 1]
    assert (first.history["offer"].item(), first.history["total"].item()) == (1.5, 4)
    assert (first.history["continues"].item(), last.history["continues"].item()) == (1, 0)
    assert first.beliefs["prize"].item() == 6
    assert evidence.choice.tolist() == [1, 0]
    assert evidence.others.tolist() == [0, 0]


def test_the_chance_of_another_round():
    rows = pd.DataFrame({"person": ["Ana", "Bo"], "offer": 1, "accepted": 1})
    assert ultimatum(rows, total=4, continues=0.9).situations[0].history["continues"].item() == 0.9
    assert "continues" not in ultimatum(rows, total=4).situations[0].history
    threshold = ultimatum(STRATEGY, total=4, role="responder", continues=0.5, prize=2).situations[0]
    assert threshold.history["continues"].item() == 0.5
    assert threshold.beliefs["prize"].item() == 2


def test_rows_that_cannot_be_used():
    rows = pd.DataFrame(
        {
            "person": ["Ana", "Bo", "Cy", "Di", None, "Flo"],
            "offer": [5, -1, 2, 2, 2, 2],
            "kept": [0, 0, 2, 1, 2, 2],
            "accepted": [1, 1, "perhaps", 1, 1, 1],
        }
    )
    assert [str(fault) for fault in ultimatum(rows, total=4).faults] == [
        "row 0: impossible: offer: found 5; expected 0 to 4",
        "row 1: impossible: offer: found -1; expected 0 or more",
        "row 2: impossible: accepted: found 'perhaps'; expected yes or no (1 or 0, true or false)",
        "row 3: contradictory: offer and kept sum to 3; expected the total of 4",
        "row 4: missing: person: found nothing; expected a name",
    ]


def test_one_who_accepts_and_refuses():
    rows = pd.DataFrame({"person": "Ana", "round": [1, 1, 2], "offer": 2, "accepted": [1, 0, 1]})
    evidence = ultimatum(rows, total=4)
    assert evidence.choice.tolist() == [0]
    assert [fault.kind for fault in evidence.faults] == ["contradictory"] * 2
    assert "found accept here and refuse in row 1" in evidence.faults[0].message


def test_nothing_to_divide():
    rows = pd.DataFrame({"person": ["Ana", "Bo"], "offer": 0, "accepted": 1, "total": [0, 4]})
    evidence = ultimatum(rows)
    assert len(evidence) == 1
    assert evidence.assumptions == ("in 1 row the responder has nothing to divide or answer",)


@pytest.mark.parametrize("step", [1, 0.5])
def test_steps(step):
    situation = ultimatum(STRATEGY, total=4, role="proposer", step=step).situations[0]
    assert situation.shape == (4 / step + 1, 4 / step + 1, 2)
