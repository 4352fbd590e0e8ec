"""A party that acts as a learned policy does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.agreement.parties.protocol import COMPLY, Context
from comity.agreement.proposal import Proposal
from comity.agreement.results import Decision
from comity.core.errors import InputError
from comity.games import Game, NormalForm, Play

if TYPE_CHECKING:
    from comity.learning.environments.iterated import Iterated
    from comity.learning.policies.protocol import Policy


class LearnedParty:
    """Reports and answers honestly, and acts as a policy that learned an iterated game.

    What all did in earlier encounters is the game so far. One action of each player stands for
    keeping one's word: where the policy takes it the party complies, and where others complied it
    is what they did. With any other action it breaks what was agreed. It fits two-player games of
    as many actions; payoffs may differ from those it learned with, which it never sees.

    Does as well as its training: badly against who behaves as nobody did there.

    Parameters
    ----------
    policy, environment : the policy, and the iterated game that it plays.
    word : places of the actions that stand for keeping one's word, one for each player.
    """

    def __init__(
        self, policy: Policy, environment: Iterated, word: tuple[int, int] = (0, 0)
    ) -> None:
        self.policy, self.environment, self.word = policy, environment, word
        for count, place in zip(environment.shape.actions, word, strict=True):
            if not 0 <= place < count:
                raise InputError("no such action", place="word", found=place)

    @classmethod
    def of(cls, file: str | Path, word: tuple[int, int] = (0, 0)) -> LearnedParty:
        """Return the party of a checkpoint of `comity train iterated`, or raise `InputError`."""
        from comity.learning.environments.iterated import Iterated
        from comity.learning.environments.make import make
        from comity.learning.training.agents import policy_of
        from comity.learning.training.checkpoints import load

        checkpoint = load(file)
        environment = make(checkpoint.environment, **checkpoint.variant)
        if not isinstance(environment, Iterated) or len(environment.shape.players) != 2:
            raise InputError(
                "this agent has no part in a Case",
                file=str(file),
                found=checkpoint.environment,
                expected="one that learned an iterated game of two",
            )
        return cls(policy_of(checkpoint), environment, word)

    def report(self, context: Context) -> Game | None:
        """Return its own model."""
        return context.model

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return what the rules say by its own model."""
        return context.judge(proposal)

    def act(self, context: Context, play: Play | None) -> str:
        """Return what the policy does after all that was seen, as keeping its word or not."""
        del play
        model = self._checked(context)
        seat = context.place
        memory = self.policy.begin(self.environment, seat, 1, context.seed)
        last = np.full((1, 2), -1)
        for past in context.history:
            _, memory = self._asked(memory, last, seat)
            last = np.array([[self._place(model, i, past.acts) for i in range(2)]])
        action, _ = self._asked(memory, last, seat)
        return COMPLY if action == self.word[seat] else model.actions[seat][action]

    def _checked(self, context: Context) -> NormalForm:
        model = context.model
        fits = isinstance(model, NormalForm) and model.shape == self.environment.game.shape
        if not fits or not isinstance(model, NormalForm):
            raise InputError(
                "the policy learned another kind of game",
                place=context.name,
                found=type(model).__name__,
                expected=f"a game of {self.environment.game.shape} actions",
            )
        return model

    def _place(self, model: NormalForm, player: int, acts: Mapping[str, str]) -> int:
        """Return the place of what a player did; who did nothing that is known kept its word."""
        act = acts.get(model.players[player], COMPLY)
        names = model.actions[player]
        return names.index(act) if act in names else self.word[player]

    def _asked(self, memory: Any, last: np.ndarray, seat: int) -> tuple[int, Any]:
        from comity.learning.policies.protocol import View

        fresh = self.environment.start({})
        state = fresh._replace(last=last.astype(np.int32))
        view = View(
            self.environment.observe(state)[:, seat],
            self.environment.legal(state)[:, seat],
            np.ones(1, dtype=bool),
            state,
            seat,
        )
        actions, memory = self.policy.act(memory, view)
        return int(actions[0]), memory
