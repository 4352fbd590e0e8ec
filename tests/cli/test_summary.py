"""What a log or transcript that holds is about."""

import json

import pytest

from comity.agreement import agree
from comity.cases import load
from comity.cli._summary import log_lines, transcript_lines
from comity.rooms.protocol.vectors import read_vectors

LOGS = read_vectors()["logs"]


@pytest.mark.parametrize("name", LOGS)
def test_a_room_and_how_it_ended(name):
    log = LOGS[name]
    terms = log["entries"][0]["message"]["body"]["terms"]
    outcome = log["entries"][-1]["message"]["body"]
    told = log_lines(log)
    text = "\n".join(told)
    assert terms["title"] in told[0]
    assert log["entries"][0]["message"]["room"] in told[0]
    assert all(player in told[1] for player in terms["frame"]["players"])
    assert ("There is an agreement." in told) == (outcome["status"] == "agreed")
    assert all(player in text.split("\n", 2)[2] for player in outcome["missing"])
    assert told[-2].endswith(log["operator"])
    assert told[-1].endswith(log["entries"][-1]["hash"])


def test_a_lottery_and_what_was_drawn():
    told = "\n".join(log_lines(LOGS["agreed"]))
    outcome = LOGS["agreed"]["entries"][-1]["message"]["body"]
    drawn = outcome["draw"]["outcome"]
    frame = LOGS["agreed"]["entries"][0]["message"]["body"]["terms"]["frame"]
    names = [options[k] for options, k in zip(frame["actions"], drawn, strict=True)]
    assert f"The lot fell on: A: {names[0]}; B: {names[1]}." in told
    assert told.count("1 time in 2") == 2


@pytest.mark.parametrize("name", ["river", "chicken", "household"])
def test_a_transcript(name, examples):
    case = load(examples / f"{name}.toml")
    found = agree(case, rng=0, misreports="none")
    told = transcript_lines(json.loads(json.dumps(list(found.transcript))))
    assert told[0] == f"About: {case.title}"
    assert all(party in told[1] for party in case.names)
    assert told[2] == "There is an agreement."
    assert told[-1].endswith(found.transcript[-1]["hash"])


def test_titles_cannot_steer_a_terminal():
    steps = [
        {"type": "open", "data": {"title": "\x1b[2J", "frame": {}}, "hash": "a"},
        {"type": "participate", "data": {"party": "A\u202eB"}, "hash": "b"},
        {"type": "play", "data": {"status": "refused", "play": None, "outcome": None}, "hash": "c"},
    ]
    told = "\n".join(transcript_lines(steps))
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "No agreement: refused." in told
