"""One party's own view, between a file and a game on the frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.cases.cells import state_numbers
from comity.cases.faults import Faults, check_known, dotted, table, unknown
from comity.cases.frames import Frame
from comity.cases.numbers import number, written
from comity.cases.schema import ModelData
from comity.cases.tastes import (
    Taste,
    complete,
    nonnegative,
    read_cells,
    read_spread,
    read_taste,
    write_cells,
    write_spread,
    write_taste,
)
from comity.core.errors import InputError
from comity.games import Game
from comity.games.blocks import BlockModel

PRIOR_TOLERANCE = 1e-9


@dataclass
class View:
    """What a file says of one model, before silences are filled.

    Attributes
    ----------
    prior : shape (S,).
    facts : shape (K, S, C).
    tastes : by the name of the one affected; those left out are absent.
    """

    prior: np.ndarray
    facts: np.ndarray
    tastes: dict[str, Taste] = field(default_factory=dict)


def read_view(data: ModelData, frame: Frame, owner: str, faults: Faults) -> View:
    """Return what a file says of one model; faults are collected."""
    view = View(
        np.full(len(frame.states), 1 / len(frame.states)),
        np.zeros((len(frame.quantities), len(frame.states), frame.cells)),
    )
    with faults.at("prior"):
        view.prior = read_prior(data.prior, frame)
    for name in data.facts:
        with faults.at("facts"):
            check_known(name, frame.quantities, "quantity", dotted(name))
    for k, name in enumerate(frame.quantities):
        with faults.at(dotted("facts", name)):
            view.facts[k] = read_fact(data.facts.get(name), frame)
    for name, taste in data.tastes.items():
        with faults.at(dotted("tastes", name)):
            check_known(name, frame.affected, "player or bystander")
            view.tastes[name] = read_taste(taste, frame, name)
    if owner not in data.tastes:
        place = dotted("tastes", owner)
        words = f"{owner} does not say what the outcomes are worth to itself"
        faults.add(InputError(words, place=place, expected="a table"))
    return view


def read_prior(entry: Any, frame: Frame) -> np.ndarray:
    """Return the probabilities of the states, shape (S,)."""
    if entry is None:
        if len(frame.states) == 1:
            return np.ones(1)
        raise InputError("is missing", expected="a probability for " + ", ".join(frame.states))
    if isinstance(entry, list):
        if len(entry) != len(frame.states):
            raise InputError("shape does not fit", found=len(entry), expected=len(frame.states))
        prior = np.array([number(item) for item in entry])
    else:
        prior = state_numbers(table(entry, "a prior"), frame)
    for state, p in zip(frame.states, prior, strict=True):
        if np.isnan(p):
            raise InputError("a state has no probability", found=state)
        if p < 0:
            raise InputError("probability is negative", place=dotted(state), found=p)
    if abs(prior.sum() - 1) > PRIOR_TOLERANCE:
        raise InputError("probabilities do not sum to 1", found=f"{prior.sum():.12g}", expected=1)
    return prior


def read_fact(entry: Any, frame: Frame) -> np.ndarray:
    """Return what a quantity is in every state and cell, shape (S, C)."""
    if entry is None:
        raise InputError("is missing", expected="what it is at every outcome")
    return complete(read_cells(entry, frame, 0.0), frame)


def fill_silences(views: Mapping[str, View], frame: Frame, faults: Faults) -> list[str]:
    """Fill what a view leaves out from the views of others; return a note for each.

    A guess at another's tastes comes from that other's own view, a bystander's from the first
    party that states it: a courtesy to whoever writes the file, never a silent one.
    """
    notes = []
    own = {name: view.tastes[name] for name, view in views.items() if name in view.tastes}
    for holder, view in views.items():
        for name in frame.affected:
            source = name if name in frame.players else _first(views, name)
            model = own.get(name) if name in frame.players else _stated(views, name)
            if name not in view.tastes and model is not None and holder != name:
                view.tastes[name] = model
                notes.append(_note(holder, name, source))
            elif name not in view.tastes and name in frame.bystanders:
                place = dotted("models", holder, "tastes", name)
                faults.add(InputError(f"nobody says what {name} gains or loses", place=place))
            elif holder != name and model is not None:
                view.tastes[name] = with_no_deal(view.tastes[name], model)
    return notes


def _stated(views: Mapping[str, View], name: str) -> Taste | None:
    return next((view.tastes[name] for view in views.values() if name in view.tastes), None)


def _first(views: Mapping[str, View], name: str) -> str:
    return next((holder for holder, view in views.items() if name in view.tastes), "")


def _note(holder: str, name: str, source: str) -> str:
    if source == name:
        return f"{holder} states no guess of what {name} values: taken from {name}'s own model."
    return f"{holder} states no view of what {name} gains or loses: taken from {source}'s."


def with_no_deal(guess: Taste, own: Taste) -> Taste:
    """Return a guess with the worth of no deal and the patience it leaves out from ``own``."""
    no_deal = own.no_deal if guess.no_deal is None else guess.no_deal
    discount = own.discount if guess.discount is None else guess.discount
    return Taste(guess.weights, guess.cells, no_deal, discount)


def build_model(view: View, frame: Frame, title: str) -> Game:
    """Return the game of a complete view."""
    tastes = [view.tastes[name] for name in frame.affected]
    players = tastes[: len(frame.players)]
    return frame.model(
        title=title,
        prior=view.prior,
        facts=view.facts,
        weights=np.array([t.weights for t in tastes]).reshape(len(tastes), -1),
        tastes=np.array([t.cells for t in tastes]),
        reservation=np.array([t.no_deal or 0.0 for t in players]),
        discount=np.array([1.0 if t.discount is None else t.discount for t in players]),
    )


def read_uncertainty(data: ModelData, frame: Frame, faults: Faults) -> dict[str, np.ndarray]:
    """Return the standard deviation of every entry, by block; blocks left out are certain."""
    found: dict[str, np.ndarray] = {}
    stated = data.uncertainty
    if stated.prior is not None:
        with faults.at("prior"):
            if len(frame.states) == 1:
                raise InputError("there is one state only, so nothing to be unsure of")
            found["prior"] = nonnegative(np.nan_to_num(state_numbers(stated.prior, frame)))
    if stated.facts is not None:
        with faults.at("facts"):
            found["facts"] = nonnegative(_fact_spread(stated.facts, frame))
    for name, entry in stated.tastes.items():
        with faults.at(dotted("tastes", name)):
            check_known(name, frame.affected, "player or bystander")
            found[f"tastes[{name}]"] = read_spread(entry, frame, name)
    return found


def _fact_spread(entry: Any, frame: Frame) -> np.ndarray:
    if not frame.quantities:
        raise InputError("the frame has no quantities, so nothing to be unsure of")
    if not isinstance(entry, Mapping):
        return np.full(len(frame.quantities) * len(frame.states) * frame.cells, number(entry))
    for name in entry:
        if name not in frame.quantities:
            raise unknown("quantity", str(name), frame.quantities, dotted(name))
    rows = [read_cells(entry.get(name, 0), frame, 0.0).ravel() for name in frame.quantities]
    return np.nan_to_num(np.concatenate(rows))


def write_model(game: Game, frame: Frame, spreads: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """Return a model with its uncertainty as a file states it."""
    assert isinstance(game, BlockModel)
    blocks = game.blocks()
    discounts = getattr(game, "discount", np.ones(len(frame.players)))
    data: dict[str, Any] = {}
    if len(frame.states) > 1:
        data["prior"] = {s: written(p) for s, p in zip(frame.states, game.prior, strict=True)}
    if frame.quantities:
        pairs = zip(frame.quantities, game.facts, strict=True)
        data["facts"] = {name: write_cells(rows, frame) for name, rows in pairs}
    data["tastes"] = {}
    for row, name in enumerate(frame.affected):
        discount = discounts[row] if row < len(frame.players) else 1.0
        flat = blocks[f"tastes[{name}]"].values
        data["tastes"][name] = write_taste(flat, frame, name, float(discount))
    uncertainty = _written_spreads(spreads, frame)
    return data | ({"uncertainty": uncertainty} if uncertainty else {})


def _written_spreads(spreads: Mapping[str, np.ndarray], frame: Frame) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if "prior" in spreads:
        pairs = zip(frame.states, spreads["prior"], strict=True)
        data["prior"] = {state: written(sd) for state, sd in pairs}
    if "facts" in spreads:
        rows = spreads["facts"].reshape(len(frame.quantities), len(frame.states), -1)
        pairs_of = zip(frame.quantities, rows, strict=True)
        data["facts"] = {name: write_cells(row, frame) for name, row in pairs_of}
    tastes = {
        name: write_spread(spreads[f"tastes[{name}]"], frame, name)
        for name in frame.affected
        if f"tastes[{name}]" in spreads
    }
    return data | ({"tastes": tastes} if tastes else {})
