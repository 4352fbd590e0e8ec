"""CSL-JSON, as registries of DOIs and reference managers write it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.newsletter.importing.csl import read_csl
from comity.newsletter.model.faults import Kind

CROSSREF = {
    "type": "journal-article",
    "title": "The <i>Nash</i> program &amp; after",
    "subtitle": ["a survey"],
    "author": [
        {"given": "Ada", "family": "Lovelace", "sequence": "first"},
        {"family": "Neumann", "given": "John", "non-dropping-particle": "von"},
        {"literal": "Ministry of Care, Health"},
        "not a person",
    ],
    "container-title": ["Journal of Deals"],
    "issued": {"date-parts": [[2020, 5, 1]]},
    "DOI": "10.1000/ABC",
    "URL": "http://dx.doi.org/10.1000/abc",
    "abstract": "<jats:p>On deals where <jats:italic>x</jats:italic> &lt; 3.</jats:p>",
}
DATACITE = {
    "type": "article",
    "title": "A preprint",
    "author": [{"family": "Bo"}],
    "issued": {"date-parts": [["2021"]]},
    "DOI": "10.48550/arXiv.2101.00001",
    "publisher": "arXiv",
    "URL": "https://arxiv.org/abs/2101.00001",
}


def test_what_a_registry_answers():
    (one,) = read_csl(json.dumps(CROSSREF)).proposals
    assert one.title == "The Nash program & after: a survey"
    assert one.authors == "Ada Lovelace, John von Neumann, Ministry of Care Health"
    assert (one.venue, one.year) == ("Journal of Deals", "2020")
    assert one.abstract == "On deals where x < 3."
    assert [(v.kind, v.doi) for v in one.versions] == [("published", "10.1000/abc")]


def test_a_preprint_of_arxiv():
    (one,) = read_csl(json.dumps([DATACITE])).proposals
    assert [(v.kind, v.arxiv, v.year) for v in one.versions] == [("preprint", "2101.00001", "2021")]
    assert one.url == "https://arxiv.org/abs/2101.00001"


def test_lists_of_both_kinds():
    whole = {"status": "ok", "message": {"items": [CROSSREF, DATACITE]}}
    assert read_csl(json.dumps(whole)) == read_csl(json.dumps([CROSSREF, DATACITE]))
    assert len(read_csl(json.dumps({"message": CROSSREF})).proposals) == 1


def test_what_is_no_reference_is_named():
    reading = read_csl('[{"title": "T"}, 3, null, {"DOI": "10.1000/a"}]', "x.json")
    assert [one.title for one in reading.proposals] == ["T"]
    told = [(fault.place, fault.kind) for fault in reading.faults]
    assert ("x.json: reference 2", Kind.BAD_MARKUP) in told
    assert ("x.json: reference 3", Kind.BAD_MARKUP) in told
    assert ("x.json: reference 4", Kind.NO_TITLE) in told


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"a": ' * 50_000, ""])
def test_what_is_no_json_is_one_error(text):
    with pytest.raises(InputError, match="not JSON"):
        read_csl(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["title", "author", "issued", "DOI", "URL", "date-parts", "family"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@given(JSON)
def test_any_json_gives_proposals_or_faults(data):
    reading = read_csl(json.dumps(data))
    count = len(data) if isinstance(data, list) else 1
    assert len(reading.proposals) + len({fault.place for fault in reading.faults}) >= count
