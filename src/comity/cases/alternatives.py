"""The other views that could be a party's, between a file and games on the frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.cases.case import Alternative, Party
from comity.cases.faults import Faults, check_known, dotted
from comity.cases.frames import Frame
from comity.cases.models import (
    View,
    build_model,
    read_fact,
    read_prior,
    with_no_deal,
    write_model,
)
from comity.cases.numbers import written
from comity.cases.schema import AlternativeData
from comity.cases.tastes import Taste, has_no_deal, read_taste


@dataclass(frozen=True)
class Variant:
    """What a file says of one alternative: where it differs from the model.

    Attributes
    ----------
    name, weight, source : as in `Alternative`.
    prior : shape (S,), where it is stated.
    facts : by number of the quantity, shape (S, C) each.
    tastes : by the name of the one affected.
    """

    name: str
    weight: float | None
    source: str
    prior: np.ndarray | None
    facts: Mapping[int, np.ndarray]
    tastes: Mapping[str, Taste]


def read_alternatives(
    data: Sequence[AlternativeData], frame: Frame, faults: Faults
) -> tuple[Variant, ...]:
    """Return what a file says of each alternative; faults are collected."""
    found = []
    for k, item in enumerate(data):
        inner = Faults()
        found.append(_variant(item, frame, inner))
        for fault in inner.found:
            faults.add(fault.within(place=dotted("alternatives", k)))
    return tuple(found)


def _variant(data: AlternativeData, frame: Frame, faults: Faults) -> Variant:
    prior = None
    if data.prior is not None:
        with faults.at("prior"):
            prior = read_prior(data.prior, frame)
    facts: dict[int, np.ndarray] = {}
    for name, entry in data.facts.items():
        with faults.at(dotted("facts", name)):
            check_known(name, frame.quantities, "quantity")
            facts[frame.quantities.index(name)] = read_fact(entry, frame)
    tastes: dict[str, Taste] = {}
    for name, taste in data.tastes.items():
        with faults.at(dotted("tastes", name)):
            check_known(name, frame.affected, "player or bystander")
            tastes[name] = read_taste(taste, frame, name)
    return Variant(data.name, data.weight, data.source, prior, facts, tastes)


def build_alternatives(
    variants: Sequence[Variant], view: View, frame: Frame, title: str
) -> tuple[Alternative, ...]:
    """Return the alternatives to a complete view; what one leaves out is as in the view."""
    return tuple(
        Alternative(v.name, build_model(_changed(view, v), frame, title), v.weight, v.source)
        for v in variants
    )


def _changed(view: View, variant: Variant) -> View:
    facts = view.facts.copy()
    for k, rows in variant.facts.items():
        facts[k] = rows
    stated = {n: with_no_deal(taste, view.tastes[n]) for n, taste in variant.tastes.items()}
    prior = view.prior if variant.prior is None else variant.prior
    return View(prior, facts, view.tastes | stated)


def write_alternatives(party: Party, frame: Frame) -> list[dict[str, Any]]:
    """Return the alternatives of a party as a file states them: only what differs."""
    central = _model_data(party.model, frame)
    found = []
    for other in party.alternatives:
        data: dict[str, Any] = {"name": other.name}
        if other.weight is not None:
            data["weight"] = written(other.weight)
        if other.source:
            data["source"] = other.source
        found.append(data | _differing(central, _model_data(other.model, frame)))
    return found


def _model_data(model: Any, frame: Frame) -> dict[str, Any]:
    """Return a model as a file states it, patience included where it is the usual one."""
    data = write_model(model, frame, {})
    for name, taste in data["tastes"].items():
        if has_no_deal(frame, name):
            taste.setdefault("discount", 1)
    return data


def _differing(central: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return the prior, the facts and the tastes that differ, each of them whole."""
    data: dict[str, Any] = {}
    if other.get("prior") != central.get("prior"):
        data["prior"] = other["prior"]
    for key in ("facts", "tastes"):
        entries = other.get(key, {})
        changed = {n: entry for n, entry in entries.items() if entry != central[key][n]}
        data |= {key: changed} if changed else {}
    return data
