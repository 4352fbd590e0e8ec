"""Games in which each player picks one action: payoffs by profile, state and block."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, Self

import numpy as np

from comity.core.errors import InputError
from comity.core.limits import check_cells
from comity.games.blocks import BlockModel
from comity.games.plays import Lottery, MixedProfile, Outcome, Play
from comity.games.protocol import Plan, Reply, Signal, check_signal
from comity.games.validation import check_finite, check_names, check_outcomes, checked_array

MAX_LABELLED = 256
"""Most profiles that are compared one by one, by name."""


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
        names = tuple(players or (f"player {i + 1}" for i in range(n)))
        affected = (*names, *bystanders)
        extra = np.zeros((len(bystanders), *shape)) if effects is None else effects
        extra = checked_array(extra, (len(bystanders), *shape), "effects")
        rows = np.concatenate([table, extra]).reshape(n + len(bystanders), 1, -1)
        as_facts, none = block == "facts", np.zeros((0, 1, rows.shape[2]))
        return cls(
            players=names,
            bystanders=tuple(bystanders),
            actions=_action_names(actions, shape),
            prior=np.ones(1),
            quantities=tuple(f"payoff of {name}" for name in affected) if as_facts else (),
            facts=rows if as_facts else none,
            weights=np.eye(len(rows)) if as_facts else np.zeros((len(rows), 0)),
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
        if self.exact is not None:
            _check_exact(self.exact, self.table)

    def _cells(self) -> int:
        cells = math.prod(self.shape)
        check_cells(cells, "actions")
        return cells

    def _cell_parts(self) -> list[tuple[str, np.ndarray]]:
        if self.size > MAX_LABELLED:
            return [("", np.arange(self.size))]
        return [(f"({self.describe(self.outcome(c))})", np.array([c])) for c in range(self.size)]

    def _cell_names(self) -> tuple[Hashable, ...]:
        return tuple(map(tuple, self.actions))

    def _changed(self, **fields: Any) -> Self:
        return super()._changed(**{"exact": None, **fields})

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Number of actions of each player."""
        return tuple(len(names) for names in self.actions)

    @cached_property
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
        """Return the payoffs of all profiles in C order, shape (size, n), without a copy."""
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
        expected = self.values.reshape(-1, *self.shape)
        for strategy in reversed(self._strategies(play)):
            expected = expected @ strategy
        return expected

    def _indices(self, play: Lottery) -> np.ndarray:
        outcomes = np.asarray(play.outcomes)
        check_outcomes(outcomes, self.shape, "a profile")
        return np.ravel_multi_index(tuple(outcomes.T), self.shape)

    def _strategies(self, play: MixedProfile) -> tuple[np.ndarray, ...]:
        found = tuple(len(s) for s in play.strategies)
        if found != self.shape:
            raise InputError(
                "strategies do not fit", place="play", found=found, expected=self.shape
            )
        return play.strategies

    def best_plan(self, weights: Sequence[float] | np.ndarray) -> Plan:
        """Return a profile that maximises the weighted payoffs (exact, O(n size))."""
        worth = self._checked_weights(weights) @ self.values[: len(self.players)]
        best = int(np.argmax(worth))
        value = float(worth[best])
        return Plan(self.outcome(best), self.payoff_points()[best], value, value)

    def best_reply(self, player: int, play: Play, signal: Signal = "private") -> Reply:
        """Return the player's best deviation from the play.

        Against a lottery the player hears its own part (``private``: correlated equilibrium,
        Aumann 1974), the whole draw (``public``), or nothing before it deviates (``none``:
        coarse correlated equilibrium, Moulin and Vial 1978). Against independent strategies the
        three coincide. O(A_i m) for a lottery over m profiles.
        """
        self._check_player(player)
        check_signal(signal)
        if isinstance(play, MixedProfile):
            return self._reply(player, self._mixed_gains(player, play), "")
        gains = self._deviation_gains(player, play) * play.probabilities
        own = np.asarray(play.outcomes)[:, player]
        groups = {"none": np.zeros_like(own), "private": own, "public": self._indices(play)}[signal]
        steps = [
            self._reply(
                player, gains[:, groups == g].sum(axis=1), self._heard(player, int(g), signal)
            )
            for g in np.unique(groups)
        ]
        words = "; ".join(step.description for step in steps if step.gain > 0) or "none"
        return Reply(player, words, float(sum(step.gain for step in steps)))

    def _deviation_gains(self, player: int, play: Lottery) -> np.ndarray:
        """Return what playing b instead of following yields where the draw is outcome k: [b, k]."""
        self._indices(play)
        columns = list(np.asarray(play.outcomes).T)
        followed = self.table[player][tuple(columns)]
        columns[player] = np.arange(self.shape[player])[:, None]
        return self.table[player][tuple(columns)] - followed

    def _mixed_gains(self, player: int, play: MixedProfile) -> np.ndarray:
        """Return what each pure action yields over the player's own strategy, shape (A_i,)."""
        strategies = self._strategies(play)
        worth = np.moveaxis(self.table[player], player, 0)
        for strategy in reversed(strategies[:player] + strategies[player + 1 :]):
            worth = worth @ strategy
        return worth - worth @ strategies[player]

    def _reply(self, player: int, gains: np.ndarray, told: str) -> Reply:
        best = int(np.argmax(gains))
        gain = max(0.0, float(gains[best]))
        words = f"play {self.actions[player][best]}{told}" if gain > 0 else "none"
        return Reply(player, words, gain)

    def _heard(self, player: int, group: int, signal: Signal) -> str:
        if signal == "none":
            return ""
        if signal == "private":
            return f" when told {self.actions[player][group]}"
        return f" when the draw is ({self.describe(self.outcome(group))})"

    def with_states(self, tables: Mapping[str, np.ndarray], prior: Sequence[float]) -> Self:
        """Return the game whose own payoffs depend on a named state.

        ``tables[state]`` has shape (n + b, A_1, ..., A_n); facts must be absent.
        """
        if self.quantities:
            raise InputError("a game with facts states its facts by state", place="facts")
        shape = (len(self.affected), *self.shape)
        rows = [checked_array(t, shape, f"tables.{name}") for name, t in tables.items()]
        if not rows:
            raise InputError("there are no states", place="tables", found=0, expected="one or more")
        return dataclasses.replace(
            self,
            states=tuple(tables),
            prior=np.asarray(prior, float),
            facts=np.zeros((0, len(rows), self.size)),
            tastes=np.stack([row.reshape(len(row), -1) for row in rows], axis=1),
            exact=None,
        )


