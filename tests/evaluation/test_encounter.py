"""An encounter is the protocol without its transcript."""

import dataclasses

import numpy as np
import pytest

from agreement_situations import case_of, chicken
from comity.agreement import agree
from comity.agreement.defaults import play_payoffs
from comity.agreement.parties import (
    BestResponding,
    Cautious,
    Committed,
    Exaggerating,
    Honest,
    Silent,
    Spiteful,
)
from comity.cases import Talk
from comity.evaluation.encounter import Stage
from comity.evaluation.suite import SUITE
from comity.evaluation.suite.family import Variant


class Breaker(Honest):
    """Agrees and then takes its last action."""

    def act(self, context, play):
        names = getattr(context.model, "actions", None)
        return names[context.place][-1] if names else "leave"


KINDS = {
    "honest": Honest(),
    "cautious": Cautious(),
    "loud": Exaggerating(2.0, 0.1),
    "liar": BestResponding(draws=1, tries=6, steps=1),
    "committed": Committed(0.8),
    "silent": Silent(),
    "spiteful": Spiteful(1.2),
    "breaker": Breaker(),
}


def both(variant, behaviours):
    """What the protocol and the encounter make of the same parties with the same chance."""
    agreement = agree(variant.case, parties=behaviours, rng=variant.seed, misreports="none")
    stage = Stage(variant)
    met = stage.meet(behaviours, stage.contexts())
    return agreement, stage, met


@pytest.mark.parametrize("family", SUITE)
@pytest.mark.parametrize("kind", KINDS)
def test_it_ends_as_the_protocol_does(family, kind):
    for number in range(2):
        variant = SUITE[family].variant(number)
        behaviours = {
            name: KINDS[kind] if i == number % 2 else Honest()
            for i, name in enumerate(variant.case.names)
        }
        agreement, stage, met = both(variant, behaviours)
        assert met.status == agreement.status
        assert met.past.acts == agreement.acts
        expected = play_payoffs(variant.truth, agreement.played) - stage.fallback
        assert np.allclose(met.gains, expected, atol=1e-9)


def test_rounds_of_talk():
    variant = SUITE["bargaining"].variant(0)
    rules = dataclasses.replace(variant.case.constitution, talk=Talk(rounds=3, revise=0.5))
    variant = dataclasses.replace(
        variant, case=dataclasses.replace(variant.case, constitution=rules)
    )

    class Slow(Honest):
        def respond(self, context, proposal):
            found = context.judge(proposal)
            return dataclasses.replace(found, accepts=found.accepts and proposal.delay >= 2)

    agreement, stage, met = both(variant, {"buyer": Slow(), "seller": Honest()})
    assert met.status == agreement.status
    assert np.allclose(met.gains, play_payoffs(variant.truth, agreement.played) - stage.fallback)


def test_gains_by_hand():
    """Nash bargaining from maximin gives (1.75, .5); alone they crash at (-5, -5)."""
    variant = Variant(chicken(), case_of([chicken()] * 2, default="favourite-equilibrium"), 0)
    stage = Stage(variant)
    agreed = stage.meet(dict.fromkeys("AB", Honest()), stage.contexts())
    assert np.allclose(agreed.gains, [6.75, 5.5])
    silent = stage.meet({"A": Honest(), "B": Silent()}, stage.contexts())
    assert silent.status == "declined"
    assert np.allclose(silent.gains, 0)


def test_breaking_an_agreement_that_nobody_enforces():
    """B is told to yield or press by a lottery on (C, D) and (D, C), and always presses."""
    rules = {"default": "favourite-equilibrium", "enforcement": "self-enforcing"}
    variant = Variant(chicken(), case_of([chicken()] * 2, **rules), 0)
    stage = Stage(variant)
    met = stage.meet({"A": Honest(), "B": Breaker()}, stage.contexts())
    held = stage.meet(dict.fromkeys("AB", Honest()), stage.contexts())
    assert met.status == held.status == "agreed"
    assert met.past.acts["B"] == "D"
    # A gets -1.5 where it yields and 5 where it presses; B then gets 2 or the crash at -5.
    yields = (5 - (held.gains[0] - 5)) / (5 + 1.5)
    assert met.gains[1] == pytest.approx(2 * yields - 5 * (1 - yields) + 5)


def test_reports_that_cannot_be_combined_end_in_the_defaults():
    variant = SUITE["information"].variant(0)
    rules = dataclasses.replace(variant.case.constitution, prior="logarithmic")
    case = dataclasses.replace(variant.case, constitution=rules)
    stage = Stage(dataclasses.replace(variant, case=case))
    models = list(case.models.values())
    reports = {name: models[0].replace("prior", np.eye(2)[i]) for i, name in enumerate(case.names)}
    met = stage.meet(dict.fromkeys(case.names, Honest()), stage.contexts(), reports)
    assert met.status == "unusable"
    assert np.allclose(met.gains, 0)


def test_the_past_is_what_all_saw():
    stage = Stage(SUITE["dilemmas"].variant(0))
    met = stage.meet({"north": Honest(), "south": Committed(99.0)}, stage.contexts())
    assert met.past.accepted == {"north": True, "south": False}
    contexts = stage.contexts([met.past], 2)
    assert contexts["north"].history == (met.past,)
    assert contexts["north"].remaining == 2
