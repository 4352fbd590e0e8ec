"""Workbooks are opened only as far as they are harmless."""

import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from comity.core.errors import InputError, SizeError
from comity.newsletter.sheets.reading import read_sheet
from comity.newsletter.sheets.xlsx_package import open_package

LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.xlsx"
    workbook = Workbook()
    for row in [["Title", "Year", "Venue"], ["Fair play", date(2018, 5, 1), "arXiv"]]:
        workbook.active.append(row)
    workbook.create_sheet("Second").append(["nothing"])
    workbook.save(path)
    return path


def changed(path, part, content):
    """The same workbook with one part replaced, or left out."""
    other = path.with_name("other.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != part:
                new.writestr(info.filename, old.read(info.filename))
        if content is not None:
            new.writestr(part, content)
    return other


def test_sheets_come_in_the_order_of_their_tabs(book):
    with open_package(book) as package:
        assert [sheet.name for sheet in package.sheets] == ["Sheet", "Second"]
        assert not package.counts_from_1904


def test_a_zip_bomb_is_refused_before_it_grows(book):
    bomb = b"<a>" + b" " * (140 << 20) + b"</a>"
    path = changed(book, "xl/media/bomb.xml", bomb)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(SizeError, match="too large once it is unpacked"):
        read_sheet(path)


def test_many_parts_are_refused(book):
    path = book.with_name("parts.xlsx")
    with zipfile.ZipFile(path, "w") as archive:
        for k in range(2001):
            archive.writestr(f"{k}", "")
    with pytest.raises(SizeError, match="2,001 parts"):
        read_sheet(path)


PARTS = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("content", [LAUGHS, LAUGHS.encode("utf-16")])
def test_entities_are_refused(book, part, content):
    with pytest.raises(InputError, match="entities of its own"):
        read_sheet(changed(book, part, content))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_broken_xml_is_named_with_its_part(book, part):
    with pytest.raises(InputError) as refused:
        read_sheet(changed(book, part, "<worksheet><row>"))
    assert refused.value.place == part


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_missing_part_is_named(book, part):
    with pytest.raises(InputError, match="without a part"):
        read_sheet(changed(book, part, None))


def test_what_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "no.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\0" * 100)
    with pytest.raises(InputError, match="a broken workbook"):
        read_sheet(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(InputError, match="not a workbook"):
        read_sheet(path)


def test_flipped_bytes_give_a_sheet_or_one_error(book):
    data = bytearray(book.read_bytes())
    path = book.with_name("flipped.xlsx")
    refused = 0
    for place in range(0, len(data), 37):
        data[place] ^= 0x5A
        path.write_bytes(data)
        data[place] ^= 0x5A
        try:
            read_sheet(path)
        except InputError:
            refused += 1
    assert refused
