"""Any number of players who share a good or a resource."""

from __future__ import annotations

import numpy as np

from comity.core.errors import InputError
from comity.core.limits import check_cells
from comity.games.normal_form import NormalForm


def public_goods(n: int = 3, endowment: float = 1, multiplier: float = 2) -> NormalForm:
    """Return the public goods game: what all put in is multiplied and shared alike.

    Player i gets ``endowment (1 - c_i) + multiplier endowment sum_j c_j / n``, with c_i either 1
    (contribute) or 0 (keep). Raises `InputError` unless 1 < multiplier < n: only then is it best
    for each to keep and for all to contribute. Source: Isaac and Walker (1988), *Group size effects
    in public goods provision*, Quarterly Journal of Economics 103(1).
    """
    _check(n >= 2, "n", n, "2 or more")
    _check(1 < multiplier < n, "multiplier", multiplier, f"above 1, below n = {n}")
    _check(endowment > 0, "endowment", endowment, "above 0")
    check_cells(n * 2 ** min(n, 60), "payoffs")
    gives = 1 - np.indices((2,) * n)
    payoffs = endowment * (1 - gives) + multiplier * endowment / n * gives.sum(axis=0)
    return NormalForm.from_payoffs(
        payoffs, _names(n), [["contribute", "keep"]] * n, title="Public goods"
    )


def commons(n: int = 2, capacity: int = 12, most: int = 6) -> NormalForm:
    """Return the commons: the more all take, the less each unit taken is worth.

    Player i takes x_i of 0, 1, ..., ``most`` and gets ``x_i (capacity - sum_j x_j)``; those who
    come after, a bystander, find what is left, ``capacity - sum_j x_j``. Raises `InputError`
    unless n most <= capacity. Source: Gordon (1954), *The economic theory of a common-property
    resource*, Journal of Political Economy 62(2), in the form of Ostrom, Gardner and Walker (1994),
    *Rules, Games, and Common-Pool Resources*, chapter 5.
    """
    _check(n >= 2, "n", n, "2 or more")
    _check(most >= 1, "most", most, "1 or more")
    _check(n * most <= capacity, "capacity", capacity, f"n most = {n * most} or more")
    check_cells((n + 1) * (most + 1) ** min(n, 60), "payoffs")
    taken = np.indices((most + 1,) * n)
    left = capacity - taken.sum(axis=0)
    return NormalForm.from_payoffs(
        taken * left,
        _names(n),
        [[f"take {k}" for k in range(most + 1)]] * n,
        bystanders=["those who come after"],
        effects=left[None],
        title="Commons",
    )


def _names(n: int) -> list[str]:
    return [f"user {i + 1}" for i in range(n)]


def _check(holds: bool, place: str, found: float, expected: str) -> None:
    if not holds:
        raise InputError("parameter is out of range", place=place, found=found, expected=expected)
