"""The public sheet, read by openpyxl, whenever it was made."""

import io
import zipfile
from datetime import datetime

import openpyxl

from comity.newsletter.editions.download import dateless, sheets
from newsletter_small import view


def made(moment):
    """A workbook that was made at a moment."""
    book = openpyxl.Workbook()
    book.active.append(["Title", "dcterms:created"])
    book.properties.created = moment
    stream = io.BytesIO()
    book.save(stream)
    # openpyxl dates parts by the clock; here they differ for sure.
    source = zipfile.ZipFile(stream)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(zipfile.ZipInfo(name, moment.timetuple()[:6]), source.read(name))
    return target.getvalue()


def test_when_a_workbook_was_made_cannot_be_told():
    first, second = made(datetime(2020, 1, 1)), made(datetime(2026, 11, 26, 8))
    assert first != second
    assert dateless(first) == dateless(second)


def test_it_is_still_the_same_workbook():
    book = openpyxl.load_workbook(io.BytesIO(dateless(made(datetime(2020, 1, 1)))))
    assert [cell.value for cell in book.active[1]] == ["Title", "dcterms:created"]


def test_both_forms_hold_every_entry_that_readers_may_see():
    found = dict(sheets(view()))
    assert list(found) == ["sheet.xlsx", "sheet.csv"]
    sheet = openpyxl.load_workbook(io.BytesIO(found["sheet.xlsx"])).active
    titles = {row[2].value for row in sheet.iter_rows(min_row=2)}
    assert titles == {entry.title for entry in view().archive.entries}
    assert found["sheet.csv"].decode("utf-8-sig").count("Promises that are kept") >= 1
