"""What of an entry is searched."""

import pytest

from comity.newsletter.model.archive import Archive
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.publication import Category, Publication
from comity.newsletter.model.withholding import withhold
from comity.newsletter.search.document import Documents, facet, facets_of, plain
from comity.newsletter.search.found import Filters

PUBLICATION = Publication(
    "Fair Play", "FP", categories=(Category("A", (Category("B"),)),), aliases={"R. E.": "Rohan"}
)
ENTRY = Entry(
    "a",
    "One",
    category="B",
    year="2017-2018",
    summarizer="Dana and R. E.",
    summary="See <@@>(@#b@) and [this](https://secret.example/x), **really**.",
    topics=("trust",),
    issue=3,
    rating=10,
)


@pytest.fixture
def documents():
    entries = (ENTRY, Entry("b", "Other title"))
    return Documents(withhold(PUBLICATION, Archive(entries), "internal"))


def test_references_are_searched_by_what_they_show(documents):
    texts = documents.texts(documents.view.archive.by_id["a"])
    assert "Other title" in texts["summary"]
    assert "secret" not in texts["summary"]
    assert "*" not in texts["summary"]
    assert texts["topics"] == "trust"
    assert "opinion" not in texts


def test_every_filter_has_its_terms(documents):
    found = set(documents.facets(ENTRY))
    assert found == {
        facet("category", "A"),
        facet("category", "B"),
        facet("summarizer", "Dana"),
        facet("summarizer", "Rohan"),
        facet("topic", "trust"),
        facet("year", "2017"),
        facet("year", "2018"),
        facet("issue", "3"),
        facet("highlights", "1"),
    }


def test_filters_ask_for_the_same_terms(documents):
    asked = facets_of(Filters("a", "R. E.", "2018", "Trust", 3, True), PUBLICATION.aliases)
    assert len(asked) == 6
    assert set(asked) <= set(documents.facets(ENTRY))
    assert facets_of(Filters(), {}) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# Head\n\n- a *b* `c`\n1. d", "Head a b c d"),
        ("[a [b] c](https://x.org/(y)) z", "a [b] c z"),
        ("![picture](https://x.org/p.png)", "picture"),
        ("https://x.org/path and so on", "and so on"),
        (
            "Sizes:\n\n| a | b |\n|:--|--:|\n| c\\|d | 2 |\n\nso | there",
            "Sizes: a b c|d 2 so there",
        ),
        ("a | b", "a | b"),
        ("> |a|\n> | :-: |\n> |b|", "a b"),
        # It would be read for days if each blank were looked at from all before it.
        ("|x\n" + " " * 1_000_000 + "-", "|x -"),
        ("snake_case and _this_", "snake_case and this"),
    ],
)
def test_markdown_is_searched_without_its_marks(text, said):
    assert " ".join(plain(text, lambda _: "").split()) == said
