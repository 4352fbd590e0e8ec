"""Profile likelihoods, against closed forms and SciPy's nested searches."""

import numpy as np
import pytest
from scipy import optimize, stats

from comity.core.errors import InputError
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import Explanation, Motive, Parameter, explain
from comity.inference.explanations.simulate import simulate
from comity.inference.identification.profile import profile

SELFISH = explain("own-payoff", "logit")
CUT = stats.chi2.ppf(0.95, 1) / 2


def coins(right, wrong, people=4):
    pair = Situation(("more", "less"), [[2.0, 0.0], [0.0, 0.0]])
    choice = np.array([0] * right + [1] * wrong)
    names = tuple("abcdefgh"[:people])
    return Evidence((pair,), names, np.arange(len(choice)) % people, 0 * choice, choice)


def test_one_parameter_has_the_limits_of_its_likelihood_ratio():
    table = coins(30, 10)
    found = profile(fit(SELFISH, table), table, "sensitivity", clustered=False)

    def fall(s):
        return 30 * np.log1p(np.exp(-2 * s)) + 10 * np.log1p(np.exp(2 * s))

    best = np.log(3) / 2
    limits = [
        optimize.brentq(lambda s: fall(s) - fall(best) - CUT, *bracket)
        for bracket in ((0.01, best), (best, 3))
    ]
    np.testing.assert_allclose([found.low, found.high], limits, rtol=1e-5)
    assert found.best == pytest.approx(best, rel=1e-6)
    np.testing.assert_allclose(found.log_likelihoods, -fall(found.values), rtol=1e-9)
    assert found.certified.kind == "estimate"
    assert found.spread == 1


def test_who_is_never_wrong_has_a_limit_on_one_side_only():
    """All n right: the likelihood falls below by n log(1 + exp(-2 s)) = half the quantile."""
    table = coins(24, 0)
    found = profile(fit(SELFISH, table), table, "sensitivity", clustered=False)
    lowest = -np.log(np.exp(CUT / 24) - 1) / 2
    assert found.low == pytest.approx(lowest, rel=1e-5)
    assert found.open_high
    assert found.high == np.inf
    shown = found.certified
    assert shown.kind == "lower_bound"
    assert shown.value == found.low
    assert "no limit above" in shown.method


def utility(payoffs, role, history, beliefs, care, duty):
    return payoffs[..., role] + (care + duty) * payoffs[..., 1 - role]


TWINS = Explanation(
    Motive("twins", utility, (Parameter("care", "care"), Parameter("duty", "duty"))),
    SELFISH.procedure,
)
"""Two parameters of which only the sum matters, and sensitivity."""


@pytest.fixture(scope="module")
def planted(allocations):
    steep = np.exp(np.random.default_rng(4).normal(-1, 0.8, 12))
    truth = {"care": 0.1, "duty": 0.2, "sensitivity": steep}
    return simulate(TWINS, truth, allocations(12, 20), 2)


@pytest.fixture(scope="module")
def best(planted):
    return fit(TWINS, planted)


def test_other_parameters_adapt(planted, best):
    found = profile(best, planted, "sensitivity", clustered=False, points=9)
    payoffs = np.stack([s.payoffs[:, 0] for s in planted.situations])[planted.situation]
    rows = np.arange(len(planted))

    def nested(steep):
        def negative(weight):
            utility = steep * (payoffs[..., 0] + weight * payoffs[..., 1])
            gap = utility[rows, 1 - planted.choice] - utility[rows, planted.choice]
            return np.logaddexp(0.0, gap).sum()

        return -optimize.minimize_scalar(negative, (-1, 1), options={"xtol": 1e-12}).fun

    for value, reached in zip(found.values[::3], found.log_likelihoods[::3], strict=True):
        assert reached == pytest.approx(nested(value), abs=1e-7)
    for limit in (found.low, found.high):
        assert nested(limit) == pytest.approx(best.log_likelihood - CUT, abs=1e-4)
    assert found.low < best.estimates["sensitivity"] < found.high


def test_dependence_within_people_widens_the_interval(planted, best):
    plain = profile(best, planted, "sensitivity", clustered=False, points=9)
    wide = profile(best, planted, "sensitivity", points=9)
    ratio = best.standard_errors["sensitivity"] / best.model_errors["sensitivity"]
    assert ratio > 1.2
    assert wide.spread == pytest.approx(ratio**2)
    assert np.log(wide.high / wide.low) == pytest.approx(
        ratio * np.log(plain.high / plain.low), rel=0.1
    )
    assert "clustered" in wide.notes[0]


def test_a_ridge_has_no_limits(planted, best):
    found = profile(best, planted, "care", points=5)
    assert found.open_low
    assert found.open_high
    assert found.certified.kind == "unknown"
    assert np.ptp(found.log_likelihoods) < 1e-6


def test_bad_requests_are_refused(planted, best):
    with pytest.raises(InputError, match="no such parameter"):
        profile(best, planted, "greed")
    with pytest.raises(InputError, match="level: out of range"):
        profile(best, planted, "care", level=1.0)
