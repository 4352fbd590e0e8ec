from dataclasses import replace

import pytest

from comity.agreement import make_party
from comity.rooms.client.telling import ENDED, HAPPENED, tell_entry, tell_result
from comity.rooms.protocol.bodies import BODIES, STATUSES


def test_everything_that_can_happen_has_words():
    assert set(HAPPENED) == set(BODIES)
    assert set(ENDED) == set(STATUSES)


def test_a_whole_room_in_sentences(opened, river, play_all):
    result = play_all(opened, river)[river.names[0]]
    told = [tell_entry(entry) for entry in result.folded.entries]
    assert told[0] == "The terms are proposed."
    assert told[-1] == "The room has ended: agreed."
    for name in river.names:
        for words in ("has joined", "has committed to a report", "accepts"):
            assert f"{name} {words}." in told


def test_how_it_ended(opened, river, play_all):
    result = play_all(opened, river)[river.names[0]]
    told = "\n".join(tell_result(result))
    assert told.startswith("agreed: All have accepted.")
    assert f"{len(result.folded.entries)} entries" in told
    assert "The log holds" in told
    swerves = replace(result, act="swerve")
    assert "You now play swerve." in tell_result(swerves)


@pytest.mark.parametrize("name", ["\x1b[2J", "A\u202eB"])
def test_names_cannot_steer_a_terminal(name, opened, river, play_all):
    silent = make_party("silent", {})
    result = play_all(opened, river, {river.names[1]: silent})[river.names[0]]
    told = "\n".join(tell_result(replace(result, missing=(name,))))
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "declined" in told
