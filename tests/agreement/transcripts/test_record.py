"""Each step is bound to the one before."""

import pytest

from comity.agreement.transcripts.record import START, Record, rechained, step_hash


def record():
    steps = Record()
    steps.add("open", title="pie")
    steps.add("participate", party="A", answer=True)
    steps.add("play", status="refused")
    return steps.steps


def test_steps_are_numbered_and_chained():
    steps = record()
    assert [step["step"] for step in steps] == [0, 1, 2]
    assert [step["previous"] for step in steps] == [START, *(s["hash"] for s in steps[:-1])]
    assert all(step["hash"] == step_hash(step) for step in steps)


def test_a_change_shows_in_all_that_follows():
    steps = record()
    forged = [dict(step) for step in steps]
    forged[1] = {**forged[1], "data": {"party": "A", "answer": False}}
    fresh = rechained(forged)
    assert fresh[0]["hash"] == steps[0]["hash"]
    assert all(fresh[k]["hash"] != steps[k]["hash"] for k in (1, 2))
    assert rechained(steps) == steps


def test_only_known_steps():
    with pytest.raises(ValueError, match="unknown step"):
        Record().add("whisper")
