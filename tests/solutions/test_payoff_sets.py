import numpy as np
import pytest

from comity.games import Lottery
from comity.solutions import CorrelatedSet, OutcomeSet, PayoffSet
from comity.solutions.payoff_sets import ScaledSet, mixture
from solutions.oracles import options

GAME = options((1, 4), (3, 0))


def test_the_protocol_is_kept():
    for payoff_set in (OutcomeSet(GAME), CorrelatedSet(GAME)):
        assert isinstance(payoff_set, PayoffSet)


def test_outcomes_are_asked_for_by_weight():
    vertex = OutcomeSet(GAME).maximise(np.array([1.0, 0.2]))
    assert vertex.play.outcomes == ((1, 0),)
    assert vertex.upper_bound == 3


def test_gains_in_units_of_their_own():
    view = ScaledSet(OutcomeSet(GAME), np.array([1.0, 0.0]), np.array([2.0, 4.0]))
    vertex = view.maximise(np.array([1.0, 0.0]))
    assert vertex.payoffs.tolist() == [1, 0]
    assert vertex.upper_bound == pytest.approx(1)
    assert view.payoffs(vertex.payoffs).tolist() == [3, 0]
    assert view.maximise(np.array([1.0, 0.0])) is vertex


def test_mixture_adds_up_what_is_drawn_twice():
    play = mixture([Lottery.pure((0,)), Lottery.uniform([(0,), (1,)])], np.array([0.5, 0.5]))
    assert dict(zip(play.outcomes, play.probabilities, strict=True)) == {(0,): 0.75, (1,): 0.25}
