"""Held-out scores of the page on sharing: nothing predicts what it saw."""

from types import SimpleNamespace

import numpy as np
import people_sharing
import pytest

from comity.inference import Evidence, Situation


@pytest.fixture
def evidence():
    rng = np.random.default_rng(1)
    situation = Situation(("x", "y"), np.zeros((2, 1)))
    person = np.repeat(np.arange(4), 10)
    names = tuple("abcd")
    return Evidence((situation,), names, person, np.zeros(40, int), rng.integers(0, 2, 40))


def test_each_half_is_predicted_from_the_other(evidence, monkeypatch):
    learnt = []

    def spied(known, whole, seed):
        learnt.append(known)
        return {"call": np.full((len(whole), 2), float(len(learnt)))}

    monkeypatch.setattr(people_sharing, "predict_from", spied)
    found = people_sharing.held_out(evidence, 0)["call"][:, 0]
    first, second = (set(one.order) for one in learnt)
    assert first.isdisjoint(second)
    assert first | second == set(evidence.order)
    assert set(evidence.order[found == 2]) == first
    assert set(evidence.order[found == 1]) == second


def test_the_floor_is_the_best_of_many(evidence):
    sure = np.zeros((40, 2))
    sure[np.arange(40), evidence.choice] = 1
    sure[:10] = sure[:10, ::-1]  # wrong ten times in forty, and never in doubt
    floor, (mixed,) = people_sharing.floored([sure], evidence)
    assert floor == pytest.approx(0.5, abs=0.05)  # half of it goes to what was chosen: 1/4
    np.testing.assert_allclose(mixed.sum(axis=1), 1)
    chosen = mixed[np.arange(40), evidence.choice]
    assert chosen.min() == pytest.approx(floor / 2)


def test_nothing_beats_the_floor_in_hindsight(evidence):
    rng = np.random.default_rng(2)
    table = rng.dirichlet([0.3, 0.3], 40)
    floor, (mixed,) = people_sharing.floored([table], evidence)

    def score(share):
        return np.log(((1 - share) * table + share / 2)[np.arange(40), evidence.choice]).sum()

    assert score(floor) >= max(score(share) for share in np.geomspace(1e-4, 0.5, 60)) - 1e-12
    np.testing.assert_allclose(mixed, (1 - floor) * table + floor / 2)


def test_types_stand_in_the_order_of_the_published_ones():
    points = {"one": {"beta": 0.1}, "two": {"beta": 0.4}, "three": {"beta": -0.2}}
    found = SimpleNamespace(types=tuple(points), points=points)
    assert people_sharing._ordered(found) == ["two", "one", "three"]


def test_scores_are_means_over_splits(evidence):
    low, high = np.full((40, 2), 0.5), np.tile([0.8, 0.2], (40, 1))
    names = (people_sharing.ALONE, people_sharing.PARTIAL)
    splits = [dict.fromkeys(names, low), dict.fromkeys(names, high)]
    scores = people_sharing.Scores(splits, evidence)
    wanted = (np.log(0.5) + np.log(np.where(evidence.choice == 0, 0.8, 0.2))) / 2
    np.testing.assert_allclose(scores.logs[people_sharing.PARTIAL], wanted)
