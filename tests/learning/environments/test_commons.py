"""The commons: growth by its chances, sanctions by hand, the same orchard on both engines."""

import jax
import numpy as np
import pytest

from comity.core import InputError
from comity.learning.environments.check import check_environment
from comity.learning.environments.commons import SANCTION, STAY, Commons, mixed
from comity.learning.environments.make import make


@pytest.mark.parametrize("engine", ["numba", "jax"])
def test_the_protocol_is_kept(engine):
    report = check_environment(Commons(engine, "1A2", horizon=2), size=2)
    assert report.ok, str(report)


def test_both_engines_play_the_same():
    one, other = make("commons", horizon=60), make("commons", "jax", horizon=60)
    given = [{"seed": seed} for seed in (0, 7, 123456789, 2**31 - 2)]
    mine, yours = one.start(given), other.start(given)
    rng = np.random.default_rng(0)

    @jax.jit
    def step(state, actions):
        after = other.step(state, actions)
        return after.state, after.rewards, other.observe(after.state)

    for _ in range(60):
        actions = rng.integers(6, size=(4, 4))
        after = one.step(mine, actions)
        mine, (yours, rewards, seen) = after.state, step(yours, actions)
        assert np.allclose(after.rewards, rewards, atol=1e-6)
        assert np.array_equal(one.observe(mine), seen)
    assert after.done.all()


def test_an_apple_is_eaten_once_and_by_the_first():
    orchard = Commons(text="1A2", growth=[0])
    step = orchard.step(orchard.start({"seed": 1}), [[2, 3]])
    assert step.rewards.tolist() == [[1, 0]]
    assert not step.state.apples.any()
    assert step.state.cells.tolist() == [[1, 2]]


def test_sanctions_strike_the_first_ahead_within_reach():
    orchard = Commons(text="1...\n2..3", reach=3, cost=0.5, fine=2)
    state = orchard.step(orchard.start({"seed": 1}), [[STAY, 2, STAY]]).state
    step = orchard.step(state, [[SANCTION, SANCTION, STAY]])
    # Player 1 looks north at the edge; player 2 has moved east and looks at player 3, two away.
    assert step.rewards.tolist() == [[-0.5, -0.5, -2]]
    assert step.state.struck.tolist() == [[False, False, True]]
    near = Commons(text="1...2", reach=3)
    ahead = near.step(near.start({"seed": 1}), [[STAY, 3]]).state
    assert near.step(ahead, [[STAY, SANCTION]]).rewards[0, 0] == -2
    far = Commons(text="1...2", reach=2)
    ahead = far.step(far.start({"seed": 1}), [[STAY, 3]]).state
    assert far.step(ahead, [[STAY, SANCTION]]).rewards[0, 0] == 0


def test_apples_grow_as_often_as_stated():
    orchard = Commons(text="1.2\nA.A\nAAA", growth=[0, 0.1, 0.2, 0.3])
    state = orchard.begin(3, 20_000)
    apples = np.zeros((20_000, 9), bool)
    apples[:, [3, 7]] = True
    grown = orchard.step(state._replace(apples=apples), np.full((20_000, 2), STAY)).state.apples
    # Near cell 5 (two steps at most): 3 and 7; near 6: 3 and 7; near 8: 7.
    error = 4 * np.sqrt(0.25 / 20_000)
    assert grown.mean(axis=0)[[5, 6, 8]] == pytest.approx([0.2, 0.2, 0.1], abs=error)
    assert not grown[:, :3].any()


def test_what_is_eaten_up_never_grows_again():
    orchard = Commons(text="1A2", horizon=200)
    state = orchard.step(orchard.begin(0, 50), np.tile([2, STAY], (50, 1))).state
    state = orchard.step(state, np.tile([3, STAY], (50, 1))).state
    for _ in range(150):
        state = orchard.step(state, np.full((50, 2), STAY)).state
    assert not state.apples.any()


def test_chance_is_well_mixed():
    words = np.arange(1 << 16, dtype=np.uint32)
    assert len(np.unique(mixed(words))) == 1 << 16
    flips = [np.bitwise_count(mixed(words) ^ mixed(words ^ np.uint32(1 << k))) for k in range(16)]
    assert np.mean(flips, axis=1) == pytest.approx(np.full(16, 16), abs=0.5)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"text": "1A2\n.."}, "row 2: rows of unequal length"),
        ({"text": "1A2\n.?."}, "row 2, column 2: letter without meaning"),
        ({"text": "1A1"}, "row 1, column 3: a start place too many"),
        ({"text": "1A."}, "too few start places"),
        ({"growth": [0, 2]}, "growth"),
        ({"reach": 0}, "reach"),
        ({"fine": -1}, "fine"),
    ],
)
def test_what_makes_no_commons(rules, message):
    with pytest.raises(InputError, match=message.replace("?", r"\?")):
        Commons(**rules)


@pytest.mark.parametrize("given", [{}, {"seed": -1}, {"seed": 0.5}])
def test_starts_that_are_none(given):
    with pytest.raises(InputError, match="seed"):
        Commons().start(given)
