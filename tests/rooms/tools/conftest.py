"""A server of rooms in memory, and Cases as texts."""

import pytest

from fake_rooms import FakeServer


@pytest.fixture
def rooms():
    return FakeServer()


@pytest.fixture
def river(examples):
    return (examples / "river.toml").read_text("utf-8")
