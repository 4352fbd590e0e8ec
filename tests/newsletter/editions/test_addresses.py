"""Addresses: permanent, apart from each other, and placed without touching any text."""

from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.newsletter.editions import addresses
from comity.newsletter.editions.addresses import file_of, for_files, placed, root_of, slug, slugs
from comity.newsletter.text.markdown import to_html
from newsletter_small import PUBLICATION

KINDS = [
    addresses.issue(12),
    addresses.issue(12, "es"),
    addresses.transcript(12),
    addresses.entry("ABC"),
    addresses.case("ABC"),
    addresses.recording(12),
    addresses.recording(12, "vtt"),
    addresses.feed("issues", "rss"),
    addresses.SHEET_CSV,
    "",
]


class Links(HTMLParser):
    """Addresses in a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in {"href", "src"}]


def test_every_kind_of_thing_stands_at_an_address_of_its_own():
    assert len(set(KINDS)) == len(KINDS)
    assert len({file_of(address) for address in KINDS}) == len(KINDS)


@pytest.mark.parametrize("here", KINDS)
@pytest.mark.parametrize("there", KINDS)
def test_a_placed_link_leads_where_a_browser_would_go(here, there):
    base = "https://example.org/deep/er/"
    (link,) = Links(placed(f'<a href="site:{there}">', root_of(here))).found
    assert urljoin(base + here, link) == base + there


@pytest.mark.parametrize("here", KINDS)
@pytest.mark.parametrize("there", KINDS)
def test_a_link_for_files_names_the_file(here, there):
    page = for_files(placed(f'<a href="site:{there}#spot">', root_of(here)))
    (link,) = Links(page).found
    joined = urljoin(f"file:///site/{file_of(here)}", link)
    assert joined == f"file:///site/{file_of(there)}#spot"


def test_links_to_elsewhere_and_words_stay_as_they_are():
    page = (
        '<a href="https://example.org/a/">a</a> <a href="mailto:a@b.org">b</a> <a href="#c">c</a> '
        "href=&quot;../../x/&quot; site:issues/12/ <code>src=&quot;a/&quot;</code>"
    )
    assert for_files(placed(page, "../../")) == page


def test_whole_addresses_have_one_slash():
    assert addresses.absolute(PUBLICATION, "issues/1/") == f"{PUBLICATION.url}/issues/1/"


@given(st.lists(st.text(min_size=1, max_size=90), unique=True, max_size=12))
def test_names_never_share_an_address(names):
    found = slugs(names)
    assert len(set(found.values())) == len(names)
    for short in found.values():
        assert PurePosixPath(short).name == short
        assert short.isascii()


@given(st.text(min_size=1, max_size=90))
def test_an_address_does_not_depend_on_other_names(name):
    assert slugs([name, "something else entirely"])[name] == slug(name)


def test_no_words_of_a_text_are_taken_for_an_address():
    text = 'say `href="site:x/"`, $href="site:y/"$ and "href="site:z/"'
    html = to_html(text)
    assert for_files(placed(html, "../../")) == html
