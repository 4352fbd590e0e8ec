"""Past behaviour of people like one of the parties, and how it bears on the Case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from comity.cases.faults import Faults, check_known
from comity.cases.frames import Frame
from comity.core.errors import InputError
from comity.core.results import plain

if TYPE_CHECKING:
    from comity.cases.schema import BehaviourData, QuestionData

Moves = Literal["after", "together"]
Stated = float | Mapping[str, float]
"""A number for a whole situation, or a number by option."""


@dataclass(frozen=True)
class Question:
    """A decision that such people may face, or that could be put to them next.

    Attributes
    ----------
    name : for readers.
    options : names of the options.
    payoffs : by option what each recipient gets, the one who is asked first. Recipients may be
        one person at several dates.
    delays : how many days later than now each recipient gets its part; none unless given.
    history, beliefs : features by name.
    after : the action of the other party that leads to it, where it is part of the Case.
    cost : of asking one person once.
    """

    name: str
    options: tuple[str, ...]
    payoffs: tuple[tuple[float, ...], ...]
    delays: tuple[float, ...] = ()
    history: Mapping[str, Stated] = field(default_factory=dict)
    beliefs: Mapping[str, Stated] = field(default_factory=dict)
    after: str = ""
    cost: float = 1.0


@dataclass(frozen=True)
class Behaviour:
    """How evidence of past behaviour is read, and who in the Case it speaks about.

    Attributes
    ----------
    kind : the adapter that reads the data, such as ``ultimatum``.
    about : the party that such people would be; empty where the Case is not about them.
    columns : which column holds what, by the adapter's names.
    options : of the adapter, such as a total or a role.
    explanations : names as in ``fehr-schmidt x logit``; empty for those that fit the kind.
    moves : whether these people see what the other did before they decide (``after``), or decide
        at the same time (``together``).
    history, beliefs : features that their situations have in this Case, by name.
    situations : what such people face in this Case, by the other party's action, where the
        payoffs of the Case alone do not say it (as with payments at several dates); their options
        are those of the party they would be.
    level : of the confidence set.
    questions : a menu of what could be asked next.
    source : where the data come from.
    """

    kind: str
    about: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    explanations: tuple[str, ...] = ()
    moves: Moves = "together"
    history: Mapping[str, Stated] = field(default_factory=dict)
    beliefs: Mapping[str, Stated] = field(default_factory=dict)
    situations: tuple[Question, ...] = ()
    level: float = 0.9
    questions: tuple[Question, ...] = ()
    source: str = ""


def read_behaviour(data: BehaviourData | None, frame: Frame, faults: Faults) -> Behaviour | None:
    """Return what a file says of past behaviour; what is wrong with it goes to ``faults``."""
    if data is None:
        return None
    inner = Faults()
    if data.about:
        with inner.at("about"):
            check_known(data.about, frame.players, "party")
    with inner.at("moves"):
        check_known(data.moves, get_args(Moves), "order of moves")
    if not 0.5 <= data.level < 1:
        inner.add(
            InputError("out of range", place="level", found=data.level, expected="in [0.5, 1)")
        )
    found: dict[str, list[Question]] = {"situations": [], "questions": []}
    for key, listed in found.items():
        for k, question in enumerate(getattr(data, key)):
            with inner.at(f"{key}.{k}"):
                listed.append(_question(question))
    with inner.at("situations"):
        _check_situations(found["situations"], data.about, frame)
    for fault in inner.found:
        faults.add(fault.within(place="behaviour"))
    if inner.found:
        return None
    return Behaviour(
        kind=data.kind,
        about=data.about,
        columns=dict(data.columns),
        options=dict(data.options),
        explanations=tuple(data.explanations),
        moves="after" if data.moves == "after" else "together",
        history=data.history,
        beliefs=data.beliefs,
        situations=tuple(found["situations"]),
        level=data.level,
        questions=tuple(found["questions"]),
        source=data.source,
    )


def _question(data: QuestionData) -> Question:
    widths = {len(row) for row in data.payoffs}
    if len(data.payoffs) != len(data.options) or len(widths) != 1 or not min(widths):
        raise InputError(
            "payoffs do not fit the options",
            place="payoffs",
            found=f"{len(data.payoffs)} rows of {sorted(widths)} numbers",
            expected=f"{len(data.options)} rows, one number a recipient",
        )
    if data.cost <= 0:
        raise InputError("out of range", place="cost", found=data.cost, expected="above 0")
    if data.delays and (len(data.delays) not in widths or min(data.delays) < 0):
        raise InputError(
            "not a delay per recipient",
            place="delays",
            found=data.delays,
            expected=f"{min(widths)} numbers, 0 or more",
        )
    return Question(
        data.name,
        tuple(data.options),
        tuple(tuple(row) for row in data.payoffs),
        tuple(data.delays),
        data.history,
        data.beliefs,
        data.after,
        data.cost,
    )


def _check_situations(situations: Sequence[Question], about: str, frame: Frame) -> None:
    """Refuse situations that are not one for each action of the other party."""
    if not situations or (about and about not in frame.players):
        return
    if frame.kind != "normal-form" or len(frame.players) != 2 or not about:
        raise InputError(
            "situations need a Case of actions between two, about one of them",
            found=f"{frame.kind} of {len(frame.players)}, about {about or 'nobody'}",
        )
    own = frame.players.index(about)
    actions, options = frame.axes[1 - own], frame.axes[own]
    stated = [situation.after for situation in situations]
    if sorted(stated) != sorted(actions):
        raise InputError(
            "not one situation for each action of the other party",
            found=", ".join(stated),
            expected=", ".join(actions),
        )
    for k, situation in enumerate(situations):
        if situation.options != tuple(options):
            raise InputError(
                "options differ from those of the party",
                place=f"{k}.options",
                found=", ".join(situation.options),
                expected=", ".join(options),
            )


def write_behaviour(behaviour: Behaviour) -> dict[str, Any]:
    """Return the behaviour as a file states it; what is as by default is left out."""
    data, blank = _stated(behaviour, Behaviour("")), Question("", (), ())
    for key in ("situations", "questions"):
        if key in data:
            data[key] = [_stated(question, blank) for question in getattr(behaviour, key)]
    return data


def _stated(value: Behaviour | Question, default: Behaviour | Question) -> dict[str, Any]:
    names: Sequence[str] = tuple(type(value).__dataclass_fields__)
    return {
        name: plain(getattr(value, name))
        for name in names
        if getattr(value, name) != getattr(default, name)
    }
