"""Every command of the tables is read, and none is in two of them."""

import re
from itertools import combinations

import pytest

from comity.newsletter.audio.speech import commands
from comity.newsletter.audio.speech.maths import say_maths

TABLES = {
    "names": commands.NAMES,
    "words": commands.WORDS,
    "functions": commands.FUNCTIONS,
    "large": commands.LARGE,
    "accents": commands.ACCENTS,
}


@pytest.mark.parametrize(("first", "second"), list(combinations(TABLES, 2)))
def test_no_command_is_said_in_two_ways(first, second):
    assert not TABLES[first].keys() & TABLES[second].keys()


@pytest.mark.parametrize("name", sorted({name for table in TABLES.values() for name in table}))
def test_each_is_read(name):
    said = say_maths(rf"x \{name} {{y}} z", otherwise="")
    assert said.startswith("X")
    assert re.search(r"\bY\b.*\bZ", said)


@pytest.mark.parametrize("name", sorted(commands.STYLES))
def test_styles_are_silent(name):
    assert say_maths(rf"\{name}{{x}}") == "X"


@pytest.mark.parametrize("name", sorted(commands.TEXTS))
def test_texts_are_said_as_texts(name):
    assert say_maths(rf"\{name}{{as is}}") == "as is"


@pytest.mark.parametrize("name", sorted(commands.SILENT))
def test_looks_are_silent(name):
    assert say_maths(rf"x \{name} y") == "X Y"


def test_nothing_is_said_in_signs():
    words = [word for table in TABLES.values() for word in table.values()]
    assert [word for word in words if not re.fullmatch(r"[A-Za-z ]+|[:,]", word)] == []
