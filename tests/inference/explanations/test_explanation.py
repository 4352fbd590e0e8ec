"""Explanations: names, fixed values, what they refuse, and the same numbers by every road."""

import jax.numpy as jnp
import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.batch import make_batch
from comity.inference.explanations.catalogue import MOTIVES, PROCEDURES, explain
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.motive import Motive
from comity.inference.explanations.motives.own_payoff import OWN_PAYOFF
from comity.inference.explanations.parameters import Parameter, sensitivity
from comity.inference.explanations.procedure import Procedure
from comity.inference.explanations.procedures.logit import LOGIT
from comity.inference.numerics import x64
from explaining import DILEMMA, rounds

FEHR = explain("fehr-schmidt", "logit")
VALUES = {"alpha": 0.6, "beta": 0.2, "sensitivity": 0.4}
PIES = (
    Situation("ab", [[8, 2], [5, 5]], name="pie"),
    Situation("abc", [[8, 2], [0, 0], [3, 7]]),
    Situation("ab", [[6, 6], [9, 1]]),
)


def people(count=3, decisions=4, seed=0):
    rng = np.random.default_rng(seed)
    situation = rng.integers(0, 3, count * decisions)
    sizes = np.array([len(pie.options) for pie in PIES])
    return Evidence(
        PIES,
        tuple(f"person {p}" for p in range(count)),
        np.repeat(np.arange(count), decisions),
        situation,
        rng.integers(0, sizes[situation]),
    )


def written_out(evidence, alpha, beta, sensitivity):
    """The probabilities of the options of every row, person by person."""
    found = np.zeros((len(evidence), 3))
    for row, (p, s) in enumerate(zip(evidence.person, evidence.situation, strict=True)):
        own, other = PIES[s].payoffs[:, 0].T
        worth = own - alpha[p] * np.maximum(other - own, 0) - beta[p] * np.maximum(own - other, 0)
        weights = np.exp(sensitivity[p] * worth)
        found[row, : len(worth)] = weights / weights.sum()
    return found


def test_one_set_of_values_for_all():
    evidence = people()
    expected = written_out(evidence, *([value] * 3 for value in VALUES.values()))
    np.testing.assert_allclose(FEHR.predict(VALUES, evidence), expected, rtol=1e-12)


@pytest.mark.parametrize("decisions", [2, 4])
def test_values_by_person(decisions):
    # With fewer decisions than situations, and with more: two roads through the same numbers.
    evidence = people(decisions=decisions)
    values = {
        "alpha": np.array([0.1, 0.6, 0.9]),
        "beta": np.array([0.2, 0.2, 0.2]),
        "sensitivity": np.array([0.4, 0.8, 0.1]),
    }
    found = FEHR.predict({**values, "beta": 0.2}, evidence)
    np.testing.assert_allclose(found, written_out(evidence, *values.values()), rtol=1e-12)


def test_likelihoods_are_those_of_what_was_chosen():
    evidence = people()
    keep = np.arange(len(evidence)) != 3
    evidence = evidence.subset(keep)
    batch, places = make_batch(evidence)
    with x64():
        found = np.asarray(FEHR.log_likelihoods(VALUES, batch))
        table = np.exp(np.asarray(FEHR.log_table(VALUES, batch)))
    predicted = FEHR.predict(VALUES, evidence)
    chosen = predicted[np.arange(len(evidence)), evidence.choice]
    np.testing.assert_allclose(np.exp(found[places >= 0]), chosen[places[places >= 0]])
    assert found[places < 0].tolist() == [0.0]
    np.testing.assert_allclose(table[evidence.situation], predicted, rtol=1e-12)


def test_fixed_values_are_not_open():
    half = FEHR.with_fixed(beta=0.2)
    assert [p.name for p in half.parameters] == ["alpha", "sensitivity"]
    evidence = people()
    rest = {"alpha": 0.6, "sensitivity": 0.4}
    np.testing.assert_array_equal(half.predict(rest, evidence), FEHR.predict(VALUES, evidence))
    assert half.with_fixed("kind", alpha=0.0).name == "kind"
    assert half.with_fixed("kind", alpha=0.0).with_fixed(sensitivity=1.0).parameters == ()


def test_names():
    assert FEHR.name == "fehr-schmidt x logit"
    assert Explanation(OWN_PAYOFF, LOGIT, title="greed").name == "greed"


def test_sensitivities_follow_the_units_of_utility():
    units = {
        motive: explain(motive, "logit").all_parameters[-1].units
        for motive in ("own-payoff", "moral-opportunist")
    }
    assert units == {"own-payoff": -1, "moral-opportunist": 0}


@pytest.mark.parametrize("motive", MOTIVES)
def test_every_motive_goes_with_every_procedure(motive):
    for procedure in PROCEDURES:
        names = [p.name for p in explain(motive, procedure).all_parameters]
        assert len(names) == len(set(names))


def test_one_name_for_two_parameters_is_refused():
    twice = Motive("twice", OWN_PAYOFF.utility, (sensitivity(),))
    with pytest.raises(InputError, match=r"one name for two.*sensitivity"):
        Explanation(twice, LOGIT)
    with pytest.raises(InputError, match=r"no such parameter.*gamma.*alpha, beta, sensitivity"):
        FEHR.with_fixed(gamma=1.0)


def test_situations_that_lack_something_are_refused():
    with pytest.raises(InputError, match=r"pie, with delays; .*state expected_payoff"):
        explain("guilt", "logit").predict({"guilt": 1.0, "sensitivity": 1.0}, people())
    lottery = Situation("ab", [[[4, 4], [0, 0]], [[1, 3], [3, 1]]], name="lottery")
    with pytest.raises(InputError, match=r"met a situation of chance.*lottery"):
        explain("own-payoff", "level-1").check([lottery])
    explain("own-payoff", "level-1").check([DILEMMA])
    explain("guilt", "automaton tft").check([DILEMMA])


COUNTING = Procedure(
    "counting",
    lambda view, state, pull: jnp.log(jnp.where(jnp.arange(2) == 0, pull**state, 1 - pull**state)),
    (Parameter("pull", "a chance", 0.0, 1.0, typical=(0.3, 0.7)),),
    start=lambda view, pull: jnp.asarray(1.0),
    update=lambda state, view, own, others, pull: state + 1 + own + 10 * others,
    uses_motive=False,
)


def test_a_look_back_sees_its_own_sequence_and_only_what_is_known():
    # The state counts rounds, own second options, and ten for each of the other's.
    play = rounds(DILEMMA, [0, 1, 0, 1, 0], [0, 1, -1, 0, 0])
    play = Evidence(
        play.situations,
        play.people,
        play.person,
        play.situation,
        play.choice,
        sequence=np.array([0, 0, 0, 0, 1]),
        order=play.order,
        others=play.others,
    )
    found = Explanation(OWN_PAYOFF, COUNTING).predict({"pull": 0.5}, play)
    states = [1, 2, 2 + 1 + 1 + 10, 14, 1]
    np.testing.assert_allclose(found[:, 0], 0.5 ** np.array(states, float), rtol=1e-12)


def test_where_only_one_thing_can_come_about_it_is_known():
    alone = Situation("ab", [[1, 0], [2, 0]])
    found = Explanation(OWN_PAYOFF, COUNTING).predict(
        {"pull": 0.5}, rounds(alone, [1, 0, 0], [-1, -1, -1])
    )
    np.testing.assert_allclose(found[:, 0], 0.5 ** np.array([1.0, 3.0, 4.0]), rtol=1e-12)
