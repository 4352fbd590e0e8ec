"""The page of explanations shows the catalogue, and every feature that an explanation needs."""

import importlib.util
import re
from pathlib import Path

import pytest

from comity.inference.explanations.catalogue import MOTIVES, PROCEDURES

ROOT = Path(__file__).parents[2]
SPECIFICATION = importlib.util.spec_from_file_location(
    "explanations", ROOT / "docs" / "_explanations.py"
)
tables = importlib.util.module_from_spec(SPECIFICATION)
SPECIFICATION.loader.exec_module(tables)
PAGE = (ROOT / "docs" / "reference" / "explanations.md").read_text("utf-8")
FEATURES = PAGE.split("| feature | means | used by |")[1]


def test_the_page_shows_the_catalogue():
    assert tables.page() in PAGE, "run docs/_explanations.py and put its output on the page"


@pytest.mark.parametrize("entry", [*MOTIVES.values(), *PROCEDURES.values()], ids=lambda e: e.name)
def test_every_entry_stands_once(entry):
    assert PAGE.count(f"| `{entry.name}` | {entry.about} |") == 1


@pytest.mark.parametrize("motive", MOTIVES.values(), ids=lambda m: m.name)
def test_every_feature_that_is_needed_is_explained(motive):
    for name in motive.needs:
        (line,) = re.findall(rf"^\|.*`{name}`.*\|.*\|.*\|$", FEATURES, re.MULTILINE)
        assert f"`{motive.name}`" in line
