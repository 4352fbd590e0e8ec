"""LaTeX formulas as tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comity.newsletter.audio.speech import commands
from comity.newsletter.audio.speech.symbols import LOWERED, RAISED, SUBSCRIPTS, SUPERSCRIPTS

TEXT = rf"\\(?:{'|'.join(commands.TEXTS)})\*?\s*\{{[^{{}}]*\}}"
TOKEN = re.compile(
    rf"{TEXT}|"
    r"\\(?:[a-zA-Z]+\*?|.)|\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d*\.\d+|\d+|\|\||:=|[<>]=|->|=>|\S",
    re.DOTALL,
)
PAIRS = {
    "||": "\\|",
    ":=": "\\triangleq",
    "<=": "\\le",
    ">=": "\\ge",
    "->": "\\to",
    "=>": "\\implies",
}
OPERATORS = re.compile(
    r"\\(?:operatorname|mathrm|text)\*?\s*\{\s*(\w+)(?:[\s~]|\\[,;!])*(\w*)\s*\}"
)


def tokens_of(latex: str) -> Iterator[str]:
    r"""Yield the tokens of a formula: commands, numbers, texts with their braces, single signs.

    >>> list(tokens_of(r"x^2 \le 10.5\text{ if so}"))
    ['x', '^', '2', '\\le', '10.5', '\\text{ if so}']
    """
    text = RAISED.sub(lambda m: f"^{{{m[0].translate(SUPERSCRIPTS)}}}", latex)
    text = LOWERED.sub(lambda m: f"_{{{m[0].translate(SUBSCRIPTS)}}}", text)
    text = OPERATORS.sub(_operator, text.replace("{,}", ","))
    text = re.sub(r"\\arg\s*\\(max|min)(?![a-zA-Z])", r"\\arg\1", text)
    text = re.sub(r"\\\$(\d[\d.,]*)", r"\1\\$", text)
    for found in TOKEN.finditer(text):
        yield PAIRS.get(found[0], found[0])


def _operator(found: re.Match[str]) -> str:
    r"""Write ``\\operatorname{arg max}`` as the command that it stands for."""
    name = found[1] + found[2]
    return f"\\{name} " if name in commands.LARGE or name in commands.FUNCTIONS else found[0]


def split(tokens: list[str], at: str) -> list[list[str]]:
    """Return the tokens between those of one kind."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == at:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def top_commas(tokens: list[str]) -> int:
    """Count commas that stand in no inner brackets."""
    depth = count = 0
    for token in tokens:
        depth += (token in ("(", "[", "{", "\\{")) - (token in (")", "]", "}", "\\}"))
        count += token == "," and not depth
    return count
