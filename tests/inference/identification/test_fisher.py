"""Fisher information, against closed forms, all outcomes listed, and derivatives of likelihoods."""

import itertools

import jax.numpy as jnp
import numpy as np
import pytest

from comity.inference.estimation.likelihood import by_row, prepare, slopes_at
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import (
    Explanation,
    Motive,
    Parameter,
    Procedure,
    error_rate,
    explain,
)
from comity.inference.explanations.member import Member, one_decision_each
from comity.inference.explanations.simulate import simulate
from comity.inference.identification.fisher import fisher_spectrum

SELFISH = explain("own-payoff", "logit")
CHARNESS_RABIN = explain("charness-rabin", "logit")
POINT = {"alpha": 0.1, "beta": 0.4, "sensitivity": 0.3}


@pytest.fixture(scope="module")
def menus():
    rng = np.random.default_rng(8)
    return tuple(Situation(("x", "y"), rng.uniform(0, 10, (2, 2)).round(1)) for _ in range(12))


def test_information_of_a_logit_has_its_closed_form():
    """On the logarithm of sensitivity s, n choices at a gap d give n (s d)^2 p q."""
    pair = Situation(("more", "less"), [[2.0, 0.0], [0.0, 0.0]])
    found = fisher_spectrum(Member(SELFISH, {"sensitivity": 0.6}), [pair] * 5)
    p = 1 / (1 + np.exp(-1.2))
    width = np.log(20) / 2
    expected = 5 * 1.2**2 * p * (1 - p)
    np.testing.assert_allclose(found.eigenvalues, [expected * width**2])
    assert found.standard_errors["sensitivity"] == pytest.approx(0.6 / np.sqrt(expected))
    assert found.decisions_for("sensitivity", 0.6 / np.sqrt(expected) / 3) == pytest.approx(45)


def test_expected_information_is_the_mean_over_all_outcomes(menus):
    """The products of scores of all 2^5 outcomes, each with its probability."""
    few = menus[:5]
    found = fisher_spectrum(Member(CHARNESS_RABIN, POINT), few)
    total = np.zeros((3, 3))
    asked = one_decision_each(few)
    batch, places, scale = prepare(CHARNESS_RABIN, asked)
    free = [0.1, 0.4, np.log(0.3 * scale)]
    chances = CHARNESS_RABIN.predict(POINT, asked)
    for choices in itertools.product((0, 1), repeat=5):
        made = Evidence(
            asked.situations, asked.people, asked.person, asked.situation, np.array(choices)
        )
        batch, places, _ = prepare(CHARNESS_RABIN, made)
        score = by_row(slopes_at(CHARNESS_RABIN, np.array(free), batch, scale), places).sum(axis=0)
        total += chances[np.arange(5), choices].prod() * np.outer(score, score)
    width = np.array([0.5, 0.5, np.log(20) / 2])
    rebuilt = found.directions.T @ np.diag(found.eigenvalues) @ found.directions
    np.testing.assert_allclose(rebuilt, total * width * width[:, None], atol=1e-9)
    assert found.condition == pytest.approx(found.eigenvalues[-1] / found.eigenvalues[0])
    errors = np.sqrt(np.diag(np.linalg.inv(total))) * [1, 1, 0.3]
    np.testing.assert_allclose(list(found.standard_errors.values()), errors, rtol=1e-6)


def test_what_never_happens_is_not_told():
    """Who is always ahead shows nothing of its weight on the other when behind."""
    rng = np.random.default_rng(1)
    ahead = [
        Situation(("x", "y"), np.stack([rng.uniform(6, 10, 2), rng.uniform(0, 4, 2)], axis=1))
        for _ in range(8)
    ]
    found = fisher_spectrum(Member(CHARNESS_RABIN, POINT), ahead)
    assert found.rank == 2
    assert not found.identified
    (words,) = found.flat
    assert words.startswith("alpha (weight on the other when behind) may be anything near")
    assert np.isnan(found.standard_errors["alpha"])
    assert found.standard_errors["beta"] > 0
    assert found.condition == np.inf
    assert found.decisions_for("alpha", 0.1) == np.inf


def test_parameters_that_only_act_together_are_named(menus):
    def utility(payoffs, role, history, beliefs, care, duty):
        return payoffs[..., role] + (care + duty) * payoffs[..., 1 - role]

    twins = Motive("twins", utility, (Parameter("care", "care"), Parameter("duty", "duty")))
    explanation = Explanation(twins, SELFISH.procedure)
    values = {"care": 0.1, "duty": 0.3, "sensitivity": 0.3}
    found = fisher_spectrum(Member(explanation, values), menus)
    assert found.flat == ("care (care) up with duty (duty) down leaves every choice as likely",)
    np.testing.assert_allclose(np.abs(found.directions[0, :2]), np.sqrt(0.5), atol=1e-6)
    assert "up" in found.weakest or "(" in found.weakest


def test_fewer_decisions_than_parameters_leave_flat_directions(menus):
    found = fisher_spectrum(Member(CHARNESS_RABIN, POINT), menus[:1])
    assert found.rank == 1
    assert len(found.flat) == 2


def test_observed_information_is_what_the_fit_s_errors_rest_on(menus):
    blank = one_decision_each(menus)
    person = np.repeat(np.arange(20), 12)
    many = Evidence(
        menus, tuple(map(str, range(20))), person, np.tile(np.arange(12), 20), 0 * person
    )
    assert len(blank) == 12
    made = simulate(CHARNESS_RABIN, POINT, many, 3)
    best = fit(CHARNESS_RABIN, made)
    found = fisher_spectrum(best.member(), made, observed=True)
    for name, error in best.model_errors.items():
        assert found.standard_errors[name] == pytest.approx(error, rel=1e-5)
    expected = fisher_spectrum(best.member(), made)
    for name, error in best.model_errors.items():
        assert expected.standard_errors[name] == pytest.approx(error, rel=0.3)


def test_procedures_that_look_back_are_read_row_by_row(rng):
    """An error rate e of n steps has information n / (e (1 - e)), on the logit n e (1 - e)."""
    copy = Procedure(
        "copy",
        lambda view, state, error: jnp.log(jnp.where(jnp.arange(2) == state, 1 - error, error)),
        (error_rate(),),
        start=lambda view, error: jnp.asarray(0),
        update=lambda state, view, own, others, error: others,
        uses_motive=False,
    )
    game = Situation(("c", "d"), [[[3, 3], [0, 5]], [[5, 0], [1, 1]]], menus=(("c", "d"),))
    played = Evidence(
        (game,), ("a", "b"), np.repeat([0, 1], 7), np.zeros(14, int), rng.integers(0, 2, 14),
        sequence=np.repeat([0, 1], 7), order=np.arange(14), others=rng.integers(0, 2, 14),
    )  # fmt: skip
    found = fisher_spectrum(Member(Explanation(SELFISH.motive, copy), {"error": 0.2}), played)
    assert found.standard_errors["error"] == pytest.approx(np.sqrt(0.2 * 0.8 / 14))
