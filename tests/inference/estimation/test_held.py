"""Likelihood ratios: by closed form where chances are coins, by another optimiser elsewhere."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from comity.inference.estimation.held import climb_from, likelihood_ratios
from comity.inference.estimation.lanes import make_lanes
from comity.inference.estimation.likelihood import prepare
from comity.inference.explanations import explain
from comity.inference.explanations.simulate import simulate


@pytest.fixture(scope="module")
def chosen(allocations, altruism):
    """Five people who choose 30 times each."""
    return simulate(altruism, {"share": 0.2, "sensitivity": 0.3}, allocations(5, 30), 1)


def fitted(explanation, evidence, start):
    batch, _, scale = prepare(explanation, evidence)
    lanes = make_lanes(explanation, batch, scale)
    people = np.arange(len(evidence.people))
    everywhere = np.broadcast_to(start, (len(people), 1, len(start)))
    return lanes, climb_from(lanes, people, everywhere, np.ones(len(start), bool)), scale


def test_ratios_agree_with_another_optimiser(chosen, altruism):
    lanes, ends, scale = fitted(altruism, chosen, np.array([0.1, 1.0]))
    values = np.tile([0.4, np.log(0.5 * scale)], (5, 1))
    spread = np.tile(np.diag([0.1, 0.3]), (5, 1, 1))
    lost = likelihood_ratios(lanes, ends, spread, values)
    pairs = np.array([chosen.situations[s].payoffs[:, 0] for s in chosen.situation])
    gaps = pairs[:, 1] - pairs[:, 0]

    def log_likelihood(person, share, sensitivity):
        worth = sensitivity * (gaps @ [1, share])
        signs = np.where(chosen.choice == 1, 1, -1)
        return -np.log1p(np.exp(-signs * worth))[chosen.person == person].sum()

    for person in range(5):
        top = ends.value[person]
        share, sensitivity = ends.point[person, 0], np.exp(ends.point[person, 1]) / scale
        assert log_likelihood(person, share, sensitivity) == pytest.approx(top)
        at_share = minimize_scalar(
            lambda s, p=person: -log_likelihood(p, 0.4, s), bounds=(1e-6, 20), method="bounded"
        )
        at_sensitivity = minimize_scalar(
            lambda a, p=person: -log_likelihood(p, a, 0.5), bounds=(-5, 5), method="bounded"
        )
        np.testing.assert_allclose(
            lost[person], 2 * (top + np.array([at_share.fun, at_sensitivity.fun])), atol=1e-6
        )


def test_a_single_parameter_is_looked_up(chosen):
    lanes, ends, _ = fitted(explain("own-payoff", "logit"), chosen, np.array([0.0]))
    lost = likelihood_ratios(lanes, ends, np.ones((5, 1, 1)), np.full((5, 1), 0.3))
    np.testing.assert_allclose(
        lost[:, 0], 2 * (ends.value - lanes.look(np.full((5, 1, 1), 0.3))[:, 0])
    )
    assert (lost >= 0).all()


def test_a_maximum_that_was_missed_shows_as_a_loss_below_0(chosen, altruism):
    lanes, ends, _ = fitted(altruism, chosen, np.array([0.1, 1.0]))
    short = ends._replace(value=ends.value - 3)
    lost = likelihood_ratios(lanes, short, np.tile(np.eye(2), (5, 1, 1)), ends.point)
    np.testing.assert_allclose(lost, -6, atol=1e-6)


def test_searches_set_out_from_the_likeliest_point(chosen, altruism):
    """Held everywhere, a search stays where it starts."""
    lanes, ends, _ = fitted(altruism, chosen, np.array([0.1, 1.0]))
    starts = np.stack([ends.point + 1, ends.point, np.full_like(ends.point, np.nan)], axis=1)
    found = climb_from(lanes, np.array([3, 1]), starts[[3, 1]], np.zeros(2, bool))
    np.testing.assert_allclose(found.point, ends.point[[3, 1]])
