"""Evidence as padded arrays that JAX can map over: situations once, rows by person."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import jax
import numpy as np

from comity.core.errors import InputError
from comity.core.limits import check_cells
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence


class Situations(NamedTuple):
    """G situations in one shape.

    Attributes
    ----------
    payoffs : shape (G, K, S, n).
    options, present : shapes (G, K) and (G, S), false where a place is only filled up.
    contingencies : shape (G, S).
    history, beliefs : features of shape (G, K or 1, S or 1); ``delays`` of shape (G, n).
    transitions : shape (G, K, S, S), or ``None`` where no situation has any.
    """

    payoffs: np.ndarray
    options: np.ndarray
    present: np.ndarray
    contingencies: np.ndarray
    history: dict[str, Any]
    beliefs: dict[str, Any]
    transitions: np.ndarray | None = None


class Rows(NamedTuple):
    """Decisions by person, in the order in which they were made; each of shape (P, R).

    Attributes
    ----------
    situation, choice : places; 0 where a place is only filled up.
    others : the contingency that came about, -1 where unknown.
    first : whether a sequence begins here.
    weight : 1, or 0 where a place is only filled up.
    """

    situation: Any
    choice: Any
    others: Any
    first: Any
    weight: Any


@partial(
    jax.tree_util.register_dataclass,
    data_fields=["situations", "rows"],
    meta_fields=["menus", "scale"],
)
@dataclass(frozen=True)
class Batch:
    """Evidence in the shape in which explanations read it.

    Attributes
    ----------
    situations, rows : see there.
    menus : options of each other acting player, at the widest; see `View.menus`.
    scale : the typical size of own payoffs, by which parameters with units are searched.
    """

    situations: Situations
    rows: Rows
    menus: tuple[int, ...]
    scale: float

    @property
    def people(self) -> int:
        """Number of people, P."""
        return self.rows.choice.shape[0]


def make_batch(evidence: Evidence, scale: float | None = None) -> tuple[Batch, np.ndarray]:
    """Return the batch of a table, and which of its rows stands at each place, shape (P, R).

    The place of a row that only fills up is -1. Within a person rows stand by sequence, in the
    order in which sequences begin, and by order. Refuses a table whose padded situations would
    exceed the limit of dense tables.
    """
    situations, menus = stack(evidence.situations)
    places = _layout(evidence)
    filled = places >= 0
    safe = np.where(filled, places, 0)

    def by_person(column: np.ndarray, fill: int) -> np.ndarray:
        return np.where(filled, column[safe] if len(column) else fill, fill)

    sequence = by_person(evidence.sequence, -1)
    first = np.ones_like(filled)
    first[:, 1:] = sequence[:, 1:] != sequence[:, :-1]
    others = _widened(evidence, menus)
    rows = Rows(
        by_person(evidence.situation, 0),
        by_person(evidence.choice, 0),
        by_person(others, -1),
        first,
        filled.astype(float),
    )
    size = typical_size(evidence.situations) if scale is None else scale
    return Batch(situations, rows, menus, size), places


def stack(given: Sequence[Situation]) -> tuple[Situations, tuple[int, ...]]:
    """Return situations in one shape, and the widest menu of each other acting player."""
    if not given:
        raise InputError("no situation", place="evidence", found=0, expected="one or more")
    menus = _common_menus(given)
    sizes = np.array([s.shape for s in given])
    options, recipients = int(sizes[:, 0].max()), int(sizes[:, 2].max())
    if len(set(sizes[:, 2])) > 1:
        raise InputError(
            "situations differ in how many they pay",
            place="evidence",
            found=", ".join(map(str, sorted(set(sizes[:, 2].tolist())))),
            expected="one number of recipients; analyse them apart",
        )
    contingencies = math.prod(menus) if menus else int(sizes[:, 1].max())
    shape = (len(given), options, contingencies, recipients)
    check_cells(math.prod(shape), "evidence")
    payoffs, present = np.zeros(shape), np.zeros((len(given), contingencies), bool)
    chances = np.zeros((len(given), contingencies))
    for g, situation in enumerate(given):
        own, slots = situation.shape[0], _slots(situation, menus)
        payoffs[g, :own, slots] = np.moveaxis(situation.payoffs, 1, 0)
        present[g, slots] = True
        chances[g, slots] = situation.contingencies
    history = _stack_features(given, "history", options, contingencies, menus)
    history["delays"] = np.stack([np.asarray(s.delays) for s in given])
    return (
        Situations(
            payoffs,
            np.arange(options) < sizes[:, :1],
            present,
            chances,
            history,
            _stack_features(given, "beliefs", options, contingencies, menus),
            _stack_transitions(given, options, contingencies),
        ),
        menus,
    )


def typical_size(situations: Sequence[Situation]) -> float:
    """Return the median over situations of the range of the decider's payoffs.

    Where the decider's payoff is always the same, of the range of all payoffs; 1 where all are.
    """
    for columns in (slice(0, 1), slice(None)):
        ranges = [float(np.ptp(s.payoffs[:, :, columns])) for s in situations]
        size = float(np.median([r for r in ranges if r > 0] or [0.0]))
        if size > 0:
            return size
    return 1.0


def _common_menus(given: Sequence[Situation]) -> tuple[int, ...]:
    """Return the widest menu of each other player; no menus unless all situations have them."""
    players = {len(s.menus) for s in given}
    if players == {0} or len(players) > 1:
        if len(players) > 1:
            raise InputError(
                "situations differ in how many players act",
                place="evidence",
                found=", ".join(str(p + 1) for p in sorted(players)),
                expected="one number; analyse them apart",
            )
        return ()
    return tuple(max(len(s.menus[j]) for s in given) for j in range(next(iter(players))))


def _slots(situation: Situation, menus: tuple[int, ...]) -> np.ndarray:
    """Return where each contingency of a situation stands among the padded ones."""
    if not menus:
        return np.arange(situation.shape[1])
    grid = np.indices([len(menu) for menu in situation.menus]).reshape(len(menus), -1)
    return np.asarray(np.ravel_multi_index(tuple(grid), menus))


def _widened(evidence: Evidence, menus: tuple[int, ...]) -> np.ndarray:
    """Return the contingencies that came about, as places among the padded ones."""
    if not menus or not len(evidence):
        return evidence.others
    slots = [_slots(situation, menus) for situation in evidence.situations]
    return np.array(
        [
            slots[s][o] if o >= 0 else -1
            for s, o in zip(evidence.situation, evidence.others, strict=True)
        ]
    )


def _stack_features(
    given: Sequence[Situation], kind: str, options: int, contingencies: int, menus: tuple[int, ...]
) -> dict[str, np.ndarray]:
    """Return the features that any situation states, in one shape; absent ones are 0."""
    tables: list[Mapping[str, np.ndarray]] = [getattr(s, kind) for s in given]
    found: dict[str, np.ndarray] = {}
    for name in dict.fromkeys(name for table in tables for name in table):
        stated = [table[name] for table in tables if name in table]
        wide_k = options if any(a.shape[0] > 1 for a in stated) else 1
        wide_s = contingencies if any(a.shape[1] > 1 for a in stated) else 1
        values = np.zeros((len(given), wide_k, wide_s))
        for g, (situation, table) in enumerate(zip(given, tables, strict=True)):
            if name in table:
                own = situation.shape[0] if wide_k > 1 else 1
                slots = _slots(situation, menus) if wide_s > 1 else np.arange(1)
                spread = np.broadcast_to(table[name], (own, len(slots)))
                values[g, :own, slots] = spread.T
        found[name] = values
    return found


def _stack_transitions(
    given: Sequence[Situation], options: int, contingencies: int
) -> np.ndarray | None:
    """Return transitions in one shape; nothing follows in a situation that has none."""
    if all(situation.transitions is None for situation in given):
        return None
    check_cells(len(given) * options * contingencies**2, "evidence")
    chances = np.zeros((len(given), options, contingencies, contingencies))
    for g, situation in enumerate(given):
        if situation.transitions is not None:
            own, states, _ = situation.transitions.shape
            chances[g, :own, :states, :states] = situation.transitions
    return chances


def _layout(evidence: Evidence) -> np.ndarray:
    """Return which row stands at each place of a person, shape (P, R), -1 to fill up."""
    order = np.argsort(evidence.order, kind="stable")
    _, first, which = np.unique(evidence.sequence[order], return_index=True, return_inverse=True)
    starts = np.empty(len(order), int)
    starts[order] = first[which]
    ordered = np.lexsort((evidence.order, starts, evidence.person))
    counts = np.bincount(evidence.person, minlength=len(evidence.people))
    # As wide as the table that this may be a part of, so that what was compiled for it serves.
    width = max(1, evidence.room, int(counts.max(initial=0)))
    places = np.full((len(evidence.people), width), -1)
    offsets = np.arange(len(ordered)) - np.repeat(np.cumsum(counts) - counts, counts)
    places[evidence.person[ordered], offsets] = ordered
    return places
