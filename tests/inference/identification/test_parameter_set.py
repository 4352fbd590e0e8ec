"""Values of a parameter that stand whatever the sample size, against plain ratios and coverage."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import explain
from comity.inference.explanations.simulate import simulate
from comity.inference.identification.parameter_set import parameter_set

SELFISH = explain("own-payoff", "logit")
GAP = 2.0


def coins(rights, tries=10):
    pair = Situation(("more", "less"), [[GAP, 0.0], [0.0, 0.0]])
    choice = (np.arange(tries) >= np.array(rights)[:, None]).astype(int).ravel()
    people = tuple(f"p{i}" for i in range(len(rights)))
    person = np.repeat(np.arange(len(rights)), tries)
    return Evidence((pair,), people, person, np.zeros(len(choice), int), choice)


def log_likelihood(steep, rights, tries):
    return -rights * np.log1p(np.exp(-GAP * steep)) - (tries - rights) * np.log1p(
        np.exp(GAP * steep)
    )


def test_ratios_are_those_of_a_coin():
    """With one parameter no other adapts: the ratio is plain likelihood at the other's estimate."""
    table = coins([7, 9, 8, 6])
    values = np.array([0.1, 0.3, 0.6, 1.0, 2.0])
    found = parameter_set(SELFISH, table, "sensitivity", values, rng=3)
    first = np.zeros(4, bool)
    first[np.random.default_rng(3).permutation(4)[:2]] = True
    rights = np.array([7, 9, 8, 6])
    halves = [rights[first].sum(), rights[~first].sum()]
    best = [np.log(h / (20 - h)) / GAP for h in halves]
    ratios = [
        log_likelihood(best[here], halves[there], 20) - log_likelihood(values, halves[there], 20)
        for here, there in ((0, 1), (1, 0))
    ]
    np.testing.assert_allclose(
        found.log_evidence, np.logaddexp(*ratios) - np.log(2), rtol=1e-6, atol=1e-8
    )
    np.testing.assert_array_equal(found.stands, found.log_evidence < np.log(10))


def test_a_range_is_an_estimate_or_a_bound():
    table = coins([7, 9, 8, 6, 8, 7, 9, 8])
    wide = parameter_set(SELFISH, table, "sensitivity", np.geomspace(0.01, 10, 25))
    assert wide.certified.kind == "estimate"
    assert wide.certified.low < np.log(62 / 18) / GAP < wide.certified.high
    narrow = parameter_set(SELFISH, table, "sensitivity", [0.5, 0.6, 0.7])
    assert narrow.certified.kind == "unknown"
    half = parameter_set(SELFISH, table, "sensitivity", [0.01, 0.6, 0.7])
    assert half.certified.kind == "lower_bound"


def test_who_is_never_wrong_has_no_upper_limit():
    found = parameter_set(SELFISH, coins([10] * 6), "sensitivity", np.geomspace(0.05, 50, 12))
    assert found.stands[-1]
    assert not found.stands[0]
    assert found.certified.kind == "lower_bound"


def test_the_truth_stands_as_often_as_is_promised():
    """Four people, where no curvature is to be trusted: at least 80% of 60 samples keep it."""
    blank, kept = coins([0] * 4, 6), []
    for seed in range(60):
        played = simulate(SELFISH, {"sensitivity": 0.9}, blank, seed)
        found = parameter_set(SELFISH, played, "sensitivity", [0.9], level=0.8, rng=seed)
        kept.append(found.stands[0])
    assert np.mean(kept) >= 0.8


def test_other_parameters_adapt(allocations, altruism):
    table = simulate(altruism, {"share": 0.3, "sensitivity": 0.5}, allocations(12, 15), 1)
    found = parameter_set(altruism, table, "share", [-1.0, 0.3, 1.5])
    np.testing.assert_array_equal(found.stands, [False, True, False])


@pytest.mark.parametrize(
    ("changes", "message"),
    [({"name": "greed"}, "no such parameter"), ({"level": 1.0}, "out of range")],
)
def test_bad_requests_are_refused(changes, message):
    given = {"name": "sensitivity", "values": [1.0], **changes}
    with pytest.raises(InputError, match=message):
        parameter_set(SELFISH, coins([7, 9]), **given)
    with pytest.raises(InputError, match="nothing to split"):
        parameter_set(SELFISH, coins([7]), "sensitivity", [1.0])
