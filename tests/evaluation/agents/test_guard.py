"""Whatever an agent does wrong counts as declining, and is told."""

import pytest

from comity.agreement import Decision, propose
from comity.agreement.parties import Honest
from comity.evaluation.agents.guard import MOST_WORDS, AgentFault, Guard
from comity.evaluation.encounter import Stage
from comity.evaluation.suite import SUITE

STAGE = Stage(SUITE["dilemmas"].variant(0))
CONTEXT = STAGE.contexts()["north"]
PROPOSAL = propose(STAGE.table.models, STAGE.table.constitution)
DEAL = Stage(SUITE["bystanders"].variant(0)).contexts()["mill"]


class Answers(Honest):
    """Gives whatever it was made with."""

    def __init__(self, answer):
        self.answer = answer

    def _give(self, *_):
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer

    report = respond = act = _give


def declines(guard):
    """Whether all three moves are the documented fallbacks."""
    decision = guard.respond(CONTEXT, PROPOSAL)
    return (
        guard.report(CONTEXT) is None and not decision.accepts and guard.act(CONTEXT, None)
    ) == "comply"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (ValueError("x"), "crash"),
        (RecursionError(), "crash"),
        (SystemError("x"), "crash"),
        (AgentFault("time-out", "late"), "time-out"),
        (AgentFault("nonsense", "?"), "nonsense"),
        (3, "nonsense"),
        ("jump", "nonsense"),
        ({"accept": True}, "nonsense"),
        (object(), "nonsense"),
    ],
)
def test_faults(answer, kind):
    guard = Guard(Answers(answer))
    assert declines(guard)
    assert guard.moves == 3
    assert {(f.move, f.kind, f.count) for f in guard.faults()} == {
        (move, kind, 1) for move in ("report", "respond", "act")
    }


def test_good_answers_pass_unchanged():
    guard = Guard(Honest())
    assert guard.report(CONTEXT) is CONTEXT.model
    assert guard.respond(CONTEXT, PROPOSAL) == CONTEXT.judge(PROPOSAL)
    assert Guard(Answers("press")).act(CONTEXT, None) == "press"
    assert Guard(Answers("leave")).act(DEAL, None) == "leave"
    assert guard.faults() == ()


def test_taking_no_part_is_no_fault():
    guard = Guard(Answers(None))
    assert guard.report(CONTEXT) is None
    assert guard.faults() == ()


def test_a_report_on_another_frame():
    guard = Guard(Answers(DEAL.model))
    assert guard.report(CONTEXT) is None
    assert guard.faults()[0].example == "the report is not on the common frame"


def test_the_most_frequent_first_with_its_first_message():
    guard = Guard(Answers(ValueError("a " * MOST_WORDS)))
    for _ in range(3):
        guard.report(CONTEXT)
    guard.act(CONTEXT, None)
    first, second = guard.faults()
    assert (first.move, first.count, second.move) == ("report", 3, "act")
    assert len(first.example) == MOST_WORDS


def test_a_person_can_stop_it():
    with pytest.raises(KeyboardInterrupt):
        Guard(Answers(KeyboardInterrupt())).report(CONTEXT)


def test_a_decision_must_be_one():
    assert Guard(Answers(Decision("north", True, ()))).respond(CONTEXT, PROPOSAL).accepts
