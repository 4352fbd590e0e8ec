"""Reports on Cases: those of comity's own command, made once, and only of the publication's own."""

from dataclasses import replace

import pytest

from comity.agreement import agree, compare
from comity.agreement.report import gather, render_page
from comity.cases import load
from comity.newsletter.editions.web import casepages
from comity.newsletter.editions.web.casepages import SEED, case_pages
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Kind

ENTRY = Entry("A", "Rivers", case="river.toml")


@pytest.fixture
def cheap(monkeypatch):
    """Reports made at once, counted."""
    made = []
    monkeypatch.setattr(casepages, "report", lambda case: made.append(case) or f"page {len(made)}")
    return made


def test_it_is_the_page_that_comity_agree_writes(examples, tmp_path):
    case = load(examples / "river.toml")
    expected = render_page(gather(agree(case, rng=SEED), compare(case, rng=SEED)), seed=SEED)
    assert case_pages([ENTRY], examples, tmp_path).pages == {"A": expected}


def test_it_is_made_once_until_the_case_changes(cheap, tmp_path, examples):
    folder, told = tmp_path / "cases", []
    folder.mkdir()
    text = (examples / "river.toml").read_text()
    (folder / "river.toml").write_text(text)
    kept = tmp_path / "kept"
    first = case_pages([ENTRY], folder, kept, told.append)
    again = case_pages([ENTRY], folder, kept, told.append)
    assert first.pages == again.pages == {"A": "page 1"}
    assert told == ["Rivers"]
    (folder / "river.toml").write_text("# a comment changes nothing\n" + text)
    assert case_pages([ENTRY], folder, kept).pages == {"A": "page 1"}
    (folder / "river.toml").write_text(text.replace("title = ", 'title = "Another river" #', 1))
    assert case_pages([ENTRY], folder, kept).pages == {"A": "page 2"}


@pytest.mark.parametrize("path", ["../secret.toml", "absent.toml", "bad.toml", "deep", ""])
def test_a_case_that_cannot_be_shown_is_a_fault_with_its_entry(cheap, tmp_path, path):
    folder = tmp_path / "cases"
    (folder / "deep").mkdir(parents=True)
    (tmp_path / "secret.toml").write_text("title = 1")
    (folder / "bad.toml").write_text("title = 1")
    found = case_pages([replace(ENTRY, case=path)], folder, tmp_path / "kept")
    assert found.pages == {}
    assert cheap == []
    assert [(f.kind, f.entry) for f in found.faults] == [(Kind.BAD_CASE, "A")][: bool(path)]


def test_entries_without_a_case_cost_nothing(cheap, tmp_path):
    assert case_pages([replace(ENTRY, case=None)], tmp_path, tmp_path).pages == {}
