"""The same situation in another shape: what an explanation says of it must not change."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np

from comity.inference.evidence.situations import Situation


def reordered(situation: Situation, order: np.ndarray) -> Situation:
    """Return the situation with its options in another order.

    The option that was first is marked as the one that cooperates, unless some are marked: to be
    first is the only thing that an order of options may mean.

    Examples
    --------
    >>> pie = Situation(("keep", "share"), [[10, 0], [5, 5]])
    >>> turned = reordered(pie, np.array([1, 0]))
    >>> turned.options, turned.history["cooperative"][:, 0].tolist()
    (('share', 'keep'), [0.0, 1.0])
    """
    first = (np.arange(len(situation.options)) == 0).astype(float)[:, None]
    history = {"cooperative": first, **situation.history}
    return _taken(dataclasses.replace(situation, history=history), order, None)


def widened(situation: Situation) -> Situation:
    """Return the situation with a copy of the first option more, for every player that acts.

    Where nobody else acts there is one contingency more, which is impossible.
    """
    options = np.append(np.arange(len(situation.options)), 0)
    if not situation.menus:
        return _taken(situation, options, np.append(np.arange(situation.shape[1]), 0))
    menus = tuple(_with_copy(menu) for menu in situation.menus)
    sizes = [len(menu) for menu in situation.menus]
    grid = np.indices([size + 1 for size in sizes]).reshape(len(sizes), -1)
    old = np.where(grid < np.array(sizes)[:, None], grid, 0)
    places = np.ravel_multi_index(tuple(old), sizes)
    new = np.asarray((grid >= np.array(sizes)[:, None]).any(axis=0))
    return _taken(situation, options, places, new, menus)


def _taken(
    situation: Situation,
    options: np.ndarray,
    contingencies: np.ndarray | None,
    new: np.ndarray | None = None,
    menus: tuple[tuple[str, ...], ...] | None = None,
) -> Situation:
    """Return the situation with options and contingencies by place; new ones are impossible."""
    places = np.arange(situation.shape[1]) if contingencies is None else contingencies
    if new is None:
        new = np.arange(len(places)) >= situation.shape[1]
    names = tuple(situation.options[k] for k in options)
    chances, moves = situation.contingencies, situation.transitions
    assert chances is not None
    if moves is not None:
        moves = np.where(new, 0.0, moves[np.ix_(options, places, places)])
    return dataclasses.replace(
        situation,
        options=_with_copy(names[:-1]) if len(set(names)) < len(names) else names,
        payoffs=situation.payoffs[np.ix_(options, places)],
        menus=situation.menus if menus is None else menus,
        contingencies=np.where(new, 0.0, chances[places]),
        transitions=moves,
        history=_features(situation.history, options, places),
        beliefs=_features(situation.beliefs, options, places),
    )


def _features(
    features: Mapping[str, object], options: np.ndarray, contingencies: np.ndarray
) -> dict[str, np.ndarray]:
    found = {}
    for name, value in features.items():
        array = np.asarray(value)
        rows = options if array.shape[0] > 1 else np.zeros(1, int)
        columns = contingencies if array.shape[1] > 1 else np.zeros(1, int)
        found[name] = array[np.ix_(rows, columns)]
    return found


def _with_copy(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names and one more that differs from all."""
    extra = f"{names[0]} again"
    while extra in names:
        extra += " again"
    return (*names, extra)
