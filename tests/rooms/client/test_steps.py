import pytest

from comity.rooms.client.steps import UNREACHED, Answer, Send, Steps


def test_a_core_function_needs_no_network():
    def ask_twice() -> Steps[list[int]]:
        one = yield Send("GET", "/a")
        other = yield Send("GET", "/b")
        return [one.status, other.status]

    steps = ask_twice()
    assert next(steps) == Send("GET", "/a")
    assert steps.send(Answer(200)) == Send("GET", "/b")
    with pytest.raises(StopIteration) as stop:
        steps.send(Answer(UNREACHED, "gone"))
    assert stop.value.value == [200, 0]
