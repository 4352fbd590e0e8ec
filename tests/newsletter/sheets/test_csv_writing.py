"""Texts that we write, as `csv` reads them."""

import csv
from io import StringIO

from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.csv_writing import csv_bytes


def rows(data):
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_excel_finds_its_mark_and_lines_end_as_in_rfc_4180():
    data = csv_bytes(["Title", "Year"], [(Cell("a"), None), ()])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == "Title,Year\r\na,\r\n,\r\n"


def test_cells_come_back_with_their_lines():
    text = 'two\r\nlines, a "quote"\nand a tab\t'
    assert rows(csv_bytes(["Title"], [(Cell(text),)])) == [["Title"], [text]]


def test_formulas_are_defused():
    found = rows(csv_bytes(["=a"], [(Cell("=1+1"),), (Cell(-5),), (Cell("fine"),)]))
    assert found == [["'=a"], ["'=1+1"], ["'-5"], ["fine"]]


def test_numbers_and_truths_are_spelled():
    line = (Cell(2018.0), Cell(True), Cell(43221, "", "yyyy", "2018-05-01"))
    assert rows(csv_bytes(list("abc"), [line]))[1] == ["2018", "TRUE", "2018-05-01"]


def test_what_leads_somewhere_is_a_link():
    found = rows(csv_bytes(["Title"], [(Cell('=Say "a"', "https://a.org/"),)]))
    assert found[1] == ['=HYPERLINK("https://a.org/", "=Say ""a""")']
