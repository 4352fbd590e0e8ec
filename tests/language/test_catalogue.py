"""All languages say the same things, and have words for every code of the protocol."""

import re
import tomllib
from importlib.resources import files
from typing import get_args, get_type_hints

import pytest

from comity.cases import Constitution
from comity.cases.constitution import AcceptanceRule
from comity.core.errors import InputError
from comity.language import LANGUAGES, words_of
from comity.rooms.protocol.bodies import ACTS, BODIES, REASONS, STATUSES
from comity.rooms.protocol.state import CODES, Phase

PLACEHOLDER = re.compile(r"\{(\w+)\}")
ENGLISH = words_of("en").entries
OTHERS = [code for code in LANGUAGES if code != "en"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")

# Forms by CLDR 48 that whole numbers below a million need.
FORMS = {"en": {"one", "other"}, "es": {"one", "other"}, "de": {"one", "other"}, "zh": {"other"}}

# Entries that are the same in more than one language for a reason.
ALIKE = {"format", "site.name", "chance.about", "message.say", "open.parties_hint", "table.fact",
         "act.about", "table.star", "open.options_hint"}  # fmt: skip


def texts(entry):
    if isinstance(entry, dict):
        return list(entry.values())
    return entry if isinstance(entry, list) else [entry]


def placeholders(entry):
    return {name for text in texts(entry) for name in PLACEHOLDER.findall(text)}


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_has_the_same_keys(code):
    assert list(words_of(code).entries) == list(ENGLISH)


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_has_the_same_placeholders(code):
    entries = words_of(code).entries
    wrong = {k for k in ENGLISH if placeholders(entries[k]) != placeholders(ENGLISH[k])}
    assert wrong == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_is_empty_and_plurals_are_whole(code):
    for key, entry in words_of(code).entries.items():
        assert all(text.strip() or key.startswith("format.") for text in texts(entry)), key
        assert all(text for text in texts(entry)), key
        if isinstance(entry, dict):
            assert set(entry) == FORMS[code], key
            assert "n" in placeholders(entry), key


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_was_left_in_english(code):
    entries = words_of(code).entries
    same = [
        key
        for key, entry in entries.items()
        if entry == ENGLISH[key] and key not in ALIKE and key.split(".")[0] not in ALIKE
    ]
    assert same == []


def test_chinese_is_chinese():
    entries = words_of("zh").entries
    latin = [k for k, e in entries.items() if not any(map(CHINESE.search, texts(e)))]
    assert all(k.split(".")[0] in ALIKE or k in ALIKE for k in latin), latin


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("act", ACTS),
        ("act_choice", ACTS),
        ("reason", REASONS),
        ("status", STATUSES),
        ("ending", STATUSES),
        ("code", CODES),
        ("phase", Phase.__args__),
        ("asked", Phase.__args__),
        ("message", [kind for kind in BODIES if kind != "answer"]),
    ],
)
def test_the_protocol_has_words(code, section, names):
    words = words_of(code)
    assert [name for name in names if not words.has(f"{section}.{name}")] == []


CHOICES = {
    "tastes": "tastes",
    "facts": "facts",
    "prior": "prior",
    "enforcement": "enforcement",
    "default": "default",
    "disagreement": "start",
}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("field", CHOICES)
def test_every_choice_of_a_constitution_has_words(code, field):

    words, hints = words_of(code), get_type_hints(Constitution)
    missing = [
        value for value in get_args(hints[field]) if not words.has(f"{CHOICES[field]}.{value}")
    ]
    assert missing == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_and_measure_has_words(code):

    words, hints = words_of(code), get_type_hints(AcceptanceRule)
    named = [f"rule.{r}" for r in get_args(hints["rule"])]
    named += [f"measure.{d}" for d in get_args(hints["divergence"])]
    assert [name for name in named if not words.has(name)] == []


def test_files_and_languages_are_the_same_set():
    folder = files("comity.language") / "words"
    assert {path.name for path in folder.iterdir()} == {f"{code}.toml" for code in LANGUAGES}
    for path in folder.iterdir():
        tomllib.loads(path.read_text("utf-8"))


def test_plurals():
    assert words_of("en").say("time.days", n=1) == "1 day"
    assert words_of("es").say("time.days", n=0) == "0 días"
    assert words_of("zh").say("time.days", n=1) == "1 天"


def test_unknown_words_and_languages_are_refused():
    with pytest.raises(InputError, match="no words"):
        words_of("en").say("front.nothing")
    with pytest.raises(InputError, match="no such language"):
        words_of("xx")


FOR_CODES = {
    *("act", "act_choice", "asked", "chance", "code", "ending", "format", "measure", "message"),
    *("phase", "reason", "rule", "solution", "status", "time", *CHOICES.values()),
}
"""Sections whose keys are codes of the protocol or of other modules."""


def test_no_word_is_left_over(repository):
    source = repository / "src" / "comity"
    folders = (source / "language", source / "rooms" / "web")
    kinds = {".py", ".j2", ".js"}
    text = "".join(
        path.read_text("utf-8")
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in kinds and path.name != "htmx.min.js"
    )
    left = [key for key in ENGLISH if key.split(".")[0] not in FOR_CODES and not used(key, text)]
    assert left == []
    assert not used("room.nothing_at_all", text)


def used(key, text):
    """Whether a key is named whole, or put together: `t("open.kind_" ~ kind)`, `${key}_heading`."""
    stem = key.rpartition("_")[0]
    return key in text or (bool(stem) and (f"{stem}_" in text or key == f"{stem}_heading"))
