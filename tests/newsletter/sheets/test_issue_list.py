"""Days and titles of issues: read whole or not at all, and written as they are read."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest

from comity.core.errors import InputError, SizeError
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.issue import Audio, Issue
from comity.newsletter.model.publication import Publication
from comity.newsletter.sheets.issue_list import (
    HEADINGS,
    apply_list,
    export_list,
    plan_list,
    undated,
)
from comity.newsletter.sheets.reading import read_sheet
from comity.newsletter.store.store import Store

PUBLICATION = Publication("Fair Play", "FP")
TODAY = date(2020, 1, 1)
MOMENT = "2019-12-31T08:00:00+00:00"
ISSUES = (
    Issue(1, sent=MOMENT, created=MOMENT, opening="Stays", audio=Audio("a.mp3", 1, 2.0)),
    Issue(2, "A title", sent=MOMENT, created=MOMENT),
    Issue(3, date="2019-06-03", sent=MOMENT, created=MOMENT),
    Issue(4, "=1+1", sent="2019-07-02T10:00:00+00:00", created=MOMENT),
    Issue(5, "Next", created=MOMENT),
)


@pytest.fixture
def store(tmp_path):
    made = Store.open(tmp_path / "newsletter.db")
    for issue in ISSUES:
        made.save_issue(issue)
    yield made
    made.close()


@pytest.fixture
def plan(store, tmp_path):
    """Plan the reading of rows that are written by the standard library."""

    def run(*rows, delimiter=","):
        stream = io.StringIO()
        csv.writer(stream, delimiter=delimiter).writerows(rows)
        path = tmp_path / "list.csv"
        path.write_text(stream.getvalue(), encoding="utf-8")
        table = read_sheet(path, headings=HEADINGS)
        return plan_list(table, store.load(), PUBLICATION, TODAY)

    return run


def days(store):
    return [issue.day for issue in store.load().issues]


def test_days_and_titles_are_stored_and_nothing_else_changes(store, plan):
    planned = plan(
        ("Issue", "Title", "Date"),
        ("FP #1", "First  of all", "2018-06-25"),
        (),
        ("[FP #2]", "A title", "2018-07-02 09:30"),
        ("5", "Next", "2020-03-01"),
    )
    assert (planned.faults, planned.advice, planned.rows) == ((), (), 3)
    assert planned.undated == ()
    apply_list(store, planned)
    one, two, three, four, five = store.load().issues
    assert (one.date, one.title) == ("2018-06-25", "First of all")
    assert (one.opening, one.audio, one.sent) == ("Stays", ISSUES[0].audio, MOMENT)
    assert (two.date, two.title) == ("2018-07-02", "A title")
    assert (three, four) == ISSUES[2:4]
    assert five.date == "2020-03-01"  # a draft may wait for its day


def test_a_column_that_is_not_there_changes_nothing_and_an_empty_cell_empties(store, plan):
    planned = plan(("No", "ISSUE", "date:"), ("x", "3", ""), ("y", "4", ""), ("z", "2", ""))
    assert planned.taken == (3,)
    assert planned.undated == (1, 2, 3)
    assert planned.notes == ("columns not read: No",)
    apply_list(store, planned)
    assert days(store) == ["", "", "", "2019-07-02", ""]
    assert store.load().issue(2).title == "A title"


@pytest.mark.parametrize(
    ("row", "kind", "column"),
    [
        (("1", "25/06/2018"), Kind.NO_DAY, "Date"),
        (("1", "2018-06-31"), Kind.NO_DAY, "Date"),
        (("1", "2018"), Kind.NO_DAY, "Date"),
        (("1", "43276"), Kind.NO_DAY, "Date"),
        (("1", "2020-01-02"), Kind.NO_DAY, "Date"),
        (("9", "2018-06-25"), Kind.UNKNOWN_ISSUE, "Issue"),
        (("", "2018-06-25"), Kind.UNKNOWN_ISSUE, "Issue"),
        (("the first", "2018-06-25"), Kind.UNKNOWN_ISSUE, "Issue"),
        (("FP #2", "2018-06-25"), Kind.DUPLICATE_ISSUE, "Issue"),
        (("1", "", "Bell\x07"), Kind.BAD_CHARACTERS, "Title"),
    ],
)
def test_what_is_wrong_is_named_with_row_and_column(plan, row, kind, column):
    headings = ("Issue", "Date", "Title")
    planned = plan(headings, ("2", "2018-07-02", "A title"), row, delimiter=";")
    (fault,) = planned.faults
    assert (fault.kind, fault.row, fault.column) == (kind, 3, column)


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_what_is_written_is_read_as_the_same(store, tmp_path, suffix):
    path = tmp_path / f"list{suffix}"
    assert export_list(path, store.load()) == 5
    planned = plan_list(read_sheet(path, headings=HEADINGS), store.load(), PUBLICATION, TODAY)
    assert (planned.rows, planned.changes, planned.faults) == (5, {}, ())


def test_a_workbook_holds_days_as_days(store, tmp_path):
    path = tmp_path / "list.xlsx"
    export_list(path, store.load())
    sheet = openpyxl.load_workbook(path).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Issue", "Date", "Title")
    assert rows[1:4] == [(1, None, None), (2, None, "A title"), (3, datetime(2019, 6, 3), None)]
    sheet["B2"] = date(2018, 6, 25)
    sheet.parent.save(path)
    planned = plan_list(read_sheet(path, headings=HEADINGS), store.load(), PUBLICATION, TODAY)
    assert planned.changes == {1: {"date": "2018-06-25"}}


def test_a_title_that_no_workbook_holds_is_refused_there(store, tmp_path):
    store.save_issue(Issue(6, "x" * 40_000))
    with pytest.raises(SizeError, match="row 7, Title"):
        export_list(tmp_path / "list.xlsx", store.load())
    assert not (tmp_path / "list.xlsx").exists()
    path = tmp_path / "list.csv"
    export_list(path, store.load())
    planned = plan_list(read_sheet(path, headings=HEADINGS), store.load(), PUBLICATION, TODAY)
    assert (planned.rows, planned.changes) == (6, {})


def test_what_is_no_list_is_refused(plan, store, tmp_path):
    with pytest.raises(InputError, match="no row of headings") as refused:
        plan(("Title", "Category", "Year"), ("One", "A", "2018"))
    assert "Issue" in str(refused.value)
    with pytest.raises(InputError, match="same heading"):
        plan(("Issue", "Date", "date"), ("1", "", ""))
    with pytest.raises(InputError, match="no such kind"):
        export_list(tmp_path / "list.ods", store.load())


def test_undated_issues_are_those_that_were_sent_nobody_knows_when():
    assert undated(ISSUES) == (1, 2)
