"""The table of what exists names tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "results" / "status.md").read_text("utf-8")
NAMED = re.findall(r"\| `([\w/.-]+)` \|$", PAGE, re.MULTILINE)


def test_rows_name_tests():
    assert len(NAMED) > 20


@pytest.mark.parametrize("path", NAMED)
def test_each_named_test_exists(path):
    assert (ROOT / path).exists()
