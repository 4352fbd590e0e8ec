"""Shrinkage and worst cases against brute force over all corners of the uncertainty."""

import dataclasses
import itertools

import numpy as np
import pytest

from agreement_situations import chicken, full_game, random_negotiation
from comity.agreement import default_play, propose
from comity.agreement.defaults import play_payoffs
from comity.agreement.parties import Cautious, Context
from comity.agreement.parties.cautious import cell_chances, gain_slopes, shrunk, worst_gain
from comity.agreement.studies.scalar import scalar_case
from comity.cases import Constitution, Party
from comity.games import Lottery, MixedProfile

RULES = Constitution(default="favourite-equilibrium")


def test_shrinking_by_reliability():
    values = np.array([0.0, 2.0])
    assert np.allclose(shrunk(values, np.array(1.0)), [0.5, 1.5])
    assert np.allclose(shrunk(values, np.zeros(2)), values)
    assert np.allclose(shrunk(np.ones(3), np.zeros(3)), 1)


def test_a_sure_party_is_honest(rng):
    context = Context(Party("A", full_game(rng)), RULES)
    assert Cautious().report(context) is context.model


def test_it_reports_uncertain_blocks_shrunk(rng):
    game = full_game(rng)
    party = Party("A", game, uncertainty={"facts": np.full(game.facts.size, 0.5)})
    report = Cautious().report(Context(party, RULES))
    assert report.facts.std() < game.facts.std()
    assert np.isclose(report.facts.mean(), game.facts.mean())
    assert np.array_equal(report.tastes, game.tastes)
    assert Cautious(shrink=False).report(Context(party, RULES)) is game


@pytest.mark.parametrize("block", ["tastes[A]", "facts", "prior"])
def test_slopes_against_finite_differences(block, rng):
    game = full_game(rng)
    play = Lottery(((0, 1), (1, 1)), np.array([0.3, 0.7]))
    default = MixedProfile((np.array([0.4, 0.6]), np.array([0.1, 0.9])))

    def gain(model):
        return model.payoffs(play)[0] - model.payoffs(default)[0]

    slopes = gain_slopes(game, "A", play, default)[block]
    values = game.blocks()[block].values
    if block == "prior":  # along the simplex only
        other = rng.dirichlet(np.ones(len(values)))
        expected = gain(game.replace(block, other)) - gain(game)
        assert np.isclose(slopes @ (other - values), expected)
        return
    for k, unit in enumerate(np.eye(len(values))):
        assert np.isclose(gain(game.replace(block, values + unit)) - gain(game), slopes[k])


@pytest.mark.parametrize("name", ["game", "negotiation"])
def test_the_worst_case_is_the_worst_corner(name, rng):
    if name == "game":
        game, rules, block = chicken(), RULES, "tastes[A]"
        sd = np.abs(rng.standard_normal(4))
    else:
        game = random_negotiation(rng, (2, 2), reservation=0.1)
        rules = Constitution(default="no-deal", disagreement="no-deal")
        block, sd = "tastes[A]", np.abs(rng.standard_normal(5))
    proposal = propose(dict.fromkeys("AB", game), rules)
    context = Context(Party("A", game, uncertainty={block: sd}), rules)
    play, values = proposal.solution.play, game.blocks()[block].values

    def gain(model):
        default = default_play(game, rules)
        return play_payoffs(model, play)[0] - play_payoffs(model, default)[0]

    corners = itertools.product((-1, 1), repeat=len(values))
    worst = min(gain(game.replace(block, values + np.array(c) * sd * 1.5)) for c in corners)
    assert np.isclose(worst_gain(context, proposal, 1.5), worst)


def test_no_deal_counts_no_cells(rng):
    assert not cell_chances(random_negotiation(rng), None).any()


@pytest.mark.parametrize(("sds", "accepts"), [(1.0, True), (3.0, False)])
def test_it_refuses_what_it_is_unsure_of(sds, accepts):
    """The share gains S = .5 if its estimate is right, with sd .2 on the estimate."""
    case = scalar_case(0.5, 0.5, 0.5, gain_rule=True)
    sd = {"facts": np.array([0.2, 0.2])}
    party = dataclasses.replace(case.parties[0], uncertainty=sd)
    context = Context(party, case.constitution)
    decision = Cautious(sds).respond(context, propose(case.models, case.constitution))
    assert decision.accepts == accepts
    assert np.isclose(
        worst_gain(context, propose(case.models, case.constitution), sds), 0.5 - 0.2 * sds
    )
