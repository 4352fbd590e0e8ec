"""Plans as graphs: what the assistant does, and where it goes on after what it sees."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from comity.assistance.solving.hidden import Hidden


@dataclass(eq=False)
class Stage:
    """Plans for one state with so many steps to go.

    Attributes
    ----------
    vectors : shape (n, X), what each plan is worth by hidden type.
    actions : shape (n,), what the assistant does first.
    children : shape (n, H, K), which plan of the stage that follows it goes on with, by what the
        person did and the slot of the state that came about; -1 where that cannot be.
    useful : shape (m,), the plans that are best at some belief.
    """

    vectors: np.ndarray
    actions: np.ndarray
    children: np.ndarray
    useful: np.ndarray

    def best(self, belief: np.ndarray) -> int:
        """Return the plan that is worth most at a belief."""
        return int(self.useful[np.argmax(self.vectors[self.useful] @ belief)])


Layers = list[dict[int, Stage]]
"""By steps to go, then by state."""


def nothing(types: int, person: int, slots: int) -> Stage:
    """Return the stage after the last step, or in a final state: one plan worth nothing."""
    return Stage(
        np.zeros((1, types)),
        np.zeros(1, int),
        np.full((1, person, slots), -1),
        np.zeros(1, int),
    )


def action_values(hidden: Hidden, layers: Layers, left: int, state: int, plan: int) -> np.ndarray:
    """Return what each action of the person is worth under a plan, by type, shape (X, H).

    Actions that are not allowed are worth minus infinity.
    """
    game, stage = hidden.game, layers[left][state]
    a = int(stage.actions[plan])
    worth = np.full((len(hidden.names), game.shape[1]), -np.inf)
    for h in np.flatnonzero(game.person_allowed[state]):
        worth[:, h] = hidden.rewards[:, state, h, a]
        for k, follows, chance in game.successors(state, int(h), a):
            after = layers[left - 1][follows].vectors[stage.children[plan, h, k]]
            worth[:, h] += game.discount * chance * after
    return worth


@dataclass(frozen=True)
class Memory:
    """Where an assistant with a plan stands.

    Attributes
    ----------
    left : steps to go.
    plan : place in the stage of the state it is in.
    """

    left: int
    plan: int


@dataclass(frozen=True, eq=False)
class PlanAssistant:
    """An assistant that follows a plan graph.

    Attributes
    ----------
    hidden : the types it was made for.
    layers : the graph.
    steps : how many steps it covers.
    name : for tables.
    """

    hidden: Hidden
    layers: Layers = field(repr=False)
    steps: int
    name: str = "exact"

    def begin(self) -> Memory:
        """Return the best plan at the prior."""
        stage = self.layers[self.steps][self.hidden.game.start]
        return Memory(self.steps, stage.best(self.hidden.prior))

    def act(self, state: int, memory: Memory) -> int:
        """Return the assistant's action."""
        return int(self.layers[memory.left][state].actions[memory.plan])

    def after(self, state: int, memory: Memory, person: int, slot: int) -> Memory:
        """Return where it stands once it saw an action and the slot of the next state."""
        child = int(self.layers[memory.left][state].children[memory.plan, person, slot])
        return Memory(memory.left - 1, child)

    def responses(self, state: int, memory: Memory) -> np.ndarray:
        """Return how likely each type makes each action of the person, shape (X, H)."""
        worth = action_values(self.hidden, self.layers, memory.left, state, memory.plan)
        return self.hidden.chances(self.steps - memory.left, state, worth)
