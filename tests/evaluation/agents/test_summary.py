"""The words say what the numbers say."""

import pytest

from comity.agreement import propose
from comity.agreement.parties import Past
from comity.core.page.words import number, signed
from comity.evaluation.agents.messages import act_message, report_message, respond_message
from comity.evaluation.encounter import Stage
from comity.evaluation.suite import SUITE


def context(family, history=(), remaining=0):
    stage = Stage(SUITE[family].variant(0))
    return next(iter(stage.contexts(history, remaining).values())), stage


def test_where_one_is():
    past = Past("agreed", {}, {})
    words = report_message(context("bystanders", (past, past), 1)[0])["summary"]
    assert words.startswith("You are mill, with town. Affected but not at the table: downstream.")
    assert "You met them 2 times before and will meet them 1 more." in words


def test_what_is_best_and_what_no_agreement_is_worth():
    seat, _ = context("bargaining")
    words = report_message(seat)["summary"]
    best = seat.model.payoff_points()[:, 0]
    assert f"no agreement is worth {number(float(seat.model.reservation[0]))} to you" in words
    assert f"{number(float(best.max()))}, is: " in words
    assert seat.model.describe(seat.model.outcome(int(best.argmax()))) in words


def test_what_is_proposed():
    seat, stage = context("dilemmas")
    proposal = propose(stage.table.models, stage.table.constitution)
    words = respond_message(seat, proposal)["summary"]
    assert f"worth {signed(seat.gain(proposal.solution.play))} to you" in words
    verdict = "accept" if seat.judge(proposal).accepts else "refuse"
    assert f"An honest party in your seat would {verdict}." in words


@pytest.mark.parametrize(
    ("family", "words"),
    [("dilemmas", "Nobody enforces agreements."), ("bargaining", "Agreements are enforced.")],
)
def test_what_can_be_done(family, words):
    seat, _ = context(family)
    told = act_message(seat, None)["summary"]
    assert words in told
    assert "Nothing was agreed" in told
