"""Only what the next try can still find is advised."""

import pytest

from comity.newsletter.sheets.advice import Advice


@pytest.mark.parametrize(
    ("stored", "rows", "expected"),
    [
        ("ab", {}, "one of (@#a@), (@#b@)"),
        ("ab", {"a": 2, "b": 3}, "one of (@#a@), (@#b@)"),
        ("", {"a": 2, "b": 3}, "different words in the titles of rows 2 and 3"),
        ("b", {"a": 2}, "different words in the title of row 2, or (@#b@)"),
    ],
)
def test_ids_are_named_where_they_are_stored(stored, rows, expected):
    assert Advice(stored, rows)(("a", "b")) == expected


def test_all_rows_are_named():
    expected = "different words in the titles of rows 2, 5 and 9"
    assert Advice((), {"a": 2, "b": 5, "c": 9})(("a", "b", "c")) == expected
