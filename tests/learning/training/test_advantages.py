import numpy as np
import pytest

from comity.learning.training.advantages import advantages

GAMMA, LAMBDA = 0.9, 0.8


def one_by_one(rewards, values, acting, done, last_value, last_acts):
    """Advantages of one player in one game slot, from the list of its own decisions alone."""
    steps = len(rewards)
    decisions = [t for t in range(steps) if acting[t]]
    found = {}
    following = None
    for t in reversed(decisions):
        paid, weight, s = 0.0, 1.0, t
        while True:
            paid += weight * rewards[s]
            weight *= GAMMA
            if done[s]:
                kind = "over"
                break
            s += 1
            if s == steps:
                kind = "end" if last_acts else "unknown"
                break
            if acting[s]:
                kind = "decision"
                break
        if kind == "unknown":
            following = 0.0
            continue
        ahead = {"over": 0.0, "end": last_value, "decision": values[s] if s < steps else 0.0}[kind]
        after = following if kind == "decision" else 0.0
        following = paid + weight * ahead - values[t] + LAMBDA * weight * after
        found[t] = following
    return found


@pytest.mark.parametrize("seed", range(3))
def test_waiting_steps_are_passed_over(seed):
    rng = np.random.default_rng(seed)
    steps, games, players = 12, 5, 3
    shape = (steps, games, players)
    rewards, values = rng.normal(size=shape), rng.normal(size=shape)
    acting, done = rng.random(shape) < 0.5, rng.random(shape[:2]) < 0.2
    after = rng.normal(size=shape[1:]), rng.random(shape[1:]) < 0.5
    arrays = (x.astype(np.float32) for x in (rewards, values))
    found, known = (
        np.asarray(x)
        for x in advantages(*arrays, acting, done, (after[0].astype("f4"), after[1]), GAMMA, LAMBDA)
    )
    for game in range(games):
        for player in range(players):
            expected = one_by_one(
                rewards[:, game, player],
                values[:, game, player],
                acting[:, game, player],
                done[:, game],
                after[0][game, player],
                after[1][game, player],
            )
            assert np.flatnonzero(known[:, game, player]).tolist() == sorted(expected)
            for t, advantage in expected.items():
                assert found[t, game, player] == pytest.approx(advantage, abs=1e-4)
