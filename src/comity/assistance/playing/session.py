"""A game played step by step between a person and an assistant that keeps a belief."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.known import solve_known
from comity.assistance.people.procedure import Fixed, Procedure
from comity.assistance.playing.reasons import reason, words
from comity.assistance.solving.baselines import (
    InverseReward,
    Obey,
    inverse_reward,
    obey,
    updated,
)
from comity.assistance.solving.choosing import solve_or_bound
from comity.assistance.solving.plans import Memory, PlanAssistant
from comity.assistance.solving.results import Solved
from comity.core import InputError, Result, as_generator, pick
from comity.core.randomness import Rng

MOST_STEPS = 100
"""Steps of a game without end that an assistant without a plan plays."""


@dataclass(frozen=True)
class Turn(Result):
    """One step of a game.

    Attributes
    ----------
    step : from 1.
    state : before it.
    person, assistant : what both did.
    why : why the assistant did it.
    belief : chances of the goals after it, in the eyes of the assistant; empty where it has none.
    expected : false where no goal would have made the person do this.
    reward : what the step was worth under the person's goal.
    after : the state it led to.
    """

    step: int
    state: str
    person: str
    assistant: str
    why: str
    belief: tuple[float, ...]
    expected: bool
    reward: float
    after: str


@dataclass(frozen=True)
class Played(Result):
    """A finished game.

    Attributes
    ----------
    game, goal, helper, procedure : what was played, for what, by which assistant, and how it
        thought that the person acts.
    turns : step by step.
    total : discounted reward.
    known : the most that could be expected if the assistant had known the goal.
    """

    game: str
    goal: str
    helper: str
    procedure: str
    turns: tuple[Turn, ...]
    total: float
    known: float


@dataclass
class Session:
    """A game that is being played.

    Attributes
    ----------
    game : the game.
    goal : index of the person's goal, which the assistant is not told.
    helper : ``best``, ``inverse-reward`` or ``obey``.
    procedure : how the assistant thinks the person acts; inverse reward, which cannot think of one
        that replies to its plan, puts one that acts alone in its place.
    rng : draws where a step leads.
    solved : the solution of the game with this person; worked out unless given.
    """

    game: AssistanceGame
    goal: int
    helper: str
    procedure: Procedure
    rng: np.random.Generator
    solved: Solved | None = None
    assistant: PlanAssistant | InverseReward | Obey = field(init=False)
    memory: Any = field(init=False)
    state: int = field(init=False)
    belief: np.ndarray = field(init=False)
    turns: list[Turn] = field(default_factory=list)

    def __post_init__(self) -> None:
        makers: dict[str, Callable[[], PlanAssistant | InverseReward | Obey]] = {
            "best": self._best,
            "inverse-reward": lambda: inverse_reward(self.game, self._thought()),
            "obey": lambda: obey(self.game),
        }
        self.assistant = pick(makers, self.helper, "no such assistant", "assistant")()
        if isinstance(self.assistant, InverseReward):
            self.procedure = self.assistant.person
        self.memory = self.assistant.begin()
        self.state, self.belief = self.game.start, self.game.prior
        self.steps = self.game.horizon or MOST_STEPS
        if isinstance(self.assistant, PlanAssistant):
            self.steps = self.assistant.steps

    def _best(self) -> PlanAssistant:
        if self.solved is None:
            return solve_or_bound(self.game, self.procedure).assistant
        return self.solved.of(self.game, self.procedure).assistant

    def _thought(self) -> Procedure | None:
        return self.procedure if isinstance(self.procedure, Fixed) else None

    @property
    def over(self) -> bool:
        """Whether nothing can happen any more."""
        return bool(self.game.final[self.state]) or len(self.turns) >= self.steps

    @property
    def choices(self) -> list[int]:
        """The actions that the person may take now."""
        return [int(h) for h in np.flatnonzero(self.game.person_allowed[self.state])]

    @property
    def has_belief(self) -> bool:
        """Whether the assistant keeps a belief."""
        return not isinstance(self.assistant, Obey)

    def play(self, person: int) -> Turn:
        """Let the person act, and the assistant with it, and return what happened."""
        if self.over or person not in self.choices:
            raise InputError(
                "this cannot be done now",
                place=f"step {len(self.turns) + 1}",
                found=self.game.person_actions[person],
                expected=", ".join(self.game.person_actions[h] for h in self.choices),
            )
        game, state = self.game, self.state
        action = self.assistant.act(state, self.memory)
        why, said = self._why(action), self._said()[:, person]
        chances = game.chances[state, person, action]
        slot = int(self.rng.choice(len(chances), p=chances))
        expected = bool(self.belief @ said > 0)
        self.belief = updated(self.belief, said)
        self.memory = self._after(person, slot, expected)
        self.state = int(game.next_states[state, person, action, slot])
        turn = Turn(
            len(self.turns) + 1,
            game.states[state],
            game.person_actions[person],
            game.assistant_actions[action],
            why,
            tuple(self.belief.tolist()) if self.has_belief else (),
            expected,
            float(game.rewards[self.goal, state, person, action]),
            game.states[self.state],
        )
        self.turns.append(turn)
        return turn

    def finished(self) -> Played:
        """Return the record of the game."""
        known = solve_known(self.game).value(0)[self.goal, self.game.start]
        rates = self.game.discount ** np.arange(len(self.turns))
        return Played(
            self.game.title,
            self.game.goals[self.goal],
            self.helper,
            self.procedure.name,
            tuple(self.turns),
            float(rates @ [turn.reward for turn in self.turns]),
            float(known),
        )

    def _said(self) -> np.ndarray:
        """Return how likely each goal makes each action now, (G, H)."""
        if isinstance(self.assistant, PlanAssistant):
            return self.assistant.responses(self.state, self.memory)
        if isinstance(self.assistant, InverseReward):
            return self.assistant.person.at(self.memory.step, self.state)
        return np.ones((len(self.game.goals), len(self.game.person_actions)))

    def _after(self, person: int, slot: int, expected: bool) -> object:
        if not isinstance(self.assistant, PlanAssistant) or expected:
            return self.assistant.after(self.state, self.memory, person, slot)
        # What the plan does after something that nobody would do need not make sense: plan anew.
        left = self.memory.left - 1
        action = self.assistant.act(self.state, self.memory)
        follows = int(self.game.next_states[self.state, person, action, slot])
        stage = self.assistant.layers[left].get(follows)
        return Memory(left, 0 if stage is None else stage.best(self.belief))

    def _why(self, action: int) -> str:
        if isinstance(self.assistant, PlanAssistant):
            left = self.memory.left
            found = reason(self.assistant, self.state, left, self.belief)
            if found.options[0].action != action:
                return "It keeps to the plan that it made at the start."
            return words(found, self.game.assistant_actions)
        if isinstance(self.assistant, InverseReward):
            return "It plans for what it believes now, as if it would learn nothing more."
        order = "what you last asked for" if self.memory >= 0 else "nothing, until you ask"
        return f"It does {order}."


def start(
    game: AssistanceGame,
    procedure: Procedure,
    *,
    goal: str | None = None,
    helper: str = "best",
    rng: Rng = None,
    solved: Solved | None = None,
) -> Session:
    """Return a game that begins, with a goal that is named or drawn from the prior.

    ``solved`` is the game's solution with this person, where it is there already.
    """
    generator = as_generator(rng)
    drawn = int(generator.choice(len(game.goals), p=game.prior))
    which = drawn if goal is None else game.goal(goal)
    return Session(game, which, helper, procedure, generator, solved)
