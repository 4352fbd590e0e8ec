"""Replacing a folder: whole or not at all, whatever happens meanwhile."""

import os

import pytest

from comity.core.errors import InputError
from comity.newsletter.editions import output
from comity.newsletter.editions.output import replacing


def tree(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    with replacing(folder) as out:
        out.write("a.html", "old")
        out.write("deep/b.html", b"same")
    return folder


def replace(site, keep=lambda address: False):
    with replacing(site, keep) as out:
        out.write("a.html", "new")
        out.write("deep/b.html", b"same")


@pytest.mark.parametrize("exchanged", [True, False], ids=["in one step", "in two"])
def test_the_new_folder_takes_the_place_of_the_old_one(site, exchanged, monkeypatch):
    if not exchanged:
        monkeypatch.setattr(output, "_exchanged", lambda first, second: False)
    (site / "gone.html").write_text("gone")
    replace(site)
    assert tree(site) == {"a.html": b"new", "deep/b.html": b"same"}
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def interrupted(site, error):
    with replacing(site) as out:
        out.write("a.html", "half")
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_interruption_leaves_the_old_folder_and_nothing_beside_it(site, error):
    before = tree(site)
    with pytest.raises(error):
        interrupted(site, error)
    assert tree(site) == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_what_has_not_changed_keeps_its_date(site):
    for name in ("a.html", "deep/b.html"):
        os.utime(site / name, (1_000_000_000, 1_000_000_000))
    replace(site)
    assert (site / "deep/b.html").stat().st_mtime == 1_000_000_000
    assert (site / "a.html").stat().st_mtime > 1_000_000_000


def test_what_others_wrote_is_kept_also_if_they_write_it_at_the_last_moment(site, monkeypatch):
    (site / "audio").mkdir()
    (site / "audio/1.mp3").write_bytes(b"one")
    swap = output._swap

    def late(fresh, folder):
        (folder / "audio/2.mp3").write_bytes(b"two")
        swap(fresh, folder)

    monkeypatch.setattr(output, "_swap", late)
    replace(site, keep=lambda address: address.startswith("audio/"))
    assert tree(site)["audio/1.mp3"] == b"one"
    assert tree(site)["audio/2.mp3"] == b"two"


def test_a_disk_without_second_names_gets_copies(site, monkeypatch):
    def refused(*_):
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refused)
    replace(site)
    assert tree(site)["deep/b.html"] == b"same"


@pytest.mark.parametrize("address", ["../a.html", "/etc/a.html", "a/../../b"])
def test_nothing_is_written_outside(site, address):
    with pytest.raises(InputError, match="outside"), replacing(site) as out:
        out.write(address, "x")


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with (
        pytest.raises(InputError, match="cannot write the folder"),
        replacing(tmp_path / "file" / "site"),
    ):
        pass
