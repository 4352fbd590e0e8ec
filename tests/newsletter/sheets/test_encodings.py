"""Bytes become letters, or the first wrong byte is named."""

import codecs

import pytest

from comity.core.errors import InputError
from comity.newsletter.sheets.encodings import decode

TEXT = "Title,Author\n“Fair play”,Émilie du Châtelet 🎲\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_texts_are_told_apart(data):
    assert decode(data, "f") == TEXT


def test_latin_1_is_named_with_its_place():
    data = "Title\nFair play\nCafé\n".encode("latin-1")
    with pytest.raises(InputError) as refused:
        decode(data, "sheet.csv")
    assert str(refused.value).startswith("sheet.csv: line 3, byte 20: the text is not UTF-8")
    assert "0xE9" in str(refused.value)
    assert "'é'" in str(refused.value)
    assert data[19] == 0xE9


def test_another_encoding_may_be_named():
    assert decode("Café".encode("cp1252"), "f", "cp1252") == "Café"
    with pytest.raises(InputError, match="no such encoding"):
        decode(b"x", "f", "klingon")


def test_half_a_letter_is_refused():
    with pytest.raises(InputError, match="UTF-16"):
        decode("Title".encode("utf-16") + b"x", "f")


def test_nothing_is_an_empty_text():
    assert decode(b"", "f") == ""
