"""The table of axioms on the page is that of the package's data, each cell tested both ways."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPECIFICATION = importlib.util.spec_from_file_location("axioms", ROOT / "docs" / "_axioms.py")
axioms = importlib.util.module_from_spec(SPECIFICATION)
SPECIFICATION.loader.exec_module(axioms)


def test_the_page_shows_the_data():
    page = (ROOT / "docs" / "explanation" / "solutions.md").read_text("utf-8")
    assert axioms.page() in page, "run docs/_axioms.py and put its output on the page"
