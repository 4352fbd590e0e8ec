"""Each audience has documents and postings of its own."""

from comity.newsletter.store.tables.search import (
    DOCUMENTS,
    INDEXED,
    LENGTHS,
    PAIRS,
    POSTINGS,
    SEARCHES,
)


def test_the_audience_is_part_of_every_key():
    for table in (DOCUMENTS, POSTINGS, PAIRS, LENGTHS, INDEXED):
        assert "audience" in table.primary_key.columns
    assert "audience" not in SEARCHES.c
