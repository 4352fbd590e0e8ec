"""The example shows everything and is sound; an empty publication can be filled."""

import stat
from dataclasses import fields

import pytest

from comity.cases import load
from comity.core.errors import InputError
from comity.newsletter.editions.checks import Check
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.withholding import withhold
from comity.newsletter.publication.beginning import begin
from comity.newsletter.publication.reading import read_publication


@pytest.fixture
def example(tmp_path):
    store = begin(tmp_path / "example", example=True)
    yield store
    store.close()


def test_the_example_uses_everything(example):
    archive = example.load()
    assert 12 <= len(archive.entries) <= 16
    blank = Entry("", "")
    unused = {
        field.name
        for field in fields(Entry)
        if all(
            getattr(entry, field.name) == getattr(blank, field.name) for entry in archive.entries
        )
    }
    assert unused == {"highlight", "extra"}
    assert {e.public for e in archive.entries} >= {
        Publicity.YES,
        Publicity.NO,
        Publicity.WITH_EDITS,
    }
    assert {e.email_status for e in archive.entries} >= {
        EmailStatus.SENT,
        EmailStatus.SENT_LINK_ONLY,
        EmailStatus.PENDING,
        EmailStatus.DO_NOT_SEND,
    }
    assert [issue.is_draft for issue in archive.issues] == [False, False, True]
    assert {version.kind for work in archive.works for version in work.versions} == {
        "preprint",
        "published",
    }
    assert archive.errata


def test_nothing_is_wrong_with_it(example):
    check = Check(read_publication(example.folder), example.load())
    assert list(check.everything()) == []


def test_its_case_is_a_case(example):
    (name,) = {entry.case for entry in example.load().entries} - {None}
    assert load(example.folder / "cases" / name).title == "Asymmetric chicken"


def test_its_readers_do_not_see_the_editors_rows(example):
    view = withhold(read_publication(example.folder), example.load(), "public")
    titles = {entry.title for entry in view.archive.entries}
    assert "Ideas for later issues" not in titles
    assert "Machine Theory of Mind" not in titles
    assert "Open Problems in Cooperative AI" in titles


def test_it_is_the_same_wherever_it_is_made(example, tmp_path):
    other = begin(tmp_path / "other", example=True)
    assert other.load().entries == example.load().entries
    other.close()


def test_secrets_are_for_their_owner(example):
    (secret,) = (example.folder / "keys").iterdir()
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert "keys/" in (example.folder / ".gitignore").read_text()


def test_an_empty_publication(tmp_path):
    store = begin(tmp_path / "new", example=False, name='The "Fair" Play', short="FP")
    assert store.load().entries == ()
    found = read_publication(tmp_path / "new")
    assert (found.name, found.short, found.category_names) == ('The "Fair" Play', "FP", ())
    store.close()


def test_nothing_is_overwritten(example):
    with pytest.raises(InputError, match="a publication already"):
        begin(example.folder, example=True)
