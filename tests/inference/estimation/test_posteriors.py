"""Who follows what, by Bayes' rule done by hand, and where nothing can tell."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.posteriors import METHODS, posteriors
from comity.inference.evidence import Evidence, Situation
from comity.inference.explanations import Explanation, Motive, explain
from comity.inference.explanations.member import Member
from comity.inference.explanations.simulate import simulate

SELFISH = explain("own-payoff", "logit")


def weigher(name, share):
    """One who gives the other's payoff a fixed weight."""
    return Explanation(
        Motive(name, lambda p, role, history, beliefs: p[..., role] + share * p[..., 1 - role]),
        SELFISH.procedure,
        title=name,
    )


KIND, COOL, MEAN = weigher("kind", 0.8), weigher("cool", 0.0), weigher("mean", -0.8)
KNOWN = tuple(Member(e, {"sensitivity": 0.5}) for e in (KIND, COOL, MEAN))


@pytest.fixture(scope="module")
def chosen(allocations):
    """Person 0 is kind, 1 is cool, 2 is mean, 3 decides where the other gets nothing, 4 never."""
    table = allocations(5, 30)
    alone = Situation(("x", "y"), [[6.0, 0.0], [2.0, 0.0]])
    situation = np.where(table.person == 3, 30, table.situation)
    table = Evidence(
        (*table.situations, alone), table.people, table.person, situation, table.choice
    )
    draws = [simulate(m.explanation, m.parameters, table, 7) for m in KNOWN]
    choice = np.select(
        [table.person == p for p in range(4)], [d.choice for d in (*draws, draws[0])]
    )
    made = Evidence(table.situations, table.people, table.person, situation, choice)
    return made.subset(made.person < 4)


def test_posteriors_are_bayes_rule(chosen):
    prior = {"kind": 2.0, "cool": 1.0, "mean": 1.0}
    found = posteriors(KNOWN, chosen, prior=prior)
    rows = np.arange(len(chosen))
    joint = np.array([0.5, 0.25, 0.25]) * np.ones((5, 3))
    for m, member in enumerate(KNOWN):
        chances = member.predict(chosen)[rows, chosen.choice]
        for person in range(5):
            joint[person, m] *= chances[chosen.person == person].prod()
    np.testing.assert_allclose(found.posteriors, joint / joint.sum(axis=1, keepdims=True))
    assert found.prior == {"kind": 0.5, "cool": 0.25, "mean": 0.25}
    assert found.method == METHODS["plug-in"]
    assert found.of("person 0")["kind"] > 0.9


def test_verdicts_tell_only_what_can_be_told(chosen):
    found = posteriors(KNOWN, chosen)
    assert found.verdicts == ("kind", "cool", "mean", "cannot tell", "cannot tell")
    np.testing.assert_allclose(found.posteriors[3:], 1 / 3)
    assert found.counts == {"cannot tell": 2, "kind": 1, "cool": 1, "mean": 1}


def test_explanations_that_coincide_are_named_together(chosen):
    """Where two of three say the same of all that was asked, they keep the odds of the prior."""
    twin = Member(KIND, {"sensitivity": 0.5}, "twin")
    found = posteriors((*KNOWN, twin), chosen, prior={"kind": 3, "twin": 1, "cool": 1, "mean": 1})
    assert (found.verdicts[0], found.verdicts[2]) == ("kind or twin", "mean")
    np.testing.assert_allclose(found.posteriors[:, 0], 3 * found.posteriors[:, 3])


@pytest.mark.parametrize("method", ["integrated", "bic"])
def test_open_parameters_do_not_hide_who_follows_what(chosen, method):
    found = posteriors((KIND, MEAN), chosen, method=method)
    assert found.method == METHODS[method]
    assert found.posteriors[0, 0] > 0.9
    assert found.posteriors[2, 1] > 0.9
    np.testing.assert_allclose(found.posteriors[4], 1 / 2)
    assert found.verdicts[4] == "cannot tell"


def test_what_coincides_at_open_parameters_is_not_told(chosen):
    """Someone who only decides where the other gets nothing looks the same to both."""
    found = posteriors((KIND, MEAN), chosen, method="laplace")
    assert found.verdicts[3] == "cannot tell"
    np.testing.assert_allclose(found.posteriors[3], 1 / 2, atol=1e-6)


def test_what_everything_rules_out_keeps_the_prior(chosen):
    sure = tuple(Member(e, {"sensitivity": 1e9}) for e in (KIND, COOL))
    found = posteriors(sure, chosen, prior={"kind": 1, "cool": 3})
    lost = np.isneginf(found.log_evidence).all(axis=1)
    np.testing.assert_allclose(found.posteriors[lost], [[0.25, 0.75]] * lost.sum())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"level": 1.0}, "level: out of range"),
        ({"prior": {"kind": 1.0}}, "not a prior"),
        ({"method": "guess"}, "no such method"),
    ],
)
def test_bad_requests_are_refused(chosen, changes, message):
    with pytest.raises(InputError, match=message):
        posteriors(KNOWN, chosen, **changes)
    with pytest.raises(InputError, match="one name"):
        posteriors((KNOWN[0], KNOWN[0]), chosen)
