"""Out and in again: the same cells, and nothing that its readers may not know."""

import csv
import zipfile
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from comity.core.errors import InputError, SizeError
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EDITOR_FORM, PUBLIC_FORM, EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.model.withholding import withhold
from comity.newsletter.sheets.cells import Cell, Table
from comity.newsletter.sheets.exporting import export_sheet, make_sheet, read_kept, sheet_bytes
from comity.newsletter.sheets.importing import apply, plan_import
from comity.newsletter.sheets.reading import read_sheet
from comity.newsletter.store.store import Store
from newsletter_world import make_world

PUBLICATION = Publication("Fair Play", "FP", categories=(Category("A"), Category("B")))
WORDS = st.sampled_from(
    ["", " ", "A", "B", "x", "One", "one.", "<@One@>", "<@x@>(@One@)", "=1+1", "'=1", "-", "TRUE",
     "FP #3", "[FP #4]", "N/A", "Sent", "Yes", "no", "2018", "2018.0", "10", "7/10", "\r\n",
     "https://a.org", "javascript:x", "two\nlines ", "_x000D_", "é🎲\u202e", "\x07", "a,b;c\td\"e"]
)  # fmt: skip
TEXTS = st.one_of(WORDS, st.text(st.characters(exclude_categories=("Cs",)), max_size=6))
CELLS = st.one_of(
    st.none(),
    TEXTS.map(Cell),
    TEXTS.flatmap(lambda text: st.just(Cell(text, "https://a.org/b"))),
    st.sampled_from([2018, 2018.0, 0.5, 10, True, False]).map(Cell),
    st.just(Cell(43221, "", "yyyy-mm-dd", "2018-05-01")),
)


def stored(folder, table, publication=PUBLICATION):
    """The database that holds a table, whatever is wrong with it."""
    store = Store.open(folder / "newsletter.db")
    apply(store, plan_import(table, Archive(()), publication, rng=Random(0)))
    return store


def exported(store, path, form, publication=PUBLICATION, audience="internal"):
    view = withhold(publication, store.load(), audience)
    export_sheet(path, view, form, read_kept(store, form))
    return read_sheet(path)


@pytest.mark.parametrize("form", ["editor", "public"])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("faults", [False, True])
@pytest.mark.parametrize("entries", [900, pytest.param(2000, marks=pytest.mark.slow)])
def test_rows_come_back_cell_for_cell(tmp_path, form, suffix, faults, entries):
    world = make_world(form, entries=entries, issues=60, faults=faults)
    table = read_sheet(world.write(tmp_path / f"in{suffix}"))
    if suffix == ".xlsx" and faults:
        # The one text that no workbook holds; a .csv file does.
        long = world.faults[[kind.value for _, _, kind in world.faults].index("too long")]
        del table.rows[long[0] - 2][world.column(long[1])]
    store = stored(tmp_path, table, world.publication)
    back = exported(store, tmp_path / f"out{suffix}", form, world.publication)
    assert back.rows == table.rows
    assert back.headings[: len(table.headings)] == table.headings
    again = plan_import(back, store.load(), world.publication)
    assert (again.new, again.changed, again.kept) == (0, 0, ())
    store.close()


def test_both_kinds_of_file_say_the_same(tmp_path):
    world = make_world("public", entries=300, issues=30)
    table = read_sheet(world.write(tmp_path / "in.xlsx"))
    store = stored(tmp_path, table, world.publication)
    book = exported(store, tmp_path / "out.xlsx", "public", world.publication)
    text = exported(store, tmp_path / "out.csv", "public", world.publication)
    assert text.headings == book.headings
    for one, other in zip(text.rows, book.rows, strict=True):
        assert {k: c.text for k, c in one.items()} == {k: c.text for k, c in other.items()}
    store.close()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    form=st.sampled_from(["editor", "public"]),
    suffix=st.sampled_from([".xlsx", ".csv"]),
    data=st.data(),
)
def test_any_cells_come_back(tmp_path_factory, form, suffix, data):
    """Import, export, import: the same cells, whatever stands in them and in whatever order."""
    columns = EDITOR_FORM if form == "editor" else PUBLIC_FORM
    headings = data.draw(st.permutations([*(c.heading for c in columns), "Mood", "Other"]))
    row = st.lists(CELLS, min_size=len(headings), max_size=len(headings))
    drawn = data.draw(st.lists(row, max_size=4))
    rows = [
        {k: _of(cell, suffix) for k, cell in enumerate(cells) if cell and cell.value != ""}
        for cells in drawn
    ]
    while rows and not rows[-1]:
        rows.pop()
    folder = tmp_path_factory.mktemp("any")
    table = Table("f", tuple(headings), tuple(rows), holds_links=suffix == ".xlsx")
    store = stored(folder, table)
    back = exported(store, folder / f"out{suffix}", form)
    assert [_without_links(row, suffix) for row in back.rows] == rows
    store.close()


