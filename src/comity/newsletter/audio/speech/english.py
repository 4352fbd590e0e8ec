"""English rules for words and signs; those for digits are in `quantities`."""

from __future__ import annotations

import re

from comity.newsletter.audio.speech.acronyms import SAID, acronym, spell
from comity.newsletter.audio.speech.quantities import IDENTIFIERS, QUANTITIES
from comity.newsletter.audio.speech.rules import Found, Rule, Speaker
from comity.newsletter.audio.speech.symbols import (
    EMOJI,
    GREEK,
    LOWERED,
    MATHS,
    PROSE,
    RAISED,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    emoji,
    letter,
)
from comity.newsletter.audio.speech.words import ABBREVIATIONS, LAST, PER, STARTERS

EMPHASISED = frozenset(
    [
        "ALL",
        "AM",
        "AN",
        "AND",
        "ANY",
        "ARE",
        "AS",
        "AT",
        "BAD",
        "BE",
        "BIG",
        "BUT",
        "BY",
        "CAN",
        "DID",
        "DO",
        "DOES",
        "END",
        "FEW",
        "FOR",
        "GET",
        "GOOD",
        "HAD",
        "HAS",
        "HOW",
        "IF",
        "IN",
        "IS",
        "LOT",
        "MAN",
        "MAY",
        "NEW",
        "NO",
        "NOR",
        "NOT",
        "NOW",
        "OF",
        "OFF",
        "OK",
        "OLD",
        "ON",
        "ONE",
        "OR",
        "OUR",
        "OUT",
        "OWN",
        "PUT",
        "SAY",
        "SET",
        "SO",
        "SOME",
        "THAN",
        "THAT",
        "THE",
        "THEN",
        "THERE",
        "THESE",
        "THEY",
        "THIS",
        "THOSE",
        "TO",
        "TOO",
        "TRY",
        "TWO",
        "UP",
        "USE",
        "WAS",
        "WAY",
        "WE",
        "WHAT",
        "WHEN",
        "WHERE",
        "WHICH",
        "WHY",
        "WHO",
        "WITH",
        "WORLD",
        "YES",
        "YET",
        "YOU",
        "YOUR",
    ]
) - {"OK"}
"""Short words that authors set in capitals to be heard, not spelled."""
KNOWN = frozenset(
    [
        "AI",
        "AGI",
        "API",
        "CEV",
        "DQN",
        "GPT",
        "IRL",
        "LLM",
        "MDP",
        "ML",
        "NLP",
        "PPO",
        "RL",
        "UK",
        "USA",
    ]
)
"""Spelled even where everything around stands in capitals."""
LONG = 7
"""Letters of a word that nobody would spell."""
LETTERED = (
    "action|agent|appendix|arm|case|class|company|condition|figure|grade|group|model|option|part|party|"
    "person|plan|player|policy|problem|scenario|section|state|step|table|team|theory|treatment|type|"
    "variant|vitamin|world"
)
"""What is told apart by letters: the A in ``plan A`` is no article."""
GREEKS = "".join(GREEK)
SIGNS = {sign: said for sign, said in {**MATHS, **PROSE}.items() if sign != "…"}
POWERS = {"2": "squared", "3": "cubed"}


def _any(words: object) -> str:
    return "|".join(re.escape(w) for w in sorted(map(str, words), key=len, reverse=True))  # type: ignore[call-overload]


def _abbreviation(found: Found, speaker: Speaker) -> str:
    """Say an abbreviation, with the full stop that ends a sentence too."""
    written, next_word = found[1], found[2]
    ends = next_word is not None and (
        not next_word or written in LAST or next_word.strip() in STARTERS
    )
    return ABBREVIATIONS[written] + ("." if ends and written.endswith(".") else "")


def _shouted(found: Found, speaker: Speaker) -> str:
    """Say a heading set in capitals as words, but for acronyms that everyone knows."""
    words = re.findall("[A-Z]+", found[0])
    if not any(word in EMPHASISED or len(word) >= LONG for word in words):
        return " ".join(map(acronym, words))
    return re.sub(
        r"[A-Z]+",
        lambda m: speaker.text(m[0]) if m[0] in KNOWN or m[0] in SAID else m[0].capitalize(),
        found[0],
    )


