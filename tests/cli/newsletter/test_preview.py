from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from cli.newsletter.publications import publication
from comity.cli import main
from comity.core.database import transaction
from comity.newsletter.sheets.cells import Cell
from comity.newsletter.sheets.keeping import write_cells
from comity.newsletter.store.store import Store


@pytest.fixture
def folder(tmp_path, capsys):
    publication(tmp_path).close()
    main(["newsletter", "draft", "--title", "Second", "--folder", str(tmp_path)])
    capsys.readouterr()
    return tmp_path


def test_a_draft_is_written_in_three_forms(folder, capsys):
    status = main(["newsletter", "preview", "2", "--folder", str(folder)])
    out, _ = capsys.readouterr()
    place = folder / "out" / "preview"
    assert status == 0
    assert out.startswith("W #2: Second (")
    assert [line.strip() for line in out.splitlines()[1:4]] == [
        str(place / f"2.{ending}") for ending in ("html", "txt", "eml")
    ]
    assert "<h1" in (place / "2.html").read_text()
    text = (place / "2.txt").read_text()
    assert "After Trust (W #1) [1]." in text
    assert "this issue has not been sent".upper() in text
    message = message_from_bytes((place / "2.eml").read_bytes(), policy=default)
    assert message["Subject"] == "W #2: Second"
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == text


def test_the_editors_own_edition_is_kept_apart(folder, capsys):
    assert main(["newsletter", "preview", "1", "--internal", "--folder", str(folder)]) == 0
    assert "not public" in (folder / "out" / "internal" / "1.txt").read_text().casefold()
    assert not (folder / "out" / "preview").exists()
    capsys.readouterr()


def test_an_unknown_issue_leaves_nothing(folder, capsys):
    assert main(["newsletter", "preview", "9", "--folder", str(folder)]) == 2
    assert not (folder / "out").exists()
    assert "no such issue" in capsys.readouterr().err


def test_a_cell_that_could_not_be_read_is_named(folder, capsys):
    store = Store.open(folder)
    with transaction(store.engine, writes=True) as connection:
        write_cells(connection, ["PLAY"], ["rating"], {("PLAY", "rating"): Cell("ten")})
    store.save_entries([replace(store.load().by_id["PLAY"], rating=None)])
    store.close()
    assert main(["newsletter", "preview", "2", "--folder", str(folder)]) == 0
    assert "the rating is no number (found 'ten')" in capsys.readouterr().err
