"""How likely people's choices are by an explanation, against quadrature and closed forms."""

import numpy as np
import pytest
from scipy import integrate, stats

from comity.inference.estimation.evidence_of_people import WEIGHINGS
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import explain
from comity.inference.explanations.member import Member

SELFISH = explain("own-payoff", "logit")
RIGHTS, TRIES, GAP = np.array([20, 27, 33, 0]), 40, 2.0


@pytest.fixture(scope="module")
def coins():
    """Four people who chose more for themselves in 20, 27 and 33 of 40 tries, and one who did not
    decide at all."""
    pair = Situation(("more", "less"), [[GAP, 0.0], [0.0, 0.0]])
    choice = (np.arange(TRIES) >= RIGHTS[:3, None]).astype(int).ravel()
    return Evidence(
        (pair,), tuple("abcd"), np.repeat(np.arange(3), TRIES), np.zeros(120, int), choice
    )


def log_likelihood(rights, free):
    """The explanation's sensitivity is exp(free) per unit of the range of payoffs, which is 2."""
    index = np.exp(free) / GAP * GAP
    return -rights * np.logaddexp(0, -index) - (TRIES - rights) * np.logaddexp(0, index)


def by_quadrature(rights):
    low, high = 0.0, np.log(20.0)
    prior = stats.norm((low + high) / 2, (high - low) / 2 / stats.norm.ppf(0.75))

    def integrand(free):
        return np.exp(log_likelihood(rights, free) + prior.logpdf(free))

    return np.log(integrate.quad(integrand, -12, 12, epsabs=0, epsrel=1e-10, limit=400)[0])


@pytest.mark.parametrize(("method", "tolerance"), [("integrated", 0.05), ("laplace", 0.5)])
def test_open_parameters_are_integrated_out(coins, method, tolerance):
    found = WEIGHINGS[method](Member(SELFISH), coins, 4000, np.random.default_rng(1))
    expected = [by_quadrature(rights) for rights in RIGHTS[:3]]
    np.testing.assert_allclose(found.log_evidence[:3], expected, atol=tolerance)
    assert found.log_evidence[3] == 0


def test_draws_come_nearer_than_the_curvature_where_that_is_skew(coins):
    rng = np.random.default_rng(2)
    expected = by_quadrature(20)
    drawn, curved = (
        abs(WEIGHINGS[m](Member(SELFISH), coins, 4000, rng).log_evidence[0] - expected)
        for m in ("integrated", "laplace")
    )
    assert drawn < curved


def test_estimates_are_charged_for(coins):
    found = WEIGHINGS["bic"](Member(SELFISH), coins, 0, np.random.default_rng(0))
    share = RIGHTS[1:3] / TRIES
    best = RIGHTS[1:3] * np.log(share) + (TRIES - RIGHTS[1:3]) * np.log(1 - share)
    np.testing.assert_allclose(found.log_evidence[1:3], best - 0.5 * np.log(TRIES), rtol=1e-8)
    np.testing.assert_allclose(found.predicted[TRIES, 0], share[0], rtol=1e-5)


def test_known_parameters_are_plugged_in(coins):
    member = Member(SELFISH, {"sensitivity": 0.5})
    found = WEIGHINGS["plug-in"](member, coins, 0, np.random.default_rng(0))
    np.testing.assert_allclose(
        found.log_evidence, [*log_likelihood(RIGHTS[:3], np.log(0.5 * GAP)), 0.0], rtol=1e-10
    )
