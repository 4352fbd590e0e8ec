"""The page on one's own data explains every kind of data, every column and every option."""

import importlib.util
import re
from pathlib import Path

import pytest

from comity.inference.evidence.adapters import ADAPTERS
from comity.inference.evidence.sheet import GENERAL

ROOT = Path(__file__).parents[2]
SPECIFICATION = importlib.util.spec_from_file_location("columns", ROOT / "docs" / "_columns.py")
columns = importlib.util.module_from_spec(SPECIFICATION)
SPECIFICATION.loader.exec_module(columns)
PAGE = (ROOT / "docs" / "how-to" / "your-own-data.md").read_text("utf-8")


def test_the_page_shows_the_tables():
    assert columns.page() in PAGE, "run docs/_columns.py and put its output on the page"


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_kind_names_its_columns_and_options(name):
    adapter = ADAPTERS[name]
    folded = re.search(rf'^\?\?\? note "{name}: .*?(?=^\?\?\? )', PAGE, re.M | re.S)[0]
    told = set(re.findall(r"`(\w+)`", folded))
    assert {c.name for c in adapter.columns} | set(adapter.options) <= told
    assert f"| `{name}` |" in PAGE


def test_every_option_has_a_meaning_and_none_is_invented():
    known = {name for adapter in ADAPTERS.values() for name in adapter.options} | set(GENERAL)
    assert set(columns.OPTIONS) == known
