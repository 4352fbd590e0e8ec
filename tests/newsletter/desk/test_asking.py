"""Searches as addresses, and back."""

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.desk.asking import LAST_PAGE, LONGEST, Asked, asked
from comity.newsletter.search.found import Filters

WORDS = st.text(max_size=30).map(lambda text: " ".join(text.split()))


@given(
    st.builds(
        Asked,
        query=WORDS,
        filters=st.builds(
            Filters,
            category=WORDS,
            summarizer=WORDS,
            year=WORDS,
            topic=WORDS,
            highlights=st.booleans(),
        ),
        page=st.integers(1, LAST_PAGE),
    )
)
def test_a_search_comes_back_from_its_address(ask):
    query = dict(parse_qsl(ask.written(ask.page), errors="surrogatepass"))
    assert asked(query) == ask


@given(st.dictionaries(st.sampled_from(["q", "year", "page", "highlights", "x"]), st.text()))
def test_any_query_is_a_search(query):
    ask = asked(query)
    assert len(ask.query) <= LONGEST
    assert 1 <= ask.page <= LAST_PAGE
    assert ask.offset >= 0


def test_everything_is_asked_by_nothing():
    assert asked({}).is_empty
    assert asked({}).written() == ""
    assert not asked({"highlights": "1"}).is_empty
    assert asked({"highlights": "0"}).is_empty
