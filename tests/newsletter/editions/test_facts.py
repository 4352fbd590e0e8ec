"""What stands under a title, in every edition."""

import re
from html import unescape

import pytest

from comity.newsletter.editions.assemble import item
from comity.newsletter.editions.facts import brief, facts, where, whose
from comity.newsletter.editions.web.site import Site
from comity.newsletter.editions.wording import Wording
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.columns import EmailStatus, Publicity
from comity.newsletter.model.edition import Edition
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.publication import Publication
from comity.newsletter.model.withholding import withhold
from newsletter_outputs import outputs

PUBLICATION = Publication("Weekly", "W", editor="Ed Itor", aliases={"A. L.": "Ada Lovelace"})


@pytest.mark.parametrize(
    ("venue", "year", "told"),
    [
        ("AAMAS", "2018", "AAMAS, 2018"),
        ("AAMAS 2018", "2018", "AAMAS 2018"),
        ("Workshop (AAMAS-2018)", "2018", "Workshop (AAMAS-2018)"),
        ("Volume 20185", "2018", "Volume 20185, 2018"),
        ("ICML 2018", "May 2018", "ICML 2018, May 2018"),
        ("ICML 2018", "2018-2019", "ICML 2018, 2018-2019"),
        (" arXiv ", "", "arXiv"),
        ("", " 2018 ", "2018"),
        ("", "", ""),
    ],
)
def test_a_year_is_told_once(venue, year, told):
    assert where(Entry("A", "T", venue=venue, year=year)) == told


def archive(**fields):
    """An entry that was sent."""
    fields = {"public": Publicity.YES, "email_status": EmailStatus.SENT, "issue": 1, **fields}
    return Archive((Entry("A", "T", **fields),), (Issue(1, sent="2026"),))


def seen(**fields):
    """An entry as everybody sees it, and the view that shows it."""
    view = withhold(PUBLICATION, archive(**fields), "public")
    return item(view, view.archive.entries[0]), view


def test_mail_and_web_say_the_same():
    shown, view = seen(
        authors="Mary Orr",
        venue="AAMAS 2018",
        year="2018",
        summarizer="A. L.",
        summary="Words.",
        hat_tip=" Bo Li ",
    )
    mail = Wording(view, Edition(Issue(1), "W #1", (), (), "public"))
    told = "Mary Orr · AAMAS 2018 · summarized by Ada Lovelace · H/T Bo Li"
    assert mail.facts(shown) == told
    site = Site(view)
    assert " · ".join(fact.text for fact in site.facts(shown)) == told
    assert [fact.kind for fact in site.facts(shown)] == [
        "authors",
        "venue",
        "summarizer",
        "hat-tip",
    ]
    assert str(site.body(shown)).count("2018") == 1
    assert site.brief(shown.entry) == brief(shown.entry, PUBLICATION) == "Mary Orr · AAMAS 2018"


def test_links_of_venue_and_hat_tip_are_links_wherever_they_can_be(tmp_path):
    cells = {
        "authors": "A_b_ <Mary>",
        "venue": "2018. [Proc](https://example.org/v_1_2)",
        "hat_tip": '[AN "reader"](https://example.org/h?a=1&b=2) <b>[no](javascript:x)',
        "summary": "S.",
    }
    shown, _ = seen(**cells)
    assert [fact.text for fact in facts(shown, PUBLICATION)] == [
        "A_b_ <Mary>",
        "2018. Proc (https://example.org/v_1_2)",
        'H/T AN "reader" (https://example.org/h?a=1&b=2) <b>[no](javascript:x)',
    ]
    assert brief(shown.entry, PUBLICATION) == "A_b_ <Mary> · 2018. Proc"
    found = outputs(PUBLICATION, archive(**cells), tmp_path / "site")
    mail = found["mail 1"].decode()
    for html in (
        mail,
        found["issues/1/index.html"].decode(),
        found["entries/A/index.html"].decode(),
    ):
        links = dict(re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', html))
        assert links["https://example.org/v_1_2"] == "Proc"
        assert unescape(links["https://example.org/h?a=1&amp;b=2"]) == 'AN "reader"'
        assert "A_b_ &lt;Mary&gt;" in html
        assert "&lt;b&gt;[no](javascript:x)" in html
        assert 'href="javascript' not in html
    assert '"where":"2018. Proc"' in found["search/index.js"].decode()
    assert cells["venue"] in found["sheet.csv"].decode()
    text = " ".join(mail.split("</html>")[-1].split())
    assert "2018. Proc (https://example.org/v_1_2)" in text


def test_nobody_summarised_what_has_no_summary():
    assert facts(seen(summarizer="Ada Lovelace")[0], PUBLICATION) == ()
    link = seen(summarizer="Ada Lovelace", summary="Words.", public=Publicity.LINK_ONLY)[0]
    assert facts(link, PUBLICATION) == ()


def test_an_opinion_is_somebodys():
    shown = seen(summarizer="A. L. and Bo Li", summary="S.", opinion="Good.")[0]
    assert whose(shown, PUBLICATION) == "Ada Lovelace and Bo Li's opinion:"
    assert whose(seen()[0], PUBLICATION) == "Ed Itor's opinion:"
    assert whose(seen()[0], Publication("Weekly", "W")) == "Opinion:"


@pytest.mark.parametrize(
    ("written", "summarizer", "label"),
    [
        ("Ada Lovelace's opinion: It works.", "Ada Lovelace", "Ada Lovelace's opinion:"),
        ("**Ada's opinion:** It works.", "Ada Lovelace", "Ada Lovelace's opinion:"),
        ("A. L.'s opinion: It works.", "Ada Lovelace", "Ada Lovelace's opinion:"),
        ("Bo's opinion: It works.", "Ada Lovelace", "Bo's opinion:"),
        ("Ada and Bo's opinion: It works.", "Ada Lovelace", "Ada Lovelace and Bo's opinion:"),
        ("Bo's opinion: It works.", "Ada Lovelace and Bo Li", "Bo Li's opinion:"),
        ("My opinion: It works.", "Ada Lovelace", "Ada Lovelace's opinion:"),
        ("Ada's opinion: It works.", "", "Ada's opinion:"),
        ("It works.", "", "Ed Itor's opinion:"),
    ],
)
def test_a_label_in_an_opinion_says_whose_it_is(written, summarizer, label):
    shown = seen(summary="S.", opinion=written, summarizer=summarizer)[0]
    assert whose(shown, PUBLICATION) == label
    assert shown.entry.opinion == "It works."


def test_every_edition_labels_an_opinion_once(tmp_path):
    written, label = "**Bo’s opinion**: It works.", "Bo's opinion:"
    cells = {"summary": "S.", "opinion": written, "summarizer": "Ada Lovelace"}
    found = outputs(PUBLICATION, archive(**cells), tmp_path / "site")
    shown = {
        name: unescape(unescape(data.decode()))
        for name, data in found.items()
        if b"It works" in data
    }
    pages = [name for name in shown if name.startswith(("entries/", "feeds/", "issues/"))]
    assert len(pages) >= 4
    for name in ("mail 1", "script 1", *pages):
        text = re.sub("<[^>]*>", " ", shown[name])
        assert text.count(label) == text.count("pinion:") == text.count("It works.") > 0
    assert written in found["sheet.csv"].decode()
    assert f'"opinion": "{written}"' in found["archive.json"].decode()
