"""What deterministic policies are worth, exactly: every start is played once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.core.errors import InputError
from comity.learning.environments.protocol import Environment
from comity.learning.exact.plays import Listable
from comity.learning.policies.protocol import Policy, View


def worth(environment: Environment, policies: Sequence[Policy]) -> np.ndarray:
    """Return the expected return of each player, shape (n,), one policy in each seat.

    Exact for policies that draw nothing, in an environment whose chance can be listed.
    """
    if not isinstance(environment, Listable):
        raise InputError("the chance of this environment cannot be listed", found=environment.name)
    starts, chances = environment.starts()
    state = environment.start(starts)
    memories = [
        policy.begin(environment, seat, len(starts), 0) for seat, policy in enumerate(policies)
    ]
    total = np.zeros((len(starts), len(policies)))
    running = np.ones(len(starts), dtype=bool)
    while running.any():
        moves = np.zeros((len(starts), len(policies)), dtype=np.int32)
        seen, legal, acting = (
            np.array(ask(state))
            for ask in (environment.observe, environment.legal, environment.acting)
        )
        for seat, policy in enumerate(policies):
            view = View(seen[:, seat], legal[:, seat], acting[:, seat], state, seat)
            moves[:, seat], memories[seat] = policy.act(memories[seat], view)
        step = environment.step(state, moves)
        total += running[:, None] * np.asarray(step.rewards)
        running = running & ~np.asarray(step.done)
        state = environment.renew(step.state, np.asarray(step.done), 0)
    expected: np.ndarray = chances @ total
    return expected
