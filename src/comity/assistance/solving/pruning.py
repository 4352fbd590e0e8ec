"""Which alpha-vectors are of use at some belief; what is dropped is dropped with its proof.

A vector is dropped only where a mixture of others is at least as good under every hidden type, and
kept where a belief shows it to be the best (Lark's filter; White 1991, Cassandra, Littman and Zhang
1997). Both proofs come from one small linear program and are checked by plain arithmetic; where
rounding spoils both, the vector is kept.
"""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

import numpy as np

from comity.core.compiling import compiled

WITNESSES = 64
PIVOTS = 400
BLAND_FROM = 60
SMALL = 1e-12


def undominated(vectors: np.ndarray, tolerance: float) -> np.ndarray:
    """Return the places of vectors that together are as good as all, at every belief.

    Parameters
    ----------
    vectors : shape (n, X).
    tolerance : at no belief do those kept fall short of the best by more than this.

    Examples
    --------
    >>> undominated(np.array([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4], [0.6, 0.6]]), 1e-9).tolist()
    [0, 1, 3]
    """
    if len(vectors) <= 1:
        return np.arange(len(vectors))
    beliefs = _witnesses(vectors.shape[1])
    kept: np.ndarray = np.flatnonzero(_filter(np.ascontiguousarray(vectors), beliefs, tolerance))
    return kept


def _witnesses(types: int) -> np.ndarray:
    """Return beliefs at which the best vectors are looked for first: corners, then others."""
    drawn = np.random.default_rng(0).dirichlet(np.full(types, 0.7), WITNESSES)
    return np.vstack([np.eye(types), np.full((1, types), 1 / types), drawn])


@compiled()
def _best_at(vectors: np.ndarray, open_: np.ndarray, belief: np.ndarray) -> int:
    """Return the best open vector at a belief; of equals the lexicographically largest."""
    best, value = -1, -np.inf
    for i in range(len(vectors)):
        if not open_[i]:
            continue
        here = 0.0
        for x in range(len(belief)):
            here += belief[x] * vectors[i, x]
        if best < 0 or here > value + SMALL * (1 + abs(value)):
            best, value = i, here
        elif here >= value - SMALL * (1 + abs(value)):
            for x in range(len(belief)):
                if vectors[i, x] != vectors[best, x]:
                    if vectors[i, x] > vectors[best, x]:
                        best = i
                    break
    return best


@compiled()
def _pointwise(vectors: np.ndarray) -> np.ndarray:
    """Return which vectors no other one matches everywhere; of equals the first."""
    n, types = vectors.shape
    open_ = np.ones(n, np.bool_)
    for i in range(n):
        for j in range(n):
            if i == j or not open_[j]:
                continue
            below, equal = True, True
            for x in range(types):
                if vectors[i, x] > vectors[j, x]:
                    below = False
                    break
                if vectors[i, x] < vectors[j, x]:
                    equal = False
            if below and (not equal or j < i):
                open_[i] = False
                break
    return open_


@compiled()
def _filter(vectors: np.ndarray, beliefs: np.ndarray, tolerance: float) -> np.ndarray:
    n, types = vectors.shape
    open_ = _pointwise(vectors)  # Not yet judged; those kept are counted apart.
    kept, others, m = np.zeros(n, np.bool_), np.empty((n, types)), 0
    for k in range(len(beliefs)):
        best = _best_at(vectors, open_, beliefs[k])
        if not kept[best]:
            m = _keep(vectors, best, kept, others, m)
    witness = np.zeros(types)
    for i in range(n):
        open_[i] = open_[i] and not kept[i]
    for i in range(n):
        while open_[i]:
            found = _compare(vectors[i], others[:m], tolerance, witness)
            best = _best_at(vectors, open_, witness) if found == 0 else i
            open_[best] = False
            if found != 1:
                m = _keep(vectors, best, kept, others, m)
    return kept


@compiled()
def _keep(vectors: np.ndarray, which: int, kept: np.ndarray, others: np.ndarray, count: int) -> int:
    kept[which] = True
    for x in range(vectors.shape[1]):
        others[count, x] = vectors[which, x]
    return count + 1


@compiled()
def _compare(v: np.ndarray, others: np.ndarray, tolerance: float, witness: np.ndarray) -> int:
    """Return 1 where a mixture of others matches ``v``, 0 where ``witness`` sees it best, else 2.

    The least t for which some mixture plus t matches ``v`` everywhere: a simplex method on the
    types and one row more. Prices of its rows are the belief.
    """
    types, free = len(v), len(others) + len(v)
    basis = _first_basis(v, others)  # Below len(others) of the mixture, then slacks, then t.
    right, cost = np.ones(types + 1), np.zeros(types + 1)
    for x in range(types):
        right[x] = v[x]
    cost[1] = 1.0  # The place of t, which never leaves.
    for pivot in range(PIVOTS):
        matrix, transposed = _matrices(basis, others, types)
        level = _solve(matrix, right)
        if level[1] <= 0.5 * tolerance:
            return _checked_mixture(v, others, basis, level, tolerance)
        price = _solve(transposed, cost)
        entering = _entering(price, others, basis, pivot >= BLAND_FROM)
        if entering < 0:
            return _checked_witness(v, others, price, tolerance, witness)
        column = _solve(matrix, _column(entering, others, types))
        leaving = _leaving(column, level, basis, free)
        if leaving < 0:
            return 2
        basis[leaving] = entering
    return 2


