"""Each check finds the environment that was broken on purpose for it."""

import numpy as np
import pytest

from comity.learning.environments.check import check_environment
from comity.learning.environments.checks import CHECKS, moved
from comity.learning.environments.lever import Lever, LeverState
from comity.learning.environments.protocol import Step
from comity.learning.environments.tiny_hanabi import TinyHanabi, TinyHanabiState


class NoWords(Lever):
    describe = property()


class Narrow(Lever):
    def observe(self, state):
        return super().observe(state)[:, :1]


class NothingLegal(Lever):
    def legal(self, state):
        return np.zeros_like(super().legal(state))


class Forgetful(Lever):
    calls = 0

    def observe(self, state):
        self.calls += 1
        return super().observe(state) + np.float32(self.calls)


class Eavesdropper(TinyHanabi):
    def step(self, state, actions):
        step = super().step(state, actions)
        waits = np.where(state.spoken < 0, actions[:, 1], 0)[:, None]
        return Step(step.state, step.rewards + waits.astype(np.float32), step.done)


class AnotherDeal(TinyHanabi):
    def start(self, given):
        state = super().start(given)
        return TinyHanabiState(1 - state.cards, state.spoken, state.over)


class Credulous(Lever):
    def start(self, given):
        return self.begin(0, max(len(given), 1))


class Obliging(Lever):
    def begin(self, rng, size):
        return super().begin(rng, max(1, int(size or 0)))


class Lenient(Lever):
    def step(self, state, actions):
        return super().step(state, np.clip(actions, 0, 9))


class Biased(Lever):
    def step(self, state, actions):
        step = super().step(state, actions)
        return Step(step.state, (actions == 0).astype(np.float32), step.done)


class Endless(Lever):
    def step(self, state, actions):
        step = super().step(state, actions)
        return Step(LeverState(state.over), step.rewards, np.zeros_like(step.done))


@pytest.mark.parametrize(
    ("broken", "name"),
    list(
        zip(
            [
                *(NoWords, Narrow, NothingLegal, Forgetful, Eavesdropper),
                *(AnotherDeal, Credulous, Obliging, Lenient, Biased),
            ],
            CHECKS,
            strict=True,
        )
    ),
)
def test_each_check_finds_its_fault(broken, name):
    faults = {check.name for check in check_environment(broken()).faults}
    assert name in faults


def test_a_game_that_never_ends_is_found():
    (fault, *_) = check_environment(Endless()).faults
    assert "longer than the horizon" in fault.detail


def test_moved_says_where_each_place_goes():
    slots = np.array([[0, 3], [1, 4]])
    assert moved(6, slots, np.array([1, 0])).tolist() == [1, 0, 2, 4, 3, 5]
