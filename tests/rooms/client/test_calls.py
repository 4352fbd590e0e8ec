import itertools

import pytest

from comity.core.errors import InputError
from comity.rooms.client.calls import LONGEST_PAUSE, Calls, Unreachable, refusal
from comity.rooms.client.steps import UNREACHED, Answer, Pause, Send
from comity.rooms.protocol.state import Refused


class Line:
    """Answers as told, and keeps time by the pauses."""

    def __init__(self, answers):
        self.answers, self.time, self.pauses, self.sent = iter(answers), 0.0, [], []

    def run(self, patience=100.0, chance=lambda: 1.0):
        steps = Calls(patience, lambda: self.time, chance).call("POST", "/x", {"a": 1})
        step = next(steps)
        try:
            while True:
                if isinstance(step, Pause):
                    self.pauses.append(step.seconds)
                    self.time += step.seconds
                    step = steps.send(Answer(204))
                else:
                    self.sent.append(step)
                    step = steps.send(next(self.answers))
        except StopIteration as stop:
            return stop.value


def test_a_success_is_returned_at_once():
    line = Line([Answer(200, {"ok": True})])
    assert line.run().data == {"ok": True}
    assert line.pauses == []


def test_failures_are_tried_again_with_growing_pauses():
    failures = [Answer(UNREACHED, "refused"), Answer(503), Answer(500), Answer(502)]
    line = Line([*failures, Answer(200)])
    assert line.run().status == 200
    assert line.pauses == [0.2, 0.4, 0.8, 1.6]
    assert line.sent == [Send("POST", "/x", {"a": 1})] * 5


def test_pauses_stop_growing_and_chance_shortens_them():
    line = Line([*[Answer(500)] * 12, Answer(200)])
    line.run(patience=1000.0)
    assert max(line.pauses) == LONGEST_PAUSE
    shorter = Line([*[Answer(500)] * 12, Answer(200)])
    shorter.run(patience=1000.0, chance=lambda: 0.0)
    assert [2 * pause for pause in shorter.pauses] == line.pauses


def test_a_busy_server_says_how_long_to_wait():
    line = Line([Answer(429, retry_after=3.0), Answer(429, retry_after=1e9), Answer(200)])
    line.run()
    assert line.pauses == [3.0, LONGEST_PAUSE]


def test_patience_ends():
    line = Line(itertools.repeat(Answer(UNREACHED, "ConnectError: refused")))
    with pytest.raises(Unreachable, match="refused"):
        line.run(patience=30.0)
    assert line.time <= 30.0


def test_a_refusal_is_not_tried_again():
    said = {"code": "late", "message": "the deadline has passed", "place": "commit"}
    line = Line([Answer(409, {"error": said})])
    with pytest.raises(Refused, match="deadline has passed") as caught:
        line.run()
    assert (caught.value.code, caught.value.place) == ("late", "commit")
    assert len(line.sent) == 1


@pytest.mark.parametrize(
    ("code", "kind"), [("full", Refused), ("rooms", InputError), ("rate", Unreachable)]
)
def test_what_waiting_does_not_mend_is_told_at_once(code, kind):
    """Of answers with one status: who said too much, or opened too many rooms, need not wait."""
    said = {"error": {"code": code, "message": "that is too much"}}
    line = Line(itertools.repeat(Answer(429, said)))
    with pytest.raises(kind, match="that is too much"):
        line.run(patience=30.0)
    assert bool(line.pauses) == (code == "rate")


@pytest.mark.parametrize("data", [None, [], {"error": 3}, {"error": {"code": 7}}, "x" * 9999])
@pytest.mark.parametrize("status", [400, 401, 404, 409, 413, 422])
def test_whatever_a_server_says_becomes_an_error_of_ours(status, data):
    error = refusal(Answer(status, data))
    assert isinstance(error, InputError)
    assert len(str(error)) < 600
