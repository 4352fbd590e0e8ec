"""Players of the lever game for tests: each always pulls one lever."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Puller:
    """Pulls one lever, whatever it sees."""

    lever: int
    name: str = "puller"
    kind: str = "learned"

    def begin(self, environment, player, size, rng):
        return size

    def act(self, memory, view):
        return np.full(memory, self.lever), memory

    def forget(self, memory, done, rng):
        return memory


def pull(seat):
    """A maker for `Foreign`: pulls the last lever that is allowed."""
    return lambda seen, info: int(np.flatnonzero(info["action_mask"])[-1])
