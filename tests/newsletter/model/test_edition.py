import pytest

from comity.newsletter.model.edition import Item, Section
from comity.newsletter.model.entry import Entry


def test_an_item_shows_nothing_that_nobody_gave_it():
    item = Item(Entry("A", "a"), "Ada")
    assert (item.link_only, item.mark, item.errata, item.responses) == (False, "", (), ())


def test_what_is_assembled_does_not_change():
    with pytest.raises(AttributeError):
        Section("Games", 0).title = "Rules"
