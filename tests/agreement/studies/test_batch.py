"""Batches of rounds equal the general machinery, one Case at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.agreement.settle import Table
from comity.agreement.studies.batch import STATUSES, rounds
from comity.cases import AcceptanceRule, Constitution
from comity.core.errors import InputError
from comity.games import Lottery, NormalForm


def one_by_one(models, reports, gain_tolerance, distance_tolerance):
    rules = ()
    if gain_tolerance is not None:
        rules += (AcceptanceRule("gain", tolerance=gain_tolerance),)
    if distance_tolerance is not None:
        rules += (AcceptanceRule("public", "raw", distance_tolerance),)
    constitution = Constitution(acceptance=rules)

    def games(tables):
        return {
            name: NormalForm.from_payoffs(table, "AB", block="facts")
            for name, table in zip("AB", tables, strict=True)
        }

    return Table.seat(games(models), constitution).settle(games(reports))


def draw(rng, shape, noise, whole):
    truth = rng.normal(size=(1, 2, *shape))
    models = truth + noise * rng.normal(size=(2, 2, *shape))
    return np.round(2 * models) if whole else models


@settings(max_examples=25)
@given(st.integers(0, 2**32), st.sampled_from([None, 0.0, 0.3]), st.sampled_from([None, 0.8, 2.0]))
def test_rounds_equal_the_general_machinery(seed, gain_tolerance, distance_tolerance):
    rng = np.random.default_rng(seed)
    shape = tuple(int(k) for k in rng.integers(1, 5, 2))
    models = draw(rng, shape, 0.5, whole=False)
    reports = models + 0.2 * rng.normal(size=models.shape)
    found = rounds(
        models[None],
        reports[None],
        gain_tolerance=gain_tolerance,
        distance_tolerance=distance_tolerance,
    )
    slow = one_by_one(models, reports, gain_tolerance, distance_tolerance)
    assert STATUSES[found.status[0]] == slow.status
    assert found.disagreement[0] == pytest.approx(slow.proposal.solution.disagreement, abs=1e-8)
    assert found.payoffs[0] == pytest.approx(slow.payoffs, abs=1e-6)
    if slow.status != "no gain":
        assert found.common[0] == pytest.approx(slow.proposal.solution.payoffs, abs=1e-6)


@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_degenerate_ties_give_the_same_point(seed):
    """Whole payoffs tie often; which of equal plays is drawn may differ, the point may not."""
    rng = np.random.default_rng(seed)
    models = draw(rng, (3, 3), 0.3, whole=True)
    found = rounds(models[None], gain_tolerance=None)
    slow = one_by_one(models, models, None, None)
    assert STATUSES[found.status[0]] == slow.status
    assert found.disagreement[0] == pytest.approx(slow.proposal.solution.disagreement, abs=1e-8)
    if slow.status == "agreed":
        assert found.common[0] == pytest.approx(slow.proposal.solution.payoffs, abs=1e-6)


def test_saddle_points_are_played_as_elsewhere():
    """Small whole payoffs tie often; the safe play of 2 x 2 games is then still the same."""
    rng = np.random.default_rng(5)
    models = np.stack([draw(rng, (2, 2), 0.3, whole=True) for _ in range(40)])
    found = rounds(models)
    for k, pair in enumerate(models):
        slow = one_by_one(pair, pair, 0.0, None)
        assert STATUSES[found.status[k]] == slow.status
        assert found.payoffs[k] == pytest.approx(slow.payoffs, abs=1e-6)


def test_nothing_to_gain():
    """Strictly opposed interests: the security levels are all there is."""
    pennies = np.array([[1.0, -1.0], [-1.0, 1.0]])
    both = np.broadcast_to(np.stack([pennies, -pennies]), (1, 2, 2, 2, 2))
    found = rounds(both)
    assert found.status[0] == STATUSES.index("no gain")
    assert found.first[0] == -1
    assert np.isnan(found.common).all()
    assert found.payoffs[0] == pytest.approx([0, 0])


def test_lottery_yields_the_payoffs_it_claims(rng):
    models = draw(rng, (4, 3), 0.0, whole=False)[None]
    found = rounds(models)
    game = NormalForm.from_payoffs(models[0, 0])
    ends = [game.outcome(int(k)) for k in (found.first[0], found.second[0])]
    weights = np.array([1 - found.weight[0], found.weight[0]])
    kept = [k for k in range(2) if weights[k] > 0]
    play = Lottery(tuple(ends[k] for k in kept), weights[kept])
    assert game.payoffs(play) == pytest.approx(found.payoffs[0])


def test_each_entry_is_on_its_own(rng):
    models = np.stack([draw(rng, (3, 3), 0.4, whole=False) for _ in range(20)])
    together = rounds(models, distance_tolerance=1.5)
    for k in range(20):
        alone = rounds(models[k : k + 1], distance_tolerance=1.5)
        assert alone.status[0] == together.status[k]
        assert alone.payoffs[0] == pytest.approx(together.payoffs[k])


def test_refusals_play_the_defaults_of_both():
    """Chicken seen differently: safe play of each own model, valued by each own model."""
    chicken = np.array([[[0, -1.5], [5, -5]], [[0, 2], [-1, -5]]])
    other = chicken + 1.0
    models = np.stack([chicken, other])[None]
    found = rounds(models, distance_tolerance=0.5)
    assert STATUSES[found.status[0]] == "refused"
    assert found.payoffs[0] == pytest.approx([0.0, 1.0])


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda m: m[0], "shape"),
        (lambda m: m[:, :1], "shape"),
        (lambda m: np.where(m > 0, np.nan, m), "finite"),
    ],
)
def test_bad_batches_are_named(change, word):
    with pytest.raises(InputError, match=word):
        rounds(change(np.ones((2, 2, 2, 3, 3))))


def test_bad_tolerances_are_named():
    with pytest.raises(InputError, match="gain_tolerance"):
        rounds(np.ones((1, 2, 2, 2, 2)), gain_tolerance=-1.0)
    with pytest.raises(InputError, match="reports"):
        rounds(np.ones((1, 2, 2, 2, 2)), np.ones((2, 2, 2, 2, 2)))
