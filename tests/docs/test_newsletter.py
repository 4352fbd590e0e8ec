"""The reference on the data of a newsletter shows the tables that the code prints."""

import importlib.util
from pathlib import Path

from comity.newsletter.model.columns import KNOWN

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "newsletter-data.md").read_text(encoding="utf-8")
SPECIFICATION = importlib.util.spec_from_file_location("tables", ROOT / "docs" / "_newsletter.py")
tables = importlib.util.module_from_spec(SPECIFICATION)
SPECIFICATION.loader.exec_module(tables)


def test_the_page_shows_every_column_and_setting():
    hint = "run docs/_newsletter.py and put its output on the page"
    assert "\n".join(tables.columns()) in PAGE, hint
    assert "\n".join(tables.settings()) in PAGE, hint


def test_nothing_is_explained_that_is_not_there():
    assert set(tables.COLUMNS) == {column.heading for column in KNOWN}
    assert set(tables.SETTINGS) == set(tables.defaults())
