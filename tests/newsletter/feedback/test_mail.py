from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.feedback.mail import LONGEST, read_mail
from newsletter_replies import mail


def made(text="Words.", html=None, charset="utf-8", attached=None):
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = "Käthe Groß <kaethe@example.de>"
    message["Subject"] = "Grüße"
    message["Date"] = "Tue, 5 May 2026 12:00:00 +0200"
    message["Message-ID"] = "<1@example.de>"
    if text is not None:
        message.set_content(text, charset=charset)
    if html is not None:
        message.add_alternative(html, subtype="html")
    if attached is not None:
        message.add_attachment(attached, filename="notes.txt")
    return bytes(message)


def test_header_and_words():
    found = read_mail(made("Größe\n"))
    assert (found.name, found.address) == ("Käthe Groß", "kaethe@example.de")
    assert (found.subject, found.message_id) == ("Grüße", "<1@example.de>")
    assert found.date == "2026-05-05T10:00:00+00:00"
    assert found.text == "Größe\n"


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "cp1252"])
def test_charsets(charset):
    assert read_mail(made("Größe\n", charset=charset)).text == "Größe\n"


def test_plain_text_goes_before_html_and_attachments_are_only_named():
    found = read_mail(made("plain\n", "<p>rich</p>", attached="secret"))
    assert found.text == "plain\n"
    assert found.attachments == ("notes.txt",)
    assert read_mail(made(" \n", "<p>rich</p>")).text.strip() == "rich"


def test_flowed_text_is_joined_where_it_is_quoted_alike():
    text = "> one \r\n> line\r\n>> deeper \r\nMy own \r\nwords\r\n-- \r\nJane"
    found = read_mail(mail(text, Content_Type="text/plain; charset=utf-8; format=flowed"))
    assert found.text.split("\n")[:3] == ["> one line", ">> deeper ", "My own words"]
    assert found.text.split("\n")[3:5] == ["-- ", "Jane"]


def test_words_of_mails_that_are_attached_are_not_the_sender_s():
    outer = EmailMessage(policy=policy.SMTP)
    outer["From"] = "a@example.org"
    outer.set_content("outer")
    inner = EmailMessage(policy=policy.SMTP)
    inner.set_content("inner")
    outer.add_attachment(inner)
    assert read_mail(bytes(outer)).text.strip() == "outer"


def test_the_digest_is_the_same_on_every_road_and_differs_with_the_words():
    data = made("One\n")
    by_another_road = b"Received: from x by y\r\nDelivered-To: z@example.org\r\n" + data
    assert read_mail(data).digest == read_mail(by_another_road).digest
    assert read_mail(data).digest != read_mail(made("Two\n")).digest


@pytest.mark.parametrize(
    ("fields", "name", "address"),
    [
        ({"From": "jane@example.net"}, "", "jane@example.net"),
        ({"From": '"Roe, Jane" <Jane@Example.net>'}, "Roe, Jane", "jane@example.net"),
        ({"From": "=?utf-8?q?Zo=C3=A9?= <z@example.fr>"}, "Zoé", "z@example.fr"),
        ({"From": "nobody at all"}, "nobody at all", ""),
        ({"From": "Roe, Jane <jane@example.net>"}, None, "jane@example.net"),
    ],
)
def test_senders(fields, name, address):
    found = read_mail(mail(**fields))
    assert found.address == address
    assert name is None or found.name == name


@pytest.mark.parametrize("date", ["", "yesterday", "Tue, 99 May 2026 10:00:00", "0", "1" * 400])
def test_days_that_are_none(date):
    assert read_mail(mail(Date=date)).date == ""


@given(st.binary(max_size=300))
def test_any_bytes_are_a_mail(data):
    found = read_mail(data)
    assert len(found.digest) == 64
    assert found.pieces is not None


@given(
    st.sampled_from(["text/plain", "text/html", "multipart/mixed", "message/rfc822", "x", "/;="]),
    st.sampled_from(["base64", "quoted-printable", "8bit", "uuencode", "x-unknown"]),
    st.binary(max_size=100),
)
def test_any_claim_about_a_body_is_survived(kind, encoding, body):
    head = f"Content-Type: {kind}; boundary=b\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    read_mail(head.encode() + b"--b\r\n" + body)


def test_parts_in_parts_without_end_leave_the_header():
    part = 'Content-Type: multipart/mixed; boundary="b{0}"\r\n\r\n--b{0}\r\n'
    data = b"Subject: deep\r\n" + "".join(part.format(n) for n in range(3000)).encode()
    assert read_mail(data).subject == "deep"
    assert read_mail(b"From: " + b"(" * 50_000 + b"\r\n\r\n").address == ""


def test_endless_mails_are_cut():
    assert len(read_mail(mail("x" * (2 * LONGEST))).text) == LONGEST