def _capitals(found: Found, speaker: Speaker) -> str:
    return found[0].lower() if found[0] in EMPHASISED else acronym(found[0])


def _joined(found: Found, speaker: Speaker) -> str:
    """Say capitals around an ampersand, which no word is: ``AT&T`` is no ``at``."""
    parts = found[0].split("&")
    return " and ".join(SAID.get(p) or (acronym if len(p) > 3 else spell)(p) for p in parts)


def _humps(found: Found, speaker: Speaker) -> str:
    """Say a word with capitals inside part by part: ``DeepRL`` is ``Deep R L``."""
    parts = re.findall(r"[A-Z]+s?(?![a-z])|[A-Z]?[a-z]+|[A-Z]+(?=[A-Z][a-z])", found[0])
    return " ".join(acronym(part) if part[:2].isupper() else part for part in parts)


def _raised(found: Found, speaker: Speaker) -> str:
    power = found[0].translate(SUPERSCRIPTS)
    return f" {POWERS.get(power) or 'to the ' + speaker.text(power)} "


ENGLISH: tuple[Rule, ...] = (
    *IDENTIFIERS,
    Rule(rf"(?<![\w.])({_any(ABBREVIATIONS)})(?!\w)(?=(\s+[A-Z]\w*|\s*$)?)", _abbreviation),
    Rule(
        rf"(?<!\w)({_any(SAID)})(['’]s)?(?!\w)", lambda found, s: SAID[found[1]] + (found[2] or "")
    ),
    *QUANTITIES,
    Rule(r"(?<![\w&])[A-Z]{1,5}(?:&[A-Z]{1,5})+(?![\w&])", _joined),
    Rule(r"(?:\b[A-Z]{2,}\b:? ){3,}\b[A-Z]{2,}\b", _shouted),
    Rule(r"(?<=\w)-(?=[A-Z]{2,})|(?<=[A-Z]{2})-(?=\w)", lambda found, s: " "),
    Rule(r"\b[A-Z]{2,}(?:['’]?s)?\b", _capitals),
    Rule(r"\b[A-Za-z]*[a-z][A-Z][A-Za-z]*\b", _humps),
    Rule(r"(?<!\w)#([A-Za-z]\w+)", lambda found, s: "hashtag " + s.text(found[1])),
    Rule(r"(?<!\w)@(\w+)", lambda found, s: "at " + s.text(found[1].replace("_", " "))),
    Rule(r"-{1,3}>|={1,3}>|→", lambda found, s: " to "),
    Rule(RAISED.pattern, _raised),
    Rule(
        rf"(?<=[A-Z])(?:{LOWERED.pattern})", lambda f, s: f" {s.text(f[0].translate(SUBSCRIPTS))} "
    ),
    Rule(LOWERED.pattern, lambda f, s: f" sub {s.text(f[0].translate(SUBSCRIPTS))} "),
    Rule(
        rf"[{GREEKS}{GREEKS.upper()}](?![{GREEKS}])(?<![{GREEKS}].)-?",
        lambda found, s: f" {letter(found[0][0])} ",
    ),
    Rule(rf"\b((?i:{LETTERED}))\sA\b", lambda found, s: f"{found[1]} eigh"),
    Rule(rf"(?<=\b[A-Za-z{GREEKS}])\*", lambda found, s: " star "),
    Rule(r"(?<=[\w,]\s)A(?=\s*[-=+*<>≤≥,;:.)]|$)", lambda found, s: "eigh"),
    Rule(rf"(?<=[A-Za-z])/({_any(PER)})\b", lambda found, s: f" per {PER[found[1]]}"),
    Rule(r"(?<=[A-Z]\.)-(?=\w)", lambda found, s: " "),
    Rule(r"\bA(?=_\w)", lambda found, s: "eigh"),
    Rule(r"(?<=\w)/(?=\w)", lambda found, s: " slash "),
    Rule(EMOJI.pattern, lambda found, s: f" {emoji(found[0])} "),
    Rule(rf"[{re.escape(''.join(SIGNS))}]", lambda found, s: f" {SIGNS[found[0]]} "),
    Rule(r"/", lambda found, s: " "),
)
"""The rules of English, those for words first."""
