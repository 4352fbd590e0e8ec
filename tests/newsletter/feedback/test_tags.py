import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.feedback.tags import LONGEST_TAG, Tag, tokens


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("a < b > c", ["a ", "<", " b > c"]),
        ("<P Class=x>", [Tag("p", {"class": "x"})]),
        ("<a href='x>y' title=\"&lt;\">", [Tag("a", {"href": "x>y", "title": "<"})]),
        ("</o:p >", [Tag("o:p", {}, ends=True)]),
        ("<br/>", [Tag("br")]),
        ("<!DOCTYPE html><?xml?><!-- <b> -->x", ["x"]),
        ("<!-- never closed <b>", []),
        ("<script>a<b></SCRIPT>", [Tag("script"), "a<b>", Tag("script", {}, ends=True)]),
        ("<p it's>x", [Tag("p"), "x"]),
        ("<a " + "x" * LONGEST_TAG + ">", ["<", "a " + "x" * LONGEST_TAG + ">"]),
    ],
)
def test_pages(page, expected):
    assert list(tokens(page)) == expected


@given(st.text(alphabet="<>/!-?ab ='\"&;", max_size=60))
def test_any_text_comes_to_an_end_and_no_letter_is_made_up(page):
    text = "".join(token for token in tokens(page) if isinstance(token, str))
    assert len(text) <= len(page)


@pytest.mark.parametrize("part", ["<a ", "<a b='", "<!--", "</", "<!", "<script>", "<", "<b '>"])
def test_pages_made_to_stall_a_reader_do_not(part):
    # A reader that goes back to the start at each of them would not end within the hour.
    assert sum(1 for _ in tokens(part * 100_000)) <= 300_000
