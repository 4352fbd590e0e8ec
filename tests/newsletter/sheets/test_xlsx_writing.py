"""Workbooks that we write, as openpyxl reads them."""

from io import BytesIO

from openpyxl import load_workbook

from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.xlsx_writing import xlsx_bytes


def written(lines, headings=("Title", "Year", "Email status")):
    return load_workbook(BytesIO(xlsx_bytes(headings, lines))).active


def test_cells_keep_their_kinds():
    line = (Cell("text"), Cell(2018), Cell(True), Cell(0.5), Cell("2018"), None)
    sheet = written([line])
    assert [cell.value for cell in sheet[2]][:5] == ["text", 2018, True, 0.5, "2018"]
    assert [cell.data_type for cell in sheet[2]][:5] == ["s", "n", "b", "n", "s"]


def test_no_text_is_a_formula():
    texts = ["=1+1", "+1", "-1", "@x", '=HYPERLINK("https://evil.example")', "#N/A", "\t=1"]
    sheet = written([(Cell(text),) for text in texts])
    cells = [sheet.cell(2 + k, 1) for k in range(len(texts))]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}
    # What keeps a text a text when somebody edits it.
    assert [cell.quotePrefix for cell in cells] == [True] * 5 + [False, True]


def test_links_and_dates():
    sheet = written(
        [(Cell("Fair play", "https://example.org/a"), Cell(43221, "", "yyyy-mm-dd", "2018-05-01"))]
    )
    assert sheet["A2"].hyperlink.target == "https://example.org/a"
    assert sheet["B2"].value.isoformat()[:10] == "2018-05-01"


def test_the_headings_stay_in_sight_and_words_are_offered():
    sheet = written([(Cell("a"),)])
    assert sheet.freeze_panes == "A2"
    (offer,) = sheet.data_validations.dataValidation
    assert "Do not send,Pending,Sent,Sent link only,N/A" in offer.formula1
    assert str(offer.sqref).startswith("C2:C")


def test_an_empty_line_is_an_empty_row():
    sheet = written([(Cell("a"),), (), (Cell("b"),)])
    assert [sheet.cell(k, 1).value for k in (2, 3, 4)] == ["a", None, "b"]
