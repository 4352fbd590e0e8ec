"""The best deal under constraints, where there are too many to list."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from comity.core.errors import InputError, Intractable
from comity.games.issues import Constraint
from comity.games.plays import Outcome

INFEASIBLE = 2


def integer_plan(
    worth: np.ndarray, shape: Sequence[int], constraints: Sequence[Constraint]
) -> tuple[Outcome, float]:
    """Return the best deal of an additive negotiation and an upper bound on the worth of any.

    ``worth`` has one entry per option of all issues in order. One binary variable per option,
    solved by branch and bound (HiGHS). Raises `InputError` where no deal keeps all constraints and
    `Intractable` where the solver ends without one that does.
    """
    from scipy.optimize import LinearConstraint, milp

    issue_of = np.repeat(np.arange(len(shape)), shape)
    one_each = (np.arange(len(shape))[:, None] == issue_of).astype(float)
    limits = [LinearConstraint(one_each, 1, 1)]
    limits += [LinearConstraint(c.coefficients[None, :], -np.inf, c.limit) for c in constraints]
    found = milp(
        -worth,
        constraints=limits,
        integrality=np.ones(len(worth)),
        bounds=(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if found.status == INFEASIBLE:
        raise InputError(
            "no deal keeps all constraints",
            place="constraints",
            found=0,
            expected="one deal or more",
        )
    if found.x is None:
        raise Intractable("the integer program gave no deal", found=found.message)
    chosen = np.array([int(np.argmax(np.where(row, found.x, -1))) for row in one_each])
    if not all(c.kept(c.coefficients[chosen].sum()) for c in constraints):
        raise Intractable("rounding broke a constraint", place="best_plan")
    first = np.concatenate([[0], np.cumsum(shape)[:-1]])
    return tuple((chosen - first).tolist()), -float(found.mip_dual_bound)
