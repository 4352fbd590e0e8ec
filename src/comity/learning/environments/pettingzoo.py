"""comity's environments behind PettingZoo's interfaces, one game at a time.

Source: Terry et al. 2021, "PettingZoo: Gym for multi-agent reinforcement learning".
"""

# mypy: disable-error-code="misc,import-untyped"
from __future__ import annotations

from typing import Any

import numpy as np
from gymnasium.spaces import Box, Discrete
from pettingzoo import AECEnv, ParallelEnv
from pettingzoo.utils.conversions import parallel_to_aec

from comity.core.errors import InputError
from comity.core.randomness import as_generator
from comity.learning.environments.protocol import Environment


class Table:
    """One game under way: agents are ``player_0``, ``player_1`` and so on, in order of seats.

    Parameters
    ----------
    environment : any environment of comity; the engine on the CPU is the quicker one here.

    Attributes
    ----------
    possible_agents : all of them.
    """

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        shape = environment.shape
        self.possible_agents = [f"player_{seat}" for seat in range(len(shape.players))]
        self.seats = {agent: seat for seat, agent in enumerate(self.possible_agents)}
        self.state: Any = environment.begin(0, 1)
        kind = np.asarray(environment.observe(self.state)).dtype
        self.kind = np.dtype(np.uint8) if kind == np.bool_ else kind
        self.observation_spaces = {
            agent: _box(self.kind, shape.observations[seat]) for agent, seat in self.seats.items()
        }
        self.action_spaces = {
            agent: Discrete(shape.actions[seat]) for agent, seat in self.seats.items()
        }
        self._rng = as_generator(None)

    def begin(self, seed: int | None, options: dict[str, Any] | None) -> None:
        """Begin a game: a random one, that of a seed, or the one in ``options["start"]``."""
        if seed is not None:
            self._rng = as_generator(seed)
        given = (options or {}).get("start")
        if given is None:
            self.state = self.environment.begin(int(self._rng.integers(2**31)), 1)
        else:
            self.state = self.environment.start(given)

    def sees(self, agent: str) -> np.ndarray:
        """Return what an agent sees."""
        seat = self.seats[agent]
        seen = np.array(self.environment.observe(self.state))[0, seat]
        return seen[: self.environment.shape.observations[seat]].astype(self.kind)

    def info(self, agent: str) -> dict[str, Any]:
        """Return which actions an agent may take, as ``action_mask``."""
        seat = self.seats[agent]
        mask = np.array(self.environment.legal(self.state))[0, seat]
        return {"action_mask": mask[: self.environment.shape.actions[seat]].astype(np.int8)}

    def to_move(self) -> list[str]:
        """Return the agents that move now."""
        moves = np.array(self.environment.acting(self.state))[0]
        return [agent for agent, seat in self.seats.items() if moves[seat]]

    def play(self, actions: dict[str, Any]) -> tuple[dict[str, float], bool]:
        """Play one step; return the reward of each and whether it was the last."""
        chosen = np.zeros((1, len(self.seats)), np.int32)
        for agent, action in actions.items():
            chosen[0, self.seats[agent]] = action
        step = self.environment.step(self.state, chosen)
        rewards = np.array(step.rewards)[0]
        if np.isnan(rewards).any():
            raise InputError("an action that is not allowed", place="actions", found=actions)
        self.state = step.state
        paid = {agent: float(rewards[seat]) for agent, seat in self.seats.items()}
        return paid, bool(np.array(step.done)[0])


