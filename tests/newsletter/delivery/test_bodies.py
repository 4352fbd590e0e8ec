from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.newsletter.delivery.bodies import MARKS, Content, body, personal
from comity.newsletter.delivery.headers import block

LINKS = {"unsubscribe": "https://e.org/u?a=1&b", "preferences": "https://e.org/p"}


def read(content):
    head, coded = body(content, "mark")
    raw = block(head) + b"\r\n" + coded
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))
    message = message_from_bytes(raw, policy=default)
    assert not [part.defects for part in message.walk() if part.defects]
    return message


def lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"


WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=300)


@given(WORDS, WORDS.filter(bool))
def test_any_words_come_back_from_a_mail(text, page):
    message = read(Content("s", text, page))
    parts = [part.get_content() for part in message.iter_parts()]
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert [x.replace("\r\n", "\n") for x in parts] == [lines(text), lines(page)]


def test_plain_words_alone_have_no_parts():
    message = read(Content("s", "Grüße\n.\nFrom here\n"))
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == "Grüße\n.\nFrom here\n"


def test_words_that_look_like_a_boundary_end_no_part():
    message = read(Content("s", "--=_mark--\n", "<p>--=_mark</p>"))
    assert len(list(message.iter_parts())) == 2


def test_a_null_is_refused():
    with pytest.raises(InputError, match="no mail may hold"):
        body(Content("s", "a\0b"), "mark")


def test_marks_become_the_readers_own_links():
    page = f'<a href="{MARKS["unsubscribe"]}">out</a><a href="{MARKS["preferences"]}">in</a>'
    text = f"out {MARKS['unsubscribe']} in {MARKS['preferences']}"
    made = personal(Content("s", text, page), LINKS, "Letters")
    assert made.text == "out https://e.org/u?a=1&b in https://e.org/p"
    assert (
        made.html == '<a href="https://e.org/u?a=1&amp;b">out</a><a href="https://e.org/p">in</a>'
    )


def test_content_without_marks_gets_a_way_out_at_its_end():
    made = personal(Content("s", "Hello\n", "<body><p>Hello</p></body>"), LINKS, "L & <M>")
    assert made.text.startswith("Hello\n\n-- \n")
    assert all(link in made.text for link in LINKS.values())
    assert made.html.endswith("</body>")
    assert made.html.count("https://e.org/u?a=1&amp;b") == 1
    assert "L &amp; &lt;M&gt;" in made.html
    assert ".invalid" not in made.text + made.html


def test_content_is_taken_from_a_mail_that_is_nobodys_yet():
    message = EmailMessage()
    message["Subject"] = "Número 1"
    message.set_content("Hola\n")
    message.add_alternative("<p>Hola</p>\n", subtype="html")
    assert Content.of(message) == Content("Número 1", "Hola\n", "<p>Hola</p>\n")
