"""Whatever an agent does wrong counts as declining, and is told.

=========  =================================================
move       what counts instead of a crash or nonsense
=========  =================================================
report     it takes no part
respond    it refuses
act        it complies with what it accepted, or its default
=========  =================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from comity.agreement.parties import COMPLY, Context, PartyBehaviour
from comity.agreement.proposal import Proposal
from comity.agreement.results import Decision
from comity.evaluation.results import Fault, FaultKind
from comity.games import Game, NormalForm, Play

T = TypeVar("T")

MOST_WORDS = 200
"""Letters of a message that are kept."""


class AgentFault(Exception):
    """An agent gave no answer that can be used.

    Parameters
    ----------
    kind : ``crash``, ``time-out`` or ``nonsense``.
    """

    def __init__(self, kind: FaultKind, message: str) -> None:
        super().__init__(message)
        self.kind: FaultKind = kind


class Guard:
    """An agent whose every answer is checked.

    Attributes
    ----------
    behaviour : the agent.
    moves : how often it was asked.
    """

    def __init__(self, behaviour: PartyBehaviour) -> None:
        self.behaviour = behaviour
        self.moves = 0
        self._counts: Counter[tuple[str, FaultKind]] = Counter()
        self._examples: dict[tuple[str, FaultKind], str] = {}

    def report(self, context: Context) -> Game | None:
        """Return its report, or nothing where it has none that can be used."""
        return self._asked("report", lambda: _report(self.behaviour.report(context), context), None)

    def respond(self, context: Context, proposal: Proposal) -> Decision:
        """Return its answer, or a refusal where it has none that can be used."""
        refusal = Decision(context.name, False, ("It gave no answer that can be used.",))
        return self._asked(
            "respond", lambda: _decision(self.behaviour.respond(context, proposal)), refusal
        )

    def act(self, context: Context, play: Play | None) -> str:
        """Return its act, or ``comply`` where it has none that can be used."""
        return self._asked("act", lambda: _act(self.behaviour.act(context, play), context), COMPLY)

    def faults(self) -> tuple[Fault, ...]:
        """Return what went wrong so far, the most frequent first."""
        return tuple(
            Fault(move, kind, count, self._examples[move, kind])
            for (move, kind), count in self._counts.most_common()
        )

    def _asked(self, move: str, ask: Callable[[], T], instead: T) -> T:
        self.moves += 1
        try:
            return ask()
        except AgentFault as fault:
            kind, message = fault.kind, str(fault)
        except Exception as error:  # noqa: BLE001 - an agent may raise anything
            kind, message = "crash", f"{type(error).__name__}: {error}"
        self._counts[move, kind] += 1
        self._examples.setdefault((move, kind), " ".join(message.split())[:MOST_WORDS])
        return instead


def _report(found: Any, context: Context) -> Game | None:
    if found is None:
        return None
    if not isinstance(found, Game):
        raise AgentFault("nonsense", f"a report is a model or None, not {type(found).__name__}")
    if found.frame() != context.model.frame():
        raise AgentFault("nonsense", "the report is not on the common frame")
    return found


def _decision(found: Any) -> Decision:
    if not isinstance(found, Decision):
        raise AgentFault("nonsense", f"an answer is a Decision, not {type(found).__name__}")
    return found


def _act(found: Any, context: Context) -> str:
    model = context.model
    known = model.actions[context.place] if isinstance(model, NormalForm) else ()
    leaves = not known and isinstance(found, str)
    if found == COMPLY or found in known or leaves:
        return str(found)
    expected = ", ".join((COMPLY, *known))
    raise AgentFault("nonsense", f"no such act: {found!r} (expected {expected})")
