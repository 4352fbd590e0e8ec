"""Negotiations: a product of issues, each with options, valued issue by issue or outcome by outcome."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, Self

import numpy as np

from comity.core.errors import InputError, Intractable
from comity.core.limits import MAX_CELLS, check_cells
from comity.games.blocks import BlockModel, check_names, checked_array
from comity.games.plays import Lottery, MixedProfile, Outcome, Play
from comity.games.protocol import Plan, Reply

MAX_OPTIONS = 1_000_000
MAX_LISTED = 2_000_000
"""Largest outcome set that is enumerated."""


@dataclass(frozen=True)
class Issue:
    """Something to be settled, with the options on the table.

    Attributes
    ----------
    name : shown to people.
    options : names of the options; whole numbers as text for a range.

    Examples
    --------
    >>> Issue.integers("rent", 1, 3).options
    ('1', '2', '3')
    """

    name: str
    options: tuple[str, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", tuple(self.options))
        if not self.options:
            raise InputError("an issue has no options", place=f"issues.{self.name}", found=0)

    @classmethod
    def integers(cls, name: str, low: int, high: int, step: int = 1) -> Issue:
        """Return the issue whose options are the whole numbers ``low, low + step, ..., high``."""
        count = (high - low) // step + 1 if step > 0 else 0
        place = f"issues.{name}"
        if count < 1:
            raise InputError("the range is empty", place=place, found=f"{low}..{high} by {step}")
        check_cells(count, place, MAX_OPTIONS)
        return cls(name, tuple(str(low + k * step) for k in range(count)))


@dataclass(frozen=True, eq=False)
class Constraint:
    """A linear limit on deals: the coefficients of the chosen options sum to at most ``limit``.

    Attributes
    ----------
    coefficients : shape (C,), one per option of every issue in order.
    limit : largest allowed sum.
    label : the limit in words.
    """

    coefficients: np.ndarray
    limit: float
    label: str = ""


@dataclass(frozen=True, eq=False)
class Negotiation(BlockModel):
    """A product of issues with what each outcome is worth to each party.

    Attributes
    ----------
    issues : in order; an outcome is one option index per issue.
    form : ``additive``: cells are the options of all issues in order, and a deal is worth the sum
        over issues; ``table``: cells are whole outcomes in C order.
    reservation : shape (n,), worth of no deal.
    discount : shape (n,), factor per round of delay on all payoffs, in (0, 1].
    constraints : limits that a deal must keep.

    Outcome counts are unbounded integers: an additive domain of 10**20 outcomes is 200 cells.
    Source of the additive form: Keeney and Raiffa (1976), chapter 3.

    Examples
    --------
    >>> camp = Negotiation.additive(
    ...     ["Ana", "Bo"], [Issue.integers("food", 0, 3)],
    ...     {"Ana": {"food": [0, 5, 10, 15]}, "Bo": {"food": [9, 6, 3, 0]}})
    >>> camp.payoffs(Lottery.pure((2,)))
    array([10.,  3.])
    """

    issues: tuple[Issue, ...]
    form: Literal["additive", "table"] = "additive"
    reservation: np.ndarray = field(default_factory=lambda: np.zeros(0))
    discount: np.ndarray = field(default_factory=lambda: np.ones(0))
    constraints: tuple[Constraint, ...] = ()

    @classmethod
    def additive(
        cls,
        players: Sequence[str],
        issues: Sequence[Issue],
        values: Mapping[str, Mapping[str, Sequence[float]]],
        *,
        bystanders: Sequence[str] = (),
        reservation: Sequence[float] | float = 0.0,
        discount: Sequence[float] | float = 1.0,
        constraints: Iterable[Constraint] = (),
        title: str = "",
        comment: str = "",
    ) -> Self:
        """Return the negotiation in which a deal is worth the sum of its options' values.

        ``values[NAME][issue]`` lists what each option is worth to NAME, a player or bystander.
        """
        rows = [_option_values(values, name, issues) for name in (*players, *bystanders)]
        return cls(
            players=tuple(players),
            bystanders=tuple(bystanders),
            issues=tuple(issues),
            **_plain_blocks(np.array(rows)),
            reservation=_per_player(reservation, len(players)),
            discount=_per_player(discount, len(players)),
            constraints=tuple(constraints),
            title=title,
            comment=comment,
        )

    @classmethod
    def weighted(
        cls,
        players: Sequence[str],
        issues: Sequence[Issue],
        weights: Mapping[str, Mapping[str, float]],
        evaluations: Mapping[str, Mapping[str, Sequence[float]]],
        **options: object,
    ) -> Self:
        """Return the negotiation worth ``sum_j weight_j evaluation_j(option)`` to each party."""
        values = {
            name: {
                issue.name: np.asarray(evaluations[name][issue.name], float)
                * weights[name][issue.name]
                for issue in issues
            }
            for name in weights
        }
        return cls.additive(players, issues, values, **options)  # type: ignore[arg-type]

    @classmethod
    def tabulated(
        cls,
        players: Sequence[str],
        issues: Sequence[Issue],
        utilities: np.ndarray | Sequence,
        *,
        bystanders: Sequence[str] = (),
        reservation: Sequence[float] | float = 0.0,
        discount: Sequence[float] | float = 1.0,
        constraints: Iterable[Constraint] = (),
        title: str = "",
        comment: str = "",
    ) -> Self:
        """Return the negotiation with one utility per outcome, shape (n + b, *options)."""
        table = np.asarray(utilities, dtype=float)
        expected = (len(players) + len(bystanders), *(len(issue.options) for issue in issues))
        if table.shape != expected:
            raise InputError(
                "shape does not fit", place="utilities", found=table.shape, expected=expected
            )
        return cls(
            players=tuple(players),
            bystanders=tuple(bystanders),
            issues=tuple(issues),
            form="table",
            **_plain_blocks(table.reshape(len(table), -1)),
            reservation=_per_player(reservation, len(players)),
            discount=_per_player(discount, len(players)),
            constraints=tuple(constraints),
            title=title,
            comment=comment,
        )

    def __post_init__(self) -> None:
        if not self.issues:
            raise InputError(
                "there is nothing to settle", place="issues", found=0, expected="one issue or more"
            )
        check_names([issue.name for issue in self.issues], "issues")
        for issue in self.issues:
            check_cells(len(issue.options), f"issues.{issue.name}", MAX_OPTIONS)
        super().__post_init__()
        n = len(self.players)
        for name, empty in (("reservation", np.zeros(n)), ("discount", np.ones(n))):
            value = getattr(self, name)
            value = empty if np.size(value) == 0 else value
            object.__setattr__(self, name, checked_array(value, (n,), name))
        if self.discount.min() <= 0 or self.discount.max() > 1:
            raise InputError(
                "discount is out of range",
                place="discount",
                found=self.discount,
                expected="in (0, 1]",
            )
        for k, constraint in enumerate(self.constraints):
            checked_array(constraint.coefficients, (sum(self.shape),), f"constraints[{k}]")
            checked_array(constraint.limit, (), f"constraints[{k}].limit")

    def _cells(self) -> int:
        if self.form == "additive":
            return sum(self.shape)
        check_cells(self.size, "issues")
        return self.size

    def _cell_parts(self) -> list[tuple[str, np.ndarray]]:
        if self.form == "table":
            return [("the deals", np.arange(self.size))]
        return [
            (issue.name, np.arange(start, start + len(issue.options)))
            for issue, start in zip(self.issues, self.offsets, strict=True)
        ]

    def _own_extras(self, row: int) -> tuple[tuple[str, float], ...]:
        if row >= len(self.players):
            return ()
        return ((f"what no deal is worth to {self.players[row]}", float(self.reservation[row])),)

    def _replaced_extras(self, row: int, extras: np.ndarray) -> dict[str, np.ndarray]:
        if not len(extras):
            return {}
        reservation = self.reservation.copy()
        reservation[row] = extras[0]
        return {"reservation": reservation}

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of options of each issue."""
        return tuple(len(issue.options) for issue in self.issues)

    @property
    def size(self) -> int:
        """Number of outcomes before constraints, unbounded."""
        return math.prod(self.shape)

    @cached_property
    def offsets(self) -> np.ndarray:
        """First cell of each issue in the additive form."""
        return np.concatenate([[0], np.cumsum(self.shape)[:-1]]).astype(int)

    def frame(self) -> dict[str, object]:
        """Return what is fixed and common before anyone reports, as plain JSON."""
        return {
            "kind": "negotiation",
            "form": self.form,
            "players": list(self.players),
            "bystanders": list(self.bystanders),
            "issues": [{"name": i.name, "options": list(i.options)} for i in self.issues],
            "constraints": [
                {
                    "label": c.label,
                    "limit": float(c.limit),
                    "coefficients": list(map(float, c.coefficients)),
                }
                for c in self.constraints
            ],
            "states": list(self.states),
            "quantities": list(self.quantities),
        }

    def outcome(self, index: int) -> Outcome:
        """Return the outcome at a place of `payoff_points`, for any index below `size`."""
        return self.unrank(int(self.feasible_indices[index]) if self.constraints else index)

    def unrank(self, index: int) -> Outcome:
        """Return the outcome at a place of the unconstrained C order, for any size."""
        digits = []
        for base in reversed(self.shape):
            index, digit = divmod(index, base)
            digits.append(digit)
        return tuple(reversed(digits))

    def describe(self, outcome: Outcome) -> str:
        """Return the deal in words."""
        pairs = zip(self.issues, outcome, strict=True)
        return ", ".join(f"{issue.name}: {issue.options[o]}" for issue, o in pairs)

    @cached_property
    def _all_points(self) -> np.ndarray:
        return self._cell_sums(self.values).T

    def _cell_sums(self, rows: np.ndarray) -> np.ndarray:
        """Return row sums over the chosen options of every outcome in C order, shape (r, size)."""
        check_cells(self.size, "outcomes", MAX_LISTED)
        if self.form == "table" and rows.shape[1] == self.size:
            return rows
        sums = np.zeros((len(rows), 1))
        for start, count in zip(self.offsets, self.shape, strict=True):
            sums = (sums[:, :, None] + rows[:, None, start : start + count]).reshape(len(rows), -1)
        return sums

    @cached_property
    def feasible_indices(self) -> np.ndarray:
        """Places in C order of the outcomes that keep every constraint, in order."""
        if not self.constraints:
            check_cells(self.size, "outcomes", MAX_LISTED)
            return np.arange(self.size)
        check_cells(self.size, "outcomes", MAX_LISTED)
        keep = np.ones(self.size, dtype=bool)
        for constraint in self.constraints:
            sums = self._additive_sums(np.asarray(constraint.coefficients, float)[None, :])[0]
            keep &= sums <= constraint.limit + 1e-9
        if not keep.any():
            raise InputError(
                "no deal keeps all constraints",
                place="constraints",
                found="0 outcomes",
                expected="one or more",
            )
        return np.flatnonzero(keep)

    def _additive_sums(self, rows: np.ndarray) -> np.ndarray:
        sums = np.zeros((len(rows), 1))
        for start, count in zip(self.offsets, self.shape, strict=True):
            sums = (sums[:, :, None] + rows[:, None, start : start + count]).reshape(len(rows), -1)
        return sums

    def payoff_points(self) -> np.ndarray:
        """Return payoffs of all feasible deals in C order, shape (deals, n); refuse above 2 million."""
        points = self._all_points[:, : len(self.players)]
        return points[self.feasible_indices] if self.constraints else points

    def payoffs(self, play: Play) -> np.ndarray:
        """Return the expected payoff of each party, shape (n,)."""
        return self._expected(play)[: len(self.players)]

    def effects(self, play: Play) -> np.ndarray:
        """Return the expected payoff of each bystander, shape (b,)."""
        return self._expected(play)[len(self.players) :]

    def _expected(self, play: Play) -> np.ndarray:
        return self._outcome_values(play) @ self._lottery(play).probabilities

    def _lottery(self, play: Play) -> Lottery:
        if isinstance(play, MixedProfile):
            raise InputError(
                "a negotiation is settled by a lottery over deals",
                place="play",
                found="mixed profile",
            )
        return play

    def _outcome_values(self, play: Play) -> np.ndarray:
        """Return what each outcome of the lottery is worth, shape (n + b, m)."""
        outcomes = np.asarray(self._lottery(play).outcomes)
        if (
            outcomes.shape[1:] != (len(self.shape),)
            or np.any(outcomes >= self.shape)
            or outcomes.min() < 0
        ):
            raise InputError(
                "not a deal of this negotiation",
                place="play",
                found=str(outcomes[:3].tolist()),
                expected=self.shape,
            )
        if self.form == "table":
            return self.values[:, np.ravel_multi_index(tuple(outcomes.T), self.shape)]
        return self.values[:, self.offsets + outcomes].sum(axis=2)

    def best_plan(self, weights: Sequence[float] | np.ndarray) -> Plan:
        """Return a deal that maximises the weighted payoffs.

        Exact in O(cells) without constraints and by enumeration up to two million outcomes;
        beyond that a mixed-integer program (HiGHS), whose bound is reported.
        """
        w = np.asarray(weights, dtype=float)
        worth = w @ self.values[: len(self.players)]
        if self.form == "additive" and not self.constraints:
            return self._plan(tuple(self._best_options(worth)), w)
        if self.size <= MAX_LISTED:
            scores = self._scores(worth)
            return self._plan(self.unrank(int(self.feasible_indices[int(np.argmax(scores))])), w)
        if self.form == "table":
            raise Intractable(
                "the outcome table is too large",
                place="best_plan",
                found=self.size,
                expected=MAX_CELLS,
            )
        return self._integer_plan(worth, w)

    def _scores(self, worth: np.ndarray) -> np.ndarray:
        sums = worth if self.form == "table" else self._additive_sums(worth[None, :])[0]
        return sums[self.feasible_indices]

    def _best_options(self, worth: np.ndarray) -> list[int]:
        pairs = zip(self.offsets, self.shape, strict=True)
        return [int(np.argmax(worth[start : start + count])) for start, count in pairs]

    def _plan(self, outcome: Outcome, weights: np.ndarray, bound: float | None = None) -> Plan:
        payoffs = self.payoffs(Lottery.pure(outcome))
        value = float(weights @ payoffs)
        return Plan(outcome, payoffs, value, value if bound is None else max(bound, value))

    def _integer_plan(self, worth: np.ndarray, weights: np.ndarray) -> Plan:
        from scipy.optimize import LinearConstraint, milp

        one_each = np.zeros((len(self.issues), len(worth)))
        for j, (start, count) in enumerate(zip(self.offsets, self.shape, strict=True)):
            one_each[j, start : start + count] = 1
        limits = [LinearConstraint(one_each, 1, 1)]
        limits += [
            LinearConstraint(np.asarray(c.coefficients, float)[None, :], -np.inf, c.limit)
            for c in self.constraints
        ]
        found = milp(-worth, constraints=limits, integrality=np.ones(len(worth)), bounds=(0, 1))
        if found.status == 2:
            raise InputError(
                "no deal keeps all constraints",
                place="constraints",
                found="none",
                expected="one or more",
            )
        if found.x is None:
            raise Intractable(
                "the integer program gave no deal", place="best_plan", found=found.message
            )
        outcome = self._best_options(found.x)
        return self._plan(tuple(outcome), weights, -float(found.mip_dual_bound))

    def best_reply(
        self, player: int, play: Play, signal: Literal["private", "public", "none"] = "private"
    ) -> Reply:
        """Return the player's best deviation: to leave for no deal.

        Once the lottery is drawn (``private`` or ``public``, which coincide) the player leaves
        deals worth less than its reservation value; with ``none`` it decides before the draw.
        """
        lottery = self._lottery(play)
        worth = self._outcome_values(play)[player]
        short = self.reservation[player] - worth
        if signal == "none":
            gain = max(0.0, float(short @ lottery.probabilities))
            return Reply(player, "leave before the draw" if gain > 0 else "none", gain)
        gain = float(np.clip(short, 0, None) @ lottery.probabilities)
        bad = [self.describe(o) for o, s in zip(lottery.outcomes, short, strict=True) if s > 0]
        return Reply(player, "leave when the deal is " + " or ".join(bad) if bad else "none", gain)

    def delayed(self, rounds: int) -> Self:
        """Return the negotiation as it is worth after ``rounds`` rounds of delay.

        Deals and no deal shrink alike by ``discount ** rounds``, as in the ANAC competitions.
        """
        import dataclasses

        factors = np.concatenate([self.discount**rounds, np.ones(len(self.bystanders))])
        return dataclasses.replace(
            self,
            weights=self.weights * factors[:, None],
            tastes=self.tastes * factors[:, None, None],
            reservation=self.reservation * factors[: len(self.players)],
        )


def _plain_blocks(rows: np.ndarray) -> dict[str, np.ndarray]:
    """Return blocks without states or facts for values of shape (n + b, C)."""
    return {
        "prior": np.ones(1),
        "facts": np.zeros((0, 1, rows.shape[1])),
        "weights": np.zeros((len(rows), 0)),
        "tastes": rows[:, None, :],
    }


def _per_player(value: Sequence[float] | float, count: int) -> np.ndarray:
    array = np.asarray(value, dtype=float)
    return np.full(count, float(array)) if array.ndim == 0 else array


def _option_values(
    values: Mapping[str, Mapping[str, Sequence[float]]], name: str, issues: Sequence[Issue]
) -> np.ndarray:
    if name not in values:
        raise InputError("a party has no values", place=f"values.{name}", found=", ".join(values))
    rows = []
    for issue in issues:
        place = f"values.{name}.{issue.name}"
        if issue.name not in values[name]:
            raise InputError("an issue has no values", place=place, found=", ".join(values[name]))
        rows.append(checked_array(values[name][issue.name], (len(issue.options),), place))
    return np.concatenate(rows)
