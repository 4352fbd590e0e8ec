"""The page on faults has every kind, and shows lines that comity prints."""

import csv
import re
from pathlib import Path

import openpyxl
import pytest

from comity.cli import main
from comity.newsletter.languages.report import report
from comity.newsletter.languages.translate import translate
from comity.newsletter.model.columns import CASE, EDITOR_FORM, URL
from comity.newsletter.model.faults import Kind
from comity.newsletter.model.withholding import withhold
from newsletter_engines import ARCHIVE, PUBLICATION, Toy

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "newsletter-faults.md"
SECTION = re.compile(r"^### (.+?)\n(.*?)(?=^##|\Z)", re.M | re.S)
SHOWN = re.compile(r"```text\n(.*?)```", re.S)

COLUMNS = [column.heading for column in (*EDITOR_FORM, URL, CASE)]
ODD_CELLS = [
    {"Title": "", "Summary": "A text", "Summarizer": "Ada"},
    {"Title": "Fair shares"},
    {"Title": "fair shares."},
    {"Title": "No category", "Category": ""},
    {"Title": "Odd category", "Category": "Votting"},
    {"Title": "Perhaps", "Public?": "maybe"},
    {"Title": "High", "Rec?": "high"},
    {"Title": "Eleven", "Rec?": "11"},
    {"Title": "Year", "Year": "199"},
    {"Title": "An opinion", "My opinion": "I like it.", "Summarizer": "Ada"},
    {"Title": "Nobody signed", "Summary": "It is about votes."},
    {"Title": "Odd address", "URL": "javascript:alert(1)"},
    {"Title": "Long", "Notes": "x" * 32_768},
    {"Title": "Formula", "Venue": "=1+1"},
    {"Title": "Which issue", "Email": "next week"},
    {"Title": "Refers", "Summary": "See <@Fair share@>.", "Summarizer": "Ada"},
    {"Title": "Several words", "Summary": "Nothing is wrong here.", "Summarizer": "Ada"},
    {"Title": "Open", "Summary": "See <@Fair shares.", "Summarizer": "Ada"},
    {"Title": "Case", "Case": "river.toml"},
    {"Title": "Control \x07 bell"},
    {"Title": "Spelled otherwise", "Category": "voting"},
    {"Title": "Zero\u200bwidth"},
    {"Title": "Ab\u202ecd"},
    {"Title": "Formula as text", "Venue": "=SUM(A1:A2)"},
    {"Title": "Link behind", "Venue": "a venue"},
    {"Title": "Sent in none", "Email status": "Sent"},
    {"Title": "Late", "Email status": "Pending", "Email": "W #1"},
    {"Title": "Held", "Email status": "Sent", "Email": "W #1", "Public?": "With edits"},
    {"Title": "Mirror", "Summary": "See <@Mirror@>.", "Summarizer": "Ada"},
    {"Title": "Kept out", "Email status": "N/A", "Email": "W #1"},
    {"Title": "A series", "Year": "2018-2019"},
    {"Title": "Code", "Summary": "```\nx = 1\n``` is it.", "Summarizer": "Ada"},
    {"Title": "Other host", "URL": "https://\u0430pple.com/fair"},
    {"Title": "Lost format", "Email": 43221},
    {"Title": "Typed", "Summary": "Type `<@Fair shared@>`.", "Summarizer": "Ada"},
    {"Title": "Fair shared"},
]
SENT = {"Email status": "Sent", "Public?": "Yes", "Email": "W #1", "Summarizer": "Ada"}
ODD_ISSUES = [
    SENT | {"Title": "Fair shares", "Summary": "See <@Quiet votes@>."},
    SENT | {"Title": "Two of a kind", "Summary": "One."},
    SENT | {"Title": "Two of a kind", "Summary": "Another."},
    {
        "Title": "Quiet votes",
        "Email status": "Pending",
        "Email": "W #2",
        "Summary": "See <@Two of a kind@>.",
        "Summarizer": "Bo",
    },
    {"Title": "Notes on our next talk", "Email status": "N/A", "Public?": "No"},
    SENT
    | {
        "Title": "Promises",
        "Summary": "See <@Notes on our next talk@>, that is Notes on our next talk.",
    },
    SENT | {"Title": "Whose", "Summary": "S.", "My opinion": "Bo's opinion: it works."},
    SENT | {"Title": "Raw", "Summary": "See [here](javascript:x)."},
    SENT | {"Title": "Broken Case", "Summary": "It says.", "Case": "odd.toml"},
]


def sections():
    """Each kind on the page with the lines that it shows, folded ones joined, and all its text."""
    text = PAGE.read_text(encoding="utf-8")
    return {
        name: (SHOWN.search(body)[1].replace("\n  ", " ").splitlines(), body)
        for name, body in SECTION.findall(text)
    }


def write_csv(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({"Category": "Voting"} | row for row in rows)


def write_xlsx(path, rows):
    """A workbook: it holds a formula, a link, a cell beside the table; but no control character."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(COLUMNS)
    for number, row in enumerate(rows, 2):
        sheet.append([({"Category": "Voting"} | row).get(heading) for heading in COLUMNS])
        if row["Title"] == "Link behind":
            cell = sheet.cell(number, 1 + COLUMNS.index("Venue"))
            cell.hyperlink = "https://example.org/venue"
    sheet.cell(2, len(COLUMNS) + 2, "a word out here")
    book.save(path)


@pytest.fixture
def printed(tmp_path, capsys):
    """Everything that comity prints about sheets and issues with a fault of each kind."""
    folder = tmp_path / "weekly"
    run = ["newsletter", "init", str(folder), "--name", "Weekly", "--short", "W"]
    main(run)
    settings = folder / "publication.toml"
    words = settings.read_text(encoding="utf-8")
    settings.write_text(words.replace("categories = [", 'categories = [\n  "Voting",'))
    (folder / "cases" / "odd.toml").write_text("comity = 1\n")
    write_csv(tmp_path / "cells.csv", ODD_CELLS)
    plain = [row | {"Title": row["Title"].replace("\x07", "")} for row in ODD_CELLS]
    write_xlsx(tmp_path / "cells.xlsx", plain)
    write_csv(tmp_path / "issues.csv", ODD_ISSUES)
    (tmp_path / "days.csv").write_text("Issue,Date\n1,2018-06-25\n1,\n2,25/06/2018\n")
    for command in (
        ["import", str(tmp_path / "cells.csv")],
        ["import", str(tmp_path / "cells.xlsx")],
        ["import", str(tmp_path / "issues.csv"), "--with-faults"],
        ["issues", "import", str(tmp_path / "days.csv")],
        ["check"],
        ["build", "--quiet"],
    ):
        main(["newsletter", *command, "--folder", str(folder)])
    view = withhold(PUBLICATION, ARCHIVE, "public")
    lost = report(translate(view, 1, Toy(spoil=lambda text: text.replace("95", "many"))))
    captured = capsys.readouterr()
    return "\n".join([captured.out, captured.err, *map(str, lost.faults)])


def test_every_kind_of_fault_has_a_section():
    hint = "each kind has a section in docs/reference/newsletter-faults.md: an example, the mend"
    assert set(sections()) == {kind.value for kind in Kind} - {""}, hint
    assert all("**Mend:**" in body for _, body in sections().values())


def test_each_line_on_the_page_is_one_that_is_printed(printed):
    for kind, (lines, _) in sections().items():
        assert lines, kind
        for line in lines:
            pattern = re.escape(line).replace(r"\.\.\.", ".*")
            assert re.search(pattern, printed), f"{kind}: nothing prints {line!r}"
