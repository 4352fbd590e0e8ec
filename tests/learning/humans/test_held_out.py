"""What a model foretells of pairs it has not seen."""

import numpy as np
import pytest

from comity.core import InputError
from comity.learning.humans.held_out import frequencies, hold_out, over_pairs
from comity.learning.humans.samples import Samples


def made_up(pairs=8, each=200, seed=0):
    """Return choices that the first number tells, but for one in ten."""
    rng = np.random.default_rng(seed)
    seen = rng.integers(6, size=(pairs * each, 1)).astype(float)
    actions = np.where(rng.random(len(seen)) < 0.9, seen[:, 0], rng.integers(6, size=len(seen)))
    return Samples(
        seen,
        actions.astype(int),
        np.repeat([f"pair {k}" for k in range(pairs)], each).astype(object),
        np.full(len(seen), "cramped_room", object),
        np.zeros((len(seen), 6), int),
    )


def knows(_):
    """Return the truth, fitted to nothing."""
    table = np.log(np.full((6, 6), 0.1 / 6) + 0.9 * np.eye(6))
    return lambda others: table[others.seen[:, 0].astype(int)]


def test_the_truth_gains_what_it_tells():
    found = hold_out(made_up(), knows)
    # Entropy: .9 + .1/6 for the one that is told, .1/6 for each of five others.
    truth = (0.9 + 0.1 / 6) * np.log(0.9 + 0.1 / 6) + 5 * (0.1 / 6) * np.log(0.1 / 6)
    assert found.model.low < truth < found.model.high
    assert float(found.gain) == pytest.approx(truth + np.log(6), abs=0.1)
    assert found.better
    assert found.pairs == len(found.by_pair) == 8


def test_a_model_that_knows_nothing_is_not_better():
    def blind(kept):
        return lambda others: np.log(frequencies(kept))[None].repeat(len(others.actions), axis=0)

    found = hold_out(made_up(), blind)
    assert float(found.gain) == 0
    assert not found.better


def test_no_pair_is_foretold_by_a_model_that_saw_it():
    met = []

    def note(kept):
        def foretell(others):
            met.append(set(kept.pairs) & set(others.pairs))
            return np.zeros((len(others.actions), 6))

        return foretell

    hold_out(made_up(), note, folds=3)
    assert met == [set()] * 3


def test_intervals_are_over_pairs():
    found = over_pairs(np.array([1.0, 2.0, 3.0]))
    # Student's t at 2 degrees of freedom: 4.303; standard error 1 / sqrt(3).
    assert found.high == pytest.approx(2 + 4.3027 / np.sqrt(3), abs=1e-3)


@pytest.mark.parametrize("folds", [1, 9])
def test_folds_must_fit(folds):
    with pytest.raises(InputError, match="folds"):
        hold_out(made_up(), knows, folds)
