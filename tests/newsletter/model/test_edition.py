import pytest

from comity.newsletter.model.edition import Edition, Item, Section
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue


def test_an_item_shows_nothing_that_nobody_gave_it():
    item = Item(Entry("A", "a"), "Ada")
    assert (item.link_only, item.mark, item.errata, item.responses) == (False, "", (), ())


def test_what_is_assembled_does_not_change():
    with pytest.raises(AttributeError):
        Section("Games", 0).title = "Rules"


def test_an_edition_is_walked_in_reading_order_responses_and_inner_categories_included():
    def item(key, *responses):
        return Item(Entry(key, key), "Ada", responses=responses)

    inner = Section("Inner", 1, (item("e", item("f")),))
    outer = Section("Outer", 0, (item("d"),), (inner,))
    first = item("a", item("b", item("c")))
    edition = Edition(
        Issue(1), "CW #1", (first,), (outer, Section("Last", 0, (item("g"),))), "public"
    )
    assert [shown.entry.id for shown in edition.walk()] == list("abcdefg")
