"""No text becomes a formula, and none changes on the way out and in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.sheets.formulas import defuse, hyperlink, link, undo

TEXTS = st.text(alphabet="'=+-@\t\r\n ab＝", max_size=8) | st.text()
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@given(TEXTS)
def test_what_is_defused_comes_back(text):
    assert undo(defuse(text)) == text


@given(TEXTS)
def test_nothing_defused_begins_as_a_formula(text):
    # OWASP, "CSV Injection": what a spreadsheet may take for a formula.
    assert not defuse(text).startswith(TRIGGERS)
    assert not defuse(text).lstrip(" ").startswith(TRIGGERS)


@given(st.text(alphabet="abc' 1", max_size=8))
def test_innocent_texts_stay(text):
    assert defuse(text) == text == undo(text)


@pytest.mark.parametrize(
    ("formula", "link"),
    [
        ('=HYPERLINK("https://a.org","A")', ("https://a.org", "A")),
        ('= hyperlink( "https://a.org" ; "A" ) ', ("https://a.org", "A")),
        ('=HYPERLINK("https://a.org")', ("https://a.org", "https://a.org")),
        ('=HYPERLINK("https://a.org", 7)', ("https://a.org", "7")),
        ('=HYPERLINK("https://a.org/""b""","say ""b""")', ('https://a.org/"b"', 'say "b"')),
        ('=HYPERLINK("https://a.org","")', ("https://a.org", "")),
        ('=HYPERLINK(A1,"A")', None),
        ('=HYPERLINK("https://a.org","A")&B1', None),
        ("=SUM(A1:A2)", None),
        ("HYPERLINK", None),
    ],
)
def test_links_that_are_formulas(formula, link):
    assert hyperlink(formula) == link


@given(TEXTS | st.text('",()& =;'), TEXTS | st.text('",()& =;'))
def test_a_link_comes_back_and_is_nothing_but_two_quoted_texts(address, text):
    formula = link(address, text)
    assert hyperlink(formula) == (address, text)
    # By the rule of spreadsheets: what stands outside of quotes, where "" inside is one of them.
    outside, inside = "", False
    for letter in formula:
        inside ^= letter == '"'
        outside += "" if inside or letter == '"' else letter
    assert outside == "=HYPERLINK(, )"
