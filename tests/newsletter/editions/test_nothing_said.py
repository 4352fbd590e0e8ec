"""A cell that says that there is nothing to say is kept in the sheet, and shown nowhere."""

import csv
import io

import pytest

from comity.newsletter.editions.checks import Check
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import PUBLIC_FORM
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.withholding import withhold
from comity.newsletter.sheets.exporting import export_sheet, read_kept
from comity.newsletter.sheets.importing import apply, plan_import
from comity.newsletter.sheets.reading import read_sheet
from comity.newsletter.store.store import Store
from newsletter_outputs import outputs
from newsletter_small import PUBLICATION

HEADINGS = [column.heading for column in PUBLIC_FORM]
EMPTY = (
    "Authors",
    "Venue",
    "Year",
    "H/T",
    "Summarizer",
    "My opinion",
    "Prerequisites",
    "Read more",
)
WORDS = ("N/A", "n/a", "NA", "na", "None", " none ", "-", "–", "—")


def row(title, word):
    said = {"Category": "Voting", "Title": title, "Email": "CW #1", "Summary": "Votes are counted."}
    said |= dict.fromkeys(EMPTY, word) | {"URL": "https://example.org/a"}
    return [said.get(heading, "") for heading in HEADINGS]


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nothing")
    rows = [HEADINGS, *(row(f"Vote {n}", word) for n, word in enumerate(WORDS)), row("None", "x")]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    sheet = folder / "in.csv"
    sheet.write_text(text.getvalue(), encoding="utf-8")
    with Store.open(folder / "newsletter.db") as store:
        plan = plan_import(read_sheet(sheet), Archive(()), PUBLICATION)
        apply(store, plan)
        yield folder, sheet, store, plan


def test_the_sheet_comes_back_as_it_was(imported):
    folder, sheet, store, _ = imported
    view = withhold(PUBLICATION, store.load(), "internal")
    back = folder / "back.csv"
    export_sheet(back, view, "public", read_kept(store, "public"))
    assert read_sheet(back).rows == read_sheet(sheet).rows
    again = plan_import(read_sheet(back), store.load(), PUBLICATION)
    assert (again.new, again.changed) == (0, 0)


def test_a_summary_is_without_summarizer(imported):
    _, _, store, plan = imported
    named = [f.row for f in plan.faults if f.kind is Kind.SUMMARY_WITHOUT_SUMMARIZER]
    assert named == list(range(2, 2 + len(WORDS)))
    assert {f.kind for f in plan.faults if f.row < 2 + len(WORDS)} == {
        Kind.SUMMARY_WITHOUT_SUMMARIZER
    }
    found = Check(PUBLICATION, store.load()).issue(1)
    assert sum(f.kind is Kind.SUMMARY_WITHOUT_SUMMARIZER for f in found) == len(WORDS)


def test_no_edition_shows_it(imported, tmp_path):
    _, _, store, _ = imported
    found = outputs(PUBLICATION, store.load(), tmp_path / "site")
    shown = {name: data for name, data in found.items() if "sheet." not in name}
    assert {"mail 1", "script 1", "search/index.js", "archive.json"} <= shown.keys()
    assert any(name.startswith("feeds/") for name in shown)
    assert [name for name, data in shown.items() if b"N/A" in data] == []
    mail = shown["mail 1"].decode()
    for label in ("H/T", "Prerequisites", "Read more", "summarized by"):
        # Once for the last row, in either form of the mail: its cells say something.
        assert mail.count(label) == 2
    assert mail.count("x's opinion") == 2


def test_a_title_may_be_any_word(imported):
    _, _, store, _ = imported
    assert "None" in {entry.title for entry in store.load().entries}
