"""RIS: records as databases write them, and lines that are out of place."""

import rispy
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.importing.ris import read_ris
from comity.newsletter.model.faults import Kind

FILE = """TY  - JOUR
AU  - Lovelace, Ada
AU  - King, Martin, Jr.
TI  - On bargaining
   in two lines
T2  - Journal of Deals
PY  - 2020/05/01
DO  - 10.1000/ABC
UR  - https://a.example/x
AB  - Short.
ER  -
TY  - BLOG
A1  - Bo
T1  - A post
Y1  - 2021
UR  - https://b.example/
UR  - https://c.example/
ER  -
"""


def test_what_a_file_says():
    reading = read_ris(FILE, "deals.ris")
    assert reading.faults == ()
    one, two = reading.proposals
    assert one.title == "On bargaining in two lines"
    assert one.authors == "Ada Lovelace, Martin King Jr."
    assert (one.venue, one.year, one.abstract) == ("Journal of Deals", "2020", "Short.")
    assert [(v.kind, v.doi) for v in one.versions] == [("published", "10.1000/abc")]
    assert one.place == "deals.ris: line 1"
    assert (two.title, two.authors, two.year) == ("A post", "Bo", "2021")
    assert two.url == "https://b.example/"
    assert [v.kind for v in two.versions] == ["post"]


def test_lines_out_of_place_are_named_and_records_without_end_are_kept():
    text = "hello\nTY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n"
    reading = read_ris(text, "x.ris")
    assert [one.title for one in reading.proposals] == ["One", "Two"]
    assert [fault.place for fault in reading.faults] == [
        "x.ris: line 1",
        "x.ris: line 2",
        "x.ris: line 4",
    ]
    assert {fault.kind for fault in reading.faults} == {Kind.BAD_MARKUP}


WORDS = st.text("abc Äéñ-:,.", min_size=1, max_size=30).map(lambda t: " ".join(t.split()))


@given(st.lists(st.tuples(WORDS.filter(bool), WORDS.filter(bool)), min_size=1, max_size=4))
def test_what_the_library_writes_is_read_back(records):
    text = rispy.dumps(
        [
            {"type_of_reference": "JOUR", "title": title, "secondary_title": venue}
            for title, venue in records
        ]
    )
    reading = read_ris(text)
    assert reading.faults == ()
    assert [one.title for one in reading.proposals] == [title for title, _ in records]


def test_hostile_text_gives_proposals_or_faults():
    for text in (
        "TY  - \n" * 5000,
        "TY  - X\nTI  - " + "x" * 2_000_000,
        "TY  - X\nUK  - a\nER  - ",
    ):
        reading = read_ris(text)
        assert reading.proposals or reading.faults
