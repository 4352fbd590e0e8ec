"""What the panel of a room tells, at every step, in every language."""

import pytest

from comity.language import LANGUAGES, words_of
from comity.rooms.web.panel import ending, panel, proposal, room_rules, topics
from room_play import ENDINGS, agreeing, play_out, table, three


@pytest.fixture(scope="module")
def agreed():
    return play_out(agreeing()).desk


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_room_that_agreed(agreed, code):
    words, shown = words_of(code), panel(words_of(code), agreed)
    assert len(shown["told"]) == len(agreed.room.entries)
    assert [told.index for told in shown["told"]] == list(range(len(shown["told"])))
    assert shown["deadline"] is None
    assert shown["ending"][0] == words.say("ending.agreed")
    assert shown["proposal"]
    assert len(room_rules(words, agreed.room)) >= 8


def test_who_did_what_has_its_place(agreed):
    shown = panel(words_of("en"), agreed)
    for told in shown["told"]:
        author = agreed.room.entries[told.index].message.author
        assert told.place == (agreed.room.players.index(author) if author else -1)
        assert author in told.text


def test_a_room_at_its_beginning():
    at = table(three())
    shown = panel(words_of("de"), at.desk)
    assert [seat.done for seat in shown["seats"]] == [False, False, False]
    assert shown["deadline"] == at.desk.room.deadline
    assert "UTC" in shown["deadline_words"]
    assert shown["ending"] == []
    assert proposal(words_of("de"), at.desk.room) == []


def test_topics_are_names_of_the_frame(agreed):
    names = topics(agreed.room)
    assert set(agreed.room.players) <= set(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("status", ENDINGS)
def test_every_ending_is_told(code, status):
    room = ENDINGS[status]().desk.room
    lines = ending(words_of(code), room)
    assert lines[0] == words_of(code).say(f"ending.{room.outcome['status']}")
    for name in room.outcome["missing"]:
        assert name in " ".join(lines)
