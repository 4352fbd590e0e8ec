from email.header import Header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.feedback.charsets import clean, decode, decode_field

GERMAN, CHINESE = "Größe für „Übung“", "如果只有一方能看见呢？第三个村庄"


@pytest.mark.parametrize(
    ("text", "written", "claimed"),
    [
        (GERMAN, "utf-8", "utf-8"),
        (GERMAN, "cp1252", "iso-8859-1"),
        (GERMAN, "cp1252", "us-ascii"),
        (GERMAN, "cp1252", None),
        (GERMAN, "utf-8", "no-such-charset"),
        (GERMAN, "utf-8", "iso-8859-1\x00"),
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE, "gb18030", None),
        (CHINESE, "gb18030", "utf-8"),
        (CHINESE, "utf-16", "utf-16"),
        ("Привет всем", "koi8-r", "koi8-r"),
        ("日本語です", "iso-2022-jp", "iso-2022-jp"),
    ],
)
def test_bytes_are_read_as_they_were_meant(text, written, claimed):
    assert decode(text.encode(written), claimed) == text


@given(st.binary(max_size=60), st.sampled_from([None, "utf-8", "utf-7", "idna", "hex", "x", ""]))
def test_any_bytes_under_any_name_are_text(data, claimed):
    text = decode(data, claimed)
    text.encode("utf-8")
    assert not any(ord(x) < 32 and x not in "\n\t" for x in text)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("=?utf-8?b?S8OkdGhlIEdyb8Of?= <k@a.example>", "Käthe Groß <k@a.example>"),
        ("=?gb2312?B?zfXQocP3?=", "王小明"),
        ("=?utf-8?q?a=?=\r\n =?utf-8?q?b?=", "a=b"),
        ("=?utf-8?b?!!!?= d", "d"),
        ("=?nonsense?q?abc?= d", "abc d"),
        ("caf\udcc3\udca9", "café"),
        ("caf\udce9 au lait", "café au lait"),
        (Header("Größe", "utf-8"), "Größe"),
        (None, ""),
    ],
)
def test_fields(field, text):
    assert decode_field(field) == text


def test_nothing_steers_a_terminal_or_turns_the_order_of_words():
    assert clean("a\x1b[31mb\u202ec\u2066d\x9be\r\nf\rg\x00") == "a[31mbcde\nf\ng"
