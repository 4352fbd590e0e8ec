"""From a publication's folder to what its site shows."""

import csv
import io
import shutil
from dataclasses import replace

import pytest

from comity.newsletter.editions.build import write_site
from comity.newsletter.editions.preparing import prepare
from comity.newsletter.model.faults import Kind
from comity.newsletter.publication.reading import read_publication
from comity.newsletter.search.found import Filters
from comity.newsletter.search.saved import save_search
from comity.newsletter.store.store import Store
from newsletter_small import ARCHIVE, PUBLICATION, put_publication, put_recordings


@pytest.fixture(scope="module")
def folder(tmp_path_factory, examples):
    cases = [examples / "river.toml"]
    return put_publication(tmp_path_factory.mktemp("news") / "small", cases=cases)


def prepared(folder, audience="public"):
    store = Store.open(folder)
    try:
        return prepare(store, read_publication(folder), audience, lambda words, share: None)
    finally:
        store.close()


def test_the_settings_of_the_small_publication_say_what_it_is(folder):
    assert replace(read_publication(folder), translations=PUBLICATION.translations) == PUBLICATION


@pytest.mark.parametrize(
    ("audience", "place", "count"), [("public", "site", 8), ("preview", "preview", 9)]
)
def test_each_audience_has_its_own_place(folder, audience, place, count):
    made = prepared(folder, audience)
    assert made.folder == folder / "out" / place
    assert made.site.view.audience == audience
    assert len(made.site.view.archive.entries) == count
    assert made.faults == ()


def test_the_report_on_a_case_is_kept_for_the_next_time(folder):
    page = prepared(folder).site.cases["AAAAAAAAAA"]
    assert "Filling the dam on the Nile" in page
    (kept,) = (folder / "out/cache/cases").iterdir()
    assert kept.read_text("utf-8") == page


def test_the_sheet_holds_what_the_audience_may_see(folder):
    made = dict(prepared(folder).sheets())
    rows = list(csv.DictReader(io.StringIO(made["sheet.csv"].decode("utf-8-sig"))))
    assert len(rows) == 8
    assert made["sheet.xlsx"].startswith(b"PK")
    assert dict(prepared(folder).sheets()) == made


def test_a_saved_search_finds_what_the_audience_may_see(folder, tmp_path):
    copy = tmp_path / "news"
    shutil.copytree(folder, copy)
    store = Store.open(copy)
    save_search(store.engine, "On votes", "refers", Filters(category="Voting"))
    save_search(store.engine, "Unseen", "unseen", Filters())
    save_search(store.engine, "On trust", "", Filters(topic="trust"))
    store.close()
    found = {name: set(ids) for name, ids in prepared(copy).site.searches.items()}
    assert found == {
        "On trust": {"AAAAAAAAAA", "BBBBBBBBBB"},
        "On votes": {"EEEEEEEEEE"},
        "Unseen": set(),
    }


def test_faults_are_told_each_with_its_place(tmp_path):
    entries = tuple(
        replace(e, summary="See <@Nothing like it@>.", case="absent.toml") if e.id[0] == "K" else e
        for e in ARCHIVE.entries
    )
    folder = put_publication(tmp_path / "news", archive=replace(ARCHIVE, entries=entries))
    faults = [f for f in prepared(folder).faults if f.entry == "KKKKKKKKKK"]
    assert [fault.kind for fault in faults] == [Kind.UNRESOLVED_REFERENCE, Kind.BAD_CASE]
    assert all("Bare" in str(fault) for fault in faults)


def test_a_recording_is_shown_where_it_may_be_heard_and_leaves_the_site_where_not(folder, tmp_path):
    copy = tmp_path / "news"
    shutil.copytree(folder, copy)
    put_recordings(copy / "out/site")
    made = prepared(copy)
    assert set(made.site.heard) == {1}
    (copy / "out/site/audio/3.mp3").write_bytes(b"a draft")
    made = prepared(copy)
    assert made.site.stale == {"3"}
    assert [fault.kind for fault in made.faults] == [Kind.BLOCKED]
    write_site(made.site, made.folder, made.sheets, lambda words, share: None)
    assert {f.name for f in (copy / "out/site/audio").iterdir()} == {
        "1.mp3",
        "1.vtt",
        "1.chapters.json",
    }
