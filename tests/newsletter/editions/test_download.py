"""The public sheet, read by openpyxl, whenever it was made."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl

from comity.newsletter.editions.download import dateless, sheets, too_long
from comity.newsletter.model.issue import Erratum
from comity.newsletter.model.withholding import withhold
from newsletter_small import ARCHIVE, PUBLICATION, view


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


def test_a_text_that_no_workbook_holds_is_whole_as_text_and_marked_in_the_workbook():
    long = "many words " * 4_000
    first = replace(ARCHIVE.entries[0], summary=long)
    errata = (Erratum(ARCHIVE.entries[1].id, "2026-11-20", long),)
    archive = replace(ARCHIVE, entries=(first, *ARCHIVE.entries[1:]), errata=errata)
    shown = withhold(PUBLICATION, archive, "public")
    faults = [str(fault) for fault in too_long(shown)]
    assert len(faults) == 2
    assert faults[0].startswith(f'issue 1, "{first.title}", Summary: 44,000 characters')
    assert faults[1].startswith(f'issue 1, "{ARCHIVE.entries[1].title}", Corrections: ')
    assert all(
        said.endswith("sheet.xlsx has its beginning, sheet.csv all of it") for said in faults
    )
    found = dict(sheets(shown))
    text = found["sheet.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["Summary"] == long.strip() or rows[0]["Summary"] == long
    assert rows[1]["Corrections"].endswith(long)
    book = openpyxl.load_workbook(io.BytesIO(found["sheet.xlsx"])).active
    head, one, two = list(book.iter_rows(values_only=True))[:3]
    for kept in (one[head.index("Summary")], two[head.index("Corrections")]):
        assert len(kept) == 32_767
        assert kept.endswith("has all of it]")
    assert list(too_long(view())) == []


def test_cells_of_other_columns_are_named_where_editors_see_them():
    own = replace(ARCHIVE.entries[0], extra=(("Mood", "calm " * 8_000),))
    archive = replace(ARCHIVE, entries=(own, *ARCHIVE.entries[1:]))
    inside = withhold(PUBLICATION, archive, "internal")
    assert [fault.column for fault in too_long(inside)] == ["Mood"]
    assert dict(sheets(inside))["sheet.xlsx"].startswith(b"PK")
    assert list(too_long(withhold(PUBLICATION, archive, "public"))) == []
