"""Workbooks that openpyxl wrote, or that were written by hand, are read cell for cell."""

import datetime
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from comity.core.errors import InputError, SizeError
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.xlsx_reading import read_workbook

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# What XML itself can hold: other characters are the business of xlsx_text.
PLAIN = st.text(
    st.characters(min_codepoint=32, exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=20,
).filter(lambda text: "_x" not in text)


def only(path):
    (grid,) = read_workbook(path)
    return grid


def by_hand(path, rows, *, strings="", links="", targets="", dialect=MAIN, replaced=None):
    """A workbook of one worksheet whose XML is given."""
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a"'
        f' Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{RELS}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">'
        f'<Relationship Id="b" Type="{RELS}/worksheet" Target="/xl/one.xml"/>'
        f'<Relationship Id="c" Type="{RELS}/sharedStrings" Target="strings.xml"/></Relationships>',
        "xl/strings.xml": f"<sst {MAIN}>{strings}</sst>",
        "xl/one.xml": f'<worksheet {dialect} xmlns:r="{RELS}"><sheetData>{rows}</sheetData>'
        f"{links}</worksheet>",
        "xl/_rels/one.xml.rels": f'<Relationships xmlns="{package}">{targets}</Relationships>',
    }
    files |= replaced or {}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            if text is not None:
                archive.writestr(name, text)
    return path


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.lists(
            st.none()
            | PLAIN
            | st.integers(-(10**12), 10**12)
            | st.booleans()
            | st.floats(-1e12, 1e12).map(lambda x: float(f"{x:.12g}")),
            max_size=6,
        ),
        max_size=6,
    )
)
def test_what_openpyxl_writes_is_read(tmp_path, rows):
    book = Workbook()
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = book.active.cell(number, place)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    path = tmp_path / "book.xlsx"
    book.save(path)
    expected = {
        (r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)
        if value is not None
    }  # fmt: skip
    grid = only(path)
    found = {(r, c): cell.value for r, row in grid.rows.items() for c, cell in row.items()}
    assert found == expected
    assert {k: isinstance(v, bool) for k, v in found.items()} == {
        k: isinstance(v, bool) for k, v in expected.items()
    }


