"""LaTeX as text, against Unicode's own tables and an independent decoder."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from comity.newsletter.importing.latex import ACCENTS, LETTERS, names, to_text

LATIN = [chr(code) for code in range(0xC0, 0x250) if unicodedata.decomposition(chr(code))]
SINGLE = {
    letter: parts
    for letter in LATIN
    if len(parts := unicodedata.normalize("NFD", letter)) == 2 and parts[1] in ACCENTS.values()
}
"""Letters of one base and one accent that LaTeX can write."""
UNKNOWN_TO_THE_OTHER = {
    *("S", "P", "TeX", "LaTeX", "NG", "copyright", "dots", "euro", "j", "ldots", "ng", "pounds"),
    "textellipsis",
}
COMMAND = {mark: name for name, mark in ACCENTS.items()}


def spellings(letter: str) -> list[str]:
    base, mark = SINGLE[letter]
    name = COMMAND[mark]
    base = {"i": r"\i", "j": r"\j"}.get(base, base) if name not in "dckb" else base
    found = [rf"\{name}{{{base}}}", rf"{{\{name}{{{base}}}}}"]
    if not name.isalpha() and not base.startswith("\\"):
        found += [rf"\{name}{base}", rf"{{\{name} {base}}}"]
    return found


@pytest.mark.parametrize("letter", SINGLE)
def test_every_accented_letter_in_every_spelling(letter):
    for spelling in spellings(letter):
        assert to_text(f"a{spelling}b") == f"a{letter}b"


def test_there_are_many_of_them():
    assert len(SINGLE) > 150


@pytest.mark.parametrize("name", [name for name in LETTERS if name not in ("textbackslash",)])
def test_letters_are_those_of_another_decoder(name):
    mine = to_text(rf"x{{\{name}}}y")
    assert mine == f"x{LETTERS[name]}y"
    if name not in UNKNOWN_TO_THE_OTHER:
        assert mine == LatexNodes2Text().latex_to_text(rf"x{{\{name}}}y")


@pytest.mark.parametrize(
    "latex",
    [
        r"Erd{\H o}s and R{\'e}nyi: {A}pproximate {\"U}bung",
        r"\textit{On} \emph{the} Na{\"\i}ve {\O}re",
        r"``Quoted'' -- and --- dashed",
        r"\v{S}koda \c{c}a \k{a} \r{a} \={o} \u{g} \.{z}",
        r"R\&D at 5\% for \$3 \#1 a\_b",
        r"Garc\'{\i}a M\'arquez, Mu\~noz, Stra\ss e",
    ],
)
def test_whole_titles_are_those_of_another_decoder(latex):
    other = LatexNodes2Text().latex_to_text(latex)
    assert to_text(latex) == unicodedata.normalize("NFC", other)


def test_mathematics_and_unknown_commands_stay_to_be_seen():
    assert to_text(r"On $\alpha_{i}$-cores {and} \foo{x}") == r"On $\alpha_{i}$-cores and \foox"
    assert to_text(r"costs \$5 and \$6") == "costs $5 and $6"


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("Ada Lovelace and Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("von Neumann, John", ["John von Neumann"]),
        ("King, Jr., Martin Luther", ["Martin Luther King Jr."]),
        ("{Barnes and Noble}", ["Barnes and Noble"]),
        ("{{The {Core} Team}} and Bo", ["The Core Team", "Bo"]),
        (r"{\'E}va Tardos\nand X", [r"Éva Tardos\nand X"]),
        ("Ana\n  and\n\tBo", ["Ana", "Bo"]),
        ("Sandy Anderson and others", ["Sandy Anderson", "others"]),
        ("", []),
    ],
)
def test_names(field, people):
    assert names(field) == people


@given(st.text(alphabet="\\{}$'`~-\"^abc \n", max_size=200))
def test_any_text_is_read_and_braces_go(latex):
    text = to_text(latex)
    assert unicodedata.is_normalized("NFC", text)
    assert len(text) <= len(latex)


def test_hostile_text_takes_no_time():
    for piece in ("{", "$", "\\", "\\'", '{\\"', "$\\$", " "):
        assert len(to_text(piece * 300_000)) <= len(piece) * 300_000
        assert names(piece * 100_000 + " and x")
        assert names("x" + piece * 100_000 + "y")
