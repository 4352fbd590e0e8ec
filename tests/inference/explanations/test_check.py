"""The conformance test passes what is sound, and names what is broken."""

import jax.numpy as jnp
import numpy as np
import pytest

from comity.inference.evidence.plans import decisions_by_state
from comity.inference.evidence.situations import Situation
from comity.inference.explanations.catalogue import MOTIVES, PROCEDURES, explain
from comity.inference.explanations.check import check_explanation
from comity.inference.explanations.explanation import Explanation
from comity.inference.explanations.motive import Motive
from comity.inference.explanations.motives.own_payoff import OWN_PAYOFF
from comity.inference.explanations.parameters import Parameter, sensitivity
from comity.inference.explanations.procedure import Procedure
from comity.inference.explanations.procedures.logit import LOGIT
from comity.inference.numerics import log_softmax, log_uniform
from explaining import DILEMMA

FEATURES = {
    "history": {
        "resists": [0.0, 1.0],
        "continues": 1.0,
        "received": 20.0,
        "kind": 1.0,
    },
    "beliefs": {"expected_payoff": 8.0, "prize": 2.0},
}
PIES = [
    Situation(("give", "keep", "burn"), [[5, 5], [10, 0], [0, 0]], delays=[0, 7]),
    Situation(("give", "keep"), [[12, 8], [12, 8]], **FEATURES, delays=[0, 7]),
]
PIES[0] = PIES[0].with_history(**{**FEATURES["history"], "resists": [0.0, 0.0, 1.0]})
PIES[0] = PIES[0].with_beliefs(**FEATURES["beliefs"])
MAZE = decisions_by_state(
    ("stay", "go"),
    ("here", "there"),
    [[0.0, 1.0], [-0.5, 0.0]],
    [np.eye(2), [[0.1, 0.8], [0.9, 0.1]]],
)


def situations_for(procedure):
    """Situations that a procedure of the catalogue says something about."""
    if procedure.name.startswith(("planning", "lookahead")):
        return MAZE
    if procedure.strategic or procedure.start is not None:
        return [DILEMMA]
    return PIES


@pytest.mark.parametrize(
    ("motive", "procedure"),
    [("moral-opportunist", "logit"), ("own-payoff", "ewa")],
)
def test_some_of_the_catalogue(motive, procedure):
    report = check_explanation(explain(motive, procedure), situations_for(PROCEDURES[procedure]))
    assert report.ok, str(report)
    looks_back = PROCEDURES[procedure].start is not None
    assert len(report.checks) == (10 if looks_back else 9)


@pytest.mark.slow
@pytest.mark.parametrize("motive", MOTIVES)
def test_every_motive(motive):
    report = check_explanation(explain(motive, "logit"), PIES)
    assert report.ok, str(report)


@pytest.mark.slow
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_every_procedure(procedure):
    report = check_explanation(
        explain("own-payoff", procedure), situations_for(PROCEDURES[procedure])
    )
    assert report.ok, str(report)


def by_place(view, sensitivity):
    """Prefers what comes early: depends on the order of options."""
    return log_softmax(-sensitivity * jnp.arange(len(view.options)), view.options)


def by_width(view, sensitivity):
    """Flatter in wider tables: depends on what else is there."""
    return log_softmax(sensitivity * view.expected() / len(view.options), view.options)


def everywhere(view, sensitivity):
    """Forgets which options there are."""
    return log_softmax(sensitivity * view.expected(), jnp.ones(len(view.options), bool))


def double(view, sensitivity):
    """Sums to 2."""
    return log_uniform(view.options) + jnp.log(2.0)


def edgy(view, sensitivity):
    """Has no slope where options tie: the root of a squared difference."""
    gap = view.expected() - view.expected()[0]
    return log_softmax(jnp.sqrt(sensitivity * gap**2), view.options)


@pytest.mark.parametrize(
    ("choose", "fault"),
    [
        (by_place, "does not depend on the order of options"),
        (by_width, "does not depend on what else is in a table"),
        (everywhere, "gives nothing to options that are not there"),
        (double, "gives probabilities that sum to 1"),
        (edgy, "has finite slopes"),
    ],
)
def test_faults_are_named(choose, fault):
    broken = Explanation(OWN_PAYOFF, Procedure("broken", choose, (sensitivity(),)))
    report = check_explanation(broken, PIES)
    assert fault in [check.name for check in report.faults]
    assert str(report).startswith("own-payoff x broken: broken")


def test_numbers_and_needs():
    root = Motive("root", lambda payoffs, role, history, beliefs: jnp.sqrt(payoffs[..., role] - 6))
    faults = check_explanation(Explanation(root, LOGIT), PIES).faults
    assert faults[0].name == "gives numbers"
    assert "sensitivity = " in faults[0].detail
    needy = Motive("needy", root.utility, (Parameter("w", "a weight"),), needs=("mood",))
    (fault,) = check_explanation(Explanation(needy, LOGIT), PIES).faults
    assert fault.name == "says something about the situations"
    assert "mood" in fault.detail


def test_what_raises_is_told():
    wrong = Motive("wrong", lambda payoffs, role, history, beliefs: history["nothing"])
    (fault,) = check_explanation(Explanation(wrong, LOGIT), PIES).faults
    assert (fault.name, fault.detail) == ("answers", "KeyError: 'nothing'")
