"""Signs that no voice can be trusted with, and how they are said."""

from __future__ import annotations

import re
import unicodedata

GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ϵ": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ϑ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "zai",
    "ο": "omicron",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "ς": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "ϕ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
}
"""Small letters; a capital has ``capital`` before it. Xi is spelled as it sounds: voices take
``xi`` for the Roman eleven."""

MATHS = {
    "=": "equals",
    "≠": "is not equal to",
    "≈": "is approximately",
    "≃": "is approximately",
    "∼": "is distributed as",
    "≡": "is equivalent to",
    "∝": "is proportional to",
    "≜": "is defined as",
    "<": "is less than",
    ">": "is greater than",
    "≤": "is at most",
    "≥": "is at least",
    "≪": "is much less than",
    "≫": "is much greater than",
    "≺": "precedes",
    "≻": "is preferred to",
    "≽": "is at least as good as",
    "≼": "is at most as good as",
    "+": "plus",
    "−": "minus",
    "±": "plus or minus",
    "∓": "minus or plus",
    "×": "times",
    "·": "times",
    "⋅": "times",
    "÷": "divided by",
    "∘": "composed with",
    "⊕": "circle plus",
    "⊗": "tensor",
    "√": "the square root of",
    "∞": "infinity",
    "∂": "partial",
    "∇": "the gradient of",
    "∑": "the sum",
    "∏": "the product",
    "∫": "the integral",
    "∈": "in",
    "∉": "not in",
    "∋": "contains",
    "⊂": "is a proper subset of",
    "⊆": "is a subset of",
    "⊃": "is a proper superset of",
    "⊇": "is a superset of",
    "∪": "union",
    "∩": "intersected with",
    "∅": "the empty set",
    "∀": "for all",
    "∃": "there is",
    "¬": "not",
    "∧": "and",
    "∨": "or",
    "⊢": "proves",
    "⊨": "models",
    "⊥": "bottom",
    "⊤": "top",
    "→": "to",
    "⟶": "to",
    "←": "from",
    "↔": "if and only if",
    "⇒": "implies",
    "⟹": "implies",
    "⇐": "is implied by",
    "⇔": "if and only if",
    "⟺": "if and only if",
    "↦": "maps to",
    "↑": "up",
    "↓": "down",
    "ℝ": "the reals",
    "ℕ": "the naturals",
    "ℤ": "the integers",
    "ℚ": "the rationals",
    "ℂ": "the complex numbers",
    "𝔼": "the expectation",
    "ℓ": "ell",
    "∣": "given",
    "∥": "parallel to",
    "′": "prime",
    "″": "double prime",
    "…": "and so on",
    "⋯": "and so on",
}
"""Signs of mathematics, wherever they stand."""

PROSE = {
    "&": "and",
    "%": "percent",
    "$": "dollars",
    "+": "plus",
    "=": "equals",
    "§": "section",
    "¶": "paragraph",
    "©": "copyright",
    "®": "",
    "™": "",
    "°": "degrees",
    "†": "",
    "‡": "",
    "•": "",
    "✓": "yes",
    "✔": "yes",
    "✗": "no",
    "✘": "no",
    "★": "star",
    "☆": "star",
    "½": "one half",
    "⅓": "one third",
    "⅔": "two thirds",
    "¼": "one quarter",
    "¾": "three quarters",
    "⅛": "one eighth",
    "µ": "mu",
    "¢": "cents",
    "№": "number",
    "‰": "per mille",
    "@": "at",
    "^": "to the",
    "*": "",
    "_": " ",
    "\\": " backslash ",
    "|": ", ",
    "`": "",
    "#": "number",
    "<": "less than",
    ">": "greater than",
    "~": "about",
}
"""Signs in running text; an empty one is passed over in silence."""

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", "0123456789+-ni")
SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋ₙᵢⱼₜ", "0123456789+-nijt")
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ]+")
LOWERED = re.compile("[₀₁₂₃₄₅₆₇₈₉₊₋ₙᵢⱼₜ]+")
EMOJI = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}"
    "|[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    "[\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff\u2600-\u27bf\U0001f000-\U0001faff]*)"
)
"""An emoji with its modifiers, a sequence of them, or a flag."""


def letter(sign: str) -> str:
    """Return the name of one letter, where voices would take it for a word.

    >>> letter("a"), letter("B"), letter("Σ"), letter("ξ")
    ('eigh', 'B', 'capital sigma', 'zai')
    """
    if sign in {"a", "A"}:
        return "eigh"
    if (small := sign.lower()) in GREEK:
        return GREEK[small] if sign == small else f"capital {GREEK[small]}"
    return sign.upper()


def emoji(found: str) -> str:
    """Return the names of emoji in a row, each once; a flag has none.

    >>> emoji("👍🏽"), emoji("🎉🎉🔥"), emoji("🇫🇷")
    ('thumbs up', 'party popper, fire', '')
    """
    names = dict.fromkeys(filter(None, map(_emoji_name, re.sub(r"\u200d.", "", found))))
    return ", ".join(names)


def _emoji_name(sign: str) -> str:
    if sign in PROSE:
        return PROSE[sign]
    if "\U0001f1e6" <= sign <= "\U0001f1ff" or "\U0001f3fb" <= sign <= "\U0001f3ff":
        return ""
    name = unicodedata.name(sign, "").lower()
    return "" if "variation selector" in name else name.removesuffix(" sign").replace("-", " ")
