from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.headers import block, mailbox, one_line, plain, subject

HOSTILE = [
    "Rivers\r\nBcc: eve@example.org",
    "Rivers\nBcc: eve@example.org",
    "Rivers\rBcc: eve@example.org",
    "Rivers\u2028Bcc: eve@example.org",
    "Rivers\x0b\x0c\x1c\x85Bcc: eve@example.org",
    "Rivers\r\n\r\n<script>alert(1)</script>",
    "=?utf-8?q?Rivers=0D=0ABcc:_eve@example.org?=",
    '"; <eve@example.org>, "',
    "Flüsse\r\nBcc: eve@example.org",
    "\\",
    '\\"',
    "x" * 5000,
    "ü" * 5000,
    "\ud800",
    "\x00",
    "a\u202eb",
]


def read(*fields):
    return message_from_bytes(block(fields) + b"\r\n\r\n", policy=default)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_stays_in_its_field(text):
    message = read(subject(text), "X-After: here\r\n")
    assert message.keys() == ["Subject", "X-After"]
    assert message["Subject"] == one_line(text)
    assert not message.defects


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_stays_a_name(text):
    message = read(mailbox("To", parse("ann@example.org"), text), "X-After: here\r\n")
    assert message.keys() == ["To", "X-After"]
    (address,) = message["To"].addresses
    assert address.addr_spec == "ann@example.org"
    # Python's parser puts spaces between the encoded words of a long name.
    assert address.display_name.replace(" ", "") == one_line(text).replace(" ", "")


@given(st.text(max_size=200))
def test_any_words_come_back_as_one_line(text):
    message = read(subject(text), mailbox("To", parse("ann@example.org"), text), "X-After: x\r\n")
    assert message.keys() == ["Subject", "To", "X-After"]
    assert message["Subject"] == one_line(text)
    assert len(message["To"].addresses) == 1
    assert message["To"].addresses[0].addr_spec == "ann@example.org"


def test_lines_are_short_where_there_are_spaces():
    head = subject("Rivers and lakes " * 20) + subject("Flüsse und Seen " * 20)
    assert all(len(line) <= 78 for line in head.split("\r\n"))


def test_long_links_are_neither_broken_nor_encoded():
    link = f"<https://example.org/{'x' * 300}>"
    assert plain("List-Unsubscribe", link) == f"List-Unsubscribe: {link}\r\n"


@pytest.mark.parametrize("value", ["a\r\nb", "a\nb", "ü", "\x00", "x" * 1000])
def test_a_plain_field_refuses_what_it_cannot_hold(value):
    with pytest.raises(InputError, match="header field"):
        plain("X-Test", value)
