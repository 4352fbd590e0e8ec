"""The frame: who is in it, what can happen, and where each number of a model goes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from comity.cases.faults import check_known, dotted, unknown
from comity.cases.numbers import number, written
from comity.cases.schema import ConstraintData, FrameData, IssueData
from comity.core.errors import InputError
from comity.core.limits import check_cells
from comity.games import Constraint, Game, Issue, Negotiation, NormalForm
from comity.games.validation import check_names

_KINDS = {"game": "normal-form", "normal form": "normal-form", "negotiation": "negotiation"}


@dataclass(frozen=True)
class Frame:
    """What is fixed and common before anyone reports.

    Attributes
    ----------
    kind : ``normal-form`` or ``negotiation``.
    players, bystanders, states, quantities : names.
    axes : the names of what is chosen on each axis: actions of a player, or options of an issue.
    labels : what each axis is: players, or issues.
    form : ``additive`` or ``table``, for a negotiation.
    constraints : limits on deals.
    """

    kind: Literal["normal-form", "negotiation"]
    players: tuple[str, ...]
    bystanders: tuple[str, ...]
    states: tuple[str, ...]
    quantities: tuple[str, ...]
    axes: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    form: Literal["additive", "table"] = "table"
    constraints: tuple[Constraint, ...] = ()

    @property
    def affected(self) -> tuple[str, ...]:
        """Names of players, then bystanders."""
        return self.players + self.bystanders

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of options on each axis."""
        return tuple(len(names) for names in self.axes)

    @property
    def additive(self) -> bool:
        """Whether cells are options of single issues rather than whole outcomes."""
        return self.form == "additive"

    @property
    def cells(self) -> int:
        """Number of cells a quantity has in one state."""
        return sum(self.shape) if self.additive else math.prod(self.shape)

    def model(self, *, title: str = "", **numbers: Any) -> Game:
        """Return the game with these blocks on this frame."""
        common: dict[str, Any] = {
            "players": self.players,
            "bystanders": self.bystanders,
            "states": self.states,
            "quantities": self.quantities,
            "title": title,
        }
        if self.kind == "normal-form":
            kept = {key: numbers[key] for key in ("prior", "facts", "weights", "tastes")}
            return NormalForm(actions=self.axes, **common, **kept)
        pairs = zip(self.labels, self.axes, strict=True)
        issues = tuple(Issue(name, options) for name, options in pairs)
        return Negotiation(
            issues=issues, form=self.form, constraints=self.constraints, **common, **numbers
        )


def frame_of(game: Game) -> Frame:
    """Return the frame a game stands on."""
    if isinstance(game, NormalForm):
        people = (game.players, game.bystanders)
        return Frame(
            "normal-form", *people, game.states, game.quantities, game.actions, game.players
        )
    if not isinstance(game, Negotiation):
        raise InputError(
            "a game of this kind has no Case file",
            found=type(game).__name__,
            expected="a NormalForm or a Negotiation",
        )
    return Frame(
        "negotiation",
        game.players,
        game.bystanders,
        game.states,
        game.quantities,
        tuple(issue.options for issue in game.issues),
        tuple(issue.name for issue in game.issues),
        game.form,
        tuple(game.constraints),
    )


def read_frame(data: FrameData) -> Frame:
    """Return the frame that a file states, or raise the first fault in it."""
    players = tuple(data.players or data.actions or ())
    if not players:
        raise InputError("nobody is at the table", place="players", expected="two names or more")
    for place, names in (
        ("players", (*players, *data.bystanders)),
        ("states", data.states),
        ("quantities", data.quantities),
    ):
        check_names(names, place)
    if not data.states:
        raise InputError("there are no states", place="states", found="[]")
    kind = _kind(data)
    axes, labels = _axes(data, kind, players)
    form = _form(data, kind)
    common = (players, tuple(data.bystanders), tuple(data.states), tuple(data.quantities))
    frame = Frame(kind, *common, axes, labels, form)  # type: ignore[arg-type]
    rows = max(len(frame.affected), len(frame.quantities))
    check_cells(rows * len(frame.states) * frame.cells, "issues" if data.issues else "actions")
    limits = tuple(_constraint(frame, c, k) for k, c in enumerate(data.constraints))
    return Frame(kind, *common, axes, labels, form, limits)  # type: ignore[arg-type]


def _kind(data: FrameData) -> str:
    if data.actions is not None and data.issues is not None:
        raise InputError(
            "a frame has actions or issues, not both",
            found="actions and issues",
            expected="[frame.actions] for a game, [frame.issues] for a negotiation",
        )
    if data.actions is None and data.issues is None:
        raise InputError(
            "what can happen is not said",
            expected="[frame.actions] for a game, [frame.issues] for a negotiation",
        )
    implied = "negotiation" if data.issues is not None else "normal-form"
    kind = data.kind or implied
    check_known(kind, (*_KINDS, "normal-form"), "kind of frame", "kind")
    if _KINDS.get(kind, kind) != implied:
        needed = "[frame.actions]" if data.issues is not None else "[frame.issues]"
        raise InputError(f"a {kind} needs {needed}", place="kind", found=kind, expected=implied)
    return implied


