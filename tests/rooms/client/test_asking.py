import pytest

from comity.agreement import Context, make_party, propose
from comity.core.page.words import number
from comity.rooms.client.asking import Asked, proposal_lines


@pytest.fixture
def context(river):
    return Context(river.parties[0], river.constitution)


@pytest.fixture
def proposal(river):
    return propose(river.models, river.constitution)


@pytest.mark.parametrize("says", [True, False])
def test_the_person_has_the_last_word(says, context, proposal):
    shown = []

    def ask(lines):
        shown.extend(lines)
        return says

    party = Asked(make_party("honest", {}), ask)
    answer = party.respond(context, proposal)
    assert answer.accepts is says
    assert shown[: len(proposal_lines(context, proposal))] == list(
        proposal_lines(context, proposal)
    )
    assert answer.reasons == context.judge(proposal).reasons
    assert party.report(context) is context.model
    assert party.act(context, None) == "comply"


def test_the_words_hold_the_own_gain(context, proposal):
    gain = context.gain(proposal.solution.play)
    assert number(abs(gain)) in proposal_lines(context, proposal)[-1]
    assert any(
        action in "".join(proposal_lines(context, proposal)) for action in context.model.actions[0]
    )


def test_nothing_proposed(context, proposal):
    from dataclasses import replace

    empty = replace(proposal, solution=replace(proposal.solution, play=None))
    assert proposal_lines(context, empty) == (
        "Nothing is proposed that is better for all than no agreement.",
    )
