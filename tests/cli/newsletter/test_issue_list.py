"""`comity newsletter issues`: days come and go by one table."""

import pytest

from cli.newsletter.publications import publication
from comity.cli import main
from comity.newsletter.model.issue import Issue
from comity.newsletter.store.store import Store

MOMENT = "2026-01-01T00:00:00+00:00"


@pytest.fixture
def run(tmp_path, capsys):
    store = publication(tmp_path)
    store.save_issue(Issue(2, "Old", sent=MOMENT, created=MOMENT))
    store.save_issue(Issue(3, created=MOMENT))
    store.close()

    def made(*arguments):
        status = main(["newsletter", "issues", *arguments, "--folder", str(tmp_path)])
        return status, *capsys.readouterr()

    return made


def days(folder):
    store = Store.open(folder)
    found = [issue.day for issue in store.load().issues]
    store.close()
    return found


def test_issues_are_listed_with_what_is_known_of_their_day(run):
    assert run("list") == (
        0,
        "W #1  2026-11-19\nW #2  unknown     Old\nW #3  draft\n",
        "3 issues\n",
    )


def test_days_are_imported_and_exported(run, tmp_path):
    table = tmp_path / "list.csv"
    status, out, _ = run("export", str(table))
    assert (status, out) == (0, f"{table}: 3 issues\n")
    text = table.read_text("utf-8-sig")
    table.write_text(text.replace("2,,Old", "2,2026-11-20,Older"))
    status, out, err = run("import", str(table), "--dry-run")
    assert (status, err) == (0, "")
    assert out == (
        "list.csv: 3 issues\n  1 changed, 2 as they were\n"
        "  nothing was stored: this was a dry run\n"
    )
    assert days(tmp_path) == ["2026-11-19", "", ""]
    assert run("import", str(table))[0] == 0
    assert days(tmp_path) == ["2026-11-19", "2026-11-20", ""]
    table.write_text("Issue,Date,Mood\n2,,calm\n")
    out = run("import", str(table))[1]
    assert out.splitlines()[2:] == [
        "  their day is taken away: 2",
        "  sent on a day that nobody knows: 2",
        "  columns not read: Mood",
    ]


def test_a_list_with_a_fault_is_not_stored_at_all(run, tmp_path):
    table = tmp_path / "list.csv"
    table.write_text("Issue,Date\n2,2026-11-20\n7,2026-11-21\n1,20.11.2026\n")
    status, out, err = run("import", str(table))
    assert (status, out) == (2, "")
    issue, day = err.splitlines()[:2]
    assert issue == "row 3, Issue: no entry was in such an issue (found '7')"
    assert day.startswith("row 4, Date: not a day (found '20.11.2026')")
    assert day.endswith("; expected year, month and day, such as 2018-06-25")
    assert "2 faults; nothing was imported" in " ".join(err.split())
    assert days(tmp_path) == ["2026-11-19", "", ""]
