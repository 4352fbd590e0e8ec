"""Scores against loops and hand-made examples."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.scoring import (
    accuracy_by_person,
    brier,
    hits,
    log_chosen,
    score,
    score_people,
)
from comity.inference.evidence import Evidence, Situation

PAIR = Situation(("x", "y"), [[1, 0], [0, 1]])
TRIPLE = Situation(("x", "y", "z"), [[1, 0], [0, 1], [0, 0]])
EVIDENCE = Evidence(
    (PAIR, TRIPLE),
    ("ann", "idle", "bob"),
    np.array([0, 0, 2, 2, 2]),
    np.array([0, 1, 0, 1, 1]),
    np.array([0, 2, 1, 1, 0]),
)
TABLE = np.array(
    [[0.9, 0.1, 0.0], [0.2, 0.2, 0.6], [0.5, 0.5, 0.0], [0.4, 0.4, 0.2], [1 / 3, 1 / 3, 1 / 3]]
)


def test_scores_by_loops():
    logs, right, off = [], [], []
    for row, chosen in zip(TABLE, EVIDENCE.choice, strict=True):
        logs.append(np.log(row[chosen]))
        ties = [k for k in range(3) if row[k] == row.max()]
        right.append(1 / len(ties) if chosen in ties else 0.0)
        off.append(sum((row[k] - (k == chosen)) ** 2 for k in range(3)))
    assert log_chosen(TABLE, EVIDENCE) == pytest.approx(logs)
    assert hits(TABLE, EVIDENCE) == pytest.approx(right)
    assert brier(TABLE, EVIDENCE) == pytest.approx(off)
    found = score(TABLE, EVIDENCE)
    assert found.log_likelihood.value == pytest.approx(np.mean(logs))
    assert found.accuracy.value == pytest.approx(np.mean(right))
    assert found.brier.value == pytest.approx(np.mean(off))
    assert (found.decisions, found.people) == (5, 2)


def test_scores_of_each_person():
    found = score_people(TABLE, EVIDENCE)
    assert found.people == ("ann", "bob")
    assert found.decisions.tolist() == [2, 3]
    assert found.accuracy == pytest.approx([1.0, (0.5 + 0.5 + 1 / 3) / 3])
    assert found.log_likelihood[0] == pytest.approx((np.log(0.9) + np.log(0.6)) / 2)
    frame = found.to_frame()
    assert frame.loc["bob", "decisions"] == 3
    mean = (frame["brier"] * frame["decisions"]).sum() / 5
    assert mean == pytest.approx(score(TABLE, EVIDENCE).brier.value)


def test_a_sure_forecast_scores_best_and_worst():
    right = np.eye(3)[EVIDENCE.choice]
    found = score(right, EVIDENCE)
    assert (found.log_likelihood.value, found.brier.value, found.accuracy.value) == (0, 0, 1)
    wrong = np.eye(3)[(EVIDENCE.choice + 1) % 2]
    found = score(wrong, EVIDENCE)
    assert found.brier.value == 2
    assert found.log_likelihood.value == -np.inf
    assert "probability 0" in found.log_likelihood.method


def test_accuracy_stays_within_its_bounds():
    table = np.tile([0.9, 0.1, 0.0], (5, 1))
    found = accuracy_by_person(hits(table, EVIDENCE), EVIDENCE, "made up", 0.95)
    assert 0 <= found.low < found.value < found.high <= 1
    alone = EVIDENCE.subset(EVIDENCE.person == 0)
    assert accuracy_by_person(hits(table[:2], alone), alone, "made up", 0.9).kind == "unknown"


def test_the_truth_scores_best_on_average():
    """Log and Brier scores are proper: no other forecast is expected to do better."""
    truth = np.array([0.2, 0.3, 0.5])
    rng = np.random.default_rng(2)
    every = [Evidence((TRIPLE,), ("a",), *np.zeros((2, 1), int), np.array([k])) for k in range(3)]
    for other in rng.dirichlet([1, 1, 1], 200):
        for rule, sign in ((log_chosen, 1), (brier, -1)):
            own, its = (
                sum(truth[k] * sign * rule(p[None], every[k])[0] for k in range(3))
                for p in (truth, other)
            )
            assert own >= its


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (TABLE[:4], "does not fit"),
        (TABLE[:, :2], "does not fit"),
        (TABLE * 1.01, "not probabilities"),
        (np.where(TABLE == 0.9, np.nan, TABLE), "not probabilities"),
        (TABLE[:, [0, 2, 1]], "row 0"),
    ],
)
def test_what_is_no_table_is_refused(table, words):
    with pytest.raises(InputError, match=words):
        score(table, EVIDENCE)


def test_a_level_that_no_interval_can_have_is_refused():
    with pytest.raises(InputError, match="level"):
        score(TABLE, EVIDENCE, 1.0)
