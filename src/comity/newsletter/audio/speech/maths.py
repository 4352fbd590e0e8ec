"""A small reader of LaTeX formulas: what a person reading to another would say.

It knows the mathematics of papers in this field: Greek, sub- and superscripts, fractions, roots,
sums and integrals with bounds, functions, sets, conditional probabilities, matrices. What it cannot
read is never guessed at: it is said to stand on the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from comity.newsletter.audio.speech import commands
from comity.newsletter.audio.speech.latex import split, tokens_of, top_commas
from comity.newsletter.audio.speech.numbers import fraction, number
from comity.newsletter.audio.speech.symbols import (
    GREEK,
    MATHS,
    letter,
)

DEEPEST = 40
MOST_WORDS = 80
"""A formula that takes longer to say is left to the eye."""
OPENING = {"(": ")]", "[": ")]", "\\{": ("\\}",), "\\langle": ("\\rangle",)}
OPENING |= {"\\lfloor": ("\\rfloor",), "\\lceil": ("\\rceil",)}
CLOSING = frozenset((")", "]", "}", "\\}", "\\rangle", "\\rfloor", "\\rceil"))
ENCLOSED = {"\\lfloor": "the floor of", "\\lceil": "the ceiling of", "\\langle": ""}
INDICATOR = "the indicator of"
"""What a one in bold stands for."""
BARS = {"|": "the absolute value of", "\\|": "the norm of", "\\vert": "the absolute value of"}
BARS |= {"\\Vert": "the norm of", "\\lvert": "the absolute value of", "\\lVert": "the norm of"}
BAR_ENDS = {"\\lvert": "\\rvert", "\\lVert": "\\rVert"}
BETWEEN = {"|": "given", "\\|": "relative to", "\\vert": "given", "\\Vert": "relative to"}


SCRIPTED = {
    "the expectation": "over",
    "the probability": "under",
    "the gradient": "with respect to",
    "log": "base",
}
"""What a subscript means to those who are not just indexed."""


class Unreadable(Exception):
    """The formula is no LaTeX that this reader knows."""


def say_maths(latex: str, prose: Callable[[str], str] = str, otherwise: str = "a formula") -> str:
    r"""Return a formula in words, or ``otherwise`` where it is too long or cannot be read.

    Parameters
    ----------
    latex : what stands between the dollar signs.
    prose : how to say text inside the formula.
    otherwise : what to say instead of a formula that cannot be said.

    Examples
    --------
    >>> say_maths(r"\frac{a+b}{2} \le x_{t+1}^2")
    'the fraction eigh plus B, over two, is at most X sub T plus one, squared'
    >>> say_maths(r"\sum_{i=1}^{n} P(x_i \mid \theta)")
    'the sum over I from one to N of P of X sub I given theta'
    """
    try:
        words = _Reader(latex, prose).formula()
    except Unreadable:
        return otherwise
    return words if 0 < len(words.split()) <= MOST_WORDS else otherwise


class _Reader:
    def __init__(self, latex: str, prose: Callable[[str], str]) -> None:
        self._tokens = list(tokens_of(latex))
        self._at = 0
        self._depth = 0
        self._prose = prose
        letters = {token for token in self._tokens if len(token) == 1 and token.isalpha()}
        self._both = {sign for sign in letters if sign.isupper() and sign.lower() in letters}

    def formula(self) -> str:
        words = self._sequence(())
        if self._peek():
            raise Unreadable
        return _tidy(words)

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise Unreadable
        self._at += 1
        return token

    def _sequence(self, ends: tuple[str, ...] | str, divider: str = "given") -> str:
        """Read up to one of some tokens, which is left standing."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable
        words: list[str] = []
        named = operand = False
        while (token := self._peek()) and token not in ends and token not in ("}", "\\end"):
            if token in BETWEEN and operand and self._divides(token):
                self._at += 1
                words.append(divider if token != "\\|" else BETWEEN[token])
                named = operand = False
                continue
            if operand and (token in BARS or (token in "([" and not named)):
                words.append("times")
            said, is_name, is_value = self._one(token, named, divider)
            if said:
                words.append(said)
                named, operand = is_name, is_value
        self._depth -= 1
        return " ".join(words)

    def _divides(self, bar: str) -> bool:
        """Return whether a bar behind a value stands alone: of two, the first one opens."""
        depth = count = 0
        for token in self._tokens[self._at :]:
            depth += (token in OPENING or token == "{") - (token in CLOSING)
            if depth < 0:
                break
            count += token == bar and not depth
        return count % 2 == 1

    def _one(self, token: str, named: bool, divider: str) -> tuple[str, bool, bool]:
        """Return one thing with its scripts; whether it is a name; whether it is a value."""
        if token in OPENING:
            return self._scripted(self._enclosed(named)), False, True
        if token in BARS:
            return self._scripted(self._barred()), False, True
        if token == "\\mid":
            self._at += 1
            return divider, False, False
        if token.lstrip("\\") in commands.LARGE and token.startswith("\\"):
            return self._large(), False, False
        said, is_name, is_value = self._atom()
        return (self._scripted(said) if said else ""), is_name, is_value

    def _atom(self) -> tuple[str, bool, bool]:
        token = self._next()
        if token == "{":
            said = self._sequence("}")
            self._close("}")
            return said, True, True
        if token.startswith("\\"):
            return self._command(token[1:])
        if token[0].isdecimal() or (token[0] == "." and len(token) > 1):
            return number(token), False, True
        if token.isalpha() and token not in MATHS:
            return self._letter(token), True, True
        if token in "&~":
            return "", False, False
        signs = {"-": "minus", "*": "times", "/": "over", "!": "factorial", "'": "prime"}
        said = signs.get(token) or MATHS.get(token) or (token if token in ",;:.?" else "")
        if not said:
            raise Unreadable
        return said, False, token in "!'" or token in "ℝℕℤℚℂ𝔼∞∅…"

    def _letter(self, sign: str) -> str:
        if sign in self._both and sign.lower() not in GREEK:
            return f"capital {letter(sign)}"
        return letter(sign)

    def _command(self, name: str) -> tuple[str, bool, bool]:
        if name.endswith("}") and len(name) > 1:
            return self._prose(name[:-1].partition("{")[2]).strip(), True, True
        name = name.rstrip("*") or name
        if name in commands.LARGE:
            return name, True, True
        if name in commands.SILENT:
            if self._peek() == ".":
                self._at += 1
            return "", False, False
        for table, is_name, is_value in (
            (commands.NAMES, True, True),
            (commands.FUNCTIONS, True, False),
            (commands.WORDS, False, False),
        ):
            if name in table:
                return table[name], is_name, is_value
        return self._with_arguments(name), True, True

    def _with_arguments(self, name: str) -> str:
        if name in commands.ACCENTS:
            return f"{self._argument()} {commands.ACCENTS[name]}"
        if name in commands.STYLES:
            said = self._argument()
            return INDICATOR if said == "one" else said
        readers: dict[str, Callable[[], str]] = {
            **dict.fromkeys(commands.FRACTIONS, self._fraction),
            "sqrt": self._root,
            "mathbb": self._blackboard,
            "mathds": self._blackboard,
            "begin": self._environment,
            "binom": lambda: f"{self._argument()} choose {self._argument()}",
        }
        if name not in readers:
            raise Unreadable
        return readers[name]()

    def _argument(self) -> str:
        said = ""
        while not said:
            said = self._atom()[0]
        return said

    def _raw(self) -> str:
        """Return an argument as it was written."""
        if self._peek() != "{":
            return self._next()
        start = self._at = self._at + 1
        depth = 1
        while depth:
            token = self._next()
            depth += {"{": 1, "}": -1}.get(token, 0)
        return " ".join(self._tokens[start : self._at - 1])

    def _blackboard(self) -> str:
        found = self._raw()
        return commands.SETS.get(found) or letter(found[:1])

    def _fraction(self) -> str:
        start = self._at
        top, bottom = self._raw(), self._raw()
        if re.fullmatch(r"\d{1,2}", top) and re.fullmatch(r"[2-9]|1\d|[2-9]0|100", bottom):
            return fraction(int(top), int(bottom))
        self._at = start
        top, bottom = self._argument(), self._argument()
        if len((top + bottom).split()) <= 6 and not re.search("plus|minus", top + bottom):
            return f"{top} over {bottom}"
        return f"the fraction {top}, over {bottom},"

    def _root(self) -> str:
        kind = "square"
        if self._peek() == "[":
            self._at += 1
            kind = self._sequence("]")
            self._close("]")
            kind = {"three": "cube", "four": "fourth"}.get(kind, f"{kind}-th")
        return f"the {kind} root of {_closed(self._argument())}"

    def _environment(self) -> str:
        kind = self._raw().rstrip("*").replace(" ", "")
        if kind in ("array", "tabular"):
            self._raw()
        start = self._at
        while self._peek() != "\\end":
            self._next()
        rows = split(self._tokens[start : self._at], "\\\\")
        self._at += 1
        self._raw()
        cells = [[" ".join(cell) for cell in split(row, "&")] for row in rows if row]
        read = [[say_maths(cell, self._prose, "") for cell in row if cell] for row in cells]
        if "matrix" not in kind and kind not in ("array", "tabular"):
            between = ", " if kind.endswith("cases") else " "
            return ", ".join(between.join(row) for row in read) + ","
        told = "; ".join(f"row {number(str(k))}: {', '.join(row)}" for k, row in enumerate(read, 1))
        return f"the matrix with {told};"

    def _large(self) -> str:
        command = self._next()[1:]
        if self._peek() in ("", "}"):
            return command
        name = commands.LARGE[command]
        below = above = ""
        while (mark := self._peek()) in ("_", "^", "\\limits", "\\nolimits"):
            self._at += 1
            if mark == "_":
                below = self._argument()
            elif mark == "^":
                above = self._argument()
        if name.startswith("the limit"):
            return f"{name} as {below.replace(' to ', ' goes to ', 1)} of"
        return f"{name}{_bounds(below, above)} of"

    def _enclosed(self, named: bool) -> str:
        opening = self._next()
        ends = tuple(OPENING[opening])
        start = self._at
        is_set = opening == "\\{"
        inside = self._sequence(ends, "such that" if is_set else "given")
        parts = top_commas(self._tokens[start : self._at])
        if self._next() not in ends:
            raise Unreadable
        if opening in ENCLOSED:
            return f"{ENCLOSED[opening]} {_closed(inside)}"
        if is_set:
            return f"the set {'of ' if 'such that' in inside else ''}{_closed(inside)}"
        if named:
            return f"of {_closed(inside)}"
        if opening == "[" and parts == 1:
            return "the interval from " + _closed(inside.replace(",", "to", 1))
        if parts or len(inside.split()) <= 1:
            return inside
        return f"the quantity {_closed(inside)}"

    def _barred(self) -> str:
        bar = self._next()
        end = BAR_ENDS.get(bar, bar)
        inside = self._sequence(end) if bar in BAR_ENDS else self._until(end)
        self._close(end)
        return f"{BARS[bar]} {_closed(inside)}"

    def _until(self, end: str) -> str:
        """Read up to the next bar of the same kind, which closes and does not divide."""
        try:
            stop = self._tokens.index(end, self._at)
        except ValueError:
            raise Unreadable from None
        inside = " ".join(self._tokens[self._at : stop])
        self._at = stop
        said = say_maths(inside, self._prose, "")
        if not said:
            raise Unreadable
        return said

    def _close(self, token: str) -> None:
        if self._next() != token:
            raise Unreadable

    def _scripted(self, said: str) -> str:
        """Add the sub- and superscripts that follow; ``of`` stays behind them."""
        is_function = said.endswith(" of")
        said = said.removesuffix(" of")
        while (mark := self._peek()) in ("_", "^", "'"):
            self._at += 1
            if mark == "'":
                said += " prime"
                continue
            enclosed = self._tokens[self._at : self._at + 2] == ["{", "("]
            script = self._argument()
            if mark == "_":
                said += f" {SCRIPTED.get(said, 'sub')} {_closed(script)}"
            elif script in commands.POWERS:
                said += f" {commands.POWERS[script]}"
            else:
                said += f" {'superscript' if enclosed else 'to the'} {_closed(script)}"
        return f"{said} of" if is_function else said


def _bounds(below: str, above: str) -> str:
    if not above:
        return f" over {below}" if below else ""
    start = below.replace(" equals ", " from ", 1)
    return f" over {start} to {above}" if start != below else f" from {below} to {above}"


def _closed(words: str) -> str:
    """Return words that end where a listener can hear it: more than one are followed by a pause."""
    return words if len(words.split()) <= 1 or words.endswith(",") else f"{words},"


def _tidy(words: str) -> str:
    """Return words with single spaces and no pause beside another."""
    text = re.sub(r"(?<=\s)-(?=[^\W\d_])", "", " ".join(words.split()))
    text = re.sub(r"\s+([,;:.?])", r"\1", text)
    text = re.sub(r",(?:\s*,)+", ",", text)
    text = re.sub(r",([;:.])", r"\1", text)
    return re.sub(r"\bof of\b", "of", text).strip(" ,;")
