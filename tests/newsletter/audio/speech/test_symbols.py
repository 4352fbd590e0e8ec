"""Signs and their names."""

import unicodedata

import pytest

from comity.newsletter.audio.speech.normaliser import Normaliser
from comity.newsletter.audio.speech.symbols import GREEK, MATHS, PROSE, emoji, letter

SAY = Normaliser().say


@pytest.mark.parametrize("sign", sorted(GREEK))
def test_greek_letters_have_the_names_that_unicode_gives_them(sign):
    name = unicodedata.name(sign).lower().split()
    known = {"zai": "xi", "lambda": "lamda"}.get(GREEK[sign], GREEK[sign])
    assert known in name
    assert SAY(f"an {sign} here") == f"an {GREEK[sign]} here"


@pytest.mark.parametrize("sign", sorted(MATHS.keys() - PROSE.keys() - {"…"}))
def test_signs_of_mathematics_are_said_in_text(sign):
    assert SAY(f"x {sign} y") == f"x {MATHS[sign]} y"


@pytest.mark.parametrize("sign", sorted(set(PROSE) - set("*_\\|`#@")))
def test_signs_in_text_are_said_or_silent(sign):
    assert SAY(f"so {sign} so") == " ".join(f"so {PROSE[sign]} so".split())


@pytest.mark.parametrize(
    ("signs", "name"),
    [
        ("🔥", "fire"),
        ("👍🏿", "thumbs up"),
        ("🎉🎉", "party popper"),
        ("❤️", "heavy black heart"),
        ("👩‍💻", "woman"),
        ("🇩🇪", ""),
        ("🔥👍", "fire, thumbs up"),
    ],
)
def test_emoji(signs, name):
    assert emoji(signs) == name


def test_letters():
    assert [letter(sign) for sign in "aAxΩ"] == ["eigh", "eigh", "X", "capital omega"]
