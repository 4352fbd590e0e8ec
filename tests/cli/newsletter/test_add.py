"""`comity newsletter add`: files of references fill the queue, once."""

import pytest

from comity.cli import main
from newsletter_desk import stored, write_folder

BIB = r"""@misc{a, title={Fair {G}ames}, author={K{\"o}nig, Bo}, doi={10.1000/x}}
@misc{b, title={Promises that are kept}}
@misc{c, author={Nobody}}
"""


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path / "publication")


def run(monkeypatch, *arguments) -> int:
    monkeypatch.setattr("sys.argv", ["comity", "newsletter", "add", *map(str, arguments)])
    try:
        return int(main() or 0)
    except SystemExit as stop:
        return int(stop.code or 0)


def test_what_is_new_is_added_and_the_rest_is_told(monkeypatch, tmp_path, folder, capsys):
    file = tmp_path / "a.bib"
    file.write_text(BIB, "utf-8")
    count = len(stored(folder).entries)
    assert run(monkeypatch, file, "--folder", folder, "--dry-run") == 0
    assert "1 entry would be added" in capsys.readouterr().out
    assert len(stored(folder).entries) == count
    assert run(monkeypatch, file, "--folder", folder) == 0
    printed = capsys.readouterr()
    assert "+ Fair Games" in printed.out
    assert "there already? Promises that are kept: the same title" in printed.out
    assert "a.bib: line 3: it names no title" in printed.err
    assert stored(folder).entries[-1].authors == "Bo König"
    assert run(monkeypatch, file, "--folder", folder) == 0
    assert "0 entries added" in capsys.readouterr().out
    assert run(monkeypatch, file, "--folder", folder, "--known") == 0
    assert len(stored(folder).entries) == count + 3


def test_other_files_are_refused(monkeypatch, tmp_path, folder, capsys):
    file = tmp_path / "a.txt"
    file.write_text("hello", "utf-8")
    assert run(monkeypatch, file, "--folder", folder) == 2
    assert "not a file of references" in capsys.readouterr().err
    assert run(monkeypatch, tmp_path / "none.bib", "--folder", folder) == 2
