"""Where views differ, ranked by what each difference does to the agreement, not by its size.

One differing piece is settled at a time: one party takes over the other's number there, all else
stays, and the agreement, the defaults and the conflict are worked out anew. A piece is a labelled
part of a block, or a whole quantity (in one state) where its cells are moved together. On its own
tastes a party is the authority, so there only the other's guess is replaced.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.agreement.defaults import play_payoffs
from comity.agreement.preconditions import check_is_case
from comity.agreement.proposal import delayed
from comity.agreement.results import Comparison, Difference
from comity.agreement.settle import Table
from comity.cases import Case
from comity.core.errors import ComityError
from comity.core.randomness import Rng
from comity.games import Block, Game, Play
from comity.games.blocks import BlockModel

SAME = 1e-9
"""Numbers closer than this, relative to their size, do not differ."""

MAX_RUNS = 2000
"""Largest number of agreements worked out; the smallest differences are left out beyond it."""


@dataclass(frozen=True)
class Piece:
    """Entries of a block that are settled together.

    Attributes
    ----------
    block, label : where, in words.
    indices : the entries.
    members : labels of the smaller pieces it consists of; empty for a part of the block.
    """

    block: str
    label: str
    indices: np.ndarray
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class _State:
    """What a table of views leads to, as far as a comparison looks.

    Attributes
    ----------
    play : what is played.
    worth : shape (n,), by the parties' original models.
    alone : shape (n,), what acting alone is worth by the parties' original models.
    agreed : whether the protocol ends in agreement.
    conflict : whether all act alone and are worse off than by the proposal, each by its own view.
    clash : whether acting alone leaves somebody with less than its own view promised.
    """

    play: Play | None
    worth: np.ndarray
    alone: np.ndarray
    agreed: bool
    conflict: bool
    clash: bool

    @property
    def verdict(self) -> tuple[bool, bool, bool]:
        """What a decisive difference turns."""
        return self.agreed, self.conflict, self.clash


def compare(case: Case, rng: Rng = None, *, max_runs: int = MAX_RUNS) -> Comparison:
    """Return the differences between the views of a Case, decisive ones first, then by effect.

    ``rng`` is accepted for symmetry with `agree` and not used. Costs one run of the protocol per
    differing piece, pair of parties and direction, at most ``max_runs``; the smallest are left
    out beyond that, and the answer says so.

    Examples
    --------
    >>> from comity.agreement.studies.scalar import scalar_case
    >>> found = compare(scalar_case(0.6, 0.5, 0.2)).differences[0]
    >>> found.part, found.values, round(found.effect, 3)
    ('fair share at pie', (0.6, 0.5), 0.05)
    """
    check_is_case(case)
    view = _View(case)
    pieces = list(_differing(case))
    kept = _affordable(pieces, max_runs)
    found = [view.difference(piece, pair) for piece, pair in kept]
    shown = _without_redundant(found, [piece for piece, _ in kept])
    ranked = sorted(shown, key=_weight, reverse=True)
    notes: tuple[str, ...] = ("Every difference is settled on its own, all else as it is.",)
    if len(kept) < len(pieces):
        notes += (f"The {len(pieces) - len(kept)} smallest differences were not worked out.",)
    now = view.now
    return Comparison(tuple(ranked), view.total_effect(), now.conflict, now.clash, notes)


class _View:
    """A Case as it is, and with single pieces settled."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.now = self._state(case.models)

    def difference(self, piece: Piece, pair: tuple[str, str]) -> Difference:
        """Return one difference with its effect: the larger of both directions."""
        first, second = (self.case.models[name].blocks()[piece.block] for name in pair)
        states = [
            self._state(self.case.models | {taker: changed})
            for taker, changed in _settlements(self.case, piece, pair)
        ]
        gap = np.abs(first.values - second.values)[piece.indices]
        return Difference(
            block=piece.block,
            part=piece.label,
            parties=pair,
            values=_shown(first, second, piece.indices),
            size=float(gap.max()),
            effect=max((_apart(state.worth, self.now.worth) for state in states), default=0.0),
            changes_outcome=any(not _same_play(state.play, self.now.play) for state in states),
            decisive=any(state.verdict != self.now.verdict for state in states),
            effect_alone=max((_apart(s.alone, self.now.alone) for s in states), default=0.0),
        )

    def total_effect(self) -> float:
        """Return the effect of settling everything: all take one party's view, whoever's."""
        effects = []
        for teacher in self.case.names:
            settled = {
                name: _taught(model, name, teacher, self.case)
                for name, model in self.case.models.items()
            }
            effects.append(_apart(self._state(settled).worth, self.now.worth))
        return max(effects)

    def _state(self, models: Mapping[str, Game]) -> _State:
        table = Table.seat(models, self.case.constitution, self.case.evidence)
        settled = table.settle()
        proposed = settled.proposal.solution.play
        agreed, delay = settled.status == "agreed", settled.proposal.delay
        conflict = False
        # Where nobody acts without a deal, as in a negotiation, there is nothing to clash.
        if proposed is not None and table.default is not None:
            deal = [model.payoffs(proposed)[i] for i, model in enumerate(models.values())]
            slack = SAME * np.maximum(1.0, np.abs(deal))
            conflict = bool(np.all(table.fallback < np.array(deal) - slack))
        short = table.fallback < table.promised - SAME * np.maximum(1.0, np.abs(table.promised))
        return _State(
            play=settled.play,
            worth=self._worth(settled.play, delay if agreed else 0),
            alone=self._worth(table.default),
            agreed=agreed,
            conflict=conflict,
            clash=bool(short.any()),
        )

    def _worth(self, play: Play | None, delay: int = 0) -> np.ndarray:
        models = [delayed(model, delay) for model in self.case.models.values()]
        return np.array([play_payoffs(model, play)[i] for i, model in enumerate(models)])


