"""Maximum likelihood, against closed forms, SciPy, planted truth and broken data."""

import os
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest
from scipy import optimize

from comity.core.errors import InputError
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.evidence import Evidence, Situation
from comity.inference.evidence.adapters.allocations import allocations as read_allocations
from comity.inference.explanations import (
    Explanation,
    Motive,
    Parameter,
    Procedure,
    error_rate,
    explain,
)
from comity.inference.explanations.simulate import simulate

SELFISH = explain("own-payoff", "logit")


def coins(right, wrong, people=1, gap=2.0):
    """Choices between more and less for oneself, right and wrong ones, by turns of people."""
    pair = Situation(("more", "less"), [[gap, 0.0], [0.0, 0.0]])
    choice = np.array([0] * right + [1] * wrong)
    person = np.arange(len(choice)) % people
    return Evidence((pair,), tuple("abcdef"[:people]), person, np.zeros(len(choice), int), choice)


def test_one_parameter_logit_has_its_closed_form():
    """Share p of right choices at a gap d: sensitivity log(p / q) / d, error 1 / (d sqrt(npq))."""
    table = coins(30, 10, people=4)
    found = fit(SELFISH, table)
    p, n, gap = 0.75, 40, 2.0
    assert found.status == "identified"
    assert found.estimates["sensitivity"] == pytest.approx(np.log(3) / gap, rel=1e-7)
    assert found.model_errors["sensitivity"] == pytest.approx(
        1 / (gap * np.sqrt(n * p * (1 - p))), rel=1e-6
    )
    assert found.log_likelihood == pytest.approx(30 * np.log(p) + 10 * np.log(1 - p))
    np.testing.assert_allclose(
        found.log_likelihoods, np.log(np.where(table.choice == 0, p, 1 - p)), rtol=1e-6
    )
    residuals = [np.sum((table.choice[table.person == i] == 0) - p) for i in range(4)]
    meat = 4 / 3 * np.sum(np.square(residuals)) * gap**2
    bread = 1 / (gap**2 * n * p * (1 - p))
    assert found.standard_errors["sensitivity"] == pytest.approx(np.sqrt(meat) * bread, rel=1e-6)
    assert found.bic == pytest.approx(np.log(40) - 2 * found.log_likelihood)


@pytest.fixture(scope="module")
def planted(allocations, altruism):
    table = allocations(40)
    rng = np.random.default_rng(11)
    shares = 0.3 + 0.1 * rng.normal(size=40)
    return simulate(altruism, {"share": shares, "sensitivity": 0.5}, table, 2)


def plain_rows(values, evidence):
    """Log-probability of each choice, by the formula of a binary logit."""
    payoffs = np.stack([s.payoffs[:, 0] for s in evidence.situations])[evidence.situation]
    utility = values[1] * (payoffs[..., 0] + values[0] * payoffs[..., 1])
    rows = np.arange(len(evidence))
    gap = utility[rows, evidence.choice] - utility[rows, 1 - evidence.choice]
    return -np.logaddexp(0.0, -gap)


def test_estimates_and_errors_are_those_of_scipy_and_plain_loops(planted, altruism):
    found = fit(altruism, planted)
    best = optimize.minimize(
        lambda x: -plain_rows(x, planted).sum(), [0.0, 1.0], options={"gtol": 1e-6}
    )
    np.testing.assert_allclose(list(found.estimates.values()), best.x, rtol=1e-5)
    assert found.log_likelihood == pytest.approx(-best.fun, abs=1e-8)
    steps = np.eye(2) * 1e-4
    at = best.x

    def total(x):
        return plain_rows(x, planted).sum()

    hessian = np.array(
        [
            [
                total(at + a + b) - total(at + a - b) - total(at - a + b) + total(at - a - b)
                for b in steps
            ]
            for a in steps
        ]
    ) / (4 * 1e-8)
    inverse = np.linalg.inv(-hessian)
    np.testing.assert_allclose(
        list(found.model_errors.values()), np.sqrt(np.diag(inverse)), rtol=1e-4
    )
    slopes = [(plain_rows(at + s, planted) - plain_rows(at - s, planted)) / 2e-4 for s in steps]
    meat = np.zeros((2, 2))
    for person in range(40):
        score = np.array([slope[planted.person == person].sum() for slope in slopes])
        meat += np.outer(score, score)
    expected = 40 / 39 * inverse @ meat @ inverse
    np.testing.assert_allclose(found.covariance, expected, rtol=1e-4)


def test_planted_truth_is_found_within_its_errors(planted, altruism):
    found = fit(altruism, planted)
    for name, truth in (("share", 0.3), ("sensitivity", 0.5)):
        assert abs(found.estimates[name] - truth) < 3.5 * found.standard_errors[name]
    assert found.search.reached == 8
    assert found.search.others == ()


