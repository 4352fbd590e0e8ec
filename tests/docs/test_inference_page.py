"""The reference of inference holds every name of the room, each where it is defined."""

import re
from importlib import import_module
from pathlib import Path

import pytest

import comity.inference

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "api" / "inference.md"
BLOCKS = re.findall(
    r"^::: ([\w.]+)\n    options:\n      members: \[(.+)\]$", PAGE.read_text("utf-8"), re.MULTILINE
)
SHOWN = [(module, name) for module, names in BLOCKS for name in names.split(", ")]


def test_every_name_is_shown():
    assert set(comity.inference.__all__) <= {name for _, name in SHOWN}


def test_no_name_is_shown_twice():
    pairs = [f"{module}.{name}" for module, name in SHOWN]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(("module", "name"), SHOWN, ids=lambda word: word)
def test_a_name_stands_where_it_is_defined(module, name):
    found = getattr(import_module(module), name)
    assert getattr(found, "__module__", module) == module
