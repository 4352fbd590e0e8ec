from comity.learning.policies.protocol import Policy


class Still:
    name, kind = "still", "program"

    def begin(self, environment, player, size, rng):
        return None

    def act(self, memory, view):
        return view.legal.argmax(axis=1), memory

    def forget(self, memory, done, rng):
        return memory


def test_the_protocol_can_be_asked_for_at_run_time():
    assert isinstance(Still(), Policy)
    assert not isinstance(object(), Policy)
