"""The words of a .nfg file, and where they stand."""

from fractions import Fraction

import pytest

from comity.core.errors import InputError
from comity.games.files.nfg_tokens import Tokens


def words(text) -> list:
    tokens = Tokens(text, None)
    found = []
    while tokens.current.kind != "end":
        token = tokens.advance()
        found.append((token.kind, token.text))
    return found


def test_words():
    assert words('NFG 1{"a b"}\n-1/2,') == [
        ("word", "NFG"),
        ("number", "1"),
        ("{", "{"),
        ("text", "a b"),
        ("}", "}"),
        ("number", "-1/2"),
    ]


@pytest.mark.parametrize(
    ("quoted", "text"),
    [
        (r'"a \"q\" b"', 'a "q" b'),
        (r'"\\"', "\\"),
        (r'"a\nb"', r"a\nb"),
        ('""', ""),
        ('"two\nlines"', "two\nlines"),
        ('"{1 2}"', "{1 2}"),
    ],
)
def test_quoted_text(quoted, text):
    assert words(quoted) == [("text", text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", Fraction(3)),
        ("-1/18", Fraction(-1, 18)),
        ("+2/4", Fraction(1, 2)),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("2.", Fraction(2)),
        ("1e-3", Fraction(1, 1000)),
        ("-2.5E2", Fraction(-250)),
    ],
)
def test_numbers_are_exact(text, value):
    assert Tokens(text, None).number() == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1/0", "not a finite number.*1/0"),
        ("1e999", "number is out of range"),
        ("1e99999999999", "number is out of range"),
        ("1e309", "not a finite number"),
        ("nan", "unexpected word.*'nan'.*a number"),
        ("-inf", "cannot read this"),
        ("1/2/3", "cannot read this"),
        ("1_000", "cannot read this"),
        ("0x10", "cannot read this"),
        ("", "the end of the file"),
    ],
)
def test_what_is_no_number(text, words):
    with pytest.raises(InputError, match=words):
        Tokens(text, None).number()


def test_errors_know_line_and_column():
    tokens = Tokens('{\n}\n 1 "open', "game.nfg")
    for _ in range(2):
        tokens.advance()
    with pytest.raises(InputError, match=r"game\.nfg: line 3, column 4: quoted text does not end"):
        tokens.advance()
