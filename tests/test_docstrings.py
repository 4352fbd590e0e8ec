"""The reader of our docstrings, on texts and on the package itself."""

import importlib.util
from pathlib import Path

import griffe
import pytest

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "docs" / "_docstrings.py"
SPECIFICATION = importlib.util.spec_from_file_location("docstrings", EXTENSION)
docstrings = importlib.util.module_from_spec(SPECIFICATION)
SPECIFICATION.loader.exec_module(docstrings)

OURS = """Do it.

Parameters
----------
a, b : names; as many
    as needed.
n : int
    How many.

Refuses more than a million.

Returns
-------
what was asked
"""

NUMPYDOC = """Do it.

Refuses more than a million.

Parameters
----------
a, b
    names; as many
    as needed.
n : int
    How many.

Returns
-------
what was asked"""


def test_rewriting():
    assert docstrings.to_numpydoc(OURS) == NUMPYDOC


@pytest.mark.parametrize("text", ["One sentence.", "One sentence.\n\nA rule:\n\n    a : b"])
def test_prose_stays(text):
    assert docstrings.to_numpydoc(text) == text


def objects(parent: griffe.Object):
    for member in parent.members.values():
        if not member.is_alias:
            yield member
            yield from objects(member)


def test_everything_listed_in_a_docstring_is_there_and_explained():
    extensions = griffe.load_extensions(docstrings.HouseStyle)
    package = griffe.load("comity", search_paths=[ROOT / "src"], extensions=extensions)
    listed = [
        (thing, entry)
        for thing in objects(package)
        if thing.docstring
        for section in thing.docstring.parse("numpy", warnings=False)
        if section.kind.value in {"parameters", "attributes"}
        for entry in section.value
    ]
    assert listed
    assert [f"{thing.path}: {entry.name}" for thing, entry in listed if not entry.description] == []
    unknown = [
        f"{thing.path}: {entry.name}"
        for thing, entry in listed
        if thing.is_function and entry.name.lstrip("*") not in {p.name for p in thing.parameters}
    ]
    assert unknown == []
