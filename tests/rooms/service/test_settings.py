"""Settings that cannot be are refused."""

import pytest

from comity.core.errors import InputError
from comity.rooms.service.settings import Settings, now


@pytest.mark.parametrize(
    "address",
    ["", "rooms.example", "ftp://rooms.example", "https://", "https://a/b", "https://a/?q=1"],
)
def test_addresses_that_are_none(address):
    with pytest.raises(InputError):
        Settings(base_url=address)


def test_origins():
    assert Settings(base_url="https://rooms.example/").origin == "https://rooms.example"
    assert Settings(base_url="https://rooms.example").secure
    assert Settings().origin == "http://127.0.0.1:8000"
    assert not Settings().secure


def test_time_is_in_milliseconds():
    assert 1_700_000_000_000 < now() < 4_000_000_000_000
