"""Standard errors, against plain loops over clusters and small differences."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.likelihood import natural
from comity.inference.estimation.standard_errors import (
    cluster_labels,
    cluster_sums,
    delta_method,
    errors_of,
    natural_slopes,
    sandwich,
)


def test_sandwich_is_that_of_a_loop_over_clusters(rng):
    scores, labels = rng.normal(size=(30, 3)), rng.permutation(np.arange(30) % 6)
    inverse = np.linalg.inv(scores.T @ scores)
    meat = np.zeros((3, 3))
    for c in range(6):
        total = sum(scores[i] for i in range(30) if labels[i] == c)
        meat += np.outer(total, total)
    expected = 6 / 5 * inverse @ meat @ inverse
    np.testing.assert_allclose(sandwich(inverse, cluster_sums(scores, labels)), expected)


def test_sandwich_of_a_mean_is_its_usual_variance(rng):
    """The score of a normal mean with variance 1 is the residual: the sandwich is s^2 / n."""
    values = rng.normal(size=12)
    scores = (values - values.mean())[:, None]
    found = sandwich(np.array([[1 / 12]]), scores)
    np.testing.assert_allclose(found[0, 0], values.var(ddof=1) / 12)


def test_unknown_rows_stay_unknown(rng):
    inverse = np.array([[2.0, np.nan], [np.nan, np.nan]])
    found = sandwich(inverse, rng.normal(size=(5, 2)))
    assert np.isfinite(found[0, 0])
    assert np.isnan(found[1]).all()
    np.testing.assert_array_equal(np.isnan(errors_of(found)), [False, True])


def test_clusters_are_numbered(allocations):
    table = allocations(3, 4)
    np.testing.assert_array_equal(cluster_labels(table, "person"), np.repeat([0, 1, 2], 4))
    np.testing.assert_array_equal(cluster_labels(table, "decision"), np.arange(12))
    np.testing.assert_array_equal(cluster_labels(table, "game"), np.zeros(12))
    with pytest.raises(InputError, match="no such cluster"):
        cluster_labels(table, "family")


def test_slopes_of_parameters_are_those_of_small_differences(altruism):
    free, scale = np.array([0.4, 1.2]), 7.0
    slopes = natural_slopes(altruism.parameters, free, scale)
    for k, name in enumerate(("share", "sensitivity")):
        step = np.eye(2)[k] * 1e-6
        up, down = (natural(altruism, free + side * step, scale)[name] for side in (1, -1))
        assert slopes[k] == pytest.approx(float(up - down) / 2e-6, rel=1e-8)
    spread = np.array([[0.04, 0.01], [0.01, 0.09]])
    np.testing.assert_allclose(
        delta_method(spread, slopes), np.diag(slopes) @ spread @ np.diag(slopes)
    )