def test_units_of_payoffs_do_not_matter(planted, altruism):
    scaled = tuple(Situation(s.options, 250 * s.payoffs) for s in planted.situations)
    cents = Evidence(scaled, planted.people, planted.person, planted.situation, planted.choice)
    one, other = fit(altruism, planted), fit(altruism, cents)
    assert other.estimates["share"] == pytest.approx(one.estimates["share"], rel=1e-6)
    assert other.estimates["sensitivity"] * 250 == pytest.approx(
        one.estimates["sensitivity"], rel=1e-6
    )
    assert other.log_likelihood == pytest.approx(one.log_likelihood)


def test_separable_choices_have_no_estimate(planted, altruism):
    sure = simulate(altruism, {"share": 0.3, "sensitivity": 1e4}, planted, 5)
    found = fit(altruism, sure)
    assert found.status == "separable"
    assert np.isinf(found.estimates["sensitivity"])
    assert np.isnan(found.estimates["share"])
    assert np.isnan(list(found.standard_errors.values())).all()
    assert "sensitivity grows without bound" in found.warnings[0]
    assert found.log_likelihood > -1e-6
    assert found.certified["share"].kind == "unknown"
    assert not found.converged


def test_ties_in_the_limit_do_not_hide_that_choices_are_separable(altruism):
    """All choices follow a weight of 0.5 but for one pair, which it ties: two x and one y."""
    pairs = [([4.0, 0.0], [2.0, 4.0]), ([5.0, 1.0], [2.0, 5.0]), ([5.0, 1.0], [2.0, 9.0])]
    pairs += [([4.0, 0.0], [3.0, 1.0]), ([4.0, 0.0], [3.0, 3.0])]
    seen = tuple(Situation(("x", "y"), pair) for pair in pairs)
    situation, choice = np.array([0, 0, 0, 1, 2, 3, 4]), np.array([0, 0, 1, 0, 1, 0, 1])
    found = fit(altruism, Evidence(seen, ("a",), 0 * choice, situation, choice))
    assert found.status == "separable"
    assert np.isinf(found.estimates["sensitivity"])
    assert np.isnan(list(found.standard_errors.values())).all()
    limit = 2 * np.log(2 / 3) + np.log(1 / 3)
    assert found.log_likelihood == pytest.approx(limit, abs=0.01)


def test_choices_against_the_motive_are_at_the_edge():
    found = fit(SELFISH, coins(10, 30, people=4))
    assert found.status == "at the edge"
    assert found.estimates["sensitivity"] == 0
    assert np.isnan(found.standard_errors["sensitivity"])
    assert "end of its interval" in found.warnings[0]


def test_one_choice_of_one_person_identifies_nothing(planted, altruism):
    found = fit(altruism, planted.subset(np.arange(len(planted)) == 5))
    assert not found.identified
    assert np.isnan(list(found.standard_errors.values())).all()
    assert not np.isfinite(list(found.estimates.values())).any()
    assert any("one person only" in words for words in found.warnings)


def test_parameters_that_act_together_are_named():
    def utility(payoffs, role, history, beliefs, care, duty):
        return payoffs[..., role] + (care + duty) * payoffs[..., 1 - role]

    twins = Explanation(
        Motive("twins", utility, (Parameter("care", "care"), Parameter("duty", "duty"))),
        SELFISH.procedure,
    )
    rng = np.random.default_rng(2)
    pairs = tuple(Situation(("x", "y"), rng.uniform(0, 10, (2, 2))) for _ in range(30))
    zeros = np.zeros(30, int)
    blank = Evidence(pairs, ("a",), zeros, np.arange(30), zeros)
    table = simulate(twins, {"care": 0.2, "duty": 0.1, "sensitivity": 0.3}, blank, 4)
    found = fit(twins, table)
    assert found.status == "not identified"
    assert found.flat == ("care (care) up with duty (duty) down leaves every choice as likely",)
    assert np.isnan(found.estimates["care"])
    assert np.isfinite(found.standard_errors["sensitivity"])
    assert found.estimate("duty").kind == "unknown"
    assert "not identified" in str(found.estimate("duty"))


def tremble(view, error):
    best = view.expected() == jnp.max(view.expected())
    return jnp.log(jnp.where(best, 1 - error, error))


def test_error_rate_is_the_share_of_errors():
    careless = Explanation(SELFISH.motive, Procedure("careless", tremble, (error_rate(),)))
    found = fit(careless, coins(45, 5))
    assert found.estimates["error"] == pytest.approx(0.1, rel=1e-6)
    assert found.model_errors["error"] == pytest.approx(np.sqrt(0.1 * 0.9 / 50), rel=1e-6)
    flawless = fit(careless, coins(50, 0))
    assert flawless.status == "at the edge"
    assert flawless.estimates["error"] == 0


def test_impossible_choices_are_named():
    def always_best(view):
        return jnp.where(view.expected() == jnp.max(view.expected()), 0.0, -jnp.inf)

    found = fit(Explanation(SELFISH.motive, Procedure("best", always_best)), coins(3, 1))
    assert found.status == "ruled out"
    assert found.log_likelihood == -np.inf
    assert found.warnings[0] == "row 3: a choice of probability 0 at every start"


