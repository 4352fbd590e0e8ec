"""Chances of differences, against all signs there are, and under chance alone."""

from itertools import product

import numpy as np
import pytest

from comity.evaluation.signs import ALIKE, chances, least_chance


def by_all_signs(differences):
    """The same by every one of the 2^(F M) signs, in loops, score after score."""
    shape = differences.shape[1:]
    size = [np.sqrt((score**2).sum()) for score in differences]

    def statistics(signs):
        return [abs((score * signs).sum()) / s for score, s in zip(differences, size, strict=True)]

    seen = statistics(np.ones(shape))
    flips = [
        statistics(np.reshape(signs, shape)) for signs in product((-1, 1), repeat=np.prod(shape))
    ]
    answer, left, least = [0.0] * len(seen), set(range(len(seen))), 0.0
    while left:
        first = max(left, key=lambda k: seen[k])
        share = np.mean([max(flip[k] for k in left) >= seen[first] - 1e-9 for flip in flips])
        answer[first] = least = max(least, share)
        left.remove(first)
    return answer


def test_it_is_the_share_of_all_signs(rng):
    differences = rng.standard_normal((4, 2, 5)) + np.array([0.0, 0.5, 1.5, 0.8])[:, None, None]
    found = chances(differences)
    assert found == pytest.approx(by_all_signs(differences), abs=0.015)
    assert len(set(found)) > 2


def test_equal_differences_in_few_matches_prove_nothing():
    """Two matches have four signs, of which two are as large."""
    for matches in (2, 3, 6):
        found = chances(np.full((1, 1, matches), 0.25))[0]
        assert found == pytest.approx(least_chance(matches), abs=0.02)
    assert chances(np.full((1, 2, 6), 0.25))[0] < 0.002


def test_no_difference_is_no_surprise():
    assert (chances(np.zeros((2, 3, 4))) == 1).all()
    half = np.full((2, 2, 8), np.nan)
    half[0] = 1.0
    assert chances(half)[1] == 1
    assert chances(half)[0] < 0.01


def test_rounding_is_no_difference():
    """However often it has the same sign; what differs beside it is judged as if alone."""
    rounding = np.full((1, 3, 4), ALIKE / 2)
    assert chances(rounding)[0] == 1
    assert chances(rounding * 10)[0] < 0.01
    mixed = np.where(np.arange(4) < 2, 0.1, ALIKE / 2) * np.ones((1, 1, 4))
    assert chances(mixed)[0] == pytest.approx(least_chance(2), abs=0.02)


@pytest.mark.parametrize(("matches", "uneven"), [(2, 1), (3, 10), (3, 1e6), (8, 10)])
def test_chance_alone_raises_few_alarms(matches, uneven):
    """Whatever the matches and however unlike the families: at most one alarm in twenty."""
    rng, runs = np.random.default_rng(4), 150
    spread = np.array([uneven, 1, 1, 1])[:, None]
    alarms = sum(
        chances(spread * rng.standard_normal((8, 4, matches)), seed).min() <= 0.05
        for seed in range(runs)
    )
    assert alarms <= runs * 0.05 + 3 * np.sqrt(runs * 0.05 * 0.95)


def test_a_shift_of_one_score_is_found_and_no_other(rng):
    differences = rng.standard_normal((10, 6, 10))
    differences[4] += 0.8
    found = chances(differences)
    assert found[4] == pytest.approx(1e-4)
    assert (np.delete(found, 4) > 0.05).all()


def test_what_stands_out_does_not_hide_what_stands_out_less(rng):
    """Beside nine scores that differ beyond doubt the tenth is judged nearly by itself."""
    weak = 0.36 + rng.standard_normal((1, 6, 10))
    strong = 3 + rng.standard_normal((9, 6, 10))
    noise = rng.standard_normal((9, 6, 10))
    alone = chances(weak)[0]
    assert chances(np.concatenate([weak, strong]))[0] == pytest.approx(alone, abs=0.01)
    assert chances(np.concatenate([weak, noise]))[0] > 3 * alone


def test_scores_that_differ_raise_no_alarms_about_others():
    """With half of the scores shifted, at most one run in twenty calls any other different."""
    rng, runs = np.random.default_rng(6), 150
    shift = np.repeat([1.0, 0.0], 4)[:, None, None]
    alarms = sum(
        chances(shift + rng.standard_normal((8, 4, 6)), seed)[4:].min() <= 0.05
        for seed in range(runs)
    )
    assert alarms <= runs * 0.05 + 3 * np.sqrt(runs * 0.05 * 0.95)
