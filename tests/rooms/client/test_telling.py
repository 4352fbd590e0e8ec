from dataclasses import replace

import pytest

from comity.agreement import Context, make_party, propose
from comity.core import Certified
from comity.language import LANGUAGES, number, words_of
from comity.rooms.client.telling import tell_entry, tell_gain, tell_proposal, tell_result


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_whole_room_in_every_language(code, opened, river, play_all):
    words = words_of(code)
    result = play_all(opened, river)[river.names[0]]
    told = [line for entry in result.folded.entries for line in tell_entry(entry, words)]
    assert len(told) == len(result.folded.entries)
    for name in river.names:
        assert sum(name in line for line in told) == 4
    ended = tell_result(result, words)
    assert ended[0] == words.say("ending.agreed")
    assert words.say("table.gains", gain=number(words, result.gain.value)) in ended
    assert result.folded.head in ended[-1]


def test_how_it_ended(opened, river, play_all):
    result = play_all(opened, river)[river.names[0]]
    told = "\n".join(tell_result(result))
    assert "Egypt: buy power" in told
    assert "The record holds together." in told
    swerves = replace(result, act="swerve")
    assert f"{river.names[0]}: swerve" in tell_result(swerves)


def test_gains_losses_and_what_cannot_be_told():
    assert "gain 1.5" in tell_gain(Certified.exact(1.5))
    assert "lose 1.5" in tell_gain(Certified.exact(-1.5))
    assert "neither" in tell_gain(Certified.exact(0.0))
    assert "cannot tell" in tell_gain(Certified.unknown("no agreement"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_proposal_holds_the_own_gain(code, river):
    words = words_of(code)
    proposal = propose(river.models, river.constitution)
    for party in river.parties:
        context = Context(party, river.constitution)
        told = tell_proposal(context, proposal, words)
        gain = context.gain(proposal.solution.play)
        assert told[-1] == words.say("table.gains", gain=number(words, gain))
    empty = replace(proposal, solution=replace(proposal.solution, play=None))
    assert tell_proposal(context, empty, words) == [words.say("table.none")]


@pytest.mark.parametrize("name", ["\x1b[2J", "A\u202eB"])
def test_names_cannot_steer_a_terminal(name, opened, river, play_all):
    silent = make_party("silent", {})
    result = play_all(opened, river, {river.names[1]: silent})[river.names[0]]
    told = "\n".join(tell_result(replace(result, missing=(name,))))
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "did not want to take part" in told
