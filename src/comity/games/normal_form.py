"""Games in which each player picks one action: payoffs by profile, state and block."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, Self

import numpy as np

from comity.core.errors import InputError
from comity.core.limits import check_cells
from comity.games.blocks import BlockModel, check_names
from comity.games.plays import Lottery, MixedProfile, Outcome, Play
from comity.games.protocol import Plan, Reply

Signal = Literal["private", "public", "none"]


@dataclass(frozen=True, eq=False)
class NormalForm(BlockModel):
    """A finite game in strategic form, in blocks.

    Attributes
    ----------
    players : names, n of them.
    actions : for each player the names of the actions.
    exact : payoffs as `fractions.Fraction` in an object array of shape (n, *actions), where the
        source stated them exactly; dropped by any change of numbers.

    Cells are profiles in C order (the last player's action varies fastest). See `BlockModel` for
    prior, facts, weights and tastes; most games come from `from_payoffs`.

    Examples
    --------
    >>> dilemma = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> dilemma.payoffs(Lottery.pure((0, 1)))
    array([0., 5.])
    >>> dilemma.best_reply(0, Lottery.pure((0, 0))).gain
    2.0
    """

    actions: tuple[tuple[str, ...], ...]
    exact: np.ndarray | None = None

    @classmethod
    def from_payoffs(
        cls,
        payoffs: np.ndarray | Sequence,
        players: Sequence[str] | None = None,
        actions: Sequence[Sequence[str]] | None = None,
        *,
        block: Literal["tastes", "facts"] = "tastes",
        bystanders: Sequence[str] = (),
        effects: np.ndarray | Sequence | None = None,
        title: str = "",
        comment: str = "",
        exact: np.ndarray | None = None,
    ) -> Self:
        """Return the game with these payoffs, player axis first.

        Parameters
        ----------
        payoffs : shape (n, A_1, ..., A_n).
        block : ``tastes`` when each player is the authority on its own row; ``facts`` when the
            payoffs are estimates of a common truth (each row then is a quantity,
            "payoff of NAME", worth 1 a unit to its owner).
        effects : shape (b, A_1, ..., A_n), payoffs of the bystanders.
        """
        table = _payoff_table(payoffs)
        n, shape = len(table), table.shape[1:]
        players = tuple(players or (f"player {i + 1}" for i in range(n)))
        names = actions or [[f"action {k + 1}" for k in range(size)] for size in shape]
        extra = (
            np.zeros((len(bystanders), *shape)) if effects is None else np.asarray(effects, float)
        )
        if extra.shape != (len(bystanders), *shape):
            raise InputError(
                "shape does not fit",
                place="effects",
                found=extra.shape,
                expected=(len(bystanders), *shape),
            )
        rows = np.concatenate([table, extra]).reshape(n + len(bystanders), 1, -1)
        affected = len(rows)
        as_facts = block == "facts"
        everyone = (*players, *bystanders)
        return cls(
            players=players,
            bystanders=tuple(bystanders),
            actions=tuple(tuple(a) for a in names),
            prior=np.ones(1),
            quantities=tuple(f"payoff of {name}" for name in everyone) if as_facts else (),
            facts=rows if as_facts else np.zeros((0, *rows.shape[1:])),
            weights=np.eye(affected) if as_facts else np.zeros((affected, 0)),
            tastes=np.zeros_like(rows) if as_facts else rows,
            title=title,
            comment=comment,
            exact=exact,
        )

    def __post_init__(self) -> None:
        if len(self.actions) != len(self.players):
            raise InputError(
                "players and action lists disagree",
                place="actions",
                found=f"{len(self.actions)} lists",
                expected=f"{len(self.players)}, one per player",
            )
        for player, names in zip(self.players, self.actions, strict=True):
            if not names:
                raise InputError("a player has no action", place=f"actions.{player}", found=0)
            check_names(names, f"actions.{player}")
        super().__post_init__()

    def _cells(self) -> int:
        cells = math.prod(self.shape)
        check_cells(cells, "actions")
        return cells

    def _cell_parts(self) -> list[tuple[str, np.ndarray]]:
        if self.size > 256:
            return [("", np.arange(self.size))]
        return [(f"({self.describe(self.outcome(c))})", np.array([c])) for c in range(self.size)]

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of actions of each player."""
        return tuple(len(names) for names in self.actions)

    @property
    def size(self) -> int:
        """Number of pure profiles."""
        return math.prod(self.shape)

    @cached_property
    def table(self) -> np.ndarray:
        """Expected payoffs, shape (n, A_1, ..., A_n)."""
        return self.values[: len(self.players)].reshape(len(self.players), *self.shape)

    def frame(self) -> dict[str, object]:
        """Return what is fixed and common before anyone reports, as plain JSON."""
        return {
            "kind": "normal-form",
            "players": list(self.players),
            "bystanders": list(self.bystanders),
            "actions": [list(names) for names in self.actions],
            "states": list(self.states),
            "quantities": list(self.quantities),
        }

    def outcome(self, index: int) -> Outcome:
        """Return the profile at a place of `payoff_points`."""
        return tuple(int(k) for k in np.unravel_index(index, self.shape))

    def describe(self, outcome: Outcome) -> str:
        """Return the profile in words."""
        return ", ".join(self.actions[i][a] for i, a in enumerate(outcome))

    def payoff_points(self) -> np.ndarray:
        """Return the payoffs of all profiles in C order, shape (size, n)."""
        return self.values[: len(self.players)].T

    def payoffs(self, play: Play) -> np.ndarray:
        """Return the expected payoff of each player, shape (n,)."""
        return self._expected(play)[: len(self.players)]

    def effects(self, play: Play) -> np.ndarray:
        """Return the expected payoff of each bystander, shape (b,)."""
        return self._expected(play)[len(self.players) :]

    def _expected(self, play: Play) -> np.ndarray:
        if isinstance(play, Lottery):
            return self.values[:, self._indices(play)] @ play.probabilities
        self._check_mixed(play)
        expected = self.values.reshape(-1, *self.shape)
        for strategy in reversed(play.strategies):
            expected = expected @ strategy
        return expected

    def _indices(self, play: Lottery) -> np.ndarray:
        outcomes = np.asarray(play.outcomes)
        if (
            outcomes.shape[1:] != (len(self.players),)
            or np.any(outcomes >= self.shape)
            or outcomes.min() < 0
        ):
            raise InputError(
                "not a profile of this game",
                place="play",
                found=play.outcomes[:3],
                expected=self.shape,
            )
        return np.ravel_multi_index(tuple(outcomes.T), self.shape)

    def _check_mixed(self, play: MixedProfile) -> None:
        found = tuple(len(s) for s in play.strategies)
        if found != self.shape:
            raise InputError(
                "strategies do not fit", place="play", found=found, expected=self.shape
            )

    def best_plan(self, weights: Sequence[float] | np.ndarray) -> Plan:
        """Return a profile that maximises the weighted payoffs (exact, O(n size))."""
        points = self.payoff_points()
        worth = points @ np.asarray(weights, dtype=float)
        best = int(np.argmax(worth))
        value = float(worth[best])
        return Plan(self.outcome(best), points[best], value, value)

    def best_reply(self, player: int, play: Play, signal: Signal = "private") -> Reply:
        """Return the player's best deviation from the play.

        Against a lottery the player hears its own part (``private``: correlated equilibrium,
        Aumann 1974), the whole draw (``public``), or nothing before it deviates (``none``:
        coarse correlated equilibrium). Against independent strategies the three coincide.
        """
        if isinstance(play, MixedProfile):
            play = play.to_lottery()
            signal = "none"
        own = np.asarray(play.outcomes)[:, player]
        # gains[b, k]: what playing b instead of following yields where the draw is outcome k
        gains = self._deviation_gains(player, play) * play.probabilities
        if signal == "none":
            return self._reply(player, gains.sum(axis=1))
        groups = own if signal == "private" else np.arange(len(own))
        steps = [
            self._reply(player, gains[:, groups == g].sum(axis=1), g, signal, play)
            for g in np.unique(groups)
        ]
        words = "; ".join(step.description for step in steps if step.gain > 0) or "none"
        return Reply(player, words, float(sum(step.gain for step in steps)))

    def _deviation_gains(self, player: int, play: Lottery) -> np.ndarray:
        self._indices(play)
        moved = np.moveaxis(self.table[player], player, 0)
        outcomes = np.asarray(play.outcomes)
        others = tuple(np.delete(outcomes, player, axis=1).T)
        rows = moved[(slice(None), *others)]
        return rows - rows[outcomes[:, player], np.arange(len(outcomes))]

    def _reply(
        self,
        player: int,
        gains: np.ndarray,
        group: int = -1,
        signal: Signal = "none",
        play: Lottery | None = None,
    ) -> Reply:
        best = int(np.argmax(gains))
        gain = max(0.0, float(gains[best]))
        name = self.actions[player][best]
        told = ""
        if signal == "private":
            told = f" when told {self.actions[player][group]}"
        elif signal == "public" and play is not None:
            told = f" when the draw is ({self.describe(play.outcomes[group])})"
        return Reply(player, f"play {name}{told}" if gain > 0 else "none", gain)

    def with_states(self, tables: Mapping[str, np.ndarray], prior: Sequence[float]) -> Self:
        """Return the game whose own payoffs depend on a named state.

        ``tables[state]`` has shape (n + b, A_1, ..., A_n); facts must be absent.
        """
        if self.quantities:
            raise InputError("a game with facts states its facts by state", place="facts")
        tastes = np.stack(
            [np.asarray(t, float).reshape(len(self.affected), -1) for t in tables.values()], axis=1
        )
        return type(self)(
            players=self.players,
            bystanders=self.bystanders,
            actions=self.actions,
            states=tuple(tables),
            prior=np.asarray(prior, float),
            facts=np.zeros((0, len(tables), self.size)),
            weights=self.weights,
            tastes=tastes,
            title=self.title,
            comment=self.comment,
        )


def _payoff_table(payoffs: np.ndarray | Sequence) -> np.ndarray:
    """Return payoffs as floats, player axis first, or raise `InputError`."""
    try:
        table = np.asarray(payoffs, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError("payoffs are ragged or not numbers", place="payoffs") from error
    if table.ndim < 2 or table.ndim != len(table) + 1:
        raise InputError(
            "shape does not fit",
            place="payoffs",
            found=table.shape,
            expected="(n, A_1, ..., A_n), player axis first",
        )
    return table


def exact_table(values: Sequence[Fraction], shape: Sequence[int]) -> np.ndarray:
    """Return an object array of fractions of this shape."""
    array = np.empty(len(values), dtype=object)
    array[:] = list(values)
    return array.reshape(tuple(shape))
