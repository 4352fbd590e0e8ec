import pytest

from comity.core.errors import InputError
from comity.rooms.protocol.bodies import (
    BODIES,
    DEEPEST,
    LARGEST_INTEGER,
    check_body,
    check_depth,
    is_whole,
    shown,
)
from room_play import ENDINGS, elaborate, play_out

LEAVE = {"text": ""}
ANSWER = {"accepts": True, "reasons": [], "draw": None, "text": ""}


def test_every_body_of_every_ending_fits():
    rooms = [make().room for make in ENDINGS.values()] + [play_out(elaborate()).room]
    seen = set()
    for room in rooms:
        for entry in room.entries:
            check_body(entry.message.type, entry.message.body)
            seen.add(entry.message.type)
    assert seen == set(BODIES) - {"say"}


@pytest.mark.parametrize(
    ("kind", "body", "place"),
    [
        ("leave", None, "leave.body"),
        ("leave", [], "leave.body"),
        ("leave", {}, "leave.body"),
        ("leave", {"text": "", "more": 1}, "leave.body"),
        ("leave", {"text": 3}, "leave.body.text"),
        ("leave", {"text": "x" * 2001}, "leave.body.text"),
        ("answer", {**ANSWER, "accepts": 1}, "answer.body.accepts"),
        ("answer", {**ANSWER, "reasons": ["boredom"]}, "answer.body.reasons"),
        ("answer", {**ANSWER, "reasons": "gain"}, "answer.body.reasons"),
        ("answer", {**ANSWER, "draw": "A" * 64}, "answer.body.draw"),
        ("answer", {**ANSWER, "draw": "0" * 64 + "\n"}, "answer.body.draw"),
        ("commit", {"report": "0" * 64, "draws": ["0" * 64] * 102}, "commit.body.draws"),
        ("say", {"act": "shout", "about": "", "text": ""}, "say.body.act"),
    ],
)
def test_what_does_not_fit_is_placed(kind, body, place):
    with pytest.raises(InputError) as found:
        check_body(kind, body)
    assert found.value.place == place


def test_text_is_counted_in_characters():
    check_body("leave", {"text": "👋" * 2000})


@pytest.mark.parametrize("number", [float("nan"), float("inf"), LARGEST_INTEGER + 1, True, "1"])
def test_a_number_is_finite_and_a_double(number):
    assert not BODIES["proposal"].fields["payoffs"].fits([number])
    assert BODIES["proposal"].fields["payoffs"].fits([LARGEST_INTEGER, -0.5, None])


def test_whole_numbers():
    assert [is_whole(value, 3) for value in (3, -3, 4, True, 3.0, "3")] == [True] * 2 + [False] * 4


def nested(levels):
    found: list = []
    for _ in range(levels - 1):
        found = [found]
    return found


def test_depth_has_a_limit_and_no_recursion():
    check_depth({"a": nested(DEEPEST - 1)}, "here")
    for deep in (nested(DEEPEST + 1), nested(100_000), {"a": nested(DEEPEST)}):
        with pytest.raises(InputError, match="nested too deep"):
            check_depth(deep, "here")


def test_anything_is_shown_in_few_words():
    for value in (nested(100_000), 10**10_000, "x" * 10**6, {str(k): k for k in range(10**5)}):
        assert len(shown(value)) <= 80