class TogetherEnv(ParallelEnv):
    """PettingZoo's parallel interface: everyone acts at once.

    ``info["action_mask"]`` says which actions are allowed. In games of turns the actions of those
    who wait are not read; `TurnsEnv` suits them better.

    Examples
    --------
    >>> from comity.learning.environments.make import make
    >>> env = TogetherEnv(make("overcooked", horizon=10))
    >>> observations, infos = env.reset(seed=0)
    >>> _, rewards, _, _, _ = env.step({"player_0": 4, "player_1": 4})
    >>> rewards
    {'player_0': 0.0, 'player_1': 0.0}
    """

    def __init__(self, environment: Environment) -> None:
        self.table = Table(environment)
        self.metadata = {"name": f"comity {environment.name}", "render_modes": ["ansi"]}
        self.render_mode = "ansi"
        self.possible_agents = list(self.table.possible_agents)
        self.agents: list[str] = []

    def observation_space(self, agent: str) -> Box:
        """Return the space of an agent's observations."""
        return self.table.observation_spaces[agent]

    def action_space(self, agent: str) -> Discrete:
        """Return the space of an agent's actions."""
        return self.table.action_spaces[agent]

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, np.ndarray], dict[str, dict[str, Any]]]:
        """Begin a game; ``options["start"]`` states how, as `Environment.start` reads it."""
        self.table.begin(seed, options)
        self.agents = list(self.possible_agents)
        return self._seen()

    def _seen(self) -> tuple[dict[str, np.ndarray], dict[str, dict[str, Any]]]:
        seen = {agent: self.table.sees(agent) for agent in self.possible_agents}
        return seen, {agent: self.table.info(agent) for agent in self.possible_agents}

    def step(
        self, actions: dict[str, Any]
    ) -> tuple[
        dict[str, np.ndarray],
        dict[str, float],
        dict[str, bool],
        dict[str, bool],
        dict[str, dict[str, Any]],
    ]:
        """Play one step of everyone."""
        rewards, done = self.table.play(actions)
        seen, infos = self._seen()
        over = dict.fromkeys(self.possible_agents, done)
        if done:
            self.agents = []
        return seen, rewards, over, dict.fromkeys(self.possible_agents, False), infos

    def render(self) -> str:
        """Return how the game began."""
        return str(self.table.environment.given(self.table.state)[0])

    def close(self) -> None:
        """Do nothing: nothing is open."""


class TurnsEnv(AECEnv):
    """PettingZoo's interface for games in which one acts at a time."""

    def __init__(self, environment: Environment) -> None:
        super().__init__()
        if not environment.shape.turns:
            raise InputError(
                "all move at once in this game", place="environment", found=environment.name
            )
        self.table = Table(environment)
        self.metadata = {"name": f"comity {environment.name}", "render_modes": ["ansi"]}
        self.render_mode = "ansi"
        self.possible_agents = list(self.table.possible_agents)

    def observation_space(self, agent: str) -> Box:
        """Return the space of an agent's observations."""
        return self.table.observation_spaces[agent]

    def action_space(self, agent: str) -> Discrete:
        """Return the space of an agent's actions."""
        return self.table.action_spaces[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """Begin a game; ``options["start"]`` states how, as `Environment.start` reads it."""
        self.table.begin(seed, options)
        self.agents = list(self.possible_agents)
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.infos = {agent: self.table.info(agent) for agent in self.agents}
        self.agent_selection = self.table.to_move()[0]

    def observe(self, agent: str) -> np.ndarray:
        """Return what an agent sees."""
        return self.table.sees(agent)

    def step(self, action: Any) -> None:
        """Play the action of the agent whose turn it is."""
        agent = self.agent_selection
        if self.terminations[agent]:
            self._was_dead_step(action)
            return
        self._cumulative_rewards[agent] = 0.0
        self.rewards, done = self.table.play({agent: action})
        self._accumulate_rewards()
        self.infos = {one: self.table.info(one) for one in self.agents}
        if done:
            self.terminations = dict.fromkeys(self.agents, True)
            self.agent_selection = self.agents[0]
        else:
            self.agent_selection = self.table.to_move()[0]

    def render(self) -> str:
        """Return how the game began."""
        return str(self.table.environment.given(self.table.state)[0])

    def close(self) -> None:
        """Do nothing: nothing is open."""


def to_pettingzoo(environment: Environment) -> AECEnv:
    """Return any environment as PettingZoo's agent-by-agent interface."""
    if environment.shape.turns:
        return TurnsEnv(environment)
    return parallel_to_aec(TogetherEnv(environment))


def _box(kind: np.dtype, length: int) -> Box:
    limits = np.iinfo(kind) if np.issubdtype(kind, np.integer) else np.finfo(kind)
    return Box(limits.min, limits.max, (length,), kind.type)
