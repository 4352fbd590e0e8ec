import asyncio
from dataclasses import replace

import pytest

from comity.core.errors import InputError
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.bodies import Content
from comity.newsletter.delivery.keys import make_secret, write_private
from comity.newsletter.delivery.letters import Recipient
from comity.newsletter.delivery.mailer import Result
from comity.newsletter.delivery.office import Office, kept_open
from comity.newsletter.delivery.signing import make_key
from newsletter_relay import Relay


@pytest.fixture
def open_office(publication, tmp_path, engine, clock):
    make_secret(tmp_path)
    write_private(tmp_path / "keys" / "dkim.pem", make_key("ed25519"))

    def made(**post):
        changed = replace(publication, post=replace(publication.post, **post))
        return Office.open(changed, tmp_path, engine, clock)

    return made


@pytest.mark.parametrize(
    ("post", "place"),
    [
        ({"sender": ""}, "post.sender"),
        ({"sender": "letters"}, "post.sender"),
        ({"reply_to": "a@b@c"}, "post.reply_to"),
        ({"bounces": "x"}, "post.bounces"),
        ({"bounces": f"{'b' * 25}@example.org"}, "at most 24 characters"),
        ({"tls": "ssl"}, "post.tls"),
        ({"dkim_key_file": "keys/none.pem"}, "none.pem"),
        ({"dkim_key_file": "keys/dkim.pem"}, "post"),
    ],
)
def test_settings_that_cannot_mail_are_named(open_office, post, place):
    with pytest.raises(InputError) as caught:
        open_office(**post)
    assert place in str(caught.value)


def test_mails_go_out_signed(open_office, clock):
    with Relay() as relay:
        office = open_office(
            host="127.0.0.1",
            port=relay.port,
            dkim_key_file="keys/dkim.pem",
            dkim_domain="example.org",
            dkim_selector="s1",
        )
        letter = office.stationery.notice(
            Content("Hello", "Hello\n"), Recipient("a" * 16, parse("ann@a.org")), clock()
        )
        outcomes = asyncio.run(office.post([letter, letter]))
    assert [outcome.result for outcome in outcomes] == [Result.TAKEN] * 2
    assert all(mail.message["DKIM-Signature"] for mail in relay.taken)


def test_without_a_key_mails_go_out_as_they_are(office, clock):
    letter = office.stationery.notice(
        Content("Hello", "Hello\n"), Recipient("a" * 16, parse("ann@a.org")), clock()
    )
    assert office.sealed(letter) == letter


def test_an_office_is_opened_anew_when_the_settings_changed(publication, tmp_path, engine):
    make_secret(tmp_path)
    settings = [publication]
    office = kept_open(lambda: settings[0], tmp_path, engine)
    first = office()
    assert office() is first
    settings[0] = replace(publication, name="Lake Letters")
    assert office().publication.name == "Lake Letters"
    settings[0] = replace(publication, post=replace(publication.post, sender=""))
    with pytest.raises(InputError, match="no address to send from"):
        office()


def test_a_site_whose_name_is_not_ascii_is_named(publication, tmp_path, engine):
    make_secret(tmp_path)
    with pytest.raises(InputError, match="header"):
        Office.open(replace(publication, url="https://bücher.example"), tmp_path, engine)


def test_addresses_of_ours_may_be_written_as_people_read_them(publication, tmp_path, engine, clock):
    make_secret(tmp_path)
    post = replace(publication.post, sender="l@bücher.example", bounces="b@bücher.example")
    office = Office.open(replace(publication, post=post), tmp_path, engine, clock)
    to = Recipient("a" * 16, parse("ann@a.org"))
    letter = office.stationery.issue(Content("Hello", "Hello"), to, 1234567, clock())
    assert letter.sender.isascii()
    assert len(letter.sender.partition("@")[0]) <= 64
    assert b"l@xn--bcher-kva.example" in letter.message
