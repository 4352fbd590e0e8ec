"""Pages, one by one: what stands on each, read by a parser of HTML."""

import re
from dataclasses import replace

import pytest

from comity.newsletter.editions import addresses
from comity.newsletter.editions.addresses import placed, root_of
from comity.newsletter.editions.web.pages import PLACES, page_at, pages
from comity.newsletter.editions.web.site import Site
from comity.newsletter.languages.translated import Paragraph, Sentence
from comity.newsletter.model.archive import Archive
from comity.newsletter.model.issue import Issue
from comity.newsletter.model.withholding import withhold
from newsletter_sites import Page, site_of
from newsletter_small import ARCHIVE, PUBLICATION, URL, entry, translated


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    return site_of(
        folder,
        searches={"trust": ("AAAAAAAAAA",)},
        cases={"AAAAAAAAAA": "report"},
        related={"AAAAAAAAAA": ("EEEEEEEEEE", "BBBBBBBBBB")},
    )


@pytest.fixture(scope="module")
def shown(site):
    return {page.address: Page(placed(page.html, root_of(page.address))) for page in pages(site)}


def test_every_page_knows_its_permanent_address(shown):
    for address, page in shown.items():
        assert page.canonical == f"{URL}/{address}"


def test_headings_begin_with_one_and_skip_no_level(shown):
    for address, page in shown.items():
        assert page.heads[0] == 1, address
        assert page.heads.count(1) == 1, address
        steps = [b - a for a, b in zip(page.heads, page.heads[1:], strict=False)]
        assert all(step <= 1 for step in steps), address


def test_no_page_names_anything_twice(shown):
    for address, page in shown.items():
        assert len(page.ids) == len(set(page.ids)), address


def test_no_page_has_scripts_styles_or_handlers_inside(site):
    for page in pages(site):
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page.html)


def test_the_front_page_leads_to_the_latest_issue_and_everywhere_else(shown):
    front = shown[""]
    assert "./issues/2/" in front.links
    for _, place in PLACES:
        assert f"./{place}" in front.links
    assert "8 entries in 2 issues." in front.text


def test_an_issue_without_title_and_day_is_named_once_above_its_texts():
    issue = Issue(1, sent="unknown")
    settings = replace(PUBLICATION, description="")
    bare = Site(withhold(settings, Archive((entry("A", "a", 1),), (issue,)), "public"))
    html = page_at(bare, "issues/1/").html
    header = html.partition("<main")[2].partition("</header>")[0]
    assert Page(header).text.count("CW #1") == 1
    assert 'class="summary"' not in header
    assert not re.search(r"<p[^>]*>\s*</p>", html)


def test_an_issue_has_its_standing_parts_in_order(shown):
    text = shown["issues/1/"].text
    parts = (
        "CW #1 · 5 November 2026",
        "Promises",
        PUBLICATION.description,
        "All resources",
        "Search everything ever summarized",
        "All of it as a sheet",
        "Opinions are mine alone",
        "Listen",
        "In this issue",
        "Welcome to the first issue.",
        "Highlights",
        "Promises that are kept",
        "Commitment",
        "Reputation",
        "A link and nothing more",
        "Communication",
        "A response to cheap talk",
        "Feedback",
        "Tell us what is missing",
        "Podcast",
        "CW #2 →",
    )
    places = []
    for part in parts:
        places.append(text.index(part, places[-1] if places else 0))
    assert "Contracts" not in text


def test_an_issue_without_recording_says_so(shown):
    assert "Audio not up yet" in shown["issues/2/"].text
    assert "Audio not up yet" not in shown["issues/1/"].text


def test_a_link_only_entry_shows_its_link_and_says_what_it_is(shown):
    page = shown["entries/DDDDDDDDDD/"]
    assert "https://example.org/dddddddddd" in page.links
    assert "This entry is a link only." in page.text


def test_an_entry_shows_its_versions_case_parts_and_topics(shown):
    first = shown["entries/AAAAAAAAAA/"]
    assert "https://doi.org/10.1000/xyz" in first.links
    assert "https://arxiv.org/abs/1901.00001" in first.links
    assert "../../entries/AAAAAAAAAA/case/" in first.links
    assert "../../topics/trust/" in first.links
    assert "../../entries/CCCCCCCCCC/" in shown["entries/BBBBBBBBBB/"].links
    assert "Related 投票与合作：一个实验 highlight 李雷" in first.text
    assert "Part of Cheap talk" in shown["entries/CCCCCCCCCC/"].text


def test_a_transcript_shows_what_is_said_and_when(shown):
    page = shown["issues/1/transcript/"]
    assert "0:02 Promises & talk" in page.text
    assert "../../../audio/1.mp3#t=2.0" in page.links


def test_what_was_not_translated_is_quoted_in_words(tmp_path):
    edition = translated()
    text = ARCHIVE.by_id["CCCCCCCCCC"].summary
    assert "<@answer@>(@#BBBBBBBBBB@)" in text
    sentence = Sentence(text, reasons=("a number is lost",))
    texts = {**edition.texts, text: (Paragraph(text, text, (sentence,)),)}
    site = site_of(tmp_path, translations={1: (replace(edition, texts=texts),)})
    page = next(page.html for page in pages(site) if page.address == "issues/1/es/")
    assert '<q lang="en">The authors answer (CW #1).</q>' in page
    assert "(@#" not in page


def test_feeds_are_named(shown):
    links = shown["feeds/"].links
    for name in ("issues", "entries", "category-voting", "search-trust"):
        for form in ("rss", "atom"):
            assert f"../{addresses.feed(name, form)}" in links
    assert f"../{addresses.PODCAST}" in links


def test_a_page_made_by_itself_is_the_same_page(site):
    for page in pages(site):
        assert page_at(site, page.address) == page
    for nowhere in (
        "issues/3/",
        "entries/JJJJJJJJJJ/",
        "entries/",
        "years/1900/",
        "x/",
        "issues/x/",
    ):
        assert page_at(site, nowhere) is None


@pytest.mark.parametrize("audience", ["preview", "internal"])
def test_editors_see_more_and_are_told_so(tmp_path, audience):
    other = site_of(tmp_path, audience)
    draft = Page(placed(page_at(other, "issues/3/").html, "../../"))
    assert "In the draft" in draft.text
    assert ("Preview" if audience == "preview" else "Internal edition") in draft.text
    front = page_at(other, "").html
    assert '<meta name="robots" content="noindex">' in front
    notes = page_at(other, "entries/AAAAAAAAAA/").html
    assert ("unseen note" in notes) == (audience == "internal")


def test_the_page_of_feeds_leads_to_the_page_on_which_readers_ask_for_mail(site):
    address = "https://letters.example.org/readers/subscribe"
    publication = replace(site.publication, subscribe=address)
    asked = replace(site, view=replace(site.view, publication=publication))
    assert f'href="{address}"' in page_at(asked, "feeds/").html
    assert "by mail" not in page_at(site, "feeds/").html
