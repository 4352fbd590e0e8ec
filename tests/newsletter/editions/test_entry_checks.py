"""What is wrong with an entry is found, whoever put it into the database."""

from dataclasses import replace

import pytest

from comity.newsletter.editions.entry_checks import duplicates, entry_faults
from comity.newsletter.model.columns import EmailStatus
from comity.newsletter.model.faults import Kind
from newsletter_weekly import PUBLICATION, entry

SOUND = entry("A", "Sound", "Governance", opinion="Good.")


@pytest.mark.parametrize(
    ("cells", "kind", "part"),
    [
        ({}, None, ""),
        ({"category": " governance"}, None, ""),
        ({"title": ""}, Kind.NO_TITLE, "Title"),
        ({"category": ""}, Kind.NO_CATEGORY, "Category"),
        ({"category": "Cooking"}, Kind.UNKNOWN_CATEGORY, "Category"),
        ({"summary": ""}, Kind.OPINION_WITHOUT_SUMMARY, "My opinion"),
        ({"summarizer": ""}, Kind.SUMMARY_WITHOUT_SUMMARIZER, "Summarizer"),
        ({"url": "javascript:alert(1)"}, Kind.BAD_ADDRESS, "URL"),
        ({"url": "", "opinion": ""}, None, ""),
        ({"opinion": "Ada's opinion: good.", "summarizer": "Ada Orr"}, None, ""),
        ({"opinion": "Bo's opinion: good.", "summarizer": "Ada"}, Kind.OTHER_OPINION, "My opinion"),
        ({"summary": "Try:\n\n```\nx = 1\n``` and see"}, Kind.OPEN_CODE, "Summary"),
        ({"summary": "Try:\n\n```\nx = 1\n```\n\nand see"}, None, ""),
        ({"authors": "[Ada](https://a.example), Bo"}, Kind.BAD_MARKUP, "Authors"),
        ({"summarizer": "[Ada](https://a.example)"}, Kind.BAD_MARKUP, "Summarizer"),
        ({"hat_tip": "[x](javascript:a)"}, Kind.BAD_MARKUP, "H/T"),
        ({"hat_tip": "[x](https://a.example)", "venue": "[y](https://b.example)"}, None, ""),
        ({"read_more": "[x](file:///a)"}, Kind.BAD_MARKUP, "read more"),
    ],
)
def test_each_fault_of_an_entry_is_named_with_its_place(cells, kind, part):
    wrong = replace(SOUND, **cells)
    expected = [(kind, f'issue 12, "{wrong.title}", {part}', "A")] if kind else []
    found = [(f.kind, f.place, f.entry) for f in entry_faults(wrong, PUBLICATION)]
    assert found == expected


def test_without_a_tree_any_category_will_do():
    anything = replace(PUBLICATION, categories=())
    assert entry_faults(replace(SOUND, category="Cooking"), anything) == ()


def test_titles_met_again_are_told_with_where_they_were():
    outside = {"email_status": EmailStatus.NOT_APPLICABLE}
    entries = (
        entry("A", "Trust", "Governance", 3),
        entry("B", "“Play”", "Governance", 4, **outside),
        entry("C", "trust.", "Governance", 5),
        entry("D", "'play'", "Governance", 6),
        entry("E", "", ""),
        entry("F", "", ""),
    )
    assert [str(fault) for fault in duplicates(entries)] == [
        'issue 5, "trust.", Title: an entry of issue 3 has the same title',
        "issue 6, \"'play'\", Title: an entry that is in no issue has the same title",
    ]
