"""The page on the Case file names every key and every value that a file may hold."""

import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from comity.cases import AcceptanceRule, Constitution
from comity.cases.laws import WORDS
from comity.cases.schema import json_schema

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "case-file.md").read_text("utf-8")
NAMED = set(re.findall(r"[\w.-]+", " ".join(re.findall(r"`([^`\n]+)`", PAGE))))


def keys(schema):
    """Every key of every table of the schema."""
    tables = [schema, *schema["$defs"].values()]
    return sorted({key for table in tables for key in table.get("properties", {})})


def words():
    """Every word that a key of the constitution may be set to."""
    kinds = [*get_type_hints(Constitution).values(), *get_type_hints(AcceptanceRule).values()]
    return sorted({word for kind in kinds for word in literals(kind)})


def literals(kind):
    arguments = get_args(kind)
    return [a for a in arguments if isinstance(a, str)] + [
        word for a in arguments if not isinstance(a, str) for word in literals(a)
    ]


@pytest.mark.parametrize("key", keys(json_schema()))
def test_every_key_is_explained(key):
    assert key in NAMED


@pytest.mark.parametrize("word", words())
def test_every_value_is_listed(word):
    assert word in NAMED


def test_every_plainer_word_is_listed():
    rows = [(k, own, others) for k, words in WORDS.items() for own, others in words.items()]
    for key, own, others in rows:
        row = f"| `{key}` | `{own}` | {', '.join(f'`{other}`' for other in others)} |"
        assert row in PAGE
