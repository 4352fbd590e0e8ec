"""One command: what it says where data are missing, and the page that it makes."""

import sys

import people
import people_page
import pytest
from people_words import Line, Section

from comity.core.errors import InputError


class Any(dict):
    """Figures by any name."""

    def __missing__(self, name):
        return 0.5

    def items(self):
        return [("own-payoff", 0.5)]


def test_missing_data_are_one_clear_error(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["people.py", "--data", str(tmp_path)])
    assert people.main() == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") <= 2
    assert "data are missing" in said.err
    assert people.FILES[0] in said.err


def test_every_file_that_is_missing_is_named(tmp_path):
    (tmp_path / people.FILES[0]).parent.mkdir()
    (tmp_path / people.FILES[0]).write_text("")
    with pytest.raises(InputError) as caught:
        people.check_data(tmp_path)
    assert people.FILES[0] not in str(caught.value)
    assert all(name in str(caught.value) for name in people.FILES[1:])


def test_the_folder_may_come_from_the_variable(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COMITY_DATA", str(tmp_path / "there"))
    monkeypatch.setattr(sys, "argv", ["people.py"])
    assert people.main() == 2
    assert str(tmp_path / "there") in capsys.readouterr().err


def test_the_page_holds_every_section_and_leaves_no_place_empty(tmp_path, monkeypatch, capsys):
    def made(name):
        line = Line(f"data of {name}", "a figure", "1", "2")
        return lambda *_: Section((line, line), f"## Of {name}\n", Any())

    monkeypatch.setattr(people, "STUDIES", {name: made(name) for name in people.STUDIES})
    monkeypatch.setattr(people, "check_data", lambda _: None)
    target = tmp_path / "page.md"
    monkeypatch.setattr(sys, "argv", ["people.py", "--seed", "7", "--report", str(target)])
    assert people.main() == 0
    page = target.read_text()
    assert capsys.readouterr().out.strip() == page.strip()
    assert all(page.count(f"## Of {name}\n") == 1 for name in people.STUDIES)
    assert "{" not in page
    assert "--seed 7" in page


def test_a_data_set_is_named_once_in_the_summary():
    lines = [Line("a", "x", "1", "2"), Line("a", "y", "1", "2"), Line("b", "z", "", "2")]
    rows = people_page.summary(lines).split("\n")[2:]
    assert [row.split("|")[1].strip() for row in rows] == ["a", "", "b"]
