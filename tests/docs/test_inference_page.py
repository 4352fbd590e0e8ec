"""The reference of inference holds every name of the room, each where it is defined."""

import importlib.util
import re
from importlib import import_module
from pathlib import Path

import pytest

import comity.inference

DOCS = Path(__file__).parents[2] / "docs"
SPECIFICATION = importlib.util.spec_from_file_location("blocks", DOCS / "_inference.py")
blocks = importlib.util.module_from_spec(SPECIFICATION)
SPECIFICATION.loader.exec_module(blocks)
PAGE = DOCS / "reference" / "api" / "inference.md"
BLOCKS = re.findall(
    r"^::: ([\w.]+)\n    options:\n      members: \[(.+)\]$", PAGE.read_text("utf-8"), re.MULTILINE
)
SHOWN = [(module, name) for module, names in BLOCKS for name in names.split(", ")]


def test_the_page_shows_the_faces():
    assert blocks.page() in PAGE.read_text("utf-8"), "put the output of docs/_inference.py there"


def test_every_name_is_shown():
    assert set(comity.inference.__all__) <= {name for _, name in SHOWN}


def test_no_name_is_shown_twice():
    pairs = [f"{module}.{name}" for module, name in SHOWN]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(("module", "name"), SHOWN, ids=lambda word: word)
def test_a_name_stands_where_it_is_defined(module, name):
    found = getattr(import_module(module), name)
    assert getattr(found, "__module__", module) == module