def _of(cell, suffix):
    """A cell as a kind of file holds it: text has neither kinds nor links."""
    return cell if suffix == ".xlsx" else Cell(cell.text)


def _without_links(row, suffix):
    return row if suffix == ".xlsx" else {k: Cell(cell.text) for k, cell in row.items()}


def test_what_changed_is_spelled_anew_and_the_rest_stays(tmp_path):
    headings = ("Title", "Category", "Year", "Venue", "Summary", "Summarizer", "Notes", "Rec?")
    cells = [" One ", "A", 2018.0, "arXiv ", "See <@one@>.", "Dana", "n", "7/10"]
    table = Table("f", headings, ({k: Cell(value) for k, value in enumerate(cells)},))
    store = stored(tmp_path, table)
    (entry,) = store.load().entries
    store.save_entries([replace(entry, title="Renamed", rating=9, venue="Nature")])
    (row,) = exported(store, tmp_path / "out.xlsx", "editor").rows
    assert [row[k].value for k in range(8)] == [
        "Renamed", "A", 2018.0, "Nature", "See <@Renamed@>.", "Dana", "n", 9,
    ]  # fmt: skip
    store.close()


def test_the_editors_form_as_text_has_a_column_of_addresses(tmp_path):
    table = Table(
        "f", ("Title", "Category", "Notes", "Rec?"),
        ({0: Cell("One", "https://a.org"), 1: Cell("A")},),
    )  # fmt: skip
    store = stored(tmp_path, table)
    back = exported(store, tmp_path / "out.csv", "editor")
    assert back.headings[-1] == "URL"
    assert back.rows[0][len(back.headings) - 1] == Cell("https://a.org")
    again = plan_import(back, store.load(), PUBLICATION)
    assert (again.new, again.changed) == (0, 0)
    store.close()


def test_nothing_withheld_is_in_the_public_sheet(tmp_path):
    world = make_world("editor", entries=500, issues=40)
    store = stored(tmp_path, read_sheet(world.write(tmp_path / "in.xlsx")), world.publication)
    for suffix in (".xlsx", ".csv"):
        path = tmp_path / f"out{suffix}"
        exported(store, path, "public", world.publication, "public")
        text = path.read_bytes()
        if suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive:
                text = b"".join(archive.read(name) for name in archive.namelist())
        assert len(text) > 50_000
        assert b"SECRET" not in text
        assert b"calm" not in text
    assert len(world.secrets) > 150
    store.close()


def test_the_public_sheet_of_a_public_sheet_is_the_same(tmp_path):
    world = make_world("public", entries=300, issues=30)
    table = read_sheet(world.write(tmp_path / "in.csv"))
    store = stored(tmp_path, table, world.publication)
    assert (
        exported(store, tmp_path / "o.csv", "public", world.publication, "public").rows
        == table.rows
    )
    store.close()


def test_editors_cells_are_for_editors():
    view = withhold(PUBLICATION, Archive(()), "public")
    with pytest.raises(InputError, match="for editors"):
        make_sheet(view, "editor", holds_links=True)