@compiled()
def _first_basis(v: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the basis in which the first vector alone is the mixture."""
    types, m = len(v), len(others)
    basis = np.empty(types + 1, np.int64)
    worst = 0
    for x in range(types):
        if v[x] - others[0, x] > v[worst] - others[0, worst]:
            worst = x
    basis[0], basis[1] = 0, m + types
    place = 2
    for x in range(types):
        if x != worst:
            basis[place] = m + x
            place += 1
    return basis


@compiled()
def _column(which: int, others: np.ndarray, types: int) -> np.ndarray:
    column = np.zeros(types + 1)
    if which < len(others):
        for x in range(types):
            column[x] = others[which, x]
        column[types] = 1.0
    elif which < len(others) + types:
        column[which - len(others)] = -1.0
    else:
        for x in range(types):
            column[x] = 1.0
    return column


@compiled()
def _matrices(basis: np.ndarray, others: np.ndarray, types: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns of a basis side by side, and the same transposed."""
    matrix = np.zeros((types + 1, types + 1))
    transposed = np.zeros((types + 1, types + 1))
    for c in range(types + 1):
        column = _column(basis[c], others, types)
        for r in range(types + 1):
            matrix[r, c] = column[r]
            transposed[c, r] = column[r]
    return matrix, transposed


@compiled()
def _solve(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the solution of a small linear system, by elimination with row pivots.

    Written out, since a library's solver takes many times longer to compile than all the rest.
    """
    n = len(right)
    left, x = np.empty((n, n)), np.empty(n)
    for r in range(n):
        x[r] = right[r]
        for c in range(n):
            left[r, c] = matrix[r, c]
    for k in range(n):
        _pivot(left, x, k)
        for r in range(k + 1, n):
            share = left[r, k] / left[k, k]
            for c in range(k, n):
                left[r, c] -= share * left[k, c]
            x[r] -= share * x[k]
    for k in range(n - 1, -1, -1):
        for c in range(k + 1, n):
            x[k] -= left[k, c] * x[c]
        x[k] /= left[k, k]
    return x


@compiled()
def _pivot(left: np.ndarray, x: np.ndarray, k: int) -> None:
    """Exchange row k with the one below that has the largest entry in column k."""
    best = k
    for r in range(k + 1, len(x)):
        if abs(left[r, k]) > abs(left[best, k]):
            best = r
    for c in range(len(x)):
        left[k, c], left[best, c] = left[best, c], left[k, c]
    x[k], x[best] = x[best], x[k]
    if left[k, k] == 0.0:
        left[k, k] = 1e-300


@compiled()
def _entering(price: np.ndarray, others: np.ndarray, basis: np.ndarray, first: bool) -> int:
    """Return the column that lowers t most, or the first that does; -1 where none does."""
    types = len(price) - 1
    chosen, least = -1, -1e-11
    for j in range(len(others) + types):
        if j < len(others):
            gain = -price[types]
            for x in range(types):
                gain -= price[x] * others[j, x]
        else:
            gain = price[j - len(others)]
        if gain < least:
            inside = False
            for c in range(len(basis)):
                inside = inside or basis[c] == j
            if inside:
                continue
            chosen = j
            if first:
                return chosen
            least = gain
    return chosen


@compiled()
def _leaving(direction: np.ndarray, level: np.ndarray, basis: np.ndarray, free: int) -> int:
    """Return the place that leaves the basis; of ties the one of the first column."""
    chosen, least = -1, np.inf
    for c in range(len(basis)):
        if basis[c] == free or direction[c] <= 1e-11:
            continue
        ratio = max(level[c], 0.0) / direction[c]
        tied = chosen >= 0 and ratio < least + SMALL and basis[c] < basis[chosen]
        if ratio < least - SMALL or tied:
            chosen, least = c, ratio
    return chosen


@compiled()
def _checked_mixture(
    v: np.ndarray, others: np.ndarray, basis: np.ndarray, level: np.ndarray, tolerance: float
) -> int:
    """Return 1 where the mixture of a basis does match ``v``, by plain arithmetic; else 2."""
    total = 0.0
    for c in range(len(basis)):
        if basis[c] < len(others) and level[c] > 0:
            total += level[c]
    for x in range(len(v)):
        mixed = 0.0
        for c in range(len(basis)):
            if basis[c] < len(others) and level[c] > 0:
                mixed += level[c] * others[basis[c], x]
        if not v[x] * total - mixed <= tolerance * total:
            return 2
    return 1 if total > 0 else 2


@compiled()
def _checked_witness(
    v: np.ndarray, others: np.ndarray, price: np.ndarray, tolerance: float, witness: np.ndarray
) -> int:
    """Return 0 where ``v`` is best at the belief that prices make, which is written; else 2."""
    total = 0.0
    for x in range(len(v)):
        witness[x] = max(price[x], 0.0)
        total += witness[x]
    if not total > 0:
        return 2
    for i in range(len(others)):
        gain = 0.0
        for x in range(len(v)):
            gain += witness[x] * (v[x] - others[i, x])
        if gain <= 0:
            return 2
    for x in range(len(v)):
        witness[x] /= total
    return 0
