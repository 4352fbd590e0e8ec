"""`comity newsletter export`: for editors everything, for readers what is public."""

import pytest

from cli.newsletter.publications import publication
from comity.cli import main
from comity.newsletter.sheets.reading import read_sheet


@pytest.fixture
def folder(tmp_path):
    publication(tmp_path).close()
    return tmp_path


def run(folder, capsys, name, *options):
    path = folder / name
    status = main(["newsletter", "export", str(path), "--folder", str(folder), *options])
    out, err = capsys.readouterr()
    return status, out, err, path


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_editors_get_everything(folder, capsys, name):
    status, out, _, path = run(folder, capsys, name)
    assert status == 0
    assert out == f"{path}: 2 rows in the editor's form, for editors only\n"
    table = read_sheet(path)
    notes = table.headings.index("Notes")
    assert table.rows[0][notes].text == "A secret note"


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_readers_get_what_is_public(folder, capsys, name):
    status, out, _, path = run(folder, capsys, name, "--form", "public")
    assert (status, "1 row in the public form, what is public" in out) == (0, True)
    table = read_sheet(path)
    assert "Notes" not in table.headings
    said = [cell.text for row in table.rows for cell in row.values()]
    assert "Trust" in said
    assert "Play" not in said


def test_everything_in_the_public_form(folder, capsys):
    assert "2 rows" in run(folder, capsys, "out.csv", "--form", "public", "--everything")[1]


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [("out.ods", (), "no such kind of sheet"), ("out.csv", ("--form", "x"), "no such form")],
)
def test_other_sheets_are_refused(folder, capsys, name, options, words):
    status, _, err, path = run(folder, capsys, name, *options)
    assert status == 2
    assert words in " ".join(err.split())
    assert not path.exists()
