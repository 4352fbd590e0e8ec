"""Tokens of formulas."""

import pytest

from comity.newsletter.audio.speech.latex import split, tokens_of, top_commas


@pytest.mark.parametrize(
    ("latex", "tokens"),
    [
        (r"a\le 1,000.5", ["a", r"\le", "1,000.5"]),
        ("1,2", ["1", ",", "2"]),
        ("p || q", ["p", r"\|", "q"]),
        ("x := y <= z -> w", ["x", r"\triangleq", "y", r"\le", "z", r"\to", "w"]),
        (r"\text{a b}c", [r"\text{a b}", "c"]),
        (r"\operatorname*{arg max}_x", [r"\argmax", "_", "x"]),
        ("x¹² y₁", ["x", "^", "{", "12", "}", "y", "_", "{", "1", "}"]),
        (r"\{\}", [r"\{", r"\}"]),
    ],
)
def test_tokens(latex, tokens):
    assert list(tokens_of(latex)) == tokens


def test_no_sign_is_lost():
    latex = r"\frac{a}{b} + c_{d} = (e, f) \cdot 3.5"
    assert "".join(tokens_of(latex)) == latex.replace(" ", "")


def test_parts_between_tokens():
    assert split(list("a&b&&c"), "&") == [["a"], ["b"], [], ["c"]]
    assert top_commas(list("a,(b,c),[d,e],f")) == 3
