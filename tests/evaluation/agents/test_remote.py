"""A channel makes a party, and one that is always late is not asked for ever."""

import pytest

from comity.agreement.parties import Honest, PartyBehaviour
from comity.evaluation.agents.guard import AgentFault, Guard
from comity.evaluation.agents.remote import PATIENCE, Remote
from evaluating import quickly

ANSWERS = {"report": {"report": {}}, "act": {"act": "comply"}}


class Scripted:
    """Answers like an honest party, unless it is told to be late."""

    def __init__(self, late=False):
        self.late, self.asked, self.closed = late, 0, False

    def ask(self, move, message):
        self.asked += 1
        if self.late:
            raise AgentFault("time-out", "late")
        if move == "respond":
            return {"accept": message["proposal"]["rules"]["accept"]}
        return ANSWERS[move]

    def close(self):
        self.closed = True


def test_it_is_a_party():
    channel = Scripted()
    remote = Remote(channel)
    assert isinstance(remote, PartyBehaviour)
    remote.close()
    assert channel.closed


def test_over_a_channel_an_honest_agent_scores_as_at_home():
    away = quickly(Remote(Scripted()), ["dilemmas"], 2)
    home = quickly(Honest(), ["dilemmas"], 2)
    assert away.faults == ()
    for name in ("agreement", "own gain", "joint gain"):
        assert away.score(name).figure.value == pytest.approx(home.score(name).figure.value)


def test_time_outs_in_a_row_end_it():
    channel = Scripted(late=True)
    found = quickly(Guard(Remote(channel)), ["dilemmas"], 2)
    assert channel.asked == PATIENCE
    assert sum(fault.count for fault in found.faults) == found.moves
    assert found.score("agreement").figure.value == 0
