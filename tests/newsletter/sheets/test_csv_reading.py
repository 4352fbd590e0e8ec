"""Texts with cells between commas, semicolons or tabs."""

import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.core.errors import InputError, SizeError
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.csv_reading import read_text

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=8) | st.text(
    alphabet=',;"\r\n\t ab', max_size=8
)


def texts(path):
    grid = read_text(path)
    return {(r, c): cell.text for r, row in grid.rows.items() for c, cell in row.items()}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(TEXTS, min_size=2, max_size=5), max_size=5), st.sampled_from(",;\t"))
def test_what_csv_writes_is_read(tmp_path, rows, delimiter):
    path = tmp_path / "sheet.csv"
    rows = [["Title", "Year", "Venue", "URL"], *rows]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    formula = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    expected = {
        (r, c): text
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text and not text.lstrip("'").strip(" ").startswith(formula)
    }
    found = {k: v for k, v in texts(path).items() if k in expected}
    assert found == expected


def test_a_quote_that_is_never_closed_is_named(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text('Title,Year\nFair,2018\n"never closed,2019\nFoul,2020\n', encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_text(path)
    assert "lines 3 on" in str(refused.value)


def test_text_behind_a_quote_is_refused(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text('Title,Year\n"Fair" play,2018\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_text(path)


def test_a_huge_cell_is_refused(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text(f"Title,Year\n{'x' * 1_000_000},2018\n", encoding="utf-8")
    with pytest.raises(SizeError, match="the cell is too long") as refused:
        read_text(path)
    assert (refused.value.place, refused.value.found) == ("line 2", "1,000,000 characters")


def test_too_many_columns_are_refused(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("Title,Year\n" + "x," * 300, encoding="utf-8")
    with pytest.raises(SizeError, match="column 201"):
        read_text(path)


def test_formulas_that_are_links_are_links(tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text('Title,Year\n"=HYPERLINK(""https://a.org"",""Fair"")",2018\n', encoding="utf-8")
    assert read_text(path).rows[1][0] == Cell("Fair", "https://a.org")


def test_the_limit_of_other_readers_stays(tmp_path):
    before = csv.field_size_limit()
    file = tmp_path / "sheet.csv"
    file.write_text("Title\nA\n")
    read_text(file)
    assert csv.field_size_limit() == before


HEADINGS = ["Title", "Category", "Rec?\n(1-10)", "Summary"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "above", [[], [["Everything, that, we, have, read, so, far"]], [["a;b;c;d;e"]]]
)
def test_the_delimiter_is_the_one_between_headings(tmp_path, delimiter, above):
    path = tmp_path / "sheet.csv"
    rows = [*above, HEADINGS, ["One", "A", "7", "a,b;c\td\n,,,,,\n;;;;;"]]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    found = texts(path)
    assert [[found[row, k] for k in range(4)] for row in range(len(above), len(rows))] == rows[-2:]
