"""The page on the command line explains every command, argument and option."""

import re
from pathlib import Path

import pytest

from comity.cli.app import command

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "cli.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## comity (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = command().commands


def words(parameter):
    """What a person types for a parameter."""
    if parameter.param_type_name == "argument":
        return {parameter.name.upper()}
    return {word for word in (*parameter.opts, *parameter.secondary_opts) if word.startswith("--")}


def test_every_command_has_its_section():
    assert set(SECTIONS) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    shown = set().union(*(words(p) for p in COMMANDS[name].params if p.name != "help"))
    explained = set(re.findall(r"(?<!-)(--[\w-]+|\b[A-Z_]+\b)", SECTIONS[name]))
    assert shown <= explained


@pytest.mark.parametrize("name", SECTIONS)
def test_no_option_is_invented(name):
    known = set().union(*(words(p) for p in COMMANDS[name].params), {"--help"})
    assert set(re.findall(r"`(--[\w-]+)", SECTIONS[name])) <= known
