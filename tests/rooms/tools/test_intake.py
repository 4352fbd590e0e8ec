import os

import pytest

from comity.core.errors import InputError, SizeError
from comity.rooms.tools.intake import LONGEST_TEXT, Intake


@pytest.fixture
def folder(tmp_path):
    inner = tmp_path / "cases"
    (inner / "deep").mkdir(parents=True)
    (inner / "a.toml").write_text("title = 'A'\n", encoding="utf-8")
    (inner / "deep" / "b.toml").write_text("title = 'B'\n", encoding="utf-8")
    (tmp_path / "secret.toml").write_text("title = 'S'\n", encoding="utf-8")
    os.symlink(tmp_path / "secret.toml", inner / "link.toml")
    return inner


def test_a_text_is_itself():
    for text in ("title = 'A'\n[frame]\n", '{"title": "A"}', ' {"title": "A"}'):
        assert Intake().text(text) == text


def test_files_of_the_folder(folder):
    assert Intake(folder).text("a.toml") == "title = 'A'\n"
    assert Intake(folder).text("deep/b.toml") == "title = 'B'\n"


@pytest.mark.parametrize(
    "name",
    ["../secret.toml", "link.toml", "deep", "", ".", "none.toml", "a\0.toml", "~/x", "x" * 5000],
)
def test_no_other_file(folder, name):
    with pytest.raises(InputError, match="no such file in the folder") as caught:
        Intake(folder).text(name)
    assert len(str(caught.value)) < 300


def test_an_absolute_name_is_not_followed(folder):
    with pytest.raises(InputError, match="no such file in the folder"):
        Intake(folder).text(str(folder.parent / "secret.toml"))


def test_without_a_folder_no_file_is_named(folder):
    with pytest.raises(InputError, match="not the text of a Case"):
        Intake().text(str(folder / "a.toml"))


def test_size():
    with pytest.raises(SizeError, match="too long"):
        Intake().text("\n" * (LONGEST_TEXT + 1))
    assert len(Intake().text("\n" * LONGEST_TEXT)) == LONGEST_TEXT
