"""What a party foresees is what then happens, if it sees right."""

import dataclasses

import numpy as np

from agreement_situations import case_of, chicken, random_negotiation
from comity.agreement import agree
from comity.agreement.parties import Context
from comity.agreement.parties.foresight import expected_payoff, imagined
from comity.agreement.studies.scalar import scalar_case
from comity.cases import Belief
from comity.games import Game


class Says:
    def __init__(self, report):
        self.stated = report

    def report(self, context):
        return self.stated

    def respond(self, context, proposal):
        return context.judge(proposal)

    def act(self, context, play):
        return "comply"


def context(case, **changes):
    return Context(dataclasses.replace(case.parties[0], **changes), case.constitution, seed=2)


def test_it_foresees_the_run_with_honest_others():
    case = scalar_case(0.5, 0.5, 0.3, 0.2, gain_rule=True)
    for bias in (0.0, 0.1, 0.3):
        report = case.models["one"].replace("facts", [0.5 + bias] * 2)
        foreseen = expected_payoff(context(case), report)
        agreement = agree(case, parties={"one": Says(report)}, rng=0, misreports="none")
        models: dict[str, Game] = case.models
        if agreement.status == "agreed":
            happened = models["one"].payoffs(agreement.play)[0]
        else:
            happened = 0.0
        assert np.isclose(foreseen, happened)
        assert np.isclose(foreseen, 0.3 + bias / 2 if bias <= 0.2 else 0.0)


def test_without_refusals_the_direction_shows():
    case = scalar_case(0.5, 0.5, 0.3, 0.2)
    report = case.models["one"].replace("facts", [0.9, 0.9])
    assert np.isclose(expected_payoff(context(case), report, refusals=False), 0.5)
    assert np.isclose(expected_payoff(context(case), report), 0.0)


def test_no_gain_means_the_default():
    case = case_of(
        [chicken()] * 2,
        disagreement="point",
        disagreement_point={"A": 9, "B": 9},
        default="favourite-equilibrium",
    )
    assert expected_payoff(Context(case.parties[0], case.constitution), chicken()) == -5


def test_the_noise_of_two_estimates():
    case = scalar_case(0.5, 0.5, 0.3)
    unsure = context(case, uncertainty={"facts": np.array([0.1, 0.1])})
    ways = imagined(unsure, 2000)
    facts = np.array([way.table.models["two"].facts.ravel() for way in ways])
    assert np.array_equal(facts[:, 0], facts[:, 1])
    assert abs(facts.std() - 0.1 * np.sqrt(2)) < 0.008
    assert np.isclose(sum(way.chance for way in ways), 1)


def test_a_sure_party_imagines_one_way():
    assert len(imagined(context(scalar_case(0.5, 0.5, 0.3)), 50)) == 1


def test_beliefs_about_tastes_are_drawn_as_often_as_held(rng):
    game = random_negotiation(rng, (2, 2))
    case = case_of([game] * 2)
    ways = [Belief("B", np.full(5, float(k)), p) for k, p in enumerate((0.25, 0.75))]
    held = context(case, beliefs=tuple(ways))
    drawn = [way.table.models["B"].tastes[1, 0, 0] for way in imagined(held, 600)]
    assert abs(np.mean(drawn) - 0.75) < 4 * np.sqrt(0.1875 / 600)
