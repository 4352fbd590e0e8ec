"""What short cells say, and what is said of those that say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.faults import Kind
from comity.newsletter.sheets import words
from comity.newsletter.text.characters import UNFIT

NAMES = frozenset({"an", "alignment newsletter", "issue", "no"})


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("AN #59", 59),
        ("AN#59", 59),
        ("an # 59", 59),
        ("[AN #59]", 59),
        ("AN #59 (Extra)", 59),
        ("AN #59: a title of 2019", 59),
        ("Alignment Newsletter #59", 59),
        ("Alignment Newsletter 59", 59),
        ("Another #59", 59),
        ("#59", 59),
        ("59", 59),
        ("59.0", 59),
        ("AN #59 / AN #59", 59),
        ("", None),
        ("N/A", None),
        ("-", None),
    ],
)
def test_issues_are_known_by_odd_spellings(text, number):
    assert words.issue_number(text, NAMES) == (number, None)


@pytest.mark.parametrize(
    "text",
    [
        "AN #59, AN #60",
        "#1 and #2",
        "the spring one",
        "MLSN 3",
        "AN #59.5",
        "AN",
        "x 59",
        "2018-05-01",
        "12/5/2018",
        "12 May 2018",
        "12 May",
        "12-May",
        "AN 12, 13",
        "12th",
        "12 / 13",
    ],
)
def test_other_cells_name_no_issue(text):
    number, fault = words.issue_number(text, NAMES)
    assert number is None
    assert fault.kind is Kind.UNKNOWN_ISSUE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2018", "2018"),
        ("2018.0", "2018"),
        ("May 2018", "May 2018"),
        ("2018.05.01", "2018.05.01"),
        ("05.2018", "05.2018"),
    ],
)
def test_years(text, said):
    assert words.year(text) == (said, None)


@pytest.mark.parametrize("text", ["2017-2018", " 2017-2018", "2017 (2018)", "2017, 2018"])
def test_several_years_are_kept_and_told(text):
    said, fault = words.year(text)
    assert said == text.strip()
    assert fault.kind is Kind.SEVERAL_YEARS
    assert fault.advises
    assert "2017 and 2018" in fault.reason


@pytest.mark.parametrize("text", ["soon", "18", "20180", "n.d.", "2018.5", "2018,25", "20188"])
def test_what_holds_no_year(text):
    assert words.year(text)[1].kind is Kind.NO_NUMBER


@pytest.mark.parametrize(
    ("text", "rating", "kind"),
    [
        ("", None, None),
        ("7", 7, None),
        ("7.0", 7, None),
        ("7 / 10", 7, None),
        ("10", 10, None),
        ("1", 1, None),
        ("0", None, Kind.OUT_OF_RANGE),
        ("11", None, Kind.OUT_OF_RANGE),
        ("-3", None, Kind.OUT_OF_RANGE),
        ("9" * 5000, None, Kind.OUT_OF_RANGE),
        ("7.5", None, Kind.NO_NUMBER),
        ("TRUE", None, Kind.NO_NUMBER),
        ("٧", None, Kind.NO_NUMBER),
    ],
)
def test_ratings(text, rating, kind):
    found, fault = words.rating(text)
    assert (found, fault and fault.kind) == (rating, kind)


@pytest.mark.parametrize("text", ["Highlight", "x", "X", "TRUE", "yes", "1", "✓"])
def test_marks_of_highlights(text):
    assert words.highlight(text) == (True, None)


@pytest.mark.parametrize("text", ["", " ", "FALSE", "no", "0"])
def test_marks_of_others(text):
    assert words.highlight(text) == (False, None)


def test_the_words_of_lists_are_known_however_they_are_typed():
    for word in EmailStatus:
        assert words.status(f" {word.value.upper()} ") == (word, None)
    for public in Publicity:
        assert words.publicity(f"{public.value.lower()} ") == (public, None)


def test_unknown_words_withhold():
    status, fault = words.status("Posted")
    assert (status, fault.kind) == (EmailStatus.DO_NOT_SEND, Kind.UNKNOWN_WORD)
    public, fault = words.publicity("Nope")
    assert (public, fault.kind) == (Publicity.NO, Kind.UNKNOWN_WORD)


@pytest.mark.parametrize(
    "text",
    ["https://example.org", "http://a.b/c_(d)?e=f#g", "https://[::1]:8080/", "https://ü.org"],
)
def test_addresses_of_the_web(text):
    assert words.address(f" {text} ") == (text, None)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "file:///etc/hosts",
        "//example.org",
        "example.org",
        "https://",
        "https://a b",
        'https://a/"onclick=',
        "https://a:99999",
        "https://[::1",
        "mailto:a@b.c",
    ],
)
def test_nothing_else_is_an_address(text):
    found, fault = words.address(text)
    assert found == ""
    assert fault.kind is Kind.BAD_ADDRESS


@given(st.text())
def test_no_text_breaks_any_of_them(text):
    for read in (words.year, words.rating, words.highlight, words.status, words.publicity):
        read(text)
    words.issue_number(text, NAMES)
    assert words.address(text)[0] == "" or words.address(text)[0].startswith("http")
    for cleaned in (words.clean(text), words.one_line(text)):
        assert not UNFIT.search(cleaned)
        assert cleaned == cleaned.strip()
    assert "\n" not in words.one_line(text)
    assert "\r" not in words.clean(text)


def test_characters_are_named_by_what_is_wrong_with_them():
    def told(text):
        return [(fault.kind, fault.reason) for fault in words.characters(text)]

    assert told("tab\tand line\n") == told("שלום\u200f!") == []
    ((kind, reason),) = told("bell\x07")
    assert (kind, "U+0007 at place 5" in reason) == (Kind.BAD_CHARACTERS, True)
    ((kind, reason),) = told("so\u00adft\u200b" + "\ufeff" * 3)
    assert kind is Kind.INVISIBLE
    assert "SOFT HYPHEN at place 3, ZERO WIDTH SPACE at place 6" in reason
    assert reason.endswith("and 2 more")
    kinds = [kind for kind, _ in told("exe.\u202egpj")]
    assert kinds == [Kind.TURNED]
    assert [kind for kind, _ in told("exe.\u202egpj\u200b")] == [Kind.TURNED, Kind.INVISIBLE]


@pytest.mark.parametrize(
    "text", ["=SUM(A1:A2)", ' = HYPERLINK("http://a.org", "a")', "=A.B()", "#REF!", " #name? "]
)
def test_a_text_that_is_a_formula_is_told(text):
    assert words.formula(text).kind is Kind.RAW_FORMULA


@pytest.mark.parametrize("text", ["=calm", "=1+1 is (no) formula", "x = f(y)", "-f(x)", "=f(x) so"])
def test_other_texts_are_no_formulas(text):
    assert words.formula(text) is None


@pytest.mark.parametrize("host", ["exa\u200bmple.org", "exa\u00admple.org", "\u202eexample.org"])
def test_a_host_that_is_not_what_it_looks_is_no_address(host):
    assert words.address(f"https://{host}/a")[1].kind is Kind.BAD_ADDRESS
