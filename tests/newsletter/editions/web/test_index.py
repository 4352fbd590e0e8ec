"""The index and the archive for programs, read by a reader of JSON."""

import json

from comity.newsletter.editions.web.index import archive_json, search_index
from comity.newsletter.editions.web.site import Site
from newsletter_small import PUBLICATION, URL, view

SITE = Site(view())
INDEX = json.loads(search_index(SITE).removeprefix("comityIndex(").removesuffix(");\n"))["entries"]
ARCHIVE = json.loads(archive_json(SITE))
SHOWN = {entry.id for entry in SITE.view.archive.entries}


def test_the_index_holds_every_entry_that_readers_may_see():
    assert {row["address"] for row in INDEX} == {f"entries/{key}/" for key in SHOWN}
    first = next(row for row in INDEX if row["address"] == "entries/AAAAAAAAAA/")
    text = first.pop("text")
    assert text.startswith("People keep promises more often than theory says.")
    assert first == {
        "title": "Promises that are kept",
        "address": "entries/AAAAAAAAAA/",
        "authors": "Mary Somerville et al.",
        "where": "Journal of Cooperation, 2020",
        "categories": ["Contracts"],
        "summarizers": ["Ada Lovelace"],
        "years": ["2020"],
        "topics": ["trust", "promises"],
        "issue": 1,
        "label": "CW #1",
        "issue_address": "issues/1/",
        "highlight": True,
        "corrections": ["Correction, 20 November 2026: There were 40 pairs, not 41."],
    }


def test_the_index_is_a_script_that_cannot_end_its_element():
    assert "<" not in search_index(SITE)
    assert "\u2028" not in search_index(SITE)


def test_the_archive_holds_the_public_form_of_the_sheet_and_nothing_else():
    entries = {entry["id"]: entry for entry in ARCHIVE["entries"]}
    assert set(entries) == SHOWN
    first = entries["AAAAAAAAAA"]
    for private in ("notes", "rating", "public", "email_status", "summarize", "extra", "position"):
        assert private not in first
    assert first["address"] == f"{URL}/entries/AAAAAAAAAA/"
    assert first["opinion"].startswith("This is the most careful")
    # References are spelled as in a sheet: ids mean nothing outside.
    assert entries["BBBBBBBBBB"]["summary"].startswith(
        "A replication of <@Promises that are kept@>"
    )
    assert entries["DDDDDDDDDD"]["summary"] == ""


def test_the_archive_tells_of_issues_works_corrections_and_replies():
    assert [issue["label"] for issue in ARCHIVE["issues"]] == ["CW #1", "CW #2"]
    assert ARCHIVE["works"][0]["versions"][1]["doi"] == "10.1000/xyz"
    assert ARCHIVE["errata"][0]["note"] == "There were 40 pairs, *not 41*."
    assert ARCHIVE["replies"][0]["name"] == "Mary Somerville"
    assert ARCHIVE["publication"]["name"] == PUBLICATION.name
    assert "post" not in ARCHIVE["publication"]
