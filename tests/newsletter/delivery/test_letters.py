from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime

import pytest

from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.bodies import Content
from comity.newsletter.delivery.bounces import read_bounce
from comity.newsletter.delivery.letters import Recipient, Stationery
from comity.newsletter.delivery.tokens import Purpose, Sent, new_id
from newsletter_returns import NO_PATH, OURS

READER = new_id()
ANN = Recipient(READER, parse("ann@bücher.example"), "Änn Reader")
CONTENT = Content("RL #12: Rivers", "Hello\n", "<p>Hello</p>")


@pytest.fixture
def stationery(publication, secret):
    return Stationery(publication, secret)


def read(letter):
    message = message_from_bytes(letter.message, policy=default)
    assert not [part.defects for part in message.walk() if part.defects]
    assert b"\n" not in letter.message.replace(b"\r\n", b"")
    assert letter.message.isascii()
    return message


def test_an_issue_has_every_field_of_a_list(stationery, secret, clock):
    letter = stationery.issue(CONTENT, ANN, 12, clock())
    message = read(letter)
    assert message["From"].addresses[0].display_name == "River Letters"
    assert message["To"].addresses[0].addr_spec == "ann@xn--bcher-kva.example"
    assert message["To"].addresses[0].display_name == "Änn Reader"
    assert message["Reply-To"].addresses[0].addr_spec == "editor@example.org"
    assert parsedate_to_datetime(message["Date"]) == clock()
    assert message["List-Id"] == "<rl.letters.example.org>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Post"] == "NO"
    assert message["Precedence"] == "list"
    assert "Auto-Submitted" not in message
    link = message["List-Unsubscribe"].partition(",")[0].strip("<>")
    assert link.startswith("https://letters.example.org/readers/unsubscribe/")
    assert secret.read(Purpose.UNSUBSCRIBE, link.rpartition("/")[2]) == (READER,)
    assert link in message.get_body(("plain",)).get_content()
    assert link in message.get_body(("html",)).get_content()


def test_no_link_holds_the_address(stationery):
    links = stationery.links(READER)
    assert not any("ann" in link or "example" in link.rpartition("/")[2] for link in links.values())


def test_return_path_and_message_id_name_issue_and_reader(stationery, secret, clock):
    letter = stationery.issue(CONTENT, ANN, 12, clock())
    assert secret.read_return_path(letter.sender) == Sent(12, READER)
    assert secret.read_message_id(read(letter)["Message-ID"]) == Sent(12, READER)
    clock.pass_by(hours=3)
    again = stationery.issue(CONTENT, ANN, 12, clock())
    assert read(again)["Message-ID"] == read(letter)["Message-ID"]


def test_a_site_without_tls_offers_no_one_click(publication, secret, clock):
    plain = Stationery(replace(publication, url="http://localhost:8080"), secret)
    message = read(plain.issue(CONTENT, ANN, 12, clock()))
    assert "List-Unsubscribe-Post" not in message
    assert "http://localhost:8080/readers/unsubscribe/" in message["List-Unsubscribe"]


def test_a_publication_without_an_address_for_returns_sends_as_itself(publication, secret, clock):
    bare = replace(publication, post=replace(publication.post, bounces=""))
    letter = Stationery(bare, secret).issue(CONTENT, ANN, 12, clock())
    assert letter.sender == "letters@example.org"


def test_a_notice_is_marked_as_automatic_and_answers_no_issue(stationery, secret, clock):
    message = read(stationery.notice(CONTENT, ANN, clock()))
    assert message["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in message
    assert secret.read_message_id(message["Message-ID"]) is None


def test_hostile_titles_and_names_add_no_field(stationery, clock):
    bad = "x\r\nBcc: eve@example.org\r\n\r\n<script>"
    letter = stationery.issue(
        Content(bad, bad, bad), Recipient(READER, ANN.address, bad), 12, clock()
    )
    plain = stationery.issue(CONTENT, ANN, 12, clock())
    assert read(letter).keys() == read(plain).keys()


def test_a_mail_that_comes_back_whole_names_its_reader_wherever_it_comes_to(stationery, clock):
    letter = stationery.issue(CONTENT, ANN, 12, clock())
    notice = NO_PATH.removesuffix(OURS).encode() + letter.message
    assert read_bounce(notice, stationery.secret).sent == Sent(12, ANN.reader)
