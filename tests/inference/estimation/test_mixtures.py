"""Mixtures of types, against closed forms, planted truth and published figures."""

import os
from pathlib import Path

import jax.numpy as jnp
import numpy as np
import pytest
from scipy import optimize

from comity.core.errors import InputError
from comity.inference.estimation.maximum_likelihood import fit
from comity.inference.estimation.mixtures import fit_mixture, type_names
from comity.inference.evidence import Evidence, Situation
from comity.inference.evidence.adapters.allocations import allocations as read_allocations
from comity.inference.explanations import Explanation, Procedure, explain
from comity.inference.explanations.simulate import simulate

SELFISH = explain("own-payoff", "logit")


def coins(rights, tries=12):
    """People who chose more for themselves ``rights`` times out of ``tries``."""
    pair = Situation(("more", "less"), [[2.0, 0.0], [0.0, 0.0]])
    choice = (np.arange(tries) >= np.array(rights)[:, None]).astype(int).ravel()
    people = tuple(f"p{i}" for i in range(len(rights)))
    person = np.repeat(np.arange(len(rights)), tries)
    return Evidence((pair,), people, person, np.zeros(len(choice), int), choice)


def test_share_of_two_known_types_is_the_root_of_its_score():
    """With nothing else open the share s solves sum of (a - b) / (s a + (1 - s) b) = 0."""
    steep, shallow = (SELFISH.with_fixed(sensitivity=s, title=f"s {s}") for s in (1.5, 0.1))
    rights = np.array([12, 11, 12, 6, 7, 5, 12, 10, 6, 8])
    found = fit_mixture((steep, shallow), coins(rights))
    chances = [1 / (1 + np.exp(-2 * s)) for s in (1.5, 0.1)]
    a, b = (p**rights * (1 - p) ** (12 - rights) for p in chances)

    def score(s):
        return np.sum((a - b) / (s * a + (1 - s) * b))

    share = optimize.brentq(score, 1e-6, 1 - 1e-6)
    assert found.shares["s 1.5"] == pytest.approx(share, rel=1e-7)
    slopes = (a - b) / (share * a + (1 - share) * b)
    information = np.sum(slopes**2)
    error = np.sqrt(10 / 9 * np.sum(slopes**2)) / information
    assert found.share_errors["s 1.5"] == pytest.approx(error, rel=1e-6)
    assert found.share_errors["s 0.1"] == pytest.approx(error, rel=1e-6)
    np.testing.assert_allclose(
        found.posteriors[:, 0], share * a / (share * a + (1 - share) * b), rtol=1e-6
    )
    assert found.log_likelihood == pytest.approx(np.log(share * a + (1 - share) * b).sum())


@pytest.fixture(scope="module")
def planted(allocations, altruism):
    table = allocations(90, 30)
    mean = np.arange(90) < 30
    truth = {"share": np.where(mean, -0.3, 0.5), "sensitivity": np.where(mean, 0.8, 0.4)}
    return simulate(altruism, truth, table, 3), mean


@pytest.fixture(scope="module")
def found(planted, altruism):
    return fit_mixture([(altruism, 2)], planted[0], starts=4)


def test_planted_types_are_found(found, planted):
    first, second = found.types
    assert found.status == "identified"
    assert found.shares[first] == pytest.approx(2 / 3, abs=3 * found.share_errors[first])
    for name, truth in ((first, (0.5, 0.4)), (second, (-0.3, 0.8))):
        for (key, value), expected in zip(found.estimates[name].items(), truth, strict=True):
            assert abs(value - expected) < 3.5 * found.standard_errors[name][key]
    np.testing.assert_array_equal(found.posteriors[:, 1] > 0.5, planted[1])
    assert found.search.reached == found.search.starts
    assert found.normalised_entropy < 0.2


def test_criteria_count_parameters_and_shares(found, planted, altruism):
    alone = fit(altruism, planted[0])
    assert len(found.free) == 5
    assert found.bic == pytest.approx(5 * np.log(2700) - 2 * found.log_likelihood)
    assert found.icl == pytest.approx(found.bic + 2 * found.entropy)
    assert found.bic < alone.bic
    assert found.normalised_entropy == pytest.approx(
        found.entropy / (found.log_likelihood - alone.log_likelihood), rel=1e-6
    )


def test_one_type_is_the_fit_to_all(planted, altruism):
    alone, one = fit(altruism, planted[0]), fit_mixture((altruism,), planted[0], starts=8)
    (name,) = one.types
    assert one.log_likelihood == pytest.approx(alone.log_likelihood, abs=1e-8)
    for key, value in alone.estimates.items():
        assert one.estimates[name][key] == pytest.approx(value, rel=1e-5)
        assert one.standard_errors[name][key] == pytest.approx(alone.standard_errors[key], rel=1e-4)
    assert one.shares == {name: 1.0}


def test_shared_parameters_have_one_value(planted, altruism, found):
    tied = fit_mixture([(altruism, 2)], planted[0], shared=("sensitivity",), starts=4)
    first, second = tied.types
    assert tied.estimates[first]["sensitivity"] == tied.estimates[second]["sensitivity"]
    assert tied.estimates[first]["share"] > tied.estimates[second]["share"]
    assert len(tied.free) == 4
    assert tied.log_likelihood < found.log_likelihood


def test_types_that_are_not_there_do_not_pay(planted, altruism):
    same = simulate(altruism, {"share": 0.3, "sensitivity": 0.4}, planted[0], 4)
    many = fit_mixture([(altruism, 2)], same, starts=4)
    alone = fit(altruism, same)
    assert alone.log_likelihood <= many.log_likelihood < alone.log_likelihood + 6
    assert many.icl > many.bic > alone.bic
    assert not many.normalised_entropy < 1


def test_impossible_people_are_named():
    def always_best(view):
        return jnp.where(view.expected() == jnp.max(view.expected()), 0.0, -jnp.inf)

    sure = Explanation(SELFISH.motive, Procedure("best", always_best))
    with pytest.raises(InputError, match=r"no type allows.*found p1"):
        fit_mixture((sure, sure.with_fixed(title="again")), coins([12, 11, 12]))


def test_types_are_named_and_nothing_is_refused(altruism):
    assert type_names((altruism, SELFISH, altruism)) == (
        "altruism x logit 1",
        "own-payoff x logit",
        "altruism x logit 2",
    )
    with pytest.raises(InputError, match="nothing to fit"):
        fit_mixture((), coins([3]))


@pytest.mark.slow
def test_published_types_are_reproduced():
    """Bruhin, Fehr and Schunk (2019): shares of three types in session 1."""
    if "COMITY_DATA" not in os.environ:
        pytest.skip("set COMITY_DATA to a folder that holds social_preferences")
    folder = Path(os.environ["COMITY_DATA"]) / "social_preferences"
    table, dropped = (
        folder / f"bfs2019_{name}.csv" for name in ("choices_exp1", "dropped_subjects")
    )
    evidence = read_allocations(table, kind="q", unkind="v", drop=dropped)
    found = fit_mixture([(explain("bruhin-fehr-schunk", "logit"), 3)], evidence)
    assert [round(100 * s, 1) for s in found.shares.values()] == [47.4, 40.5, 12.1]
    assert found.search.reached == found.search.starts
    assert found.identified
