"""The search tree of an assistant that plans by playing on at random, compiled.

Nodes are what the assistant has seen; in each its choices are counted. Importing this module loads
Numba.
"""

# mypy: disable-error-code="untyped-decorator"
from __future__ import annotations

from typing import NamedTuple

import numpy as np

from comity.core.compiling import compiled


class Rules(NamedTuple):
    """A game as plain arrays.

    Attributes
    ----------
    follow, chances : shape (S, H, A, K).
    rewards : shape (X, S, H, A).
    final : shape (S,).
    assistant : shape (S, A), what is allowed.
    table : shape (T, X, S, H), chances of the person's actions.
    discount, scale : what a step later is worth; the range of rewards, for exploring.
    """

    follow: np.ndarray
    chances: np.ndarray
    rewards: np.ndarray
    final: np.ndarray
    assistant: np.ndarray
    table: np.ndarray
    discount: float
    scale: float


class Tree(NamedTuple):
    """Counts and mean returns by node.

    Attributes
    ----------
    visits, means : shape (N, A), of the assistant's actions.
    child : shape (N, A, H, K), the node that follows; -1 where there is none yet.
    """

    visits: np.ndarray
    means: np.ndarray
    child: np.ndarray


@compiled()
def grow(
    rules: Rules,
    tree: Tree,
    state: int,
    step: int,
    steps: int,
    belief: np.ndarray,
    simulations: int,
    seed: int,
    explore: float,
) -> int:
    """Play on from a state and a belief many times; return how many nodes the tree has."""
    np.random.seed(seed)  # noqa: NPY002 - Numba's own generator
    path = np.zeros((steps + 1, 2), np.int64)
    got = np.zeros(steps + 1)
    size = 1
    for _ in range(simulations):
        size = _once(rules, tree, state, step, steps, belief, explore, path, got, size)
    return size


@compiled()
def _once(
    rules: Rules,
    tree: Tree,
    state: int,
    step: int,
    steps: int,
    belief: np.ndarray,
    explore: float,
    path: np.ndarray,
    got: np.ndarray,
    size: int,
) -> int:
    """Play on once, in the tree as far as it goes and at random after it."""
    kind, node, depth, inside = _draw(belief), 0, 0, 0
    now = step
    while now < steps and not rules.final[state]:
        if node >= 0:
            width = explore * rules.scale
            a = _choose(tree.visits[node], tree.means[node], rules.assistant[state], width)
        else:
            a = _draw_allowed(rules.assistant[state])
        h = _draw(rules.table[min(now, len(rules.table) - 1), kind, state])
        slot = _draw(rules.chances[state, h, a])
        got[depth] = rules.rewards[kind, state, h, a]
        if node >= 0:
            path[depth, 0], path[depth, 1] = node, a
            inside = depth + 1
            follows = tree.child[node, a, h, slot]
            if follows < 0 and size < len(tree.visits):
                tree.child[node, a, h, slot] = size  # Used from the next time on.
                size += 1
            node = follows
        state = rules.follow[state, h, a, slot]
        depth += 1
        now += 1
    _learn(rules, tree, path, got, depth, inside)
    return size


@compiled()
def _learn(
    rules: Rules,
    tree: Tree,
    path: np.ndarray,
    got: np.ndarray,
    depth: int,
    inside: int,
) -> None:
    """Put what was got from each step on into the nodes that were passed."""
    total = 0.0
    for d in range(depth - 1, -1, -1):
        total = got[d] + rules.discount * total
        if d < inside:
            node, a = path[d, 0], path[d, 1]
            tree.visits[node, a] += 1
            tree.means[node, a] += (total - tree.means[node, a]) / tree.visits[node, a]


@compiled()
def _choose(visits: np.ndarray, means: np.ndarray, allowed: np.ndarray, width: float) -> int:
    """Return the action of the largest upper confidence bound; one not tried yet comes first."""
    total = 0.0
    for k in range(len(visits)):
        if allowed[k]:
            if visits[k] == 0:
                return k
            total += visits[k]
    best, value = -1, -np.inf
    for k in range(len(visits)):
        if allowed[k]:
            bound = means[k] + width * np.sqrt(np.log(total) / visits[k])
            if bound > value:
                best, value = k, bound
    return best


@compiled()
def _draw(chances: np.ndarray) -> int:
    left = np.random.random()  # noqa: NPY002 - Numba's own generator
    last = 0
    for k in range(len(chances)):
        if chances[k] > 0:
            last = k
            left -= chances[k]
            if left < 0:
                return k
    return last


@compiled()
def _draw_allowed(allowed: np.ndarray) -> int:
    count = 0
    for k in range(len(allowed)):
        count += allowed[k]
    place = int(np.random.random() * count)  # noqa: NPY002 - Numba's own generator
    for k in range(len(allowed)):
        if allowed[k]:
            if place == 0:
                return k
            place -= 1
    return 0