def _weight(difference: Difference) -> tuple[bool, float, float, float]:
    effects = (round(difference.effect, 9), round(difference.effect_alone, 9))
    return (difference.decisive, *effects, difference.size)


def _apart(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.abs(first - second).max())


def _settlements(case: Case, piece: Piece, pair: tuple[str, str]) -> Iterator[tuple[str, Game]]:
    """Yield who takes over the other's numbers, and its model then."""
    for taker, giver in (pair, pair[::-1]):
        model = case.models[taker]
        block = model.blocks()[piece.block]
        if block.owner == taker:
            continue
        values = block.values.copy()
        values[piece.indices] = case.models[giver].blocks()[piece.block].values[piece.indices]
        try:
            yield taker, model.replace(piece.block, values)
        except ComityError:
            continue


def _taught(model: Game, name: str, teacher: str, case: Case) -> Game:
    """Return a model with the teacher's facts and prior, and everyone's word on its own tastes."""
    for block in model.blocks().values():
        source = block.owner if block.owner in case.names else teacher
        assert source is not None
        if source != name:
            model = model.replace(block.name, case.models[source].blocks()[block.name].values)
    return model


def _differing(case: Case) -> Iterator[tuple[Piece, tuple[str, str]]]:
    """Yield each piece on which a pair of parties differs."""
    models = case.models
    for a, b in itertools.combinations(case.names, 2):
        mine, theirs = models[a].blocks(), models[b].blocks()
        for name, block in mine.items():
            if block.owner in case.names and block.owner not in (a, b):
                continue
            size = np.maximum(1.0, np.maximum(np.abs(block.values), np.abs(theirs[name].values)))
            differs = np.abs(block.values - theirs[name].values) > SAME * size
            for piece in pieces_of(models[a], block, differs):
                yield piece, (a, b)


def pieces_of(model: Game, block: Block, differs: np.ndarray) -> list[Piece]:
    """Return the parts of a block with differing entries, and groups of two parts or more."""
    parts = [
        Piece(block.name, part.label, part.indices)
        for part in block.parts
        if differs[part.indices].any()
    ]
    groups: list[Piece] = []
    for label, indices in _groups(model, block):
        inside = [part for part in parts if np.isin(part.indices, indices).all()]
        known = [set(group.members) for group in groups]
        members = tuple(part.label for part in inside)
        if len(inside) > 1 and set(members) not in known:
            groups.append(Piece(block.name, label, indices, members))
    return [*groups, *parts]


def _groups(model: Game, block: Block) -> Iterator[tuple[str, np.ndarray]]:
    """Yield labelled groups of entries, the small before the large: one state, one quantity."""
    assert isinstance(model, BlockModel)
    if block.kind == "facts":
        places = np.arange(block.values.size).reshape(model.facts.shape)
        for k, quantity in enumerate(model.quantities):
            if len(model.states) > 1:
                for s, state in enumerate(model.states):
                    yield f"{quantity} ({state})", places[k, s]
            yield quantity, places[k].ravel()
    elif block.kind == "tastes":
        yield f"what {block.owner} wants", np.arange(block.values.size)


def _affordable(
    pieces: Sequence[tuple[Piece, tuple[str, str]]], max_runs: int
) -> list[tuple[Piece, tuple[str, str]]]:
    """Return as many pieces as the runs allow: two a piece, groups first, then in order."""
    ordered = sorted(pieces, key=lambda entry: not entry[0].members)
    return ordered[: max(1, max_runs // 2)]


def _without_redundant(found: Sequence[Difference], pieces: Sequence[Piece]) -> list[Difference]:
    """Leave out groups that do no more than one of their members."""
    alone = {(d.block, d.part, d.parties): d for d in found}
    shown = []
    for difference, piece in zip(found, pieces, strict=True):
        members = [
            alone[key]
            for label in piece.members
            if (key := (piece.block, label, difference.parties)) in alone
        ]
        more = all(_effects(difference) > _effects(m) * (1 + 1e-6) + 1e-12 for m in members)
        if more or (difference.decisive and not any(m.decisive for m in members)):
            shown.append(difference)
    return shown


def _effects(difference: Difference) -> float:
    return max(difference.effect, difference.effect_alone)


def _shown(first: Block, second: Block, indices: np.ndarray) -> tuple[float, float]:
    """Return what each states, the mean over the entries that differ; of a prior one state."""
    gap = np.abs(first.values - second.values)[indices]
    if first.kind == "prior":
        # The last of the states on which they differ most: of two, not the usual one.
        at = indices[np.flatnonzero(gap >= gap.max() - SAME)[-1:]]
    else:
        at = indices[gap > SAME * np.maximum(1.0, np.abs(first.values[indices]))]
        at = at if len(at) else indices
    return float(first.values[at].mean()), float(second.values[at].mean())


def _same_play(first: Play | None, second: Play | None) -> bool:
    if first is None or second is None:
        return first is second
    chances = []
    for play in (first, second):
        lottery = play.to_lottery() if hasattr(play, "to_lottery") else play
        chances.append(dict(zip(lottery.outcomes, lottery.probabilities, strict=True)))
    outcomes = set(chances[0]) | set(chances[1])
    return all(abs(chances[0].get(o, 0.0) - chances[1].get(o, 0.0)) < 1e-7 for o in outcomes)
