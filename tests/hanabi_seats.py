"""Who sits at a table of Hanabi in tests, and what is asked of every program there."""

from dataclasses import replace

import numpy as np

from comity.learning import make, play
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


def team_score(bot, players, games):
    """Mean score of a team of one program; seed 1, points kept on bombing."""
    environment = make("hanabi", players=players, bombing="keeps points")
    return play(environment, [bot()] * players, games, rng=1).scores[:, 0].mean()


def check_it_reads_only_what_it_sees(bot, players):
    """See that without its own cards and the deck it makes the same moves."""
    environment = make("hanabi", players=players)
    plain = play(environment, [bot()] * players, 200, rng=3)
    blind = play(environment, [Blindfold(bot()) for _ in range(players)], 200, rng=3)
    assert np.array_equal(plain.actions, blind.actions)


def check_it_plays_variants_and_with_strangers(bot):
    """See that games with random partners end, in small variants too."""
    for variant in ({"ranks": 3, "colours": 2, "hand": 2}, {"players": 3, "information": 2}):
        environment = make("hanabi", **variant)
        seats = len(environment.shape.players)
        played = play(environment, [bot()] + [Stranger()] * (seats - 1), 200, rng=2)
        assert played.lengths.max() <= environment.shape.horizon
