"""The page on parties names every kind with its options and what they are unless given."""

import re
from inspect import Parameter, signature
from pathlib import Path

import pytest

from comity.agreement.parties import PARTIES

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-a-party.md"
TABLE = PAGE.read_text("utf-8").split("| kind | options |")[1].split("\n\n")[0]
ROWS = {
    kind: options
    for first, options in re.findall(r"^\| (`[^|]*) \| (.*) \|$", TABLE, re.MULTILINE)
    for kind in re.findall(r"`([\w-]+)`", first)
}


def test_every_kind_has_its_row():
    assert set(ROWS) == set(PARTIES)


@pytest.mark.parametrize("kind", PARTIES)
def test_every_option_is_named_with_its_default(kind):
    told = dict(re.findall(r"`(\w+)(?: = ([^`]*))?`", ROWS[kind]))
    told.pop("kind", None)
    known = signature(PARTIES[kind]).parameters
    plain = {name: p.default for name, p in known.items() if isinstance(p.default, (int, float))}
    assert set(told) == set(known)
    for name, default in plain.items():
        assert told[name] == str(default).lower()
    if any(p.default is Parameter.empty for p in known.values()):
        assert told["demand"] == ""
