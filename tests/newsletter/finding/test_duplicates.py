"""Duplicates: each planted one is found with its reason, and nothing else."""

import pytest

from comity.newsletter.finding.duplicates import (
    DuplicateFinder,
    Marks,
    _sharing,
    address_key,
    duplicates,
    grouped,
)
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry, Version, Work


def told(archive: Archive) -> set[tuple[str, str, str]]:
    return {(pair.first, pair.second, pair.reason) for pair in duplicates(archive)}


PLANTED = Archive(
    (
        Entry("a", "On bargaining", url="https://www.a.example/x/?utm_source=mail"),
        Entry("b", "Another thing", url="http://a.example/x#part"),
        Entry("c", "ON  Bargaining."),
        Entry("d", "Deep cooperative reinforcement learning in large villages"),
        Entry("e", "Deep co-operative reinforcement learning in large vilages"),
        Entry("f", "A preprint", url="https://arxiv.org/abs/2101.00001v2"),
        Entry("g", "Its journal version", work="w"),
        Entry("h", "On bargaining", part_of="a"),
        Entry("i", "Shallow competitive supervised learning in small towns"),
    ),
    works=(
        Work("w", "Both", versions=(Version("preprint", arxiv="2101.00001"), Version("published"))),
    ),
)


def test_each_planted_pair_is_found_with_its_reason():
    assert told(PLANTED) == {
        ("a", "b", "the same address"),
        ("a", "c", "the same title"),
        ("c", "h", "the same title"),
        ("d", "e", "nearly the same title"),
        ("f", "g", "the same preprint"),
    }


def test_of_a_crowd_each_is_named_once(monkeypatch):
    monkeypatch.setattr("comity.newsletter.finding.duplicates.CROWD", 3)
    marks = [Marks((("the same title", "t"),))] * 5
    assert list(_sharing(marks)) == [("the same title", 0, k) for k in range(1, 5)]
    assert len(list(_sharing(marks[:3]))) == 3


def test_looking_up_one_finds_the_same():
    finder = DuplicateFinder(PLANTED)
    pairs = grouped(duplicates(PLANTED))
    for entry in PLANTED.entries:
        found = {pair.second for pair in finder.of(entry)}
        others = {p.second if p.first == entry.id else p.first for p in pairs.get(entry.id, ())}
        assert others <= found


def test_looking_up_what_is_not_saved_yet():
    finder = DuplicateFinder(PLANTED)
    unsaved = Entry("", "Something else", url="https://doi.org/10.1000/A")
    assert finder.of(unsaved) == ()
    work = Work("", "", versions=(Version("preprint", arxiv="2101.00001"),))
    assert [(p.second, p.reason) for p in finder.of(unsaved, work)] == [
        ("f", "the same preprint"),
        ("g", "the same preprint"),
    ]


def test_one_changed_letter_in_a_long_title_is_found_and_other_titles_are_not(rng):
    letters = list("abcdefghijklmnopqrstuvwxyz     ")
    titles = ["".join(rng.choice(letters, 70)) for _ in range(200)]
    entries = [Entry(f"o{k}", title) for k, title in enumerate(titles)]
    for k, title in enumerate(titles):
        place = int(rng.integers(len(title)))
        entries.append(Entry(f"t{k}", title[:place] + "#" + title[place + 1 :]))
    found = {(p.first, p.second) for p in duplicates(Archive(tuple(entries)))}
    assert found == {(f"o{k}", f"t{k}") for k in range(200)}


def test_blocks_change_nothing(monkeypatch, rng):
    entries = tuple(Entry(str(k), f"Title {int(rng.integers(40))} of things") for k in range(100))
    whole = duplicates(Archive(entries))
    monkeypatch.setattr("comity.newsletter.finding.duplicates.BLOCK", 7)
    assert duplicates(Archive(entries)) == whole


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "http://www.a.example/x/", True),
        ("https://a.example/x?b=1&utm_medium=m", "https://A.example/x?b=1", True),
        ("https://a.example/x?b=1", "https://a.example/x?b=2", False),
        ("https://a.example/x", "https://a.example/X", False),
        ("https://a.example/x", "https://b.example/x", False),
        ("https://[broken", "https://[broken", True),
    ],
)
def test_addresses(one, other, same):
    assert (address_key(one) == address_key(other)) is same


def test_blank_cells_are_no_marks():
    blank = Archive((Entry("a", ""), Entry("b", ""), Entry("c", "", url=" ")))
    assert duplicates(blank) == ()
    assert DuplicateFinder(Archive(())).of(Entry("a", "T")) == ()
