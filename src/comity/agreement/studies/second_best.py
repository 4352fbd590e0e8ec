"""The best any mechanism could do where parties may lie and may leave, as a linear program.

By the revelation principle (Myerson 1979) no institution in which parties know their own types
and hold a common prior does better than a direct one in which honesty is best and nobody wants
to leave. Without this second best the cost of lying has no scale.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.core import Certified, Result, check_cells
from comity.core.errors import InputError, SolverError

MAX_ENTRIES = 20_000_000
"""Largest number of non-zero coefficients of the program."""


@dataclass(frozen=True)
class SecondBest(Result):
    """The best Bayesian incentive-compatible, interim individually rational mechanism.

    Attributes
    ----------
    welfare : expected weighted payoffs, less those of the outside options.
    first_best : the same if types were known and leaving were not.
    outside : expected weighted payoffs of the outside options.
    payoffs : expected payoff of each party, shape (n,).
    mechanism : chance of each outcome by profile of types, shape (T_1, ..., T_n, X).
    incentive_slack : smallest amount by which honesty beats any lie, recomputed; about 0.
    participation_slack : smallest amount by which taking part beats leaving, recomputed.
    """

    welfare: Certified
    first_best: Certified
    outside: float
    payoffs: np.ndarray
    mechanism: np.ndarray = field(repr=False)
    incentive_slack: float
    participation_slack: float


def second_best(
    utilities: np.ndarray,
    chances: np.ndarray,
    outside: np.ndarray,
    *,
    weights: Sequence[float] | None = None,
) -> SecondBest:
    """Return the best mechanism on discretised types.

    Parameters
    ----------
    utilities : shape (n, T_1, ..., T_n, X), what outcome x is worth to i at a profile of types
        (expected given those types, so values may be interdependent).
    chances : shape (T_1, ..., T_n), common prior over profiles, summing to 1.
    outside : shape (n, T_1, ..., T_n), what leaving is worth; a lone leaver gets this too.
    weights : of the parties' payoffs in the objective; 1 each unless stated.

    Notes
    -----
    One program with (product of T) times X variables, solved by HiGHS. Types with no chance
    are dropped from the constraints, not from the answer.
    """
    problem = _Problem.checked(utilities, chances, outside, weights)
    from scipy.optimize import linprog

    matrix, floor = problem.constraints()
    cells = problem.chances.size
    found = linprog(
        -problem.objective().ravel(),
        A_ub=-matrix,
        b_ub=-floor,
        A_eq=_one_each(cells, problem.outcomes),
        b_eq=np.ones(cells),
        method="highs",
    )
    if found.status == 2:
        raise InputError(
            "no mechanism keeps everyone at the table",
            place="outside",
            expected="an outcome set that contains, or beats, leaving",
        )
    if found.x is None:
        raise SolverError("the program gave no mechanism", found=found.message)
    return problem.result(found.x)


@dataclass(frozen=True)
class _Problem:
    """Arrays of one design problem, checked."""

    utilities: np.ndarray
    chances: np.ndarray
    outside: np.ndarray
    weights: np.ndarray

    @classmethod
    def checked(
        cls,
        utilities: np.ndarray,
        chances: np.ndarray,
        outside: np.ndarray,
        weights: Sequence[float] | None,
    ) -> _Problem:
        u, p, d = (np.asarray(a, dtype=float) for a in (utilities, chances, outside))
        n = p.ndim
        w = np.ones(n) if weights is None else np.asarray(weights, dtype=float)
        shapes = {"utilities": (u.shape[:-1], (n, *p.shape)), "outside": (d.shape, (n, *p.shape))}
        for place, (found, expected) in (shapes | {"weights": (w.shape, (n,))}).items():
            if found != expected:
                raise InputError("shape does not fit", place=place, found=found, expected=expected)
        if not all(np.all(np.isfinite(a)) for a in (u, p, d, w)):
            raise InputError("not finite", place="second_best")
        if p.min() < 0 or abs(p.sum() - 1) > 1e-9:
            raise InputError("not a distribution over types", place="chances", found=p.sum())
        check_cells(u[0].size * sum(p.shape), "second_best", MAX_ENTRIES)
        return cls(u, p, d, w)

    @property
    def players(self) -> range:
        return range(self.chances.ndim)

    @property
    def outcomes(self) -> int:
        return self.utilities.shape[-1]

    def objective(self) -> np.ndarray:
        """Return the weighted expected payoff per unit of each variable, shape (T..., X)."""
        return np.tensordot(self.weights, self.utilities, 1) * self.chances[..., None]

    def constraints(self) -> tuple[Any, np.ndarray]:
        """Return (A, floor) with A q >= floor: honesty for each lie, staying for each type."""
        from scipy.sparse import csr_array, vstack

        rows, floors = [], []
        for i in self.players:
            for own in range(self.chances.shape[i]):
                here = self._at(i, own)
                if not self.chances[here].any():
                    continue
                gain = self.utilities[(i, *here)] * self.chances[here][..., None]
                for lie in range(self.chances.shape[i]):
                    row = np.zeros((*self.chances.shape, self.outcomes))
                    row[here] = gain
                    if lie != own:
                        row[self._at(i, lie)] -= gain
                    rows.append(csr_array(row.reshape(1, -1)))
                    stay = float((self.outside[(i, *here)] * self.chances[here]).sum())
                    floors.append(stay if lie == own else 0.0)
        return vstack(rows, format="csr"), np.array(floors)

    def _at(self, player: int, kind: int) -> tuple[Any, ...]:
        return tuple(kind if j == player else slice(None) for j in self.players)

    def result(self, x: np.ndarray) -> SecondBest:
        """Return the answer, every figure recomputed from a mechanism made exactly stochastic."""
        q = np.clip(x, 0, None).reshape(*self.chances.shape, self.outcomes)
        q = q / q.sum(axis=-1, keepdims=True)
        n = len(self.players)
        joint = q * self.chances[..., None]
        payoffs = (self.utilities * joint).reshape(n, -1).sum(axis=1)
        left = float(self.weights @ (self.outside * self.chances).reshape(n, -1).sum(axis=1))
        incentive, participation = self._slacks(q)
        best = float(self.objective().max(axis=-1).sum()) - left
        cells = " x ".join(map(str, self.chances.shape))
        return SecondBest(
            Certified.exact(float(self.weights @ payoffs) - left, f"LP over {cells} types"),
            Certified.exact(best, f"best outcome at each of {cells} profiles of types"),
            left,
            payoffs,
            q,
            incentive,
            participation,
        )

    def _slacks(self, q: np.ndarray) -> tuple[float, float]:
        """Return the smallest slack of honesty and of staying, by plain loops over types."""
        honest, stay = math.inf, math.inf
        for i in self.players:
            for own, lie in itertools.product(range(self.chances.shape[i]), repeat=2):
                here = self._at(i, own)
                chance = self.chances[here].sum()
                if chance <= 0:
                    continue
                worth = self.utilities[(i, *here)] * self.chances[here][..., None] / chance
                truth = float((worth * q[here]).sum())
                if lie != own:
                    honest = min(honest, truth - float((worth * q[self._at(i, lie)]).sum()))
                else:
                    leave = float((self.outside[(i, *here)] * self.chances[here]).sum() / chance)
                    stay = min(stay, truth - leave)
        return honest, stay


def _one_each(cells: int, outcomes: int) -> Any:
    from scipy.sparse import csr_array, kron

    return kron(csr_array(np.eye(cells)), csr_array(np.ones((1, outcomes))), format="csr")


def bilateral_trade(
    values: Sequence[float], costs: Sequence[float], price_limit: float = 2.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (utilities, chances, outside) of a buyer and a seller of one good, types uniform.

    An outcome is trade or not, with a payment of plus or minus ``price_limit``; lotteries give
    every expected payment between. Source: Myerson and Satterthwaite (1983), *Efficient
    mechanisms for bilateral trading*.
    """
    v, c = np.meshgrid(np.asarray(values, float), np.asarray(costs, float), indexing="ij")
    deals = list(itertools.product((0.0, 1.0), (-price_limit, price_limit)))
    buyer = np.stack([trade * v - paid for trade, paid in deals], axis=-1)
    seller = np.stack([paid - trade * c for trade, paid in deals], axis=-1)
    return np.stack([buyer, seller]), np.full(v.shape, 1 / v.size), np.zeros((2, *v.shape))
