import pytest

from comity.agreement import Context, make_party
from comity.agreement.transcripts.wire import report_to_dict
from comity.core.errors import InputError
from comity.rooms.client.memory import Memory
from comity.rooms.client.remembering import Remembering


class Wavering:
    """Says something else whenever it is asked."""

    def __init__(self):
        self.asked = 0

    def report(self, context):
        self.asked += 1
        values = context.model.blocks()[f"tastes[{context.name}]"].values
        return context.model.replace(f"tastes[{context.name}]", values * self.asked)

    def respond(self, context, proposal):
        return context.judge(proposal)

    def act(self, context, play):
        return "comply"


@pytest.fixture
def context(river):
    return Context(river.parties[0], river.constitution)


def test_it_makes_up_its_mind_once_across_processes(context, tmp_path):
    party = Wavering()
    first = Remembering(party, Memory.open(tmp_path / "seat", "ab" * 16, context.name))
    stated = report_to_dict(first.report(context))
    again = Remembering(party, Memory.open(tmp_path / "seat", "ab" * 16, context.name))
    assert report_to_dict(again.report(context)) == stated
    assert party.asked == 1
    assert report_to_dict(party.report(context)) != stated


def test_who_says_nothing_is_asked_again(context):
    party = Remembering(make_party("silent", {}), Memory("ab" * 16, context.name))
    assert party.report(context) is None
    assert party.memory.report is None


def test_a_report_on_another_frame_is_no_report(context, household):
    class Lost(Wavering):
        def report(self, context):
            return household.parties[0].model

    with pytest.raises(InputError, match="common frame"):
        Remembering(Lost(), Memory("ab" * 16, context.name)).report(context)
    assert Remembering(Wavering(), Memory("ab" * 16, context.name)).act(context, None) == "comply"
