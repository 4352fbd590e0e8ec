"""Who sits at a table of Hanabi in tests: a program blindfold, and a stranger."""

from dataclasses import replace

import numpy as np

from comity.learning.environments.hanabi.rules import HANDS


class Blindfold:
    """Plays as the program does, from a state without its own cards and without the deck."""

    kind, reads_state = "program", True

    def __init__(self, program):
        self.program, self.name = program, program.name

    def begin(self, environment, player, size, rng):
        self.rules = environment.rules
        return self.program.begin(environment, player, size, rng)

    def act(self, memory, view):
        hidden = view.state.copy()
        rubbish = np.random.default_rng(0).integers(2**30, size=hidden.shape, dtype=np.uint32)
        unseen = [HANDS + view.player, *range(HANDS + 4 * self.rules.players, hidden.shape[1])]
        hidden[:, unseen] = rubbish[:, unseen]
        return self.program.act(memory, replace(view, state=hidden))

    def forget(self, memory, done, rng):
        return self.program.forget(memory, done, rng)


class Stranger:
    """Plays random legal moves."""

    name, kind = "stranger", "program"

    def begin(self, environment, player, size, rng):
        return np.random.default_rng(0)

    def act(self, memory, view):
        return np.argmax(memory.random(view.legal.shape) * view.legal, axis=1), memory

    def forget(self, memory, done, rng):
        return memory
