from fractions import Fraction

import numpy as np
import pytest

from comity.core import InputError
from comity.games import Lottery, MixedProfile, Negotiation, NormalForm
from comity.solutions import certify
from solutions import oracles
from solutions.oracles import options

DILEMMA = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
AUMANN = NormalForm.from_payoffs([[[6, 2], [7, 0]], [[6, 7], [2, 0]]])
TRAFFIC = Lottery(((0, 0), (0, 1), (1, 0)), np.array([0.5, 0.25, 0.25]))


def test_the_dilemma():
    peace, war = certify(DILEMMA, Lottery.pure((0, 0))), certify(DILEMMA, Lottery.pure((1, 1)))
    assert peace.deviation_gains["private"].tolist() == [2, 2]
    assert float(peace.pareto_slack) == 0
    assert war.deviation_gains["private"].tolist() == [0, 0]
    assert float(war.pareto_gap) == pytest.approx(2 / 5)
    assert float(war.pareto_slack) == pytest.approx(4 / 5)


def test_signals_differ_on_a_correlated_equilibrium():
    held = certify(AUMANN, TRAFFIC)
    assert held.payoffs.tolist() == [5.25, 5.25]
    assert held.deviation_gains["private"].max() == 0
    # Told the whole draw (0, 0), which comes up half the time, either would gain 1.
    assert held.deviation_gains["public"].tolist() == [0.5, 0.5]
    wrong = certify(AUMANN, Lottery(TRAFFIC.outcomes, np.array([0.8, 0.1, 0.1])))
    assert wrong.deviation_gains["private"].min() > 0.5


def test_a_wrong_equilibrium_is_refused():
    pennies = NormalForm.from_payoffs([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    right = certify(pennies, MixedProfile((np.array([0.5, 0.5]), np.array([0.5, 0.5]))))
    wrong = certify(pennies, MixedProfile((np.array([0.5, 0.5]), np.array([0.6, 0.4]))))
    assert right.deviation_gains["none"].max() == 0
    np.testing.assert_allclose(wrong.deviation_gains["none"], [0.2, 0], atol=1e-15)


def test_fractions_are_exact():
    third = Fraction(1, 3)
    exact = np.array([[[third, 0], [0, -third]], [[third, 0], [0, third]]], dtype=object)
    game = NormalForm.from_payoffs(exact.astype(float), exact=exact)
    held = certify(game, Lottery.uniform([(0, 0), (1, 1)]))
    assert held.exact
    assert held.payoffs[0] == 0
    assert held.payoffs[1] == float(third)


@pytest.mark.parametrize("signal", ["private", "public", "none"])
@pytest.mark.parametrize("shape", [(3, 3), (2, 3, 2)])
def test_agrees_with_best_reply(signal, shape, rng):
    game = NormalForm.from_payoffs(rng.normal(size=(len(shape), *shape)))
    play = Lottery.from_table(rng.dirichlet(np.full(np.prod(shape), 0.5)).reshape(shape))
    held = certify(game, play)
    expected = [game.best_reply(i, play, signal).gain for i in range(len(shape))]
    np.testing.assert_allclose(held.deviation_gains[signal], expected, atol=1e-12)
    np.testing.assert_allclose(held.payoffs, game.payoffs(play), atol=1e-12)


def test_models_in_blocks_are_read_from_the_blocks(rng):
    game = NormalForm.from_payoffs(rng.normal(size=(2, 2, 2)), block="facts")
    play = Lottery.uniform([(0, 1), (1, 0)])
    np.testing.assert_allclose(certify(game, play).payoffs, game.payoffs(play))


def test_leaving_a_negotiation(rng):
    domain: Negotiation = oracles.random_domain(rng, reservation=1.5)
    play = Lottery.uniform([(0, 0, 0, 0), (3, 2, 1, 0)])
    held = certify(domain, play, disagreement=domain.reservation)
    np.testing.assert_allclose(held.payoffs, domain.payoffs(play))
    np.testing.assert_allclose(held.margins, held.payoffs - 1.5)
    for signal in ("private", "none"):
        expected = [domain.best_reply(i, play, signal).gain for i in range(2)]
        np.testing.assert_allclose(held.deviation_gains[signal], expected)


def test_units_do_not_change_shares():
    play = Lottery.pure((2, 0))
    plain, large = options((3, 1), (1, 3), (1, 1)), options((3e6, 1), (1e6, 3), (1e6, 1))
    for gap in ("pareto_gap", "pareto_slack"):
        values = [float(getattr(certify(game, play), gap)) for game in (plain, large)]
        assert values[0] == pytest.approx(values[1])
        assert values[0] > 0.4


@pytest.mark.parametrize("play", [Lottery.pure((0, 2)), Lottery.pure((-1, 0))])
def test_no_such_outcome(play):
    with pytest.raises(InputError, match="not an outcome"):
        certify(DILEMMA, play)


def test_a_mixed_profile_is_not_a_deal(rng):
    with pytest.raises(InputError, match="mixed"):
        certify(oracles.random_domain(rng), MixedProfile((np.ones(1), np.ones(1))))
