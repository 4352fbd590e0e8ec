"""The words around entries: who, where, whose, and what else there is."""

from dataclasses import replace

import pytest

from comity.newsletter.editions.assemble import assemble, item
from comity.newsletter.editions.wording import PEEK, Wording
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.issue import Audio, Erratum, Issue
from comity.newsletter.model.withholding import withhold
from newsletter_weekly import ARCHIVE, PUBLICATION, SENT, entry

ISSUE = ARCHIVE.issue(12)


def words_of(issue=ISSUE, publication=PUBLICATION, audience="public", entries=None):
    entries = ARCHIVE.entries if entries is None else entries
    view = withhold(publication, Archive(entries, (issue,)), audience)
    return Wording(view, assemble(view, issue.number))


def facts_of(**cells):
    words = words_of(entries=(entry("A", "a", "Games", **cells),))
    return words.facts(item(words.view, words.view.archive.entries[0]))


@pytest.mark.parametrize(
    ("cells", "facts"),
    [
        ({}, "Mary Orr · summarized by Ada Lovelace"),
        ({"venue": "ICML", "year": "2020"}, "Mary Orr · ICML, 2020 · summarized by Ada Lovelace"),
        ({"venue": "ICML 2020", "year": "2020", "summarizer": ""}, "Mary Orr · ICML 2020"),
        ({"year": "2020", "authors": "", "summarizer": ""}, "2020"),
        ({"summary": ""}, "Mary Orr"),
        (
            {"summarizer": "Ada and C. Babbage", "hat_tip": "Grace"},
            "Mary Orr · summarized by Ada and Charles Babbage · H/T Grace",
        ),
    ],
)
def test_what_stands_under_a_title(cells, facts):
    assert facts_of(**cells) == facts


def test_an_opinion_is_somebody_s():
    def of(words, summarizer):
        return words.whose(item(words.view, entry("A", "a", "", summarizer=summarizer)))

    assert of(words_of(), "Ada and C. Babbage") == "Ada and Charles Babbage's opinion:"
    assert of(words_of(), "") == "Ada Lovelace's opinion:"
    assert of(words_of(publication=replace(PUBLICATION, editor="")), "") == "Opinion:"


@pytest.mark.parametrize(
    ("issue", "subject"),
    [
        (Issue(12, "Bets", sent=SENT), "CW #12: Bets"),
        (Issue(12, sent=SENT), "CW #12: Bargaining with different beliefs: who bets on what?"),
        (Issue(12, "Bets\r\nBcc: all@x.org\x00", sent=SENT), "CW #12: Bets Bcc: all@x.org"),
        (Issue(12, "a\u202eb\u2028c", sent=SENT), "CW #12: a b c"),
        (Issue(14, sent=SENT), "CW #14"),
        (Issue(12, "word " * 99, sent=SENT), "CW #12: " + "word " * 37 + "word…"),
    ],
)
def test_a_subject_is_one_line_whatever_a_title_holds(issue, subject):
    assert words_of(issue).subject == subject


def test_a_day_is_told_only_where_it_is_known():
    assert words_of().eyebrow == "Cooperation Weekly · CW #12 · 26 November 2026"
    assert words_of(Issue(12, sent="2026-01-02T10:00:00+00:00")).day == "2 January 2026"
    assert words_of(Issue(12, sent=SENT, created=SENT)).eyebrow == "CW #12"


def test_all_that_there_is_can_be_reached():
    assert dict(words_of().resources) == {
        "Read on the web": "https://weekly.example/issues/12/",
        "All resources": "https://weekly.example/",
        "Search everything ever summarized": "https://weekly.example/search/",
        "All of it as a sheet": "https://weekly.example/sheet.xlsx",
        "Audio not up yet": "",
    }
    elsewhere = replace(PUBLICATION, resources="https://a.org/all", sheet="javascript:alert(1)")
    heard = Issue(12, sent=SENT, audio=Audio("audio/12.mp3", 1, 1.0))
    found = dict(words_of(heard, elsewhere).resources)
    assert found["All resources"] == "https://a.org/all"
    assert found["All of it as a sheet"] == "https://weekly.example/sheet.xlsx"
    assert found["Listen"] == "https://weekly.example/audio/12.mp3"
    assert words_of(heard).podcast[0] == "This issue can be listened to."


def test_contents_name_each_entry_under_its_headings():
    listed = [(name, [i.entry.id for i in items]) for name, items in words_of().contents]
    assert listed == [
        ("Highlights", ["BETS"]),
        ("Technical › Learning", ["SLOW", "LINK"]),
        ("Governance", ["TREATY"]),
        ("Unknown category", ["ODD"]),
        ("Other", ["NONE"]),
    ]
    assert len(words_of().peek) <= PEEK
    assert words_of().peek.startswith("Bargaining with different beliefs: who bets on what?; ")


def test_editors_are_warned_of_what_is_not_for_everybody():
    assert words_of().warning == ""
    assert words_of(audience="preview").warning == ""
    assert "not been sent" in words_of(Issue(12), audience="preview").warning
    assert "not public" in words_of(audience="internal").warning


def test_a_correction_is_dated_and_titles_lead_to_what_was_read():
    words = words_of()
    assert words.correction(Erratum("A", "2026-12-03", "")) == "Correction, 3 December 2026:"
    assert words.correction(Erratum("A", "", "")) == "Correction:"
    assert words.link(entry("A", "a", "", url="https://a.org/b c")) == "https://a.org/b%20c"
    for bad in ("", "javascript:alert(1)"):
        assert words.link(entry("A", "a", "", url=bad)) == "https://weekly.example/entries/A/"
    assert words.label(3) == "CW #3"
    assert words.paragraphs("a\nb\n\n\n c ") == ["a b", "c"]
    assert "reply to this mail" in words.feedback
