"""Where a request comes from."""

import pytest
from starlette.requests import Request

from comity.core.web.senders import address_of, is_foreign, network


def request(headers: dict[str, str] | None = None, client=("192.0.2.7", 1)) -> Request:
    pairs = [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    return Request({"type": "http", "method": "POST", "headers": pairs, "client": client})


def test_addresses_of_requests():
    assert address_of(request()) == "192.0.2.7"
    assert address_of(request(client=None)) == ""


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({}, False),
        ({"Origin": "https://a.example"}, False),
        ({"Origin": "https://b.example"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": "https://a.example.b.example"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "https://a.example", "Sec-Fetch-Site": "cross-site"}, True),
    ],
)
def test_other_sites_are_recognised(headers, foreign):
    assert is_foreign(request(headers), "https://a.example") is foreign


def test_an_address_is_what_one_party_cannot_change_at_will():
    """Who has one IPv6 address has 2 to the 64 of them."""
    mine = {network(f"2001:db8:1:2::{k:x}") for k in (1, 2, 0xFFFF)}
    assert len(mine) == 1
    assert network("2001:db8:1:3::1") not in mine
    assert network("::ffff:192.0.2.1") == network("192.0.2.1") != network("192.0.2.2")
    assert network("") == ""
    assert network("testclient") == "testclient"