def test_sheets_of_a_view_alone(tmp_path):
    entry = Entry(
        "a", "=One", category="A", url="https://a.org", year="2018", summary="It is.",
        public=Publicity.YES, email_status=EmailStatus.NOT_APPLICABLE, rating=10,
    )  # fmt: skip
    view = withhold(PUBLICATION, Archive((entry,)), "public")
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(sheet_bytes(make_sheet(view, "public", holds_links=True), ".xlsx"))
    sheet = load_workbook(path).active
    assert [cell.value for cell in sheet[1]] == [column.heading for column in PUBLIC_FORM]
    assert [sheet["B2"].value, sheet["C2"].value, sheet["F2"].value] == ["Highlight", "=One", 2018]
    assert sheet["C2"].data_type == "s"
    assert sheet["C2"].hyperlink.target == "https://a.org"
    table = sheet_bytes(make_sheet(view, "public", holds_links=False), ".csv")
    rows = list(csv.reader(table.decode("utf-8-sig").splitlines()))
    assert rows[1][2] == "'=One"


def test_other_files_and_longer_texts_are_refused(tmp_path):
    entry = Entry("a", "One", category="A", summary="x" * 40_000, summarizer="Dana")
    view = withhold(PUBLICATION, Archive((entry,)), "internal")
    with pytest.raises(InputError, match="no such kind of sheet"):
        export_sheet(tmp_path / "out.ods", view, "editor")
    with pytest.raises(SizeError, match="row 2, Summary"):
        export_sheet(tmp_path / "out.xlsx", view, "editor")
    assert not (tmp_path / "out.xlsx").exists()
    export_sheet(tmp_path / "out.csv", view, "editor")


WRONG = ("see my notes", "javascript:alert(1)", "=1+1", "N/A", " example.org ")
TITLES = st.text('ab "=+(),;&', min_size=1, max_size=12).filter(lambda text: text.strip())


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(TITLES, st.sampled_from(WRONG)), min_size=1, max_size=4))
def test_a_wrong_cell_beside_a_title_that_leads_comes_back_as_it_was(tmp_path_factory, drawn):
    """In text too, where the link behind a title is a formula; files are compared as text."""
    folder = tmp_path_factory.mktemp("wrong")
    path = folder / "in.csv"
    headings = [column.heading for column in PUBLIC_FORM]
    lines = [dict.fromkeys(headings, "") for _ in drawn]
    for k, (line, (title, wrong)) in enumerate(zip(lines, drawn, strict=True)):
        quoted = f"{k} {title}".replace('"', '""')
        line |= {
            "Title": f'=HYPERLINK("https://a.org/{k}", "{quoted}")',
            "URL": f"'{wrong}" if wrong.startswith("=") else wrong,
        }
        lines[k] = line
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(lines)
    store = stored(folder, read_sheet(path))
    assert [e.url for e in store.load().entries] == [
        f"https://a.org/{k}" for k in range(len(drawn))
    ]
    out = folder / "out.csv"
    back = exported(store, out, "public")
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == lines
    again = plan_import(back, store.load(), PUBLICATION)
    assert (again.new, again.changed) == (0, 0)
    # A workbook has a link behind the title itself.
    for line, row in zip(lines, exported(store, folder / "out.xlsx", "public").rows, strict=True):
        assert row[headings.index("URL")].text == line["URL"].removeprefix("'")
    store.close()


def test_an_address_that_somebody_put_right_takes_the_place_of_the_wrong_cell(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text('Title,URL,Category\n"=HYPERLINK(""https://a.org"",""One"")",wrong,A\n')
    store = stored(tmp_path, read_sheet(path))
    (entry,) = store.load().entries
    store.save_entries([replace(entry, url="https://b.org")])
    for suffix in (".csv", ".xlsx"):
        back = exported(store, tmp_path / f"out{suffix}", "public")
        cells = {back.headings[k]: cell.text for k, cell in back.rows[0].items()}
        assert (cells["Title"], cells["URL"]) == ("One", "https://b.org")
    assert "HYPERLINK" not in (tmp_path / "out.csv").read_text("utf-8-sig")
    store.close()


def test_a_link_too_long_for_a_formula_gives_its_address_to_the_column(tmp_path):
    path = tmp_path / "in.csv"
    address = f"https://a.org/{'x' * 250}"
    path.write_text(f'Title,URL,Category\n"=HYPERLINK(""{address}"",""One"")",wrong,A\n')
    store = stored(tmp_path, read_sheet(path))
    back = exported(store, tmp_path / "out.csv", "public")
    cells = {back.headings[k]: cell.text for k, cell in back.rows[0].items()}
    assert (cells["Title"], cells["URL"]) == ("One", address)
    store.close()
