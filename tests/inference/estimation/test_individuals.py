"""Fits of every person alone, against SciPy's loop and people whose fate is known."""

import numpy as np
import pytest
from scipy import optimize

from comity.core.errors import InputError
from comity.inference.estimation.individuals import fit_individuals
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import Explanation, Motive, Parameter, explain
from comity.inference.explanations.simulate import simulate

SELFISH = explain("own-payoff", "logit")


@pytest.fixture(scope="module")
def chosen(allocations, altruism):
    """Twelve people: 0 is never wrong, 1 made one choice, 2 made none."""
    rng = np.random.default_rng(5)
    steep = np.full(12, 0.4)
    steep[0] = 1e4
    table = simulate(
        altruism, {"share": rng.normal(0.2, 0.1, 12), "sensitivity": steep}, allocations(12, 40), 6
    )
    return table.subset((table.person > 2) | (table.person == 0) | (np.arange(480) == 45))


@pytest.fixture(scope="module")
def found(chosen, altruism):
    return fit_individuals(altruism, chosen)


def test_statuses_of_people(found, chosen):
    assert found.status[:3].tolist() == ["separable", "separable", "no data"]
    assert (found.status[3:] == "identified").all()
    assert found.counts == {"identified": 9, "separable": 2, "no data": 1}
    assert found.decisions.tolist() == [40, 1, 0] + [40] * 9
    assert not np.isfinite(found.standard_errors[:3]).any()
    assert not np.isfinite(found.estimates[:3]).any()
    assert found.warnings[0].startswith("2 of 12 people: separable")
    assert np.isfinite(found.points).all()


def test_estimates_and_errors_are_those_of_a_loop_over_people(found, chosen):
    payoffs = np.stack([s.payoffs[:, 0] for s in chosen.situations])
    for person in range(3, 12):
        rows = chosen.person == person
        seen, choice = payoffs[chosen.situation[rows]], chosen.choice[rows]

        def negative(x, seen=seen, choice=choice):
            utility = np.exp(x[1]) * (seen[..., 0] + x[0] * seen[..., 1])
            own = np.arange(len(choice))
            return np.logaddexp(0.0, utility[own, 1 - choice] - utility[own, choice]).sum()

        best = optimize.minimize(negative, [0.0, -1.0], options={"gtol": 1e-7})
        steps = np.eye(2) * 1e-4
        curvature = [
            [
                negative(best.x + a + b)
                - negative(best.x + a - b)
                - negative(best.x - a + b)
                + negative(best.x - a - b)
                for b in steps
            ]
            for a in steps
        ]
        errors = np.sqrt(np.diag(np.linalg.inv(np.array(curvature) / 4e-8)))
        errors[1] *= np.exp(best.x[1])
        assert found.log_likelihoods[person] == pytest.approx(-best.fun, abs=1e-8)
        np.testing.assert_allclose(
            found.estimates[person], [best.x[0], np.exp(best.x[1])], rtol=1e-4
        )
        np.testing.assert_allclose(found.standard_errors[person], errors, rtol=1e-3)


def test_intervals_of_people_or_why_there_is_none(found):
    shown = found.estimate("person 5", "share")
    error = found.standard_errors[5, 0]
    assert shown.high - shown.value == pytest.approx(1.959964 * error, rel=1e-6)
    assert found.estimate("person 5", "sensitivity").low > 0
    assert found.estimate("person 0", "share").kind == "unknown"
    assert "no decision" in str(found.estimate("person 2", "share"))
    with pytest.raises(InputError, match="no such person"):
        found.estimate("nobody", "share")


def test_predictions_are_each_person_s_own(found, chosen, altruism):
    predicted = found.predict(chosen)
    rows = np.log(predicted[np.arange(len(chosen)), chosen.choice])
    sums = np.bincount(chosen.person, rows, minlength=12)
    np.testing.assert_allclose(sums, found.log_likelihoods, atol=1e-9)
    assert found.log_likelihood == pytest.approx(rows.sum())
    with pytest.raises(InputError, match="other people"):
        found.predict(chosen.of_people([3, 4]))


def test_closed_form_for_every_person():
    """Each person's share p of right choices at a gap d gives log(p / q) / d."""
    rights = np.array([6, 7, 8, 9, 10, 5, 3])
    choice = (np.arange(10) >= rights[:, None]).astype(int).ravel()
    pair = Situation(("more", "less"), [[2.0, 0.0], [0.0, 0.0]])
    people = tuple("abcdefg")
    table = Evidence((pair,), people, np.repeat(np.arange(7), 10), np.zeros(70, int), choice)
    found = fit_individuals(SELFISH, table)
    p = rights[:4] / 10
    np.testing.assert_allclose(found.estimates[:4, 0], np.log(p / (1 - p)) / 2, rtol=1e-6)
    np.testing.assert_allclose(
        found.standard_errors[:4, 0], 1 / (2 * np.sqrt(10 * p * (1 - p))), rtol=1e-5
    )
    assert found.status[4:].tolist() == ["separable", "at the edge", "at the edge"]
    assert found.estimates[4:, 0].tolist() == [np.inf, 0, 0]


def test_broken_explanations_and_empty_tables_are_refused(chosen, altruism):
    def broken(payoffs, role, history, beliefs, share):
        return jnp_nan(share) * payoffs[..., role]

    def jnp_nan(share):
        return share * float("nan")

    wrong = Explanation(Motive("broken", broken, (Parameter("share", "s"),)), SELFISH.procedure)
    with pytest.raises(InputError, match="does not give a number"):
        fit_individuals(wrong, chosen)
    with pytest.raises(InputError, match="nothing to fit"):
        fit_individuals(altruism, chosen.subset(np.zeros(len(chosen), bool)))
