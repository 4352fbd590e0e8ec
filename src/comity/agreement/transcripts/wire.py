"""Reports, constitutions and evidence as plain JSON, and back.

What goes over the wire is the common frame once, and per report the values of its blocks.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from comity.agreement.models.narrow import flat_blocks
from comity.cases import AcceptanceRule, Constitution, Evidence, Talk
from comity.core.choices import pick
from comity.core.errors import InputError
from comity.core.results import plain
from comity.games import Constraint, Game, Issue, Negotiation, NormalForm


def report_to_dict(report: Game) -> dict[str, Any]:
    """Return the values of every block, and how a negotiator discounts delay."""
    data: dict[str, Any] = {
        "blocks": {name: block.values.tolist() for name, block in flat_blocks(report).items()}
    }
    if isinstance(report, Negotiation):
        data["discount"] = report.discount.tolist()
    return data


def report_from_dict(frame: Mapping[str, Any], data: Mapping[str, Any]) -> Game:
    """Return the report that `report_to_dict` wrote, on this frame.

    Examples
    --------
    >>> game = NormalForm.from_payoffs([[[1., 2.]], [[3., 4.]]])
    >>> report_from_dict(game.frame(), report_to_dict(game)).table.tolist()
    [[[1.0, 2.0]], [[3.0, 4.0]]]
    """
    game = empty_game(frame)
    blocks, own = _entry(data, "blocks", dict), flat_blocks(game)
    if set(blocks) != set(own):
        raise InputError(
            "blocks do not fit the frame",
            place="report.blocks",
            found=", ".join(blocks),
            expected=", ".join(own),
        )
    for name in own:
        game = game.replace(name, blocks[name])
    if isinstance(game, Negotiation):
        game = dataclasses.replace(game, discount=np.array(_entry(data, "discount", list)))
    return game


def empty_game(frame: Mapping[str, Any]) -> Game:
    """Return the game on a frame in which everything is worth nothing."""
    builders = {"normal-form": _empty_normal_form, "negotiation": _empty_negotiation}
    kind = _entry(frame, "kind", str)
    return pick(builders, kind, "unknown kind of frame", "frame.kind")(frame)


def _empty_normal_form(frame: Mapping[str, Any]) -> Game:
    actions = tuple(tuple(names) for names in _entry(frame, "actions", list))
    cells = int(np.prod([len(names) for names in actions]))
    return NormalForm(actions=actions, **_zeros(frame, cells))


def _empty_negotiation(frame: Mapping[str, Any]) -> Game:
    issues = tuple(Issue(i["name"], tuple(i["options"])) for i in _entry(frame, "issues", list))
    form = _entry(frame, "form", str)
    counts = [len(issue.options) for issue in issues]
    cells = sum(counts) if form == "additive" else int(np.prod(counts))
    limits = tuple(
        Constraint(np.array(c["coefficients"], float), float(c["limit"]), c["label"])
        for c in _entry(frame, "constraints", list)
    )
    zeros = _zeros(frame, cells)
    return Negotiation(issues=issues, form=form, constraints=limits, **zeros)


def _zeros(frame: Mapping[str, Any], cells: int) -> dict[str, Any]:
    players, bystanders, states, quantities = (
        tuple(_entry(frame, name, list))
        for name in ("players", "bystanders", "states", "quantities")
    )
    affected = len(players) + len(bystanders)
    return {
        "players": players,
        "bystanders": bystanders,
        "states": states,
        "quantities": quantities,
        "prior": np.full(len(states), 1 / max(1, len(states))),
        "facts": np.zeros((len(quantities), len(states), cells)),
        "weights": np.zeros((affected, len(quantities))),
        "tastes": np.zeros((affected, len(states), cells)),
    }


def constitution_to_dict(constitution: Constitution) -> dict[str, Any]:
    """Return the constitution as plain JSON."""
    data: dict[str, Any] = plain(constitution)
    return data


def constitution_from_dict(data: Mapping[str, Any]) -> Constitution:
    """Return the constitution that `constitution_to_dict` wrote."""
    fields = dict(data)
    fields["acceptance"] = tuple(AcceptanceRule(**rule) for rule in fields["acceptance"])
    fields["solution"] = tuple(fields["solution"])
    fields["acceptable"] = {name: tuple(some) for name, some in fields["acceptable"].items()}
    fields["talk"] = Talk(**fields["talk"])
    return Constitution(**fields)


def evidence_to_list(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Return shared evidence as plain JSON."""
    return [plain(item) for item in evidence]


def evidence_from_list(data: Sequence[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    """Return the evidence that `evidence_to_list` wrote."""
    return tuple(
        Evidence(**{**item, "values": np.array(item["values"], dtype=float)}) for item in data
    )


def _entry(data: Mapping[str, Any], name: str, kind: type) -> Any:
    value = data.get(name)
    if not isinstance(value, kind):
        raise InputError(
            "an entry is missing or of the wrong kind",
            place=name,
            found=type(value).__name__,
            expected=kind.__name__,
        )
    return value
