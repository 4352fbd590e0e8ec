"""All at once against one by one, and against texts planted to be alike."""

from dataclasses import replace

from comity.newsletter.editions.web.related import MOST, related
from comity.newsletter.finding.finder import PlainFinder
from comity.newsletter.model.entry import Entry
from newsletter_small import view
from newsletter_world import make_archive


def test_it_is_what_the_finder_says_of_each_entry():
    _, archive, _ = make_archive(300, 20)
    finder = PlainFinder(archive.entries)
    found = related(archive.entries)
    likeness = {e.id: {r.entry: r.likeness for r in finder.related(e, 40)} for e in archive.entries}
    for entry in archive.entries:
        best = sorted(likeness[entry.id].values(), reverse=True)[:MOST]
        mine = [likeness[entry.id][key] for key in found[entry.id]]
        assert len(mine) == len(best)
        assert all(abs(a - b) < 1e-9 for a, b in zip(mine, best, strict=True))


def test_what_is_alike_is_found_and_nothing_is_related_to_itself():
    entries = (
        Entry("A", "Promises", summary="Juries keep promises in small markets."),
        Entry("B", "Whales", summary="Whales sing across oceans."),
        Entry("C", "Juries", summary="Promises of juries in markets."),
    )
    found = related(entries)
    assert found["A"] == ("C",)
    assert found["C"] == ("A",)
    assert found["B"] == ()


def test_an_empty_publication_has_nothing_related():
    assert related(()) == {}
    assert related((replace(view().archive.entries[0], summary=""),)) == {"AAAAAAAAAA": ()}