def _payoff_table(payoffs: np.ndarray | Sequence) -> np.ndarray:
    """Return payoffs as floats, player axis first, or raise `InputError`."""
    try:
        table = np.array(payoffs, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError(
            "payoffs are ragged or not numbers",
            place="payoffs",
            found=repr(payoffs)[:80],
            expected="shape (n, A_1, ..., A_n)",
        ) from error
    if table.ndim < 2 or table.ndim != len(table) + 1:
        raise InputError(
            "shape does not fit",
            place="payoffs",
            found=table.shape,
            expected="(n, A_1, ..., A_n), player axis first",
        )
    check_finite(table, "payoffs")
    return table


def _action_names(
    actions: Sequence[Sequence[str]] | None, shape: tuple[int, ...]
) -> tuple[tuple[str, ...], ...]:
    """Return the names of all actions, "action 1" and so on unless given."""
    if actions is None:
        return tuple(tuple(f"action {k + 1}" for k in range(size)) for size in shape)
    found = tuple(len(names) for names in actions)
    if found != shape:
        raise InputError(
            "actions and payoffs disagree", place="actions", found=found, expected=shape
        )
    return tuple(tuple(names) for names in actions)


def _check_exact(exact: np.ndarray, table: np.ndarray) -> None:
    """Raise `InputError` unless the exact payoffs are those of the table."""
    if exact.shape != table.shape or not np.allclose(exact.astype(float), table):
        raise InputError("exact payoffs differ from the payoffs", place="exact", found=exact.shape)


def exact_table(values: Sequence[Fraction], shape: Sequence[int]) -> np.ndarray:
    """Return an object array of fractions of this shape."""
    array = np.empty(len(values), dtype=object)
    array[:] = list(values)
    return array.reshape(tuple(shape))
