import ipaddress

import pytest

from comity.newsletter.delivery.consent import WORDING, WORDINGS, coarse, wording


def test_what_is_asked_names_the_publication_and_the_way_out():
    assert "River Letters" in wording("River Letters")
    assert "stop" in wording("River Letters")
    assert WORDING in WORDINGS


@pytest.mark.parametrize(
    ("host", "kept"),
    [("203.0.113.200", 256), ("::ffff:203.0.113.200", 256), ("2001:db8:aaaa:bbbb::1", 2**80)],
)
def test_many_addresses_share_what_is_kept(host, kept):
    network = ipaddress.ip_network(coarse(host))
    assert network.num_addresses == kept
    plain = ipaddress.ip_address(host)
    assert (getattr(plain, "ipv4_mapped", None) or plain) in network


@pytest.mark.parametrize("host", ["", "testclient", "1.2.3", "unix:"])
def test_what_is_no_network_address_is_not_kept(host):
    assert coarse(host) == ""
