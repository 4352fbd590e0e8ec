"""The Case: one situation, who sees it how, what they agree on, and why it holds."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.cases.behaviour import Behaviour
from comity.cases.constitution import Constitution
from comity.cases.faults import dotted
from comity.core.errors import InputError
from comity.games import Game, Negotiation


@dataclass(frozen=True)
class Belief:
    """One way another party's tastes may be, with its probability.

    Attributes
    ----------
    about : the other party.
    values : its tastes block, in the order of ``model.blocks()["tastes[NAME]"].values``.
    probability : how likely the holder thinks it.
    """

    about: str
    values: np.ndarray
    probability: float


CENTRAL = "central"
"""What a party's own model is called among the views that could be its own."""


@dataclass(frozen=True)
class Alternative:
    """Another view that could be the party's: what its evidence does not tell from its model.

    Attributes
    ----------
    name : what it is called; not ``central``, which is the model.
    model : the view, a game on the common frame.
    weight : how likely it is; the model has what the alternatives leave. ``None`` where nothing
        says so, and then for all alternatives of the party.
    source : where it comes from, such as the method and level of a confidence set.
    """

    name: str
    model: Game
    weight: float | None = None
    source: str = ""


@dataclass(frozen=True)
class Evidence:
    """Shared data on a quantity, seen by all.

    Attributes
    ----------
    quantity : name of a quantity of the frame.
    values : observations, shape (T,).
    sd : noise of one observation, if known.
    cell, state : where it was observed; empty means everywhere.
    source : where the data come from.
    """

    quantity: str
    values: np.ndarray
    sd: float | None = None
    cell: str = ""
    state: str = ""
    source: str = ""


@dataclass(frozen=True)
class Party:
    """One party at the table.

    Attributes
    ----------
    name : a player of the frame.
    model : its own view, a game on the common frame, with its guess of the others' tastes.
    uncertainty : standard deviation of each entry of a block, by block name; how sure it is.
    beliefs : ways the others' tastes may be, for interim certificates; probabilities sum to 1
        for each other party.
    kind : how it behaves: ``honest`` unless stated.
    options : parameters of that kind.
    about : a sentence for readers.
    alternatives : the other members of its confidence set. What needs one view takes ``model``.
    """

    name: str
    model: Game
    uncertainty: Mapping[str, np.ndarray] = field(default_factory=dict)
    beliefs: tuple[Belief, ...] = ()
    kind: str = "honest"
    options: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
    alternatives: tuple[Alternative, ...] = ()

    @property
    def views(self) -> dict[str, Game]:
        """Every view that could be its own, by name: the model, as ``central``, first."""
        return {CENTRAL: self.model} | {other.name: other.model for other in self.alternatives}

    @property
    def weights(self) -> tuple[float, ...] | None:
        """How likely each of the views is, in order; ``None`` where nothing says so."""
        stated = [other.weight for other in self.alternatives if other.weight is not None]
        if len(stated) < len(self.alternatives):
            return None
        return (max(0.0, 1 - sum(stated)), *stated)


