"""What makes an entry a highlight."""

import pytest

from comity.newsletter.model.entry import Entry


@pytest.mark.parametrize(
    ("highlight", "rating", "is_highlight"),
    [
        (False, None, False),
        (False, 9, False),
        (False, 10, True),
        (True, None, True),
        (True, 3, True),
    ],
)
def test_a_rating_of_ten_or_the_mark_makes_a_highlight(highlight, rating, is_highlight):
    assert Entry("a", "T", highlight=highlight, rating=rating).is_highlight is is_highlight


def test_entries_are_values():
    assert Entry("a", "T") == Entry("a", "T")
    assert len({Entry("a", "T"), Entry("a", "T"), Entry("b", "T")}) == 2
