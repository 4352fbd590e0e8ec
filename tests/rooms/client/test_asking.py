import pytest

from comity.agreement import Context, make_party, propose
from comity.language import words_of
from comity.rooms.client.asking import Asked
from comity.rooms.client.telling import tell_proposal


@pytest.mark.parametrize("says", [True, False])
def test_the_person_has_the_last_word(says, river):
    context = Context(river.parties[0], river.constitution)
    proposal = propose(river.models, river.constitution)
    shown = []

    def ask(lines):
        shown.extend(lines)
        return says

    party = Asked(make_party("honest", {}), ask, words_of("de"))
    answer = party.respond(context, proposal)
    assert answer.accepts is says
    assert shown == tell_proposal(context, proposal, words_of("de"))
    assert answer.reasons == context.judge(proposal).reasons
    assert party.report(context) is context.model
    assert party.act(context, None) == "comply"
