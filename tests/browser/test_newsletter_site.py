"""The static site in a real browser: from a server, from a disk, with and without scripts."""

import functools
import http.server
import threading
import zipfile

import pytest

from comity.newsletter.editions.web.casepages import case_pages
from comity.newsletter.model.entry import Entry
from newsletter_sites import built
from newsletter_small import translated
from rooms_people import PATIENCE, Person

pytestmark = pytest.mark.browser

PAGES = [
    "",
    "issues/",
    "issues/1/",
    "issues/1/transcript/",
    "issues/1/es/",
    "entries/AAAAAAAAAA/",
    "entries/DDDDDDDDDD/",
    "search/",
    "categories/",
    "categories/institutions-rules/",
    "summarizers/ada-lovelace/",
    "years/",
    "topics/trust/",
    "feeds/",
    "about/",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory, examples):
    place = tmp_path_factory.mktemp("browsed")
    entry = Entry("AAAAAAAAAA", "Promises", case="river.toml")
    pages = case_pages([entry], examples, place / "kept").pages
    return built(
        place / "site",
        cases=pages,
        searches={"trust": ("AAAAAAAAAA",)},
        translations={1: (translated(),)},
    )


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain file server that says nothing."""

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(site):
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def reader(browser, address):
    """A function that gives somebody a browser; fails on what a page complains of."""
    people = []

    def enter(**options):
        people.append(Person(browser, address, "en-US", **options))
        return people[-1]

    yield enter
    for one in people:
        one.context.close()
    assert [complaint for one in people for complaint in one.complaints] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_any_kind_of_page(reader, scheme):
    one = reader(color_scheme=scheme)
    found = {}
    for path in PAGES:
        one.go(f"/{path}")
        if path == "search/":
            one.counts("#found li", 8)
        if faults := one.faults():
            found[path] = faults
    assert found == {}


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_is_wider_than_its_window(reader, width):
    one = reader(viewport={"width": width, "height": 800})
    too_wide = []
    for path in PAGES:
        one.go(f"/{path}")
        if one.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            too_wide.append(path)
    assert too_wide == []


def names(one):
    return one.page.locator("#found .name").all_inner_texts()


def waits(one, count, words):
    """Wait until the search has answered."""
    one.counts("#found li", count)
    one.reads("#status", words)


def test_searching_finds_by_the_beginning_of_words_in_any_field(reader):
    one = reader()
    one.go("/search/")
    waits(one, 8, "8 entries.")
    one.page.fill("#q", "CAREFUL promis")
    waits(one, 1, "One entry.")
    assert names(one) == ["Promises that are kept"]
    marks = one.page.locator("#found mark").all_inner_texts()
    assert {"Promis", "promis", "careful"} <= set(marks)
    one.page.fill("#q", "实验")
    waits(one, 1, "One entry.")
    one.page.fill("#q", "areful")
    waits(one, 0, "Nothing is found.")


def test_filters_narrow_and_the_search_stands_in_the_address(reader):
    one = reader()
    one.go("/search/")
    waits(one, 8, "8 entries.")
    one.page.select_option("#f-summarizer", "Charles Babbage")
    waits(one, 1, "One entry.")
    assert one.page.evaluate("location.hash") == "#summarizer=Charles+Babbage"
    other = reader()
    other.go("/search/#topic=trust&highlight=1")
    waits(other, 1, "One entry.")
    assert names(other) == ["Promises that are kept"]
    other.page.uncheck("#f-highlight")
    waits(other, 2, "2 entries.")


def test_titles_with_markup_are_shown_as_they_are(reader):
    one = reader()
    one.go("/search/#q=costly")
    waits(one, 1, "One entry.")
    assert names(one) == ['Cheap talk & "costly" <signals>']
    one.page.click("#found .name")
    one.page.wait_for_url("**/entries/BBBBBBBBBB/")


def test_without_scripts_everything_but_the_search_can_be_read(reader):
    one = reader(java_script_enabled=False)
    one.go("/search/")
    one.sees("noscript p")
    for path in ("", "issues/1/", "entries/AAAAAAAAAA/", "categories/voting/"):
        one.go(f"/{path}")
        assert one.page.locator("h1").is_visible()
    one.page.goto(f"{one.url}/issues/1/")
    link = one.page.locator(".chapters a").nth(1).get_attribute("href")
    assert link == "../../audio/1.mp3#t=62.5"


def test_the_case_is_alive_in_the_page_of_its_entry(reader):
    from playwright.sync_api import expect

    one = reader()
    one.go("/entries/AAAAAAAAAA/")
    frame = one.page.frame_locator("iframe")
    frame.locator("#banner-heading").wait_for(timeout=PATIENCE)
    frame.locator('input[name="who"][value="0"]').check(force=True)
    frame.locator('input[name="kind-0"][value="alone"]').check(force=True)
    frame.locator("#level").fill("5")
    expect(frame.locator("#banner-heading")).to_have_text(
        "The lie kills the deal: Egypt refuses.", timeout=PATIENCE
    )
    # The frame is as tall as the page inside: nothing scrolls within something that scrolls.
    one.until(
        "(f => f.clientHeight >= f.contentDocument.documentElement.scrollHeight - 2)"
        "(document.querySelector('iframe'))"
    )


@pytest.mark.parametrize("offline", [True, False], ids=["offline", "built"])
def test_the_site_and_its_offline_edition_read_and_search_from_a_disk(
    page, site, tmp_path, offline
):
    from playwright.sync_api import expect

    root = site
    if offline:
        with zipfile.ZipFile(site / "offline.zip") as archive:
            archive.extractall(tmp_path)
        (root,) = tmp_path.iterdir()
    page.goto((root / "index.html").as_uri())
    page.click("text=Read the latest issue")
    page.wait_for_url("**/issues/2/index.html")
    page.click("text=CW #1")
    page.wait_for_url("**/issues/1/index.html")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(252, 251, 248)"  # its style was loaded
    page.click("nav >> text=Search")
    page.wait_for_url("**/search/index.html")
    expect(page.locator("#found li")).to_have_count(8, timeout=PATIENCE)
    page.fill("#q", "replication")
    expect(page.locator("#found li")).to_have_count(1, timeout=PATIENCE)
    page.click("#found .name")
    page.wait_for_url("**/entries/BBBBBBBBBB/index.html")
    page.goto((root / "entries/AAAAAAAAAA/index.html").as_uri())
    page.frame_locator("iframe").locator("#banner-heading").wait_for()