def test_without_parameters_there_is_nothing_to_search():
    found = fit(SELFISH.with_fixed(sensitivity=0.5), coins(3, 1, people=2))
    assert found.estimates == {}
    assert found.log_likelihood == pytest.approx(-3 * np.log1p(np.exp(-1)) - np.log1p(np.exp(1)))


def test_what_is_not_a_number_is_an_error(planted):
    def broken(payoffs, role, history, beliefs, share):
        return jnp.sqrt(share) * payoffs[..., role]

    wrong = Motive("broken", broken, (Parameter("share", "share"),))
    with pytest.raises(InputError, match=r"broken x logit.*nan for rows 0, 1.*share = -0"):
        fit(Explanation(wrong, SELFISH.procedure), planted)


def test_choices_outside_the_menu_never_arrive():
    with pytest.raises(InputError, match=r"choice, row 1.*found 2; expected 0 to 1"):
        Evidence(
            (Situation(("x", "y"), [[1, 0], [0, 1]]),), ("a",), np.zeros(2, int),
            np.zeros(2, int), np.array([0, 2]),
        )  # fmt: skip


@pytest.mark.parametrize(("rows", "starts"), [(0, 8), (4, 0)])
def test_nothing_to_fit_is_refused(rows, starts):
    table = coins(3, 1)
    with pytest.raises(InputError, match="nothing to fit"):
        fit(SELFISH, table.subset(np.arange(4) < rows), starts=starts)


def bruhin_fehr_schunk() -> Evidence:
    """Session 1 of Bruhin, Fehr and Schunk (2019), without those whom they drop."""
    if "COMITY_DATA" not in os.environ:
        pytest.skip("set COMITY_DATA to a folder that holds social_preferences")
    folder = Path(os.environ["COMITY_DATA"]) / "social_preferences"
    table, dropped = (
        folder / f"bfs2019_{name}.csv" for name in ("choices_exp1", "dropped_subjects")
    )
    return read_allocations(table, kind="q", unkind="v", drop=dropped)


def by_hand(evidence, estimates):
    """Return how much choosing the first option speaks for it, and its slopes by parameter.

    The utility of Bruhin, Fehr and Schunk (2019, equation 1): the other's payoff counts by alpha
    behind and by beta ahead, by gamma more after a kind act and by delta more after an unkind one.
    """
    pay = np.array([s.payoffs[:, 0] for s in evidence.situations])[evidence.situation]
    own, other = pay[..., 0], pay[..., 1]
    told = [
        np.array([np.broadcast_to(s.history[name], (2, 1))[:, 0] for s in evidence.situations])
        for name in ("kind", "unkind")
    ]
    parts = [own < other, own > other, *(feature[evidence.situation] for feature in told)]
    slopes = np.stack([np.asarray(part, float) * (other - own) for part in parts], axis=-1)
    weights = np.array([estimates[name] for name in ("alpha", "beta", "gamma", "delta")])
    gap = (own + slopes @ weights) @ np.array([1.0, -1.0])
    steep = estimates["sensitivity"] * (slopes[:, 0] - slopes[:, 1])
    return gap * estimates["sensitivity"], np.column_stack([steep, gap])


@pytest.mark.slow
def test_published_estimates_are_reproduced_with_errors_made_by_hand():
    """Bruhin, Fehr and Schunk (2019), session 1; errors clustered by person, in NumPy alone."""
    evidence = bruhin_fehr_schunk()
    found = fit(explain("bruhin-fehr-schunk", "logit"), evidence)
    published = {
        "alpha": 0.0835, "beta": 0.2605, "gamma": 0.0717, "delta": -0.0417, "sensitivity": 0.0156,
    }  # fmt: skip
    assert found.log_likelihood == pytest.approx(-5472.31, abs=0.005)
    assert found.estimates == pytest.approx(published, abs=6e-5)
    index, slopes = by_hand(evidence, found.estimates)
    chance = 1 / (1 + np.exp(-index))
    scores = slopes * ((evidence.choice == 0) - chance)[:, None]
    assert scores.sum(axis=0) == pytest.approx(0, abs=1e-2)
    # The expected information. The observed one adds residuals times the slopes of the weights,
    # over the sensitivity: these sum to 0 at the maximum.
    bread = np.linalg.inv((slopes * (chance * (1 - chance))[:, None]).T @ slopes)
    count = len(np.unique(evidence.person))
    sums = np.stack([np.bincount(evidence.person, column) for column in scores.T], axis=1)
    covariance = count / (count - 1) * bread @ (sums.T @ sums) @ bread
    errors = dict(zip(published, np.sqrt(np.diag(covariance)), strict=True))
    assert found.standard_errors == pytest.approx(errors, rel=1e-3)
