"""Files are written whole or not at all, and read with a clear error."""

import os

import pytest

from comity.core.errors import InputError
from comity.core.files import read_text, write_atomic


def test_text_comes_back(tmp_path):
    path = write_atomic(tmp_path / "a.txt", "größe\n")
    assert path.read_bytes() == "größe\n".encode()
    assert read_text(path) == "größe\n"


def test_nothing_else_is_left_and_the_mode_is_the_usual_one(tmp_path):
    path = write_atomic(tmp_path / "a.txt", "x")
    (tmp_path / "b.txt").write_text("x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "b.txt"]
    assert path.stat().st_mode == (tmp_path / "b.txt").stat().st_mode


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_interruption_leaves_the_old_file(tmp_path, monkeypatch, error):
    path = write_atomic(tmp_path / "a.txt", "old")

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)
    expected = InputError if isinstance(error, OSError) else KeyboardInterrupt
    with pytest.raises(expected):
        write_atomic(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_no_folder_is_bad_input(tmp_path):
    with pytest.raises(InputError, match=r"nowhere.*No such file"):
        write_atomic(tmp_path / "nowhere" / "a.txt", "x")


@pytest.mark.parametrize(
    ("content", "limit", "words"),
    [
        (None, 10, "No such file"),
        (b"a\xff", 10, r"byte 1: the file is not text \(found 0xff; expected UTF-8\)"),
        (b"12345", 4, "too large"),
    ],
)
def test_what_cannot_be_read(tmp_path, content, limit, words):
    path = tmp_path / "a.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_text(path, limit)


def test_a_byte_order_mark_is_not_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfx")
    assert read_text(tmp_path / "a.txt") == "x"


def test_a_name_that_no_file_has():
    with pytest.raises(InputError, match="not the name of a file"):
        read_text("a\0b")


def test_what_is_no_regular_file_is_left_alone(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match=r"pipe: cannot write the file \(found a device, a pipe"):
        write_atomic(pipe, "x")
    assert pipe.is_fifo()
    with pytest.raises(InputError, match="found a folder"):
        write_atomic(tmp_path, "x")
