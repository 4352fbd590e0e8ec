"""Which language a reader gets."""

import pytest

from comity.language import LANGUAGES, choose


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("", "en"),
        ("*", "en"),
        ("de-CH,de;q=0.9,en;q=0.8", "de"),
        ("en;q=0.1, es-MX;q=0.9", "es"),
        ("zh-Hans-CN", "zh"),
        ("fr, it;q=0.9", "en"),
        ("de;q=0, es;q=0.1", "es"),
        ("de;q=many, es;q=0.1", "es"),
        ("de;q=nan", "en"),
        (",,;;==", "en"),
        ("de;q=0.5," * 10_000, "de"),
    ],
)
def test_the_header_decides(accepted, code):
    assert choose(accepted) == code


def test_what_is_stated_goes_first():
    assert choose("es", "zh", "de") == "zh"
    assert choose("es", None, "de") == "de"
    assert choose("es", "klingon", None) == "es"


def test_of_equals_the_first_wins():
    for code in LANGUAGES:
        assert choose(f"{code}, {', '.join(LANGUAGES)}") == code
