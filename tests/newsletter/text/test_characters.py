"""Characters that nobody sees are found where they have no task, and left alone where they do."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.text.characters import UNFIT, UNSEEN, bare, looks, name_of, stray, turned

WITH_A_TASK = (
    "می\u200cخواهم",  # Persian: two parts of one word
    "क्\u200dष and क्\u200cष",  # Hindi: how consonants are joined
    "👩\u200d🚀 👩🏽\u200d🚀 ❤\ufe0f\u200d🔥 🏳\ufe0f\u200d🌈 1\ufe0f\u20e3 ©\ufe0f",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # the flag of England
    "שלום\u200f! (C++\u200e)",
    "\u2067שלום\u2069 he said, \u202bשלום\u202c",
    "ภาษา\u200bไทย",
    "葛\U000e0100城",
    "ᠮᠣ\u180bᠩ",
)
WITHOUT = (
    "Fair\u200bplay", "Fair\u200cplay", "Fair\u200dplay", "Fair\u200eplay", "Fair\u200fplay",
    "\ufeffFair play", "soft\u00adhyphen", "x\u2060y", "f\u2061(x)", "a\ufe0fb", "ㅤ", "e\u034fx",
    "\u202aAda\u202c", "\u2066Ada\u2069", "\U000e0067", "🚀\u200dx", "\u061cAda", "\u180eAda",
)  # fmt: skip


@pytest.mark.parametrize("text", WITH_A_TASK)
def test_what_has_a_task_is_left_alone(text):
    assert UNSEEN.search(text)
    assert stray(text) == ()
    assert turned(text) is None


@pytest.mark.parametrize("text", WITHOUT)
def test_what_has_none_is_found_where_it_stands(text):
    places = [k for k, letter in enumerate(text) if unicodedata.category(letter) in ("Cf", "Mn")]
    assert stray(text) == tuple(places or (0,))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("exe.\u202egpj", 4),
        ("closed \u202dabc\u202c", 7),
        ("\u202babc", 0),
        ("\u2067שלום", 0),
        ("\u2067שלום\nnext\u2069", 0),  # a line ends what it does not close
        ("\u2067שלום\u202c", 0),
        ("\u2067שלום\u2069 and \u2066x", 11),
        ("\u2068a\u202ab\u202cc\u2069", None),
        ("stray end\u202c\u2069", None),
        ("plain\ntext", None),
    ],
)
def test_where_a_text_is_turned_around(text, place):
    assert turned(text) == place


def test_every_character_of_format_is_unseen_but_those_that_are_drawn():
    drawn = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    drawn |= {*range(0x13430, 0x13460)}  # how hieroglyphs are put together
    formats = {k for k in range(0x110000) if unicodedata.category(chr(k)) == "Cf"}
    assert all(UNSEEN.match(chr(k)) for k in formats - drawn)
    assert not any(UNSEEN.match(chr(k)) for k in drawn)


@given(st.text(alphabet="aé\u0301\u200b\u200d\u202e\u2066\u2069 \n\u00a0א🚀\ufe0f"))
def test_whatever_stands_there_looks_alike_without_it(text):
    assert looks(text) == looks(bare(text)) == looks(looks(text))
    assert all(UNSEEN.match(text[place]) for place in stray(text))
    assert stray(bare(text)) == ()
    assert turned(bare(text)) is None


def test_characters_that_no_page_holds_have_numbers_for_names():
    assert UNFIT.fullmatch("\x07")
    assert name_of("\x07") == "U+0007"
    assert name_of("\ufeff") == "ZERO WIDTH NO-BREAK SPACE"