@dataclass(frozen=True)
class Case:
    """A situation with the views of all parties on it.

    Attributes
    ----------
    title, summary : for readers.
    sources : where the facts come from.
    parties : in the order of the frame's players.
    constitution : what they fix before they report.
    evidence : data all have seen.
    behaviour : how past behaviour of people like one of the parties is read, if there is any.
    results : agreement, transcript and certificates as plain JSON, once there are any.
    assumptions : what was filled in where the file is silent, a sentence each.
    """

    title: str
    parties: tuple[Party, ...]
    constitution: Constitution = Constitution()
    summary: str = ""
    sources: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    behaviour: Behaviour | None = None
    results: Mapping[str, Any] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.parties) < 2:
            raise InputError(
                "an agreement needs two parties or more", place="parties", found=len(self.parties)
            )
        frame = self.parties[0].model.frame()
        for party in self.parties[1:]:
            if party.model.frame() != frame:
                raise InputError(
                    "models are not on one frame",
                    place=f"models.{party.name}",
                    expected=f"the frame of {self.parties[0].name}",
                )
        for party in self.parties:
            check_alternatives(party)
        names = tuple(party.name for party in self.parties)
        if names != self.parties[0].model.players:
            raise InputError(
                "parties and players disagree",
                place="parties",
                found=", ".join(names),
                expected=", ".join(self.parties[0].model.players),
            )

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parties, in order."""
        return tuple(party.name for party in self.parties)

    @property
    def bystanders(self) -> tuple[str, ...]:
        """Names of those who are affected but not at the table."""
        return self.parties[0].model.bystanders

    @property
    def models(self) -> dict[str, Game]:
        """Each party's own view, by name."""
        return {party.name: party.model for party in self.parties}

    def __str__(self) -> str:
        return "\n  ".join([self.title, *(f"{what}: {text}" for what, text in self._facts())])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{html.escape(what)}</th>"
            f"<td>{html.escape(text)}</td></tr>"
            for what, text in self._facts()
        )
        return f"<table><caption>{html.escape(self.title)}</caption>{rows}</table>"

    def _facts(self) -> list[tuple[str, str]]:
        """Return what a person wants to know first of a Case, with its name."""
        law, size = self.constitution, self.parties[0].model.size
        rules = ", ".join(rule.rule for rule in law.acceptance) or "all"
        return [
            ("at the table", ", ".join(self.names)),
            *([("affected only", ", ".join(self.bystanders))] if self.bystanders else []),
            ("outcomes", f"{size:,}" if size < 10**9 else f"{len(str(size))} digits long"),
            *(
                (f"views that fit {party.name}", ", ".join(party.views))
                for party in self.parties
                if party.alternatives
            ),
            ("solution", " or ".join(law.solution) or "none"),
            ("accepted by", f"{rules}; {law.enforcement}"),
        ]


def check_alternatives(party: Party) -> None:
    """Raise `InputError` where the alternatives of a party are no set of views with its model."""
    known: dict[str, Game] = {CENTRAL: party.model}
    for k, other in enumerate(party.alternatives):
        place = dotted("models", party.name, "alternatives", k)
        if other.name in known:
            raise InputError("a view stands twice", place=f"{place}.name", found=repr(other.name))
        if other.model.frame() != party.model.frame():
            raise InputError("models are not on one frame", place=place, found=repr(other.name))
        twin = next((name for name, view in known.items() if _alike(view, other.model)), None)
        if twin is not None:
            raise InputError(
                f"{other.name!r} says the same as the {_called(twin)}",
                place=place,
                found="no number that differs",
                expected="a prior, facts or tastes that differ",
            )
        known[other.name] = other.model
    place = dotted("models", party.name, "alternatives")
    _check_weights([other.weight for other in party.alternatives], place)


def _called(name: str) -> str:
    return "model" if name == CENTRAL else f"alternative {name!r}"


def _alike(first: Game, second: Game) -> bool:
    """Return whether two models on one frame hold the same numbers."""
    mine, theirs = _numbers(first), _numbers(second)
    return all(np.array_equal(values, theirs[name]) for name, values in mine.items())


def _numbers(model: Game) -> dict[str, np.ndarray]:
    patience = {"patience": model.discount} if isinstance(model, Negotiation) else {}
    return {name: block.values for name, block in model.blocks().items()} | patience


def _check_weights(weights: list[float | None], place: str) -> None:
    for k, weight in enumerate(weights):
        here = f"{place}.{k}.weight"
        if (weight is None) != (weights[0] is None):
            raise InputError("some alternatives have a weight", place=here, expected="all or none")
        if weight is not None and not (math.isfinite(weight) and weight >= 0):
            raise InputError("not a weight", place=here, found=weight, expected="0 or more")
    total = sum(weight for weight in weights if weight is not None)
    if total > 1 + 1e-9:
        raise InputError(
            "the weights of the alternatives sum to more than 1",
            place=place,
            found=f"{total:.12g}",
            expected="at most 1; the model has what they leave",
        )
