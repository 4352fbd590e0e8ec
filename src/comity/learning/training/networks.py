"""Actor and critic: layers, a GRU where wanted, and one head each, on NumPy or JAX alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.randomness import Rng, as_generator
from comity.learning.environments.arrays import on_cpu

Parameters = dict[str, Any]
"""Arrays by part and layer: a JAX pytree."""


@dataclass(frozen=True)
class Network:
    """An actor and a critic that all players share; each is told which seat it plays.

    Attributes
    ----------
    players, observations, actions : how many; widths of the arrays.
    hidden : units of the layers, tanh behind each.
    recurrent : units of a GRU behind them, 0 for none.
    central : whether the critic sees what all players see.
    actor_scale : of the actor's last layer before learning.

    Memory has shape (..., 2, recurrent): the actor's and the critic's.
    """

    players: int
    observations: int
    actions: int
    hidden: tuple[int, ...] = (64, 64)
    recurrent: int = 0
    central: bool = False
    actor_scale: float = 0.01

    def init(self, rng: Rng) -> Parameters:
        """Return parameters drawn with a NumPy generator or seed: orthogonal weights, no bias.

        Source: Saxe, McClelland and Ganguli 2014 for the weights; Engstrom et al. 2020 for their
        scales under PPO.
        """
        random = as_generator(rng)
        seen = self.observations * (self.players if self.central else 1)
        towers = {
            "actor": (self.observations, self.actions, self.actor_scale),
            "critic": (seen, 1, 1.0),
        }
        return {
            name: self._tower(random, width + self.players, output, scale)
            for name, (width, output, scale) in towers.items()
        }

    def _tower(
        self, random: np.random.Generator, width: int, output: int, scale: float
    ) -> Parameters:
        layers, before = [], width
        for units in self.hidden:
            layers.append(_dense(random, before, units, np.sqrt(2)))
            before = units
        tower: Parameters = {"layers": layers}
        if self.recurrent:
            tower["gru"] = _gru(random, before, self.recurrent)
            before = self.recurrent
        return tower | {"head": _dense(random, before, output, scale)}

    @property
    def size(self) -> int:
        """How many numbers the parameters are."""
        total = 0
        seen = self.observations * (self.players if self.central else 1)
        for before, output in ((self.observations, self.actions), (seen, 1)):
            before += self.players
            for units in self.hidden:
                total += (before + 1) * units
                before = units
            if self.recurrent:
                total += 3 * self.recurrent * (before + self.recurrent + 1)
                before = self.recurrent
            total += (before + 1) * output
        return total

    def memory(self, *batch: int) -> np.ndarray:
        """Return the memory of fresh games, shape (*batch, 2, recurrent)."""
        return np.zeros((*batch, 2, self.recurrent), dtype=np.float32)

    def act(
        self, parameters: Parameters, memory: Any, observation: Any, seat: Any, legal: Any, xp: Any
    ) -> tuple[Any, Any]:
        """Return log odds of the actions, shape (..., actions), and the actor's memory.

        Parameters
        ----------
        memory : the actor's, shape (..., recurrent).
        observation, seat, legal : shapes (..., observations), (...), (..., actions).
        xp : ``numpy`` or ``jax.numpy``.
        """
        begun = _first(parameters["actor"], observation, _one_hot(seat, self.players, xp), xp)
        odds, memory = _ascend(parameters["actor"], begun, memory, xp)
        return xp.where(legal, odds, -1e9), memory

    def judge(
        self, parameters: Parameters, memory: Any, seen: Any, seat: Any, xp: Any
    ) -> tuple[Any, Any]:
        """Return the value, shape (...), and the critic's memory.

        ``seen`` is the player's observation, or those of all players where the critic is central.
        """
        begun = _first(parameters["critic"], seen, _one_hot(seat, self.players, xp), xp)
        value, memory = _ascend(parameters["critic"], begun, memory, xp)
        return value[..., 0], memory

    def both(
        self, parameters: Parameters, memory: Any, shown: tuple[Any, Any, Any, Any], xp: Any
    ) -> tuple[Any, Any, Any]:
        """Return log odds, values and both memories, as `act` and `judge` do.

        ``shown`` is (observation, seen, seat, legal), ``memory`` of shape (..., 2, recurrent).
        Where actor and critic see the same, one product serves the first layers of both.
        """
        observation, seen, seat, legal = shown
        actor, critic = parameters["actor"], parameters["critic"]
        if self.central:
            odds, acted = self.act(parameters, memory[..., 0, :], observation, seat, legal, xp)
            value, judged = self.judge(parameters, memory[..., 1, :], seen, seat, xp)
        else:
            begun = _first(_beside(actor, critic, xp), seen, _one_hot(seat, self.players, xp), xp)
            width = self.hidden[0]
            odds, acted = _ascend(actor, begun[..., :width], memory[..., 0, :], xp)
            odds = xp.where(legal, odds, -1e9)
            worth, judged = _ascend(critic, begun[..., width:], memory[..., 1, :], xp)
            value = worth[..., 0]
        return odds, value, xp.stack([acted, judged], axis=-2)

    def looking_at(self, parameters: Parameters, places: Any) -> Parameters:
        """Return the parameters for observations of which only these places are told.

        Where all others are 0 the network says the same, and the gradient of their weights is 0.
        """
        return {name: self._narrow(tower, places) for name, tower in parameters.items()}

    def _narrow(self, tower: Parameters, places: Any) -> Parameters:
        import jax.numpy as jnp

        first, *rest = tower["layers"]
        weights = first["weights"]
        kept = jnp.concatenate([weights[places], weights[self.observations :]])
        return tower | {"layers": [first | {"weights": kept}, *rest]}


def _beside(actor: Parameters, critic: Parameters, xp: Any) -> Parameters:
    """Return a tower whose only layer holds the first layers of both, side by side."""
    first, second = actor["layers"][0], critic["layers"][0]
    joined = {name: xp.concatenate([first[name], second[name]], axis=-1) for name in first}
    return {"layers": [joined]}


def _one_hot(seat: Any, players: int, xp: Any) -> Any:
    return (seat[..., None] == xp.arange(players)).astype("float32")


def _first(tower: Parameters, seen: Any, place: Any, xp: Any) -> Any:
    """Return what the first layer says; the seat is told behind what is seen.

    A CPU multiplies the two apart: joining them would copy every observation. A GPU, which turns
    them into other numbers on the way anyhow, multiplies them at once.
    """
    layer, width = tower["layers"][0], seen.shape[-1]
    weights, seen = layer["weights"], seen.astype("float32")
    if xp is np or on_cpu():
        said = seen @ weights[:width] + place @ weights[width:]
    else:
        said = xp.concatenate([seen, place], axis=-1) @ weights
    return xp.tanh(said + layer["bias"])


def _ascend(tower: Parameters, x: Any, memory: Any, xp: Any) -> tuple[Any, Any]:
    """Return what the head says to what the first layer said, and the memory."""
    for layer in tower["layers"][1:]:
        x = xp.tanh(x @ layer["weights"] + layer["bias"])
    if "gru" in tower:
        memory = x = _remember(tower["gru"], memory, x, xp)
    return x @ tower["head"]["weights"] + tower["head"]["bias"], memory


def _remember(gru: Parameters, memory: Any, x: Any, xp: Any) -> Any:
    """Return the next memory of a gated recurrent unit (Cho et al. 2014; reset after the product).

    Columns of ``inner`` and ``outer`` are those of the reset gate, the update gate, the news.
    """
    outer = xp.split(x @ gru["outer"] + gru["bias"], 3, axis=-1)
    inner = xp.split(memory @ gru["inner"], 3, axis=-1)
    reset = _logistic(outer[0] + inner[0], xp)
    update = _logistic(outer[1] + inner[1], xp)
    news = xp.tanh(outer[2] + reset * inner[2])
    return (1 - update) * news + update * memory


def _logistic(x: Any, xp: Any) -> Any:
    return 0.5 * (1 + xp.tanh(0.5 * x))


def _dense(random: np.random.Generator, width: int, units: int, scale: float) -> Parameters:
    return {
        "weights": orthogonal(random, width, units, scale),
        "bias": np.zeros(units, dtype=np.float32),
    }


def _gru(random: np.random.Generator, width: int, units: int) -> Parameters:
    outer = [orthogonal(random, width, units, 1.0) for _ in range(3)]
    inner = [orthogonal(random, units, units, 1.0) for _ in range(3)]
    return {
        "outer": np.concatenate(outer, axis=1),
        "inner": np.concatenate(inner, axis=1),
        "bias": np.zeros(3 * units, dtype=np.float32),
    }


def orthogonal(random: np.random.Generator, width: int, units: int, scale: float) -> np.ndarray:
    """Return a float32 matrix whose shorter side is orthogonal, each such matrix as likely.

    Source: Mezzadri 2007: the factor Q of a normal matrix, its signs made those of R.
    """
    tall = random.standard_normal((max(width, units), min(width, units)))
    q, r = np.linalg.qr(tall)
    q = q * np.sign(np.diag(r))
    return (scale * (q if width >= units else q.T)).astype(np.float32)
