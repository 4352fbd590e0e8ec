"""A message holds the party's own view and what is public, and answers are checked."""

import json

import numpy as np
import pytest

from comity.agreement import propose
from comity.agreement.transcripts.wire import report_from_dict
from comity.evaluation.agents.guard import AgentFault
from comity.evaluation.agents.messages import (
    VERSION,
    act_message,
    describe,
    read_act,
    read_decision,
    read_report,
    report_message,
    respond_message,
)
from comity.evaluation.encounter import Stage
from comity.evaluation.suite import SUITE
from comity.games import MixedProfile


def stage(family):
    return Stage(SUITE[family].variant(0))


def seen(family, place=0):
    found = stage(family)
    return list(found.contexts().values())[place], found


@pytest.mark.parametrize("family", SUITE)
def test_messages_are_plain_json_with_the_own_view(family):
    context, found = seen(family)
    proposal = propose(found.table.models, found.table.constitution)
    play = proposal.solution.play
    messages = (
        report_message(context),
        respond_message(context, proposal),
        act_message(context, play),
        act_message(context, None),
    )
    for message in messages:
        assert json.loads(json.dumps(message, allow_nan=False)) == message
        assert message["version"] == VERSION
        assert message["you"] == context.name
        view = report_from_dict(message["frame"], message["view"])
        for name, block in view.blocks().items():
            assert np.array_equal(block.values, context.model.blocks()[name].values)


@pytest.mark.parametrize("family", SUITE)
def test_nobody_sees_the_truth_or_the_view_of_another(family):
    """The numbers of other views that differ from its own stand nowhere before reports are in."""
    context, found = seen(family)
    text = json.dumps(report_message(context))
    own = {repr(v) for b in context.model.blocks().values() for v in b.values.tolist()}
    others = [m for n, m in found.table.models.items() if n != context.name]
    for model in (found.variant.truth, *others):
        numbers = {repr(v) for b in model.blocks().values() for v in b.values.tolist()}
        # What one pays the other is known to both, with the other sign.
        secret = {n for n in numbers - own if len(n) > 6 and f"-{n}" not in own}
        assert not any(number in text for number in secret)


def test_what_is_proposed():
    context, found = seen("dilemmas")
    proposal = propose(found.table.models, found.table.constitution)
    told = respond_message(context, proposal)["proposal"]
    assert told["gain"] == pytest.approx(context.gain(proposal.solution.play))
    assert told["rules"]["accept"] is context.judge(proposal).accepts
    assert sum(one["chance"] for one in told["words"]) == pytest.approx(1)
    assert set(told["reports"]) == {"north", "south"}


def test_what_can_be_done():
    assert act_message(seen("dilemmas")[0], None)["acts"] == ["comply", "yield", "press"]
    assert act_message(seen("bargaining")[0], None)["acts"] == ["comply"]


def test_mixed_plays_in_words():
    model = seen("dilemmas")[0].model
    mixed = MixedProfile((np.array([0.5, 0.5]), np.array([1.0, 0.0])))
    words = describe(model, mixed)
    assert [one["chance"] for one in words] == [0.5, 0.5]
    assert describe(model, None) == []


def test_an_empty_report_is_honest_and_null_takes_no_part():
    context, _ = seen("bargaining")
    same = read_report({"report": {}}, context)
    assert np.array_equal(same.facts, context.model.facts)
    assert np.array_equal(same.reservation, context.model.reservation)
    assert read_report(None, context) is None
    assert read_report({"report": None}, context) is None


def test_a_report_of_one_block_leaves_the_others():
    context, _ = seen("bargaining")
    facts = (context.model.blocks()["facts"].values + 1).tolist()
    found = read_report({"report": {"blocks": {"facts": facts}}}, context)
    assert np.allclose(found.facts, context.model.facts + 1)
    assert np.array_equal(found.tastes, context.model.tastes)


@pytest.mark.parametrize(
    "answer",
    [
        3, [], {}, {"report": 3}, {"report": {"blocks": 3}}, {"report": {"blocks": {"facts": 3}}},
        {"report": {"blocks": {"facts": ["x"]}}}, {"report": {"blocks": {"other": [1.0]}}},
        {"report": {"blocks": {"facts": [1.0]}}}, {"report": {"discount": [2.0, 2.0]}},
        {"report": {"blocks": {"prior": [5.0]}}}, {"report": {"discount": "x"}},
        {"report": {"blocks": {"facts": [[1.0] * 12]}}}, {"report": {"blocks": {"facts": None}}},
    ],
)  # fmt: skip
def test_reports_that_are_none(answer):
    with pytest.raises(AgentFault) as fault:
        read_report(answer, seen("bargaining")[0])
    assert fault.value.kind == "nonsense"


@pytest.mark.parametrize("answer", [3, {}, {"accept": 1}, {"accept": "yes"}, {"accept": None}])
def test_decisions_that_are_none(answer):
    with pytest.raises(AgentFault):
        read_decision(answer, seen("dilemmas")[0])


def test_decisions():
    context, _ = seen("dilemmas")
    found = read_decision({"accept": False, "reason": "too little"}, context)
    assert (found.party, found.accepts, found.reasons) == ("north", False, ("too little",))
    assert read_decision({"accept": True}, context).accepts
    with pytest.raises(AgentFault, match="reason"):
        read_decision({"accept": True, "reason": 3}, context)


def test_acts():
    assert read_act({"act": "press"}) == "press"
    for answer in ({"act": 1}, {}, "press"):
        with pytest.raises(AgentFault):
            read_act(answer)
