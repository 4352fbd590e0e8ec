"""Which of a file's cells are the sheet."""

import pytest
from openpyxl import Workbook

from comity.core.errors import InputError
from comity.newsletter.sheets.reading import read_sheet

HEADINGS = ["Title", "Year", "Venue"]


def save(path, **sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_the_headings_need_not_be_first(tmp_path):
    rows = [["A database"], [], ["by us"], HEADINGS, ["Fair", 2018], [], ["Foul", 2019], [], []]
    table = read_sheet(save(tmp_path / "b.xlsx", One=rows))
    assert table.headings == ("Title", "Year", "Venue")
    assert table.first == 5
    assert [sorted(row) for row in table.rows] == [[0, 1], [], [0, 1]]
    assert table.notes == ("not read: 2 rows above the headings",)


def test_the_sheet_with_headings_is_found_or_named(tmp_path):
    path = save(tmp_path / "b.xlsx", Notes=[["x"]], A=[HEADINGS, ["a"]], B=[HEADINGS[::-1], ["b"]])
    assert read_sheet(path).rows[0][0].text == "a"
    assert read_sheet(path, sheet="B").rows[0][0].text == "b"
    assert read_sheet(path).notes == ("not read: the worksheets Notes, B",)
    with pytest.raises(InputError, match="no row of headings"):
        read_sheet(path, sheet="Notes")


def test_of_two_worksheets_with_the_same_headings_one_must_be_named(tmp_path):
    path = save(tmp_path / "b.xlsx", A=[HEADINGS, ["a"]], X=[["x"]], B=[HEADINGS, ["b"]])
    with pytest.raises(InputError, match="same headings") as caught:
        read_sheet(path)
    assert caught.value.found == "A, B"
    assert "--sheet" in caught.value.expected
    assert read_sheet(path, sheet="B").rows[0][0].text == "b"
    assert read_sheet(path, sheet="B").notes == ("not read: the worksheets A, X",)


def test_a_worksheet_of_headings_alone_is_no_other(tmp_path):
    path = save(tmp_path / "b.xlsx", A=[HEADINGS, ["a"]], Form=[HEADINGS])
    assert read_sheet(path).rows[0][0].text == "a"


@pytest.mark.parametrize("data", [bytes(range(256)), b"Title,Year,Venue\n", b""])
def test_what_is_called_a_workbook_must_be_one(tmp_path, data):
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError, match="not a workbook"):
        read_sheet(path)


def test_a_cell_beyond_the_headings_is_there(tmp_path):
    table = read_sheet(save(tmp_path / "b.xlsx", A=[HEADINGS, ["a", 1, "v", None, "lost"]]))
    assert table.headings == ("Title", "Year", "Venue", "", "")
    assert table.rows[0][4].text == "lost"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_of_many_kinds(tmp_path, delimiter, encoding):
    path = tmp_path / "sheet.csv"
    rows = [["Title", "Year", "Venue"], ["Émilie", "2018", "a b"]]
    path.write_text("\n".join(delimiter.join(row) for row in rows), encoding=encoding)
    table = read_sheet(path)
    assert table.headings == ("Title", "Year", "Venue")
    assert [cell.text for cell in table.rows[0].values()] == rows[1]
    assert not table.holds_links


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no row of headings"),
        (b"Name,Age\nAda,36\n", "no row of headings"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "of a kind that is not read"),
        (b"Title,Year,Venue\nCaf\xe9,1,2\n", "the text is not UTF-8"),
    ],
)
def test_what_is_no_sheet_is_named(tmp_path, data, words):
    path = tmp_path / "sheet.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=words):
        read_sheet(path)