def test_links_and_formulas(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "linked"
    sheet["A1"].hyperlink = "https://example.org/a?b=1&c=2#d"
    sheet["A2"] = '=HYPERLINK("https://example.org/f","by formula")'
    sheet["A3"] = "=SUM(B1:B2)"
    path = tmp_path / "book.xlsx"
    book.save(path)
    grid = only(path)
    assert grid.rows[0][0] == Cell("linked", "https://example.org/a?b=1&c=2#d")
    assert grid.rows[1][0] == Cell("by formula", "https://example.org/f")
    assert grid.formulas == {(2, 0): "=SUM(B1:B2)"}


def test_a_formula_gives_what_it_came_to(tmp_path):
    rows = '<row r="1"><c r="A1" t="str"><f>B1&amp;"!"</f><v>fair!</v></c></row>'
    grid = only(by_hand(tmp_path / "b.xlsx", rows))
    assert grid.rows[0][0] == Cell("fair!")
    assert grid.formulas == {(0, 0): '=B1&"!"'}


def test_dates_are_kept_as_numbers_with_what_they_show(tmp_path):
    book = Workbook()
    book.active["A1"] = datetime.date(2018, 5, 1)
    book.active["A2"] = datetime.datetime(2018, 5, 1, 12, 30)
    path = tmp_path / "book.xlsx"
    book.save(path)
    grid = only(path)
    assert [grid.rows[k][0].text for k in (0, 1)] == ["2018-05-01", "2018-05-01T12:30:00"]
    # Day 1 is the first of January 1900, and the 29th of February 1900 counts as a day.
    days = (datetime.date(2018, 5, 1) - datetime.date(1899, 12, 30)).days
    assert grid.rows[0][0].value == days
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    assert [only(path).rows[k][0] for k in (0, 1)] == [grid.rows[k][0] for k in (0, 1)]


def test_rows_and_cells_without_their_places(tmp_path):
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    grid = only(by_hand(tmp_path / "b.xlsx", rows))
    assert {r: {c: x.value for c, x in row.items()} for r, row in grid.rows.items()} == {
        0: {0: 1, 1: 2},
        1: {0: 3},
    }


@pytest.mark.parametrize(
    ("strings", "words"),
    [
        (
            f'<!DOCTYPE l [<!ENTITY a "ha">]><sst {MAIN}><si><t>&a;</t></si></sst>',
            "entities of its",
        ),
        (None, "without a part"),
        (f"<sst {MAIN}><si>", "broken"),
    ],
)
def test_shared_texts_are_read_as_carefully(tmp_path, strings, words):
    rows = '<row><c t="s"><v>0</v></c></row>'
    path = by_hand(tmp_path / "b.xlsx", rows, replaced={"xl/strings.xml": strings})
    with pytest.raises(InputError, match=words):
        only(path)


def test_rich_text_is_read_without_its_readings(tmp_path):
    strings = "<si><r><t>Fair </t></r><r><t>play</t></r><rPh><t>READING</t></rPh></si>"
    cells = '<c t="s"><v>0</v></c><c t="inlineStr"><is><t>in</t></is></c>'
    rows = f"<row>{cells}</row>"
    grid = only(by_hand(tmp_path / "b.xlsx", rows, strings=strings))
    assert [cell.value for cell in grid.rows[0].values()] == ["Fair play", "in"]


def test_a_link_on_many_cells_is_on_those_that_say_something(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="B9"><v>2</v></c></row>'
    links = '<hyperlinks><hyperlink ref="A1:XFD1048576" r:id="h" location="x"/></hyperlinks>'
    external = 'Target="https://a.org" TargetMode="External"'
    targets = f'<Relationship Id="h" Type="{RELS}/hyperlink" {external}/>'
    grid = only(by_hand(tmp_path / "b.xlsx", rows, links=links, targets=targets))
    assert [grid.rows[0][0].link, grid.rows[8][1].link] == ["https://a.org#x"] * 2
    assert sum(map(len, grid.rows.values())) == 2


def test_the_strict_dialect_is_read(tmp_path):
    dialect = 'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"'
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    assert only(by_hand(tmp_path / "b.xlsx", rows, dialect=dialect)).rows == {0: {0: Cell(1)}}


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1" t="s"><v>7</v></c>',
        '<c r="A1" t="s"><v>x</v></c>',
        '<c r="A1"><v>1,5</v></c>',
        '<c r="A1"><v>1e999</v></c>',
        '<c r="A0"><v>1</v></c>',
        '<c r="1A"><v>1</v></c>',
        '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>',
    ],
)
def test_cells_that_cannot_be_are_refused(tmp_path, cell):
    with pytest.raises(InputError, match="a broken workbook"):
        only(by_hand(tmp_path / "b.xlsx", f'<row r="1">{cell}</row>'))


@pytest.mark.parametrize("place", ["XFD1", "A1048576"])
def test_cells_far_out_are_refused(tmp_path, place):
    with pytest.raises(SizeError, match="the sheet is too large"):
        only(by_hand(tmp_path / "b.xlsx", f'<row><c r="{place}"><v>1</v></c></row>'))


def test_empty_cells_far_out_are_not(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="3"/></row><row r="1048576"/>'
    assert only(by_hand(tmp_path / "b.xlsx", rows)).rows == {0: {0: Cell(1)}}


def test_too_many_cells_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("comity.newsletter.sheets.limits.MOST_CELLS", 5)
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row>" * 3
    with pytest.raises(SizeError, match="more than 5 cells"):
        only(by_hand(tmp_path / "b.xlsx", rows))


def test_a_huge_cell_is_refused(tmp_path):
    row = f'<row><c r="A1" t="str"><v>{"x" * 200_000}</v></c></row>'
    with pytest.raises(SizeError, match="A1: the cell is too long"):
        only(by_hand(tmp_path / "b.xlsx", row))


def test_what_a_sheet_cannot_keep_is_named(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in range(1, 15):
        sheet.cell(row, 1, "text").comment = Comment("Look!", "Ed")
    sheet.merge_cells("B2:C3")
    path = tmp_path / "book.xlsx"
    book.save(path)
    merged, comments = only(path).notes
    assert merged == "not kept: merged cells B2:C3"
    assert comments.startswith("not kept: comments on cells A1, A2, A3")
    assert comments.endswith("A10 and 4 more")
