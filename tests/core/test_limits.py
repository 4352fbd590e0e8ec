"""Tables that are too large are refused before they are made."""

import pytest

from comity.core.errors import SizeError
from comity.core.limits import MAX_CELLS, check_cells


def test_limit_is_inclusive():
    check_cells(MAX_CELLS, "table")
    with pytest.raises(SizeError, match="20,000,001 cells"):
        check_cells(MAX_CELLS + 1, "table")


def test_place_and_limit_are_named():
    with pytest.raises(SizeError, match=r"issues: .*found 11 cells; expected at most 10"):
        check_cells(11, "issues", limit=10)
