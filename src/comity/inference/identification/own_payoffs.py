"""The payoffs of one player as unknowns: names, positions, and differences that matter to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from comity.core import InputError
from comity.games.plays import MixedProfile
from comity.games.validation import check_names
from comity.inference.identification.polyhedron import Polyhedron

OTHERS_ONLY = "whatever is added for actions of the others alone: it moves no choice"
BASELINE = "the baseline: a constant added to all payoffs"


@dataclass(frozen=True)
class OwnPayoffs:
    """Positions of ``u(profile)`` among unknowns, for one player of a normal form.

    Attributes
    ----------
    actions : names of every player's actions.
    player : whose payoffs are unknown.

    Examples
    --------
    >>> OwnPayoffs((("top", "bottom"), ("left", "right")), 0).names
    ('u(top, left)', 'u(top, right)', 'u(bottom, left)', 'u(bottom, right)')
    """

    actions: tuple[tuple[str, ...], ...]
    player: int

    def __post_init__(self) -> None:
        for i, names in enumerate(self.actions):
            check_names(names, f"actions[{i}]")
        if not 0 <= self.player < len(self.actions):
            raise InputError(
                "no such player",
                place="player",
                found=self.player,
                expected=f"below {len(self.actions)}",
            )

    @property
    def shape(self) -> tuple[int, ...]:
        """Return how many actions each player has."""
        return tuple(len(names) for names in self.actions)

    @property
    def own(self) -> tuple[str, ...]:
        """Return the names of the player's own actions."""
        return self.actions[self.player]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of the unknowns, profiles in C order."""
        return tuple(f"u({', '.join(profile)})" for profile in product(*self.actions))

    @cached_property
    def index(self) -> np.ndarray:
        """Position of each unknown, by own action and joint action of the others."""
        table = np.arange(len(self.names)).reshape(self.shape)
        return np.moveaxis(table, self.player, 0).reshape(len(self.own), -1)

    @property
    def others(self) -> tuple[str, ...]:
        """Return the names of the joint actions of the others, last player fastest."""
        rest = [names for i, names in enumerate(self.actions) if i != self.player]
        return tuple(", ".join(profile) for profile in product(*rest))

    def advantage(self, better: int, worse: int, chances: np.ndarray) -> np.ndarray:
        """Return weights of the unknowns in what one own action yields above another.

        ``chances``: shape (joint actions of the others,).
        """
        row = np.zeros(len(self.names))
        row[self.index[better]] += chances
        row[self.index[worse]] -= chances
        return row

    def differences(self, found: Polyhedron) -> dict[str, tuple[float, float]]:
        """Return the range of every difference between two own actions, others' actions given.

        These are what choices depend on: no term of the others' actions alone enters them.
        ``found`` may have more unknowns after these. Two programs each.
        """
        if found.names[: len(self.names)] != self.names:
            raise InputError("a set of other unknowns", place="found", found=found.names[:4])
        ranges = {}
        more = np.zeros(len(found.names) - len(self.names))
        for c, joint in enumerate(self.others):
            unit = np.eye(len(self.others))[c]
            for a, b in product(range(len(self.own)), repeat=2):
                if a < b:
                    row = np.concatenate([self.advantage(b, a, unit), more])
                    label = f"{self.own[b]} above {self.own[a]}, at {joint}"
                    ranges[label] = found.between(row)
        return ranges

    def equations(
        self, known: Mapping[tuple[str, ...], float] | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return equations that fix payoffs stated by profile of action names."""
        rows = []
        for profile in known or {}:
            name = f"u({', '.join(profile)})"
            if name not in self.names:
                raise InputError("no such profile", place="known", found=profile)
            rows.append(np.eye(len(self.names))[self.names.index(name)])
        values = np.array(list((known or {}).values()), dtype=float)
        return np.array(rows).reshape(len(rows), len(self.names)), values


def own_payoffs(
    shape: Sequence[int], player: int, actions: Sequence[Sequence[str]] | None
) -> OwnPayoffs:
    """Return the unknowns of a player in a game of this shape, actions numbered if not named."""
    named = actions or [[str(k) for k in range(size)] for size in shape]
    found = OwnPayoffs(tuple(tuple(names) for names in named), player)
    if found.shape != tuple(shape):
        raise InputError(
            "actions do not fit the play", place="actions", found=found.shape, expected=tuple(shape)
        )
    return found


def strategies(play: Any) -> tuple[np.ndarray, ...]:
    """Return the mixed strategies of a `MixedProfile`, or of one vector per player."""
    given = play if isinstance(play, MixedProfile) else MixedProfile(tuple(map(np.asarray, play)))
    return given.strategies


def checked_range(bounds: tuple[float, float]) -> tuple[float, float]:
    """Return lowest and highest payoff, or raise `InputError` unless they are finite in order."""
    low, high = float(bounds[0]), float(bounds[1])
    if not (np.isfinite([low, high]).all() and low < high):
        raise InputError("not a range of payoffs", place="bounds", found=bounds)
    return low, high
