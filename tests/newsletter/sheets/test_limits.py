"""What is too large is refused before it is read."""

import pytest

from comity.core.errors import InputError, SizeError
from comity.newsletter.sheets.limits import (
    CUT,
    LONGEST_CELL,
    LONGEST_SHOWN,
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    check_cell,
    check_count,
    check_file,
    check_place,
    check_shown,
    cut,
    is_too_long,
    written_length,
)


def test_a_large_file_is_refused(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(SizeError, match="too large for a sheet"):
        check_file(path)


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="not a file"):
        check_file(tmp_path)
    with pytest.raises(InputError, match="cannot read"):
        check_file(tmp_path / "missing.csv")


def test_the_last_that_fits_fits():
    check_cell("x" * LONGEST_CELL, "f", "A1")
    check_place(MOST_ROWS - 1, MOST_COLUMNS - 1, "f")
    check_shown("x" * LONGEST_SHOWN, "f", "A1")
    check_count(MOST_CELLS, "f")


@pytest.mark.parametrize(
    "check",
    [
        lambda: check_cell("x" * (LONGEST_CELL + 1), "f", "A1"),
        lambda: check_place(MOST_ROWS, 0, "f"),
        lambda: check_count(MOST_CELLS + 1, "f"),
        lambda: check_place(0, MOST_COLUMNS, "f"),
        lambda: check_shown("x" * (LONGEST_SHOWN + 1), "f", "A1"),
        # A carriage return takes seven characters in a workbook.
        lambda: check_shown("\r" * (LONGEST_SHOWN // 7 + 1), "f", "A1"),
    ],
)
def test_the_first_that_does_not_fit_is_refused(check):
    with pytest.raises(SizeError):
        check()


@pytest.mark.parametrize("piece", ["x", "\r", "🤝", "_x000D_", "é\x00"])
def test_a_text_that_is_too_long_is_cut_to_what_fits_and_says_so(piece):
    text = piece * 40_000
    kept = cut(text)
    assert is_too_long(text)
    assert not is_too_long(kept)
    assert kept.endswith(CUT)
    assert text.startswith(kept.removesuffix(CUT))
    # Hardly anything that would fit is left out.
    assert LONGEST_SHOWN - 2 * len(piece) * 7 <= written_length(kept) <= LONGEST_SHOWN


def test_a_text_that_fits_stays_whole():
    text = "x" * LONGEST_SHOWN
    assert cut(text) == text
