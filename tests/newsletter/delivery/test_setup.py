from dataclasses import replace

import pytest

from comity.newsletter.delivery.setup import CHUNK, aligned, faults, records, strings
from comity.newsletter.delivery.signing import Signer, make_key

UNLESS = ", unless one owner registered the domain above both"


@pytest.fixture(scope="module")
def keys():
    return {kind: make_key(kind) for kind in ("rsa", "ed25519")}


@pytest.fixture
def settled(office, keys):
    """An office of good settings, with some of them changed."""

    def made(url="https://letters.example.org", kind="rsa", domain="example.org", **post):
        publication = replace(
            office.publication, url=url, post=replace(office.publication.post, **post)
        )
        signer = Signer(domain, "comity", keys[kind]) if kind else None
        return replace(office, publication=publication, signer=signer)

    return made


def test_good_settings_have_no_faults(settled):
    assert [*faults(settled())] == []
    assert [*faults(settled(bounces="bounces@mail.example.org", domain="mail.example.org"))] == []
    assert [*faults(settled(sender="letters@news.example.org"))] == []


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"url": "http://letters.example.org"}, "url", "one-click"),
        ({"bounces": ""}, "post.bounces", "returned mail"),
        ({"bounces": "b@example.net"}, "post.bounces", "SPF says nothing"),
        ({"bounces": "b@notexample.org"}, "post.bounces", "SPF says nothing"),
        (
            {"bounces": "b@b.x.org", "sender": "a@a.x.org", "domain": "a.x.org"},
            "post.bounces",
            UNLESS,
        ),
        (
            {"domain": "b.x.org", "sender": "a@a.x.org", "bounces": "b@x.org"},
            "post.dkim_domain",
            UNLESS,
        ),
        ({"kind": ""}, "post.dkim_key_file", "comity newsletter key"),
        ({"domain": "relay.example"}, "post.dkim_domain", "another domain than example.org"),
        ({"kind": "ed25519"}, "post.dkim_key_file", "RSA"),
        ({"host": "relay.example"}, "post.tls", "readable on their way to relay.example"),
    ],
)
def test_each_fault_is_found_alone_at_its_place(settled, change, place, words):
    (fault,) = faults(settled(**change))
    assert fault.place == place
    assert words in str(fault)
    assert (UNLESS in str(fault)) == (words == UNLESS)


def test_nobody_vouches_for_a_mailbox_of_a_large_provider(settled):
    found = [*faults(settled(sender="ann@gmail.com"))]
    assert [fault.place for fault in found] == ["post.sender", "post.bounces", "post.dkim_domain"]


def test_records_are_those_of_the_domains_that_the_mail_names(settled):
    office = settled(bounces="bounces@mail.example.org")
    spf, dkim, dmarc, mx = map(str, records(office))
    assert spf.startswith('mail.example.org. IN TXT ( "v=spf1 ')
    assert dkim.startswith('comity._domainkey.example.org. IN TXT ( "v=DKIM1; k=rsa; p=')
    assert dmarc.startswith('_dmarc.example.org. IN TXT ( "v=DMARC1; p=none; ')
    assert mx == "mail.example.org. IN MX 10 NAME-OF-YOUR-MAIL-SERVER."
    assert len([*records(settled(kind=""))]) == 3


def test_long_texts_are_broken_into_strings():
    text = "x" * (2 * CHUNK + 1)
    parts = strings(text).removeprefix('( "').removesuffix('" )').split('" "')
    assert [len(part) for part in parts] == [CHUNK, CHUNK, 1]


def test_domains_that_only_end_alike_are_not_aligned():
    assert aligned("example.org", "a.example.org")
    assert aligned("a.example.org", "example.org")
    assert not aligned("notexample.org", "example.org")
    assert not aligned("example.org", "example.com")
