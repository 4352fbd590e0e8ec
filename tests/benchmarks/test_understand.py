"""The benchmark of inference: its lines on small sizes, and the rival against comity."""

import numpy as np
import pytest
import understand
import understand_loop

from comity.inference.estimation.individuals import fit_individuals
from comity.inference.estimation.maximum_likelihood import fit

SMALL = understand.Options(None, seed=3, quick=True)


@pytest.fixture(scope="module")
def few():
    return understand.choices(SMALL)[0].of_people(np.arange(8))


def test_made_up_choices_have_the_size_of_the_real_ones():
    evidence, source = understand.choices(SMALL)
    assert (len(evidence.people), len(evidence.situations), len(evidence)) == (160, 117, 18720)
    assert source == "made-up choices"


def test_the_rival_finds_what_comity_finds(few):
    ours = fit_individuals(understand.RECIPROCAL, few, starts=1)
    estimates, errors, values = understand_loop.fit_people(few)
    assert (ours.status == "identified").all()
    assert (ours.log_likelihoods > values - 1e-6).all()
    near = np.abs(ours.log_likelihoods - values) < 1e-6
    assert near.mean() > 0.7
    np.testing.assert_allclose(ours.estimates[near], estimates[near], atol=2e-3)
    np.testing.assert_allclose(ours.standard_errors[near], errors[near], rtol=0.02)


def test_the_rival_s_fit_to_all_is_ours(few):
    ours = fit(understand.RECIPROCAL, few)
    estimates, errors, value = understand_loop.fit_all(few)
    assert value == pytest.approx(ours.log_likelihood, abs=1e-5)
    np.testing.assert_allclose(list(ours.estimates.values()), estimates, atol=1e-4)
    np.testing.assert_allclose(list(ours.standard_errors.values()), errors, rtol=1e-3)


def test_the_rival_s_gradient_is_right(few):
    own, gaps = understand_loop.differences(few)
    data = (own, gaps, np.where(few.choice == 1, 1.0, -1.0))
    at = np.array([0.1, 0.2, 0.05, -0.1, -4.0])
    slopes = understand_loop.gradient(at, *data)
    for k, step in enumerate(np.eye(5) * 1e-6):
        above, below = (understand_loop.negative(at + s * step, *data) for s in (1, -1))
        assert slopes[k] == pytest.approx((above - below) / 2e-6, rel=1e-5)


def test_recovery_counts_intervals_that_hold_the_truth():
    estimates, errors = np.array([[0.0], [1.0], [5.0]]), np.array([[1.0], [np.nan], [1.0]])
    assert understand.recovered(estimates, errors, {"a": np.zeros(3)}) == "a 50%"


def test_table_is_markdown_and_machine_names_its_versions():
    page = understand.table([understand.Line("a", "1 ms", "b", "c")])
    assert page.splitlines()[-1] == "| a | 1 ms | b | c |"
    assert "jax" in understand.machine()
