"""What PPO can be told, with the values it takes otherwise."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, get_args

from comity.core.choices import check_choice
from comity.core.errors import InputError

Critic = Literal["independent", "centralised"]


@dataclass(frozen=True)
class Settings:
    """How PPO learns.

    Attributes
    ----------
    total_steps : steps of environments in all, over all games of the batch.
    games : games played side by side.
    steps : steps of each between two updates.
    epochs, minibatches : passes over the samples of an update, and parts of each pass.
    learning_rate, anneal : of Adam; whether it falls linearly to 0 over the updates.
    discount : of a step of the environment.
    gae_lambda : weight of longer returns in the advantages.
    clip : how far the policy may move in an update, as a ratio; also how far values may.
    value_coefficient, entropy_coefficient : weights of their losses; a large weight of entropy
        makes the entropy-regularised learner that meets strangers well in Hanabi.
    max_gradient_norm : longer gradients are cut.
    hidden : units of the layers of actor and critic.
    recurrent : units of a GRU behind them; 0 for none.
    critic : whether it sees what its own player sees, or what all see.
    actor_scale : of the actor's last layer before learning: near 0 all actions start alike.
    shaping_steps : steps over which shaped rewards fade, where the environment has any.

    Source: Schulman, Wolski, Dhariwal, Radford and Klimov 2017; Yu et al. 2022 for many agents.
    """

    total_steps: int = 1_000_000
    games: int = 64
    steps: int = 128
    epochs: int = 4
    minibatches: int = 4
    learning_rate: float = 2.5e-4
    anneal: bool = True
    discount: float = 0.99
    gae_lambda: float = 0.95
    clip: float = 0.2
    value_coefficient: float = 0.5
    entropy_coefficient: float = 0.01
    max_gradient_norm: float = 0.5
    hidden: tuple[int, ...] = (64, 64)
    recurrent: int = 0
    critic: Critic = "independent"
    actor_scale: float = 0.01
    shaping_steps: int = 0

    def __post_init__(self) -> None:
        check_choice(self.critic, get_args(Critic), "unknown critic", "critic")
        for name in _WHOLE:
            self._check(name, _whole(getattr(self, name)), "a whole number, 1 or more")
        for name in ("recurrent", "shaping_steps"):
            value = getattr(self, name)
            self._check(name, value == 0 or _whole(value), "a whole number, 0 or more")
        self._check("anneal", isinstance(self.anneal, bool), "true or false")
        for name in _SHARES:
            value = getattr(self, name)
            self._check(name, _number(value) and 0 <= value <= 1, "from 0 to 1")
        for name in _AMOUNTS:
            value = getattr(self, name)
            self._check(name, _number(value) and value >= 0, "a number, 0 or more")
        fine = (
            isinstance(self.hidden, tuple) and bool(self.hidden) and all(map(_whole, self.hidden))
        )
        self._check("hidden", fine, "one layer or more, of 1 unit or more")
        parts = self.games if self.recurrent else self.games * self.steps
        self._check("minibatches", parts % self.minibatches == 0, f"a divisor of {parts}")

    def _check(self, name: str, fine: bool, expected: str) -> None:
        if not fine:
            raise InputError(
                "not a setting that can be used",
                place=name,
                found=getattr(self, name),
                expected=expected,
            )

    @property
    def updates(self) -> int:
        """How many updates the steps make, at least one."""
        return max(1, self.total_steps // (self.games * self.steps))

    def changed(self, **settings: Any) -> Self:
        """Return the settings with some changed, or raise `InputError` for one that is unknown."""
        known = [field.name for field in dataclasses.fields(self)]
        for name in settings:
            check_choice(name, known, "unknown setting", "settings")
        return dataclasses.replace(self, **settings)

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Return the settings that plain JSON states, or raise `InputError`."""
        hidden = data.get("hidden", (64, 64))
        layers = tuple(hidden) if isinstance(hidden, (list, tuple)) else hidden
        return cls().changed(**{**data, "hidden": layers})


_WHOLE = ("total_steps", "games", "steps", "epochs", "minibatches")
_SHARES = ("discount", "gae_lambda")
_AMOUNTS = (
    "learning_rate",
    "clip",
    "value_coefficient",
    "entropy_coefficient",
    "max_gradient_norm",
    "actor_scale",
)


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
