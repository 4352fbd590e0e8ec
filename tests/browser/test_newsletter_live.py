"""Readers of the live site, in browsers: searching while they type, and without any script."""

from collections.abc import Callable, Iterator

import pytest

from newsletter_desk import write_folder
from newsletter_serving import Desk
from rooms_people import Person

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[Desk]:
    running = Desk(write_folder(tmp_path_factory.mktemp("site") / "publication"))
    yield running
    running.stop()


@pytest.fixture
def reader(browser, desk) -> Iterator[Callable[..., Person]]:
    """A function that gives somebody a browser; fails on what a page complains of."""
    people: list[Person] = []

    def come(**options) -> Person:
        people.append(Person(browser, desk.url, **options))
        return people[-1]

    yield come
    for one in people:
        one.context.close()
    assert [complaint for one in people for complaint in one.complaints] == []


def test_results_follow_the_words(reader):
    one = reader()
    one.go("/search/")
    one.sees("#live-search[data-alive]")
    one.reads("#count", "8 entries")
    one.page.locator("#q").press_sequentially("chea")
    one.reads("#count", "2 entries for chea")
    one.reads("#results mark >> nth=0", "heap")
    one.until("location.search === '?q=chea'")
    one.page.locator("#q").press_sequentially("p costly")
    one.reads("#count", "1 entry for cheap costly")
    one.page.fill("#q", "no such words")
    one.reads("#count", "Nothing is found")
    one.page.fill("#q", "")
    one.reads("#count", "8 entries")
    one.until("location.search === ''")


def test_filters_and_an_address_that_keeps_them(reader):
    one = reader()
    one.go("/search/")
    one.sees("#live-search[data-alive]")
    one.page.select_option("#f-category", "Voting")
    one.reads("#count", "2 entries for category Voting")
    one.page.check("#f-highlights")
    one.reads("#count", "1 entry for category Voting · highlights")
    one.until("location.search.includes('highlights=1')")
    one.go(one.page.url)
    one.holds("#f-category", "Voting")
    one.reads("#count", "1 entry for category Voting · highlights")
    one.page.click("#results .name")
    one.reads("h1", "投票与合作")


def test_without_scripts_the_form_does_the_same(reader):
    one = reader(java_script_enabled=False)
    one.go("/search/")
    one.page.fill("#q", "promises theory")
    one.page.click("#live-search button")
    one.reads("#count", "1 entry for promises theory")
    one.page.click("#results .name")
    one.reads("h1", "Promises that are kept")


def test_a_search_as_a_digest(reader):
    one = reader()
    one.go("/search/?q=talk")
    one.sees("#live-search[data-alive]")
    one.page.click("text=Read it as a digest")
    one.reads("h1", "talk")
    one.reads("main", "I am not convinced.")


def test_entries_lead_to_related_ones(reader):
    one = reader()
    one.go("/entries/AAAAAAAAAA/")
    one.reads("section:has(#related)", "Cheap talk")
    one.page.click("section:has(#related) .name >> nth=0")
    one.sees("h1")
    one.until("!location.pathname.includes('AAAAAAAAAA')")


def test_hostile_words_run_nowhere(reader):
    one = reader()
    one.go("/search/")
    one.sees("#live-search[data-alive]")
    one.page.fill("#q", "<img src=x onerror=alert(1)>")
    one.reads("#count", "for <img src=x onerror=alert(1)>")
    one.counts("main img", 0)


PAGES = ["/", "/search/?q=talk", "/digest/?q=talk", "/entries/AAAAAAAAAA/", "/issues/1/",
         "/categories/", "/feeds/"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_on_any_page(reader, scheme):
    one = reader(color_scheme=scheme)
    for path in PAGES:
        one.go(path)
        one.sees("footer")
        assert one.faults() == [], path


def test_everything_fits_a_phone(reader):
    one = reader(viewport={"width": 360, "height": 740})
    for path in PAGES:
        one.go(path)
        one.sees("footer")
        one.until("document.documentElement.scrollWidth <= innerWidth")
