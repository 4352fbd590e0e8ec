"""English rules for whatever is made of digits: money, ranges, dates, units, versions."""

from __future__ import annotations

import re

from comity.newsletter.audio.speech.acronyms import acronym
from comity.newsletter.audio.speech.numbers import (
    cardinal,
    decade,
    digits,
    fraction,
    number,
    ordinal,
    year,
)
from comity.newsletter.audio.speech.rules import Found, Rule, Speaker
from comity.newsletter.audio.speech.symbols import SUPERSCRIPTS, letter
from comity.newsletter.audio.speech.words import (
    BEFORE_NUMBERS,
    CURRENCIES,
    MONTH_NAMES,
    PLAIN_SCALES,
    SCALES,
    SPACED_UNITS,
    UNITS,
)
from comity.newsletter.editions.dates import MONTHS

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
SMALL = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
"""Digits that are read by rules of their own."""
FREE = r"(?<![\w.,/])"
"""Nothing before that would make the digits part of something longer."""
END = r"(?![\w]|[.,/]\d)"
DASH = r"\s?[-–—]\s?"
YEARS = range(1500, 2100)
NAMED_SCALES = ("thousand", "million", "billion", "trillion")


def _any(words: object) -> str:
    """Return a pattern for any of some words, longest first."""
    return "|".join(re.escape(w) for w in sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


UNIT = rf"(?:({_any(UNITS)})(?![\w])|\s({_any(SPACED_UNITS)})(?![\w]))"
SCALE = rf"(?:({_any(PLAIN_SCALES)})(?![\w]))"
MONEY_SCALE = rf"(?:\s?({_any((*SCALES, *NAMED_SCALES))})\b)"


def _plain(text: str) -> str:
    """Return a number as it is read where nothing says what it counts: a year, perhaps."""
    if re.fullmatch(r"\d{4}", text) and int(text) in YEARS:
        return year(int(text))
    return number(text)


def _united(words: str, unit: str | None, single: bool) -> str:
    return f"{words} {UNITS[unit][0 if single else 1]}" if unit else words


def _quantity(found: Found, speaker: Speaker) -> str:
    text, scale, near, apart = found.groups()
    unit = near or apart
    words = number(text) if unit or scale else _plain(text)
    return _united(f"{words} {SCALES[scale]}" if scale else words, unit, text == "1" and not scale)


def _range(found: Found, speaker: Speaker) -> str:
    first, first_unit, second, scale, near, apart = found.groups()
    unit = near or apart
    if first_unit and first_unit != unit:
        rest = found[0].split(first_unit, 1)[1].lstrip(" -–—")
        return f"{_united(number(first), first_unit, False)} to {speaker.text(rest)}"
    say = number if unit or scale else _plain
    words = f"{say(first)} to {say(second)}"
    return _united(f"{words} {SCALES[scale]}" if scale else words, unit, False)


def _money(found: Found, speaker: Speaker) -> str:
    sign, first, second, scale = found.groups()
    one, many = CURRENCIES[sign]
    scale = SCALES.get(scale, scale)
    cents = re.fullmatch(r"([\d,]+)\.(\d\d)", first)
    if cents and not second and not scale and one.endswith(("dollar", "euro", "pound")):
        small = "pence" if one == "pound" else "cents"
        whole = f"{number(cents[1])} {one if cents[1] == '1' else many}"
        return whole if cents[2] == "00" else f"{whole} and {cardinal(int(cents[2]))} {small}"
    words = number(first) + (f" to {number(second)}" if second else "")
    words += f" {scale}" if scale else ""
    return f"{words} {one if first == '1' and not scale and not second else many}"


def _scientific(found: Found, speaker: Speaker) -> str:
    power = found[2].translate(SUPERSCRIPTS).lstrip("^+{").rstrip("}").replace("−", "-")
    base = f"{number(found[1])} times " if found[1] else ""
    return f"{base}ten to the {number(power)}"


def _date(found: Found, speaker: Speaker) -> str:
    spoken, month, day = int(found[1]), int(found[2]), int(found[3])
    return f"{MONTHS[month - 1]} {ordinal(day)}, {year(spoken)}"


def _clock(found: Found, speaker: Speaker) -> str:
    hour, minute, half = int(found[1]), int(found[2]), found[3]
    past = (
        "" if not minute else f" oh {cardinal(minute)}" if minute < 10 else f" {cardinal(minute)}"
    )
    name = {"a": " eigh M", "p": " P M"}.get((half or "").lower(), "")
    return cardinal(hour) + (past or ("" if name else " o'clock")) + name


def _ratio(found: Found, speaker: Speaker) -> str:
    top, bottom = int(found[1]), int(found[2])
    if 0 < top < bottom and bottom in (2, 3, 4, 5, 8):
        return fraction(top, bottom)
    return f"{cardinal(top)} out of {cardinal(bottom)}"


def _by(found: Found, speaker: Speaker) -> str:
    return " by ".join(number(part) for part in re.findall(NUMBER, found[0]))


def _version(found: Found, speaker: Speaker) -> str:
    named = found.string[: found.start()].lower().endswith("version ")
    word = "version " if found[1] and not named else ""
    return word + " point ".join(map(number, (found[2] or found[3]).split(".")))


def _mixed(found: Found, speaker: Speaker) -> str:
    """Say a word of letters and digits: ``H100``, ``GPT4``, ``x86``."""
    parts = []
    for part in re.findall(r"\d+|[A-Z]+(?:s\b)?|[a-z]+|[^\W\d_]+", found[0]):
        if part.isdecimal():
            parts.append(digits(part) if len(part) > 4 else _plain(part))
        elif part == "s" and parts and found[0].endswith("s"):
            parts[-1] += "s"
        elif len(part) == 1:
            parts.append(letter(part))
        else:
            parts.append(acronym(part) if part[:2].isupper() else part)
    return " ".join(parts)


def _arxiv(found: Found, speaker: Speaker) -> str:
    groups = (digits(part) for part in found[1].split(".") if digits(part))
    return "archive " + ", ".join(groups)


IDENTIFIERS: tuple[Rule, ...] = (
    Rule(
        r"\b(?:doi:|DOI:?)\s*10\.\d{4,9}/[^\s<>)]*[^\s<>).,;]|\b10\.\d{4,9}/[^\s<>)]*[^\s<>).,;]",
        lambda found, speaker: "D O I",
    ),
    Rule(
        r"\b[aA]r[xX]iv:\s?((?:[a-z-]+(?:\.[A-Z]{2})?/)?\d{4,7}(?:\.\d{4,5})?)(?:v\d+)?\b", _arxiv
    ),
)
"""Numbers that name a paper."""

QUANTITIES: tuple[Rule, ...] = (
    Rule(r"(?<![\d-])(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\d-])", _date),
    Rule(
        rf"\b({_any(MONTH_NAMES)})\s(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|:|\.\d|\w)",
        lambda found, speaker: f"{MONTH_NAMES[found[1]]} {ordinal(int(found[2]))}",
    ),
    Rule(
        rf"(?<!\w)({_any(BEFORE_NUMBERS)})\s?(?=\d)",
        lambda found, speaker: f"{BEFORE_NUMBERS[found[1]]} ",
    ),
    Rule(
        r"(?<![\w/.])(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/])",
        lambda found, speaker: " ".join([*map(number, found.groups()[:2]), year(int(found[3]))]),
    ),
    Rule(rf"{FREE}([012]?\d):([0-5]\d)(?![\d:])(?:\s?([ap])\.?m\b\.?)?", _clock),
    Rule(
        rf"{FREE}(\d{{1,2}})\s?([ap])\.?m\b\.?",
        lambda found, speaker: cardinal(int(found[1])) + {"a": " eigh M", "p": " P M"}[found[2]],
    ),
    Rule(
        r"(?<![\w.])['’]?(\d0)s\b(?:(?<=the \d0s)|(?<=['’]\d0s))|(?<![\w.])([12]\d\d0)s\b",
        lambda found, speaker: decade(int(found[1] or found[2])),
    ),
    Rule(
        rf"(?<!\w)({_any(CURRENCIES)})\s?({NUMBER})(?:{DASH}(?:{_any(CURRENCIES)})?({NUMBER}))?{MONEY_SCALE}?",
        _money,
    ),
    Rule(rf"(?<![\w.,])({NUMBER})\s?[×x*·]\s?10(\^\{{?[+−-]?\d+\}}?|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+)", _scientific),
    Rule(r"(?<![\w.,])(\d(?:\.\d+)?)[eE]([+−-]?\d{1,3})(?!\w)", _scientific),
    Rule(r"(?<![\w.,])()10(\^\{?[+−-]?\d+\}?|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+)", _scientific),
    Rule(rf"{FREE}{NUMBER}(?:\s?[x×]\s?{NUMBER})+(?!\w)", _by),
    Rule(
        rf"{FREE}({NUMBER})({_any(UNITS)})?{DASH}({NUMBER}){SCALE}?{UNIT}?(?![\w]|[-–.,/]\d)",
        _range,
    ),
    Rule(r"(?<![\w/.])(\d{1,3})/(\d{1,3})(?![\w/]|\.\d)", _ratio),
    Rule(
        r"(?<![\w.,])(\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:st|nd|rd|th)\b",
        lambda found, speaker: ordinal(int(found[1].replace(",", ""))),
    ),
    Rule(
        r"(?<![\w.])([vV]\.?\s?)(\d+(?:\.\d+)*)(?!\w|\.\d)|(?<![\w.])(\d+(?:\.\d+){2,})(?!\w)",
        _version,
    ),
    Rule(r"(?<![\w)])(?:[~≈∼]|\bc\.\s)\s?(?=[$€£]?\.?\d)", lambda found, speaker: "about "),
    Rule(r"(?:<=|≤)\s?(?=[$€£]?\.?\d)", lambda found, speaker: " at most "),
    Rule(r"(?:>=|≥)\s?(?=[$€£]?\.?\d)", lambda found, speaker: " at least "),
    Rule(r"<\s?(?=[$€£]?\.?\d)", lambda found, speaker: " less than "),
    Rule(r">\s?(?=[$€£]?\.?\d)", lambda found, speaker: " more than "),
    Rule(r"(?<![\w)\]])[−-](?=\.?\d)", lambda found, speaker: " minus "),
    Rule(rf"(?<![\w.])({NUMBER}){SCALE}?{UNIT}?(?!\w)", _quantity),
    Rule(r"(?<=[A-Z])['’](?=\d\d\b)", lambda found, speaker: " "),
    Rule(r"(?<=[^\W\d_])-(?=v?\d)|(?<=\d)-(?=[^\W\d_])", lambda found, speaker: " "),
    Rule(rf"\b(?=[^\W_]*\d)(?=[^\W_]*[^\W\d_{SMALL}])[^\W_{SMALL}]+", _mixed),
    Rule(r"\d+", lambda found, speaker: f" {number(found[0])} "),
)
"""Longer readings before shorter ones."""
