"""From the data of a file to a Case, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from comity.cases.alternatives import (
    Variant,
    build_alternatives,
    read_alternatives,
    write_alternatives,
)
from comity.cases.behaviour import read_behaviour, write_behaviour
from comity.cases.beliefs import read_beliefs, write_beliefs
from comity.cases.case import Belief, Case, Evidence, Party, check_alternatives
from comity.cases.cells import cell_name, read_key
from comity.cases.faults import Faults, check_known, dotted
from comity.cases.frames import Frame, frame_of, read_frame, write_frame
from comity.cases.laws import check_pool, read_constitution, write_constitution
from comity.cases.models import (
    View,
    build_model,
    fill_silences,
    read_uncertainty,
    read_view,
    write_model,
)
from comity.cases.numbers import written
from comity.cases.schema import VERSION, CaseData, EvidenceData, parse
from comity.core.errors import ComityError, InputError
from comity.core.results import plain


def from_data(data: Any) -> tuple[Case | None, list[ComityError]]:
    """Return the Case that plain data state, or everything that is wrong with them."""
    shaped, wrong = parse(data)
    if shaped is None:
        return None, wrong
    faults = Faults()
    case = None
    with faults.at():
        case = _case(shaped, faults)
    return (None, faults.found) if faults.found else (case, [])


def _case(data: CaseData, faults: Faults) -> Case | None:
    if data.comity != VERSION:
        raise InputError(
            "unknown version of the format", place="comity", found=data.comity, expected=VERSION
        )
    frame = _frame(data, faults)
    if frame is None:
        return None
    _check_owners(data, frame, faults)
    views = _views(data, frame, faults)
    doubts = _doubts(data, frame, views, faults)
    evidence = _evidence(data.evidence, frame, faults)
    behaviour = read_behaviour(data.behaviour, frame, faults)
    law_faults = Faults()
    law = read_constitution(data.constitution, frame, law_faults, evidence=bool(evidence))
    with law_faults.at():
        check_pool(law, {name: view.prior for name, view in views.items()}, frame.states)
    for fault in law_faults.found:
        faults.add(fault.within(place="constitution"))
    notes = fill_silences(views, frame, faults)
    if faults.found:
        return None
    parties = tuple(_party(name, data, views[name], frame, doubts) for name in frame.players)
    for party in parties:
        with faults.at():
            check_alternatives(party)
    if faults.found:
        return None
    return Case(
        title=data.title,
        parties=parties,
        constitution=law,
        summary=data.summary,
        sources=tuple(data.sources),
        evidence=evidence,
        behaviour=behaviour,
        results=data.results,
        assumptions=tuple(dict.fromkeys((*data.assumptions, *notes))),
    )


def _frame(data: CaseData, faults: Faults) -> Frame | None:
    found = []
    with faults.at("frame"):
        found.append(_frame_of_parties(data))
    return found[0] if found else None


def _frame_of_parties(data: CaseData) -> Frame:
    frame = read_frame(data.frame)
    if len(frame.players) < 2:
        raise InputError(
            "an agreement needs two parties or more", place="players", found=len(frame.players)
        )
    return frame


def _check_owners(data: CaseData, frame: Frame, faults: Faults) -> None:
    for key in ("models", "parties"):
        for name in getattr(data, key):
            with faults.at(dotted(key, name)):
                check_known(name, frame.players, "party")
    for name in frame.players:
        if name not in data.models:
            faults.add(
                InputError(
                    f"{name} has no model",
                    place="models",
                    found=", ".join(data.models) or "none",
                    expected=f"[{dotted('models', name)}]",
                )
            )


def _views(data: CaseData, frame: Frame, faults: Faults) -> dict[str, View]:
    views = {}
    for name in frame.players:
        if name in data.models:
            inner = Faults()
            views[name] = read_view(data.models[name], frame, name, inner)
            for fault in inner.found:
                faults.add(fault.within(place=dotted("models", name)))
    return views


@dataclass(frozen=True)
class _Doubts:
    """What the parties are unsure of, by party.

    Attributes
    ----------
    spreads : standard deviations by block.
    beliefs : ways the others may be.
    variants : other views that could be its own, where they differ from its model.
    """

    spreads: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    beliefs: dict[str, tuple[Belief, ...]] = field(default_factory=dict)
    variants: dict[str, tuple[Variant, ...]] = field(default_factory=dict)


def _doubts(data: CaseData, frame: Frame, views: Mapping[str, View], faults: Faults) -> _Doubts:
    found = _Doubts()
    for name, view in views.items():
        stated, inner = data.models[name], Faults()
        found.spreads[name] = read_uncertainty(stated, frame, inner)
        for fault in inner.found:
            faults.add(fault.within(place=dotted("models", name, "uncertainty")))
        # A guess left out is filled later; beliefs then vary the other's own word.
        guesses = {k: v.tastes[k] for k, v in views.items() if k in v.tastes} | view.tastes
        inner = Faults()
        if all(b.about in guesses or b.about not in frame.players for b in stated.beliefs):
            found.beliefs[name] = read_beliefs(stated.beliefs, frame, name, guesses, inner)
        found.variants[name] = read_alternatives(stated.alternatives, frame, inner)
        for fault in inner.found:
            faults.add(fault.within(place=dotted("models", name)))
    return found


def _party(name: str, data: CaseData, view: View, frame: Frame, doubts: _Doubts) -> Party:
    known: dict[str, Any] = {}
    if (stated := data.parties.get(name)) is not None:
        known = {"kind": stated.kind, "options": stated.options, "about": stated.about}
    return Party(
        name,
        build_model(view, frame, data.title),
        doubts.spreads[name],
        doubts.beliefs.get(name, ()),
        alternatives=build_alternatives(doubts.variants[name], view, frame, data.title),
        **known,
    )


def _evidence(data: Sequence[EvidenceData], frame: Frame, faults: Faults) -> tuple[Evidence, ...]:
    found = []
    for k, item in enumerate(data):
        with faults.at(f"evidence.{k}"):
            check_known(item.quantity, frame.quantities, "quantity", "quantity")
            if item.state:
                check_known(item.state, frame.states, "state", "state")
            if not item.values:
                raise InputError("there are no observations", place="values", found="[]")
            if item.sd is not None and item.sd <= 0:
                raise InputError(
                    "noise is not positive",
                    place="sd",
                    found=item.sd,
                    expected="a positive standard deviation",
                )
            if item.sd is None and len(set(item.values)) < 2:
                raise InputError(
                    "the noise of the observations is not known",
                    place="sd",
                    expected="a positive number, or two differing observations",
                )
            cell = _cell_words(item.cell, frame)
            values = np.array(item.values)
            found.append(Evidence(item.quantity, values, item.sd, cell, item.state, item.source))
    return tuple(found)


def _cell_words(cell: str, frame: Frame) -> str:
    """Return a cell as models describe it, from an outcome key or an issue with its option."""
    if not cell:
        return ""
    if frame.additive:
        issue, _, option = (part.strip() for part in cell.partition(":"))
        check_known(issue, frame.labels, "issue", "cell")
        if option:
            options = frame.axes[frame.labels.index(issue)]
            check_known(option, options, "option", "cell")
        return f"{issue}: {option}" if option else issue
    try:
        place = read_key(cell, frame)
    except InputError as error:
        raise InputError(
            error.message, place="cell", found=error.found, expected=error.expected
        ) from error
    if any(isinstance(part, slice) for part in place):
        raise InputError(
            "evidence is about one outcome or all",
            place="cell",
            found=repr(cell),
            expected="an outcome, or no cell",
        )
    return _described(place, frame)


def _described(place: Sequence[int], frame: Frame) -> str:
    chosen = [options[k] for options, k in zip(frame.axes, place, strict=True)]
    if frame.kind == "normal-form":
        return ", ".join(chosen)
    return ", ".join(f"{n}: {o}" for n, o in zip(frame.labels, chosen, strict=True))


def to_data(case: Case) -> dict[str, Any]:
    """Return a Case as plain data that `from_data` reads back to the same Case."""
    frame = frame_of(case.parties[0].model)
    data: dict[str, Any] = {"comity": VERSION, "title": case.title}
    for key in ("summary", "sources"):
        if getattr(case, key):
            data[key] = plain(getattr(case, key))
    data["frame"] = write_frame(frame)
    data["models"] = {party.name: _model_data(party, frame) for party in case.parties}
    parties = {party.name: _party_data(party) for party in case.parties}
    if any(parties.values()):
        data["parties"] = {name: entry for name, entry in parties.items() if entry}
    data["constitution"] = write_constitution(case.constitution)
    if case.evidence:
        data["evidence"] = [_evidence_data(item, frame) for item in case.evidence]
    if case.behaviour is not None:
        data["behaviour"] = write_behaviour(case.behaviour)
    for key in ("assumptions", "results"):
        if getattr(case, key):
            data[key] = plain(getattr(case, key))
    return data


def _model_data(party: Party, frame: Frame) -> dict[str, Any]:
    data = write_model(party.model, frame, party.uncertainty)
    if party.beliefs:
        data["beliefs"] = write_beliefs(party.beliefs, frame)
    if party.alternatives:
        data["alternatives"] = write_alternatives(party, frame)
    return data


def _party_data(party: Party) -> dict[str, Any]:
    data: dict[str, Any] = {} if party.kind == "honest" else {"kind": party.kind}
    if party.about:
        data["about"] = party.about
    return data | ({"options": plain(party.options)} if party.options else {})


def _evidence_data(item: Evidence, frame: Frame) -> dict[str, Any]:
    data: dict[str, Any] = {
        "quantity": item.quantity,
        "values": [written(value) for value in item.values],
    }
    if item.sd is not None:
        data["sd"] = written(item.sd)
    if item.cell:
        data["cell"] = item.cell if frame.additive else _cell_key(item.cell, frame)
    return data | {key: getattr(item, key) for key in ("state", "source") if getattr(item, key)}


def _cell_key(words: str, frame: Frame) -> str:
    for cell in range(frame.cells):
        place = [int(k) for k in np.unravel_index(cell, frame.shape)]
        if _described(place, frame) == words:
            return cell_name(frame, cell)
    raise InputError("evidence is about no outcome of the frame", place="evidence", found=words)
