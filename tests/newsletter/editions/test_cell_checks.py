"""What is said of a sheet that was imported with its faults, until each is mended."""

from dataclasses import replace

import pytest

from comity.newsletter.editions.checks import Check
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.sheets.exporting import read_kept
from comity.newsletter.sheets.importing import apply, plan_import
from comity.newsletter.sheets.reading import read_sheet
from comity.newsletter.store.store import Store

PUBLICATION = Publication(
    name="Weekly", short="W", categories=(Category("Games"), Category("Chess"))
)
HEADINGS = ("Rec?", "Category", "Title", "Year", "Email status", "Public?", "Email", "URL", "Own")
SOUND = ("7", "Games", "Play", "May 2018", "sent", "yes", "W #1", "https://a.example/", "mine")
WRONG = {
    "Rec?": ("11", Kind.OUT_OF_RANGE),
    "Title": ("Pl\x07ay", Kind.BAD_CHARACTERS),
    "Year": ("soon", Kind.NO_NUMBER),
    "Email status": ("maybe", Kind.UNKNOWN_WORD),
    "Public?": ("perhaps", Kind.UNKNOWN_WORD),
    "Email": ("the next", Kind.UNKNOWN_ISSUE),
    "URL": ("javascript:alert(1)", Kind.BAD_ADDRESS),
    "Own": ("mi\x07ne", Kind.BAD_CHARACTERS),
    "Category": ("games ", Kind.OTHER_SPELLING),
}
MENDED = {
    "rating": 7,
    "title": "Chess",
    "category": "Chess",
    "year": "2018",
    "email_status": EmailStatus.SENT,
    "public": Publicity.YES,
    "email": "W #1",
    "issue": 1,
    "url": "https://b.example/",
    "extra": (),
}


@pytest.fixture
def store(tmp_path):
    made = Store.open(tmp_path / "newsletter.db")
    yield made
    made.close()


@pytest.fixture
def imported(store, tmp_path):
    """Import a sheet of one row, whatever is wrong with it; return what the import says."""

    def run(cells):
        path = tmp_path / "sheet.csv"
        path.write_text(",".join(HEADINGS) + "\n" + ",".join(cells) + "\n", encoding="utf-8")
        plan = plan_import(read_sheet(path), store.load(), PUBLICATION)
        apply(store, plan)
        return {(fault.kind, fault.column) for fault in (*plan.faults, *plan.advice)}

    return run


def checked(store):
    check = Check(PUBLICATION, store.load(), read_kept(store, "editor").cells)
    faults = [fault for fault in check.everything() if fault.kind != Kind.BLOCKED]
    return {(fault.kind, fault.column): fault for fault in faults}


def test_a_sound_sheet_has_no_faults(store, imported):
    assert imported(SOUND) == set()
    assert checked(store) == {}


@pytest.mark.parametrize("heading", WRONG)
def test_a_fault_is_told_until_it_is_mended(store, imported, heading):
    text, kind = WRONG[heading]
    said = imported([text if h == heading else c for h, c in zip(HEADINGS, SOUND, strict=True)])
    assert (kind, heading) in said
    found = checked(store)
    assert set(found) == said
    assert found[kind, heading].place.endswith(f'"Play", {heading}')
    assert found[kind, heading].entry == store.load().entries[0].id
    store.save_entries([replace(store.load().entries[0], **MENDED)])
    assert checked(store) == {}


def test_faults_of_one_row_are_all_told(store, imported):
    said = imported([WRONG[h][0] if h in WRONG else "Games" for h in HEADINGS])
    assert set(checked(store)) == said
    assert {(kind, heading) for heading, (_, kind) in WRONG.items()} <= said
