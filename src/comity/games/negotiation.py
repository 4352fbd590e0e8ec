"""Negotiations: a product of issues with options, valued issue by issue or deal by deal."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Self

import numpy as np

from comity.core.errors import InputError
from comity.core.limits import check_cells
from comity.games import labels
from comity.games.blocks import BlockModel
from comity.games.integer_plan import integer_plan
from comity.games.issues import Constraint, Issue
from comity.games.plays import Lottery, MixedProfile, Outcome, Play
from comity.games.protocol import Plan, Reply, Signal, check_signal
from comity.games.sums import MAX_LISTED, outer_sums
from comity.games.validation import check_known, check_names, check_outcomes, checked_array

OptionValues = Mapping[str, Mapping[str, Sequence[float] | np.ndarray]]
"""What each option is worth: by name, then by issue, in the order of the issue's options."""


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
        values: OptionValues,
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
        everyone = (*players, *bystanders)
        check_known(list(values), everyone, "values", "party")
        rows = [_option_values(values[name], issues, f"values.{name}") for name in everyone]
        return cls(
            players=tuple(players),
            bystanders=tuple(bystanders),
            issues=tuple(issues),
            **_plain_blocks(np.array(rows).reshape(len(rows), sum(len(i.options) for i in issues))),
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
        evaluations: OptionValues,
        **options: Any,
    ) -> Self:
        """Return the negotiation worth ``sum_j weight_j evaluation_j(option)`` to each party.

        ``options`` are those of `additive`.
        """
        check_known(list(evaluations), list(weights), "evaluations", "party")
        names = [issue.name for issue in issues]
        values = {}
        for name, row in weights.items():
            check_known(list(row), names, f"weights.{name}", "issue")
            checked_array(list(row.values()), (len(names),), f"weights.{name}")
            cells = _option_values(evaluations[name], issues, f"evaluations.{name}")
            pieces = np.split(cells, np.cumsum([len(i.options) for i in issues])[:-1])
            values[name] = {j: row[j] * piece for j, piece in zip(names, pieces, strict=True)}
        return cls.additive(players, issues, values, **options)

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
        shape = tuple(len(issue.options) for issue in issues)
        check_cells(math.prod(shape), "issues")
        table = checked_array(utilities, (len(players) + len(bystanders), *shape), "utilities")
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
                expected="above 0, at most 1",
            )
        for k, constraint in enumerate(self.constraints):
            self._check_constraint(constraint, f"constraints[{k}]")

    def _check_constraint(self, constraint: Constraint, place: str) -> None:
        """Raise `InputError` where a limit does not fit the issues, or no deal can keep it."""
        coefficients = checked_array(constraint.coefficients, (sum(self.shape),), place)
        least = np.minimum.reduceat(coefficients, self.offsets).sum()
        if not constraint.kept(least):
            raise InputError(
                "no deal keeps the constraint",
                place=place,
                found=f"sums of {least} or more",
                expected=f"at most {constraint.limit}",
            )

    def _cells(self) -> int:
        if self.form == "additive":
            return sum(self.shape)
        check_cells(self.size, "issues")
        return self.size

    def _cell_parts(self) -> list[tuple[str, np.ndarray]]:
        if self.form == "table":
            return [("each deal", np.arange(self.size))]
        return [
            (issue.name, np.arange(start, start + len(issue.options)))
            for issue, start in zip(self.issues, self.offsets, strict=True)
        ]

    def _cell_names(self) -> tuple[Hashable, ...]:
        return self.form, *((issue.name, *issue.options) for issue in self.issues)

    def _own_extras(self, row: int) -> tuple[tuple[str, float], ...]:
        if row >= len(self.players):
            return ()
        label = labels.worth("no deal", self.players[row])
        return ((label, float(self.reservation[row])),)

    def _replaced_extras(self, row: int, extras: np.ndarray) -> dict[str, np.ndarray]:
        if not len(extras):
            return {}
        reservation = self.reservation.copy()
        reservation[row] = extras[0]
        return {"reservation": reservation}

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Number of options of each issue."""
        return tuple(len(issue.options) for issue in self.issues)

    @cached_property
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
                {"label": c.label, "limit": c.limit, "coefficients": c.coefficients.tolist()}
                for c in self.constraints
            ],
            "states": list(self.states),
            "quantities": list(self.quantities),
        }

    def outcome(self, index: int) -> Outcome:
        """Return the deal at a place of `payoff_points`; without constraints, for any size."""
        return self.unrank(int(self.feasible_indices[index]) if self.constraints else index)

    def unrank(self, index: int) -> Outcome:
        """Return the outcome at a place of the unconstrained C order, for any size."""
        if not 0 <= index < self.size:
            raise InputError("no such outcome", place="index", found=index, expected=self.size)
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
    def feasible_indices(self) -> np.ndarray:
        """Places in C order of the outcomes that keep every constraint, in order."""
        check_cells(self.size, "outcomes", MAX_LISTED)
        keep = np.ones(self.size, dtype=bool)
        for constraint in self.constraints:
            keep &= constraint.kept(outer_sums(constraint.coefficients[None, :], self.shape)[0])
        if not keep.any():
            raise _no_deal()
        return np.flatnonzero(keep)

    def keeps_constraints(self, outcome: Outcome) -> bool:
        """Return whether a deal keeps every constraint."""
        cells = self.offsets + np.asarray(outcome)
        return all(bool(c.kept(c.coefficients[cells].sum())) for c in self.constraints)

    @cached_property
    def _points(self) -> np.ndarray:
        points = self._worth_of_deals(self.values[: len(self.players)])
        points.flags.writeable = False
        return points

    def _worth_of_deals(self, rows: np.ndarray) -> np.ndarray:
        """Return the worth of every feasible deal for rows over cells, shape (r, deals)."""
        check_cells(self.size, "outcomes", MAX_LISTED)
        every = rows if self.form == "table" else outer_sums(rows, self.shape)
        return every.take(self.feasible_indices, axis=1) if self.constraints else every

    def payoff_points(self) -> np.ndarray:
        """Return the payoffs of all feasible deals in C order, shape (deals, n).

        Each player's column is contiguous. Raises `SizeError` above two million outcomes.
        """
        return self._points.T

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
        lottery = self._lottery(play)
        outcomes = np.asarray(lottery.outcomes)
        check_outcomes(outcomes, self.shape, "a deal")
        for outcome in lottery.outcomes if self.constraints else ():
            if not self.keeps_constraints(outcome):
                raise InputError(
                    "the deal breaks a constraint", place="play", found=self.describe(outcome)
                )
        if self.form == "table":
            return self.values[:, np.ravel_multi_index(tuple(outcomes.T), self.shape)]
        return self.values[:, self.offsets + outcomes].sum(axis=2)

    def best_plan(self, weights: Sequence[float] | np.ndarray) -> Plan:
        """Return a deal that maximises the weighted payoffs.

        Exact in O(cells) without constraints, and by enumeration up to two million outcomes;
        beyond that a mixed-integer program (HiGHS), whose bound is reported. Raises `Intractable`
        where that program ends without a deal.
        """
        w = self._checked_weights(weights)
        worth = w @ self.values[: len(self.players)]
        if self.form == "additive" and not self.constraints:
            return self._plan(self._best_options(worth), w)
        if self.form == "additive" and self.size > MAX_LISTED:
            options, bound = integer_plan(worth, self.shape, self.constraints)
            return self._plan(options, w, bound)
        best = int(np.argmax(self._worth_of_deals(worth[None, :])[0]))
        return self._plan(self.outcome(best), w)

    def _best_options(self, worth: np.ndarray) -> Outcome:
        pairs = zip(self.offsets, self.shape, strict=True)
        return tuple(int(np.argmax(worth[start : start + count])) for start, count in pairs)

    def _plan(self, outcome: Outcome, weights: np.ndarray, bound: float | None = None) -> Plan:
        if self.form == "additive" and not self.constraints:
            payoffs = self.values[: len(self.players), self.offsets + outcome].sum(axis=1)
        else:
            payoffs = self.payoffs(Lottery.pure(outcome))
        value = float(weights @ payoffs)
        return Plan(outcome, payoffs, value, value if bound is None else max(bound, value))

    def best_reply(self, player: int, play: Play, signal: Signal = "private") -> Reply:
        """Return the player's best deviation: to leave for no deal.

        Once the lottery is drawn (``private`` or ``public``, which coincide) the player leaves
        deals worth less than its reservation value; with ``none`` it decides before the draw.
        """
        self._check_player(player)
        check_signal(signal)
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
        factors = np.concatenate([self.discount**rounds, np.ones(len(self.bystanders))])
        return dataclasses.replace(
            self,
            weights=self.weights * factors[:, None],
            tastes=self.tastes * factors[:, None, None],
            reservation=self.reservation * factors[: len(self.players)],
        )


def _plain_blocks(rows: np.ndarray) -> dict[str, Any]:
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
    values: Mapping[str, Sequence[float] | np.ndarray], issues: Sequence[Issue], place: str
) -> np.ndarray:
    """Return the values of the options of all issues in order, shape (C,)."""
    check_known(list(values), [issue.name for issue in issues], place, "issue")
    rows = [checked_array(values[i.name], (len(i.options),), f"{place}.{i.name}") for i in issues]
    return np.concatenate([np.zeros(0), *rows])


def _no_deal() -> InputError:
    return InputError(
        "no deal keeps all constraints", place="constraints", found=0, expected="one deal or more"
    )
