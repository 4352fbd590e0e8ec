"""Keys open once, and sessions end."""

import pytest

from comity.newsletter.desk import doors as module
from comity.newsletter.desk.doors import Doors


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Seconds()


@pytest.fixture
def doors(clock):
    return Doors(clock, key_lasts=100.0, session=10.0)


def test_a_key_opens_once_and_looking_does_not_use_it(doors):
    key = doors.new_key()
    assert doors.is_key(key)
    assert doors.is_key(key)
    secret = doors.enter(key, " Ada   L. ")
    assert doors.editor(secret).name == "Ada L."
    assert not doors.is_key(key)
    assert doors.enter(key, "Eve") is None


@pytest.mark.parametrize("key", ["", "x", "\ud800", "k" * 100_000])
def test_what_is_no_key_opens_nothing(doors, key):
    doors.new_key()
    assert not doors.is_key(key)
    assert doors.enter(key, "Eve") is None
    assert doors.editor(key) is None


def test_keys_and_sessions_end(doors, clock):
    key, late = doors.new_key(), doors.new_key()
    secret = doors.enter(key, "Ada")
    for _ in range(5):
        clock.now += 9
        assert doors.editor(secret) is not None
    clock.now += 11
    assert doors.editor(secret) is None
    clock.now = 101
    assert doors.enter(late, "Ada") is None


def test_leaving_ends_a_session_and_no_other(doors):
    first, second = (doors.enter(doors.new_key(), name) for name in ("Ada", "Bo"))
    doors.leave(first)
    assert doors.editor(first) is None
    assert doors.editor(second).name == "Bo"


def test_secrets_are_not_kept_and_each_is_its_own(doors):
    keys = {doors.new_key() for _ in range(50)}
    secret = doors.enter(next(iter(keys)), "")
    held = repr((doors._keys, doors._sessions))
    assert len(keys) == 50
    assert secret not in held
    assert not any(key in held for key in keys)
    assert doors.editor(secret).name == "Editor"


def test_memory_is_bounded(doors, monkeypatch):
    monkeypatch.setattr(module, "MOST_KEYS", 3)
    monkeypatch.setattr(module, "MOST_SESSIONS", 2)
    keys = [doors.new_key() for _ in range(5)]
    assert [doors.is_key(key) for key in keys] == [False, False, True, True, True]
    secrets = [doors.enter(doors.new_key(), "Ada") for _ in range(3)]
    assert [doors.editor(s) is not None for s in secrets] == [False, True, True]