def _form(data: FrameData, kind: str) -> str:
    check_known(data.form, ("additive", "table"), "form", "form")
    return "table" if kind == "normal-form" else data.form


def _axes(
    data: FrameData, kind: str, players: tuple[str, ...]
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    if kind == "negotiation":
        issues = data.issues or {}
        if not issues:
            raise InputError("there is nothing to settle", place="issues", expected="an issue")
        check_names(list(issues), "issues")
        return tuple(_options(name, issue) for name, issue in issues.items()), tuple(issues)
    actions = data.actions or {}
    for name in actions:
        check_known(name, players, "player", dotted("actions", name))
    for name in players:
        if not actions.get(name):
            raise InputError(
                "a player has no actions", place=dotted("actions", name), expected="a list of names"
            )
        check_names(actions[name], dotted("actions", name))
    return tuple(tuple(actions[name]) for name in players), players


def _options(name: str, data: IssueData) -> tuple[str, ...]:
    place = dotted("issues", name)
    if (data.options is None) == (data.range is None):
        raise InputError(
            "an issue has options or a range", place=place, expected="[...] or range = [low, high]"
        )
    if data.range is not None:
        return Issue.integers(name, *data.range).options
    options = data.options or []
    if not options:
        raise InputError("an issue has no options", place=place, found="[]")
    check_names(options, place)
    return tuple(options)


def numeric(options: tuple[str, ...]) -> np.ndarray | None:
    """Return the options as numbers, where all of them are."""
    try:
        found = np.array([float(option) for option in options])
    except ValueError:
        return None
    return found if np.all(np.isfinite(found)) else None


def _constraint(frame: Frame, data: ConstraintData, k: int) -> Constraint:
    place = f"constraints.{k}"
    if frame.kind != "negotiation":
        raise InputError("only a negotiation has constraints", place=place)
    parts = []
    for issue in data.coefficients:
        check_known(issue, frame.labels, "issue", dotted("constraints", k, "coefficients"))
    for issue, options in zip(frame.labels, frame.axes, strict=True):
        entry = data.coefficients.get(issue, 0)
        at = dotted("constraints", k, "coefficients", issue)
        parts.append(_coefficients(entry, options, at))
    return Constraint(np.concatenate(parts), data.at_most, data.label)


def _coefficients(entry: Any, options: tuple[str, ...], place: str) -> np.ndarray:
    """Return one coefficient per option: stated by name, or so much per unit of a number."""
    if isinstance(entry, Mapping):
        for option in entry:
            if option not in options:
                raise unknown("option", str(option), options, place)
        return np.array([number(entry.get(option, 0)) for option in options])
    each = number(entry)
    units = numeric(options)
    if each and units is None:
        raise InputError(
            "options are not numbers", place=place, found=options[0], expected="{option = number}"
        )
    return np.zeros(len(options)) if units is None else each * units


def write_frame(frame: Frame) -> dict[str, Any]:
    """Return the frame as a file states it."""
    data: dict[str, Any] = {"kind": frame.kind, "players": list(frame.players)}
    if frame.bystanders:
        data["bystanders"] = list(frame.bystanders)
    if frame.states != ("always",):
        data["states"] = list(frame.states)
    if frame.quantities:
        data["quantities"] = list(frame.quantities)
    pairs = list(zip(frame.labels, frame.axes, strict=True))
    if frame.kind == "normal-form":
        return data | {"actions": {name: list(options) for name, options in pairs}}
    if not frame.additive:
        data["form"] = frame.form
    data["issues"] = {name: _written_options(options) for name, options in pairs}
    if frame.constraints:
        data["constraints"] = [_written_limit(frame, c) for c in frame.constraints]
    return data


def _written_options(options: tuple[str, ...]) -> Any:
    units = numeric(options)
    if units is not None and len(units) > 2 and np.all(units == np.round(units)):
        low, high, step = int(units[0]), int(units[-1]), int(units[1] - units[0])
        if step > 0 and tuple(map(str, range(low, high + 1, step))) == options:
            return {"range": [low, high, step] if step > 1 else [low, high]}
    return list(options)


def _written_limit(frame: Frame, limit: Constraint) -> dict[str, Any]:
    offsets = np.cumsum((0, *frame.shape))
    coefficients = {
        issue: {o: written(c) for o, c in zip(options, limit.coefficients[a:b], strict=True) if c}
        for issue, options, a, b in zip(
            frame.labels, frame.axes, offsets[:-1], offsets[1:], strict=True
        )
    }
    kept = {issue: entry for issue, entry in coefficients.items() if entry}
    return {"label": limit.label, "coefficients": kept, "at_most": written(limit.limit)}
