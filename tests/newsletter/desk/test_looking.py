"""What stands beside a form."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from comity.newsletter.desk.looking import look, noted
from comity.newsletter.desk.reading import live_site
from comity.newsletter.desk.shelf import Content
from comity.newsletter.finding.finder import PlainFinder
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.faults import Fault, Kind
from comity.newsletter.store.store import Store
from newsletter_desk import WAITING
from newsletter_small import ARCHIVE, PUBLICATION


@pytest.fixture(scope="module")
def content(tmp_path_factory) -> Iterator[Content]:
    archive = replace(ARCHIVE, entries=(*ARCHIVE.entries, *WAITING))
    store = Store.open(tmp_path_factory.mktemp("looking") / "newsletter.db")
    yield Content(PUBLICATION, archive, store, live_site, lambda a: PlainFinder(a.entries))
    store.close()


def test_the_preview_is_the_page_of_the_entry_as_typed(content):
    entry = replace(content.archive.by_id["BBBBBBBBBB"], summary="See <@@>(@#AAAAAAAAAA@), *now*.")
    found = look(content, entry)
    assert '<a href="/entries/AAAAAAAAAA/">Promises that are kept</a>' in found.body
    assert "<em>now</em>" in found.body
    assert "<script" not in look(content, replace(entry, summary="<script>x</script>")).body


def test_an_unsaved_entry_is_looked_up(content):
    found = look(content, Entry("", "Promises that are kept!", summary="Votes of strangers."))
    assert [(e.id, d.reason) for e, d in found.duplicates] == [
        ("AAAAAAAAAA", "nearly the same title")
    ]
    assert "AAAAAAAAAA" in [e.id for e, _ in found.related]
    kinds = {n.fault.kind for n in found.noted}
    assert {Kind.SUMMARY_WITHOUT_SUMMARIZER, Kind.BLOCKED} <= kinds


def test_categories_are_suggested_unless_the_entry_has_them(content):
    entry = Entry("", "Votes and more votes", category="Contracts")
    assert look(content, entry).suggestions[0].category == "Voting"
    own = look(content, replace(entry, category="Voting"))
    assert "Voting" not in [s.category for s in own.suggestions]


def test_what_stops_an_issue_comes_first_and_once():
    stops, note = Fault(Kind.BLOCKED, "x"), Fault(Kind.BAD_MARKUP, "y")
    found = noted([note, stops, note])
    assert [(n.fault, n.stops) for n in found] == [(stops, True), (note, False)]
