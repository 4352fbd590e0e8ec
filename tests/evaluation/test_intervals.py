"""Means, errors and joint coverage, against plain loops and simulation."""

import numpy as np
import pytest

from comity.evaluation.intervals import together


def plain_mean_and_error(values):
    """By loops over families: mean of means, and the root of the summed variances of means."""
    rows = [row for row in values if not np.isnan(row).any()]
    mean = sum(row.mean() for row in rows) / len(rows)
    variance = sum(row.var(ddof=1) / len(row) for row in rows) / len(rows) ** 2
    return mean, np.sqrt(variance)


def test_means_and_errors_by_loops(rng):
    values = rng.standard_normal((3, 4, 6))
    values[1, 2] = np.nan
    found = together(values)
    for k in range(3):
        assert (found.mean[k], found.error[k]) == pytest.approx(plain_mean_and_error(values[k]))
    assert list(found.clusters) == [24, 18, 24]


def test_same_seed_same_quantile_and_more_scores_widen_it(rng):
    values = rng.standard_normal((12, 4, 6))
    assert (together(values, seed=3).quantile == together(values, seed=3).quantile).all()
    one, twelve = together(values[:1]).quantile[0], together(values).quantile
    assert 1.96 < one < twelve.min()
    # Copies of one score need hardly more than the score itself.
    copies = together(np.repeat(values[:1], 12, axis=0))
    assert one <= copies.quantile.min() <= copies.quantile.max() < 1.2 * one < twelve.min()


def test_a_higher_level_is_wider(rng):
    values = rng.standard_normal((4, 3, 8))
    assert (together(values, 0.99).quantile > together(values, 0.8).quantile).all()


def missed(rng, skewed):
    """Whether the joint intervals miss any of five true means."""
    draw = rng.exponential if skewed else rng.standard_normal
    values = draw(size=(5, 3, 8)) + 0.5 * draw(size=(1, 3, 8))
    truth = 1.5 if skewed else 0.0
    found = together(values, 0.9, seed=int(rng.integers(2**31)))
    ends = [found.figure(k) for k in range(5)]
    return any(not figure.low <= truth <= figure.high for figure in ends)


@pytest.mark.slow
@pytest.mark.parametrize("skewed", [False, True])
def test_joint_coverage(skewed):
    """All five intervals at 90% hold together nine times in ten; for skewed values about so."""
    rng = np.random.default_rng(7)
    rate = np.mean([missed(rng, skewed) for _ in range(300)])
    assert rate < (0.2 if skewed else 0.1 + 3 * np.sqrt(0.09 / 300))


UNLIKE = {"alike": 1, "one varies ten times as much": 10, "one varies alone": 1e6}


def missed_where_unlike(matches, uneven, runs):
    """How often any of twelve intervals at 95% misses where one family varies more than others."""
    rng = np.random.default_rng(9)
    spread = np.array([uneven, 1, 1, 1, 1, 1])[:, None]
    missed = 0
    for seed in range(runs):
        found = together(spread * rng.standard_normal((12, 6, matches)), seed=seed)
        missed += bool((np.abs(found.mean) > found.quantile * found.error).any())
    return missed / runs


def test_joint_coverage_in_three_matches_where_one_family_varies_alone():
    """It has two degrees of freedom; all twelve intervals hold together 19 times in 20."""
    runs = 100
    rate = missed_where_unlike(3, 1e6, runs)
    assert rate <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / runs)


@pytest.mark.slow
@pytest.mark.parametrize("matches", [5, 10])
@pytest.mark.parametrize("uneven", UNLIKE.values(), ids=UNLIKE)
def test_joint_coverage_however_unlike_families_are(matches, uneven):
    runs = 200
    rate = missed_where_unlike(matches, uneven, runs)
    assert rate <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / runs)


def test_differences_of_shares_stay_within_one():
    found = together(np.array([[[1.0, 0.0]]]))
    free, cut = found.difference(0, share=False), found.difference(0, share=True)
    assert free.low < -1
    assert free.high > 1
    assert (cut.low, cut.value, cut.high) == (-1, 0.5, 1)


def test_a_family_alone_has_the_degrees_of_freedom_of_its_matches():
    from scipy.stats import t

    found = together(np.array([[[1.0, 2.0, 4.0], [0.0, 0.0, 0.0]]]))
    assert found.quantile == pytest.approx(t.ppf(0.975, 2))
    even = together(np.array([[[1.0, 2.0, 4.0], [0.0, 1.0, 3.0]]]))
    assert even.quantile == pytest.approx(t.ppf(0.975, 4))


def test_joint_coverage_in_few_draws():
    rng = np.random.default_rng(8)
    assert np.mean([missed(rng, False) for _ in range(40)]) <= 0.25


def test_shares_stay_shares():
    """Of no misses at all Wilson's interval still leaves room; its width is that of 24 cases."""
    found = together(np.ones((1, 3, 8)))
    figure = found.figure(0, share=True)
    assert figure.value == 1
    assert figure.high == 1
    z = found.quantile[0]
    assert figure.low == pytest.approx(1 / (1 + z**2 / 24))
    assert found.figure(0).low == found.figure(0).high == 1


def test_nothing_to_tell():
    values = np.full((1, 2, 4), np.nan)
    assert together(values).figure(0).kind == "unknown"
