"""Assistants that are not best: infer first and act then, do as told, do nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from comity.assistance.games.game import WAIT, AssistanceGame
from comity.assistance.people.planners import demonstrating
from comity.assistance.people.procedure import TIE, Fixed, Procedure, Reply, check_procedure
from comity.assistance.solving.steps import ERROR, steps_for
from comity.core.errors import InputError

DIGITS = 12
"""Decimals of beliefs that are told apart, so that two ways to one belief meet."""


@dataclass(frozen=True)
class Belief:
    """What an assistant that keeps a belief remembers: the step, and chances of the goals."""

    step: int
    chances: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class InverseReward:
    """Infers the goal from what a person does who is thought not to teach, and acts on it.

    Attributes
    ----------
    game : states, actions, goals.
    person : how the person is thought to act; as if nobody helped, unless given.
    name : for tables.

    Beliefs are Bayesian; the plan is the best one for the reward and the person expected under the
    belief of the moment, as if nothing more would be learnt, and is made anew at every step. So the
    assistant never acts in order to learn. An action that no goal explains leaves the belief as it
    is. Source: Ramachandran and Amir (2007) for belief and mean reward; Hadfield-Menell et al.
    (2016) for best response to a "demonstration by expert".
    """

    game: AssistanceGame
    person: Fixed
    name: str = "inverse reward"
    plans: dict[tuple[float, ...], np.ndarray] = field(default_factory=dict, repr=False)

    def begin(self) -> Belief:
        """Return the prior."""
        return Belief(0, _rounded(self.game.prior))

    def act(self, state: int, memory: Belief) -> int:
        """Return the first action of the plan for the belief; of equals the first."""
        if memory.chances not in self.plans:
            self.plans[memory.chances] = self._plan(np.array(memory.chances))
        plan = self.plans[memory.chances]
        return int(plan[min(memory.step, len(plan) - 1), state])

    def after(self, state: int, memory: Belief, person: int, slot: int) -> Belief:
        """Return the belief after an action of the person."""
        said = self.person.at(memory.step, state)[:, person]
        return Belief(memory.step + 1, _rounded(updated(np.array(memory.chances), said)))

    def _plan(self, belief: np.ndarray) -> np.ndarray:
        """Return the actions of the plan that learns nothing more, by step and state, (T, S)."""
        game = self.game
        steps = steps_for(game, ERROR)
        values, actions = np.zeros(len(game.states)), []
        for step in range(steps - 1, -1, -1):
            table = self.person.table[min(step, len(self.person.table) - 1)]
            weights = belief[:, None, None] * table
            reward = np.einsum("gsh,gsha->sa", weights, game.rewards)
            later = (game.chances * values[game.next_states]).sum(axis=-1)
            worth = reward + game.discount * np.einsum("sh,sha->sa", weights.sum(axis=0), later)
            open_ = np.where(game.assistant_allowed, worth, -np.inf)
            best = open_.max(axis=1)
            near = open_ >= (best - TIE * (1 + np.abs(best)))[:, None]
            actions.append(np.argmax(near, axis=1))
            values = np.where(game.final, 0.0, best)
        return np.stack(actions[::-1] if game.horizon is not None else actions[-1:])


def inverse_reward(game: AssistanceGame, person: Procedure | None = None) -> InverseReward:
    """Return the assistant that infers by a person of its own and acts on the belief."""
    thought = demonstrating(game) if person is None else person
    if isinstance(thought, Reply):
        raise InputError(
            "inverse reward needs a person whose choices do not depend on the assistant's plan",
            place="person",
            found=thought.name,
            expected="a table of chances, such as demonstrating(game)",
        )
    check_procedure(thought, game)
    return InverseReward(game, thought)


@dataclass(frozen=True, eq=False)
class Obey:
    """Does what it was last told, and waits until then.

    Attributes
    ----------
    game : its ``orders`` say which action of the person asks for what.
    name : for tables.

    An order that cannot be carried out is kept until it can be. Source: Milli, Hadfield-Menell,
    Dragan and Russell (2017), *Should Robots be Obedient?*, where the person states an order at
    every step; that actions stand for orders is our reading.
    """

    game: AssistanceGame
    name: str = "obey"

    def begin(self) -> int:
        """Return that there is no order yet."""
        return -1

    def act(self, state: int, memory: int) -> int:
        """Return the action asked for, or waiting."""
        may = self.game.assistant_allowed[state]
        if memory >= 0 and may[memory]:
            return memory
        return _waiting(self.game, state)

    def after(self, state: int, memory: int, person: int, slot: int) -> int:
        """Return the newest order."""
        order = int(self.game.orders[person])
        return memory if order < 0 else order


def obey(game: AssistanceGame) -> Obey:
    """Return the assistant that does as it is told; the game must say what counts as an order."""
    if (game.orders < 0).all():
        raise InputError(
            "no action of the person is an order",
            place="orders",
            found="none",
            expected="which action of the assistant an action of the person asks for",
        )
    return Obey(game)


@dataclass(frozen=True, eq=False)
class Idle:
    """Waits wherever it may: what happens without help."""

    game: AssistanceGame
    name: str = "wait"

    def begin(self) -> int:
        """Return the only memory."""
        return 0

    def act(self, state: int, memory: int) -> int:
        """Return waiting, or where that is not allowed the first action."""
        return _waiting(self.game, state)

    def after(self, state: int, memory: int, person: int, slot: int) -> int:
        """Return the only memory."""
        return 0


def _waiting(game: AssistanceGame, state: int) -> int:
    """Return the assistant's action of waiting, or where that is not allowed the first one."""
    may = game.assistant_allowed[state]
    wait = game.assistant_actions.index(WAIT) if WAIT in game.assistant_actions else -1
    return wait if wait >= 0 and may[wait] else int(np.argmax(may))


def updated(belief: np.ndarray, said: np.ndarray) -> np.ndarray:
    """Return the belief after what each type does with these chances; as it was where none would.

    Examples
    --------
    >>> updated(np.array([0.5, 0.5]), np.array([0.9, 0.3])).tolist()
    [0.75, 0.25]
    """
    found = belief * said
    total = found.sum()
    return found / total if total > 0 else belief


def _rounded(belief: np.ndarray) -> tuple[float, ...]:
    return tuple(np.round(belief, DIGITS).tolist())
