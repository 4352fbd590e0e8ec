"""Which row is which entry."""

from random import Random

from comity.newsletter.model.entry import Entry
from comity.newsletter.sheets.matching import match
from comity.newsletter.sheets.rows import Draft


def row(position, title, url=""):
    return Draft(position + 2, position, {}, {}, {"title": title, "url": url}, ())


def ids(drafts, entries):
    found = match(drafts, entries)
    return {position: entry.id for position, entry in found.entries.items()}, found


def test_title_and_address_together_go_first():
    entries = [Entry("a", "One", url="u"), Entry("b", "One", url="v")]
    assert ids([row(0, "one", "v"), row(1, "One.", "u")], entries)[0] == {0: "b", 1: "a"}


def test_among_equals_order_tells():
    entries = [Entry("a", "One"), Entry("b", "One"), Entry("c", "One")]
    assert ids([row(k, "One") for k in range(3)], entries)[0] == {0: "a", 1: "b", 2: "c"}


def test_a_title_alone_tells():
    assert ids([row(0, "“One”", "new")], [Entry("a", "'one'", url="old")])[0] == {0: "a"}


def test_an_address_that_only_two_have_tells_a_new_title():
    found, matches = ids([row(0, "Renamed", "u")], [Entry("a", "One", url="u")])
    assert found == {0: "a"}
    assert matches.renamed == [0]


def test_an_address_that_several_have_tells_nothing():
    entries = [Entry("a", "One", url="u"), Entry("b", "Two", url="u")]
    found, matches = ids([row(0, "Three", "u")], entries)
    assert found == {}
    assert [entry.id for entry in matches.left] == ["a", "b"]
    found, _ = ids([row(0, "Three", ""), row(1, "Four", "")], [Entry("a", "One")])
    assert found == {}


def test_no_entry_is_two_rows_and_nothing_is_lost():
    rng = Random(0)
    for _ in range(200):
        entries = [Entry(str(k), rng.choice("AB"), url=rng.choice("uv")) for k in range(6)]
        drafts = [row(k, rng.choice("ABC"), rng.choice("uvw")) for k in range(rng.randrange(8))]
        found, matches = ids(drafts, entries)
        assert len(set(found.values())) == len(found)
        assert {*found.values(), *(entry.id for entry in matches.left)} == set("012345")


def test_the_same_sheet_again_is_the_same_entries():
    rng = Random(1)
    entries = [Entry(str(k), rng.choice("ABCD"), url=rng.choice("uvw")) for k in range(40)]
    drafts = [row(k, entry.title, entry.url) for k, entry in enumerate(entries)]
    assert ids(drafts, entries)[0] == {k: entry.id for k, entry in enumerate(entries)}
