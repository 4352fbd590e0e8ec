"""The joint set: one view of each party's set, in every combination.

In a joint member every party holds one of its views as its model, and the member is a Case like
any other. On its own tastes each party's word stands: a guess about another that is that other's
own word (as one left out of a file is) follows the view that the other has in this member. A guess
that differs stays as it is, as it does in the Case. Facts and priors are each party's own, as
ever: the set of one says nothing about the set of another.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from comity.agreement.models.narrow import flat_blocks, with_blocks
from comity.cases import Case
from comity.cases.case import CENTRAL
from comity.core.errors import SizeError
from comity.games import Game

MOST_MEMBERS = 256
"""Largest joint set that is worked out: the protocol runs once in each member."""


@dataclass(frozen=True)
class Member:
    """One combination of views.

    Attributes
    ----------
    name : the views that are not central, in words; ``central`` where all are.
    views : by party, the name of its view.
    models : by party, the view, with the guesses that follow the others' words.
    weight : how likely it is if the parties' views are independent; ``None`` where a party that
        has alternatives states no weights.
    """

    name: str
    views: Mapping[str, str]
    models: Mapping[str, Game]
    weight: float | None


def has_alternatives(case: Case) -> bool:
    """Return whether any party of a Case holds more views than one."""
    return any(party.alternatives for party in case.parties)


def joint_members(case: Case) -> tuple[Member, ...]:
    """Return every combination of the parties' views, the central one first.

    Raises `SizeError` above `MOST_MEMBERS` of them.
    """
    count = math.prod(len(party.views) for party in case.parties)
    if count > MOST_MEMBERS:
        raise SizeError(
            "too many combinations of views",
            place="alternatives",
            found=f"{count:,}",
            expected=f"at most {MOST_MEMBERS}",
        )
    chances = [party.weights for party in case.parties]
    weighted = [c for c in chances if c is not None]
    found = []
    for places in itertools.product(*(range(len(party.views)) for party in case.parties)):
        views = {p.name: list(p.views)[k] for p, k in zip(case.parties, places, strict=True)}
        weight = None
        if len(weighted) == len(chances):
            weight = math.prod(c[k] for c, k in zip(weighted, places, strict=True))
        found.append(Member(_named(views), views, _models(case, views), weight))
    return tuple(found)


def _named(views: Mapping[str, str]) -> str:
    return "; ".join(f"{n}: {view}" for n, view in views.items() if view != CENTRAL) or CENTRAL


def _models(case: Case, views: Mapping[str, str]) -> dict[str, Game]:
    held = {party.name: party.views[views[party.name]] for party in case.parties}
    blocks = {name: f"tastes[{name}]" for name in held}
    words = {name: flat_blocks(model)[blocks[name]].values for name, model in held.items()}
    central = {p.name: flat_blocks(p.model)[blocks[p.name]].values for p in case.parties}
    moved = [name for name in held if not np.array_equal(words[name], central[name])]
    return {name: _following(held[name], name, moved, words, central) for name in held}


def _following(
    model: Game,
    holder: str,
    moved: list[str],
    words: Mapping[str, np.ndarray],
    central: Mapping[str, np.ndarray],
) -> Game:
    """Return a model whose guesses that are the others' central words follow their words here."""
    guesses = flat_blocks(model)
    follow = {
        f"tastes[{name}]": words[name]
        for name in moved
        if name != holder and np.array_equal(guesses[f"tastes[{name}]"].values, central[name])
    }
    return with_blocks(model, follow) if follow else model
