"""Every kind of page before checkers that nobody here wrote: Nu and html-validate."""

import pytest

from comity.newsletter.editions.build import write_site
from comity.newsletter.editions.download import sheets
from comity.newsletter.editions.web.casepages import case_pages
from comity.newsletter.editions.web.site import Site
from comity.newsletter.model.entry import Entry
from comity.newsletter.model.withholding import withhold
from newsletter_checkers import folder, html_validate_faults, nu_faults
from newsletter_sites import built
from newsletter_small import translated
from newsletter_world import make_archive


@pytest.fixture(scope="module")
def site(tmp_path_factory, examples):
    folder()
    place = tmp_path_factory.mktemp("checked")
    entry = Entry("AAAAAAAAAA", "Promises", case="river.toml")
    return built(
        place / "site",
        cases=case_pages([entry], examples, place / "kept").pages,
        searches={"trust": ("AAAAAAAAAA",)},
        translations={1: (translated(),)},
    )


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder()
    publication, archive, _ = make_archive(240, 20)
    view = withhold(publication, archive, "public")
    place = tmp_path_factory.mktemp("world") / "site"
    write_site(Site(view), place, lambda: sheets(view), lambda words, share: None)
    return place


BAD = "<!DOCTYPE html><html lang='en'><title>a</title><p id='a'><p id='a'><b></p>"


def files(place, scratch, *endings):
    """What is checked, and a page that is wrong: a checker that finds nothing there is asleep."""
    wrong = scratch / "wrong" / "page.html"
    wrong.parent.mkdir()
    wrong.write_text(BAD)
    return [wrong, *sorted(f for ending in endings for f in place.rglob(f"*.{ending}"))]


def beside(faults):
    """The faults in pages other than the wrong one."""
    assert any(fault.startswith("wrong: ") for fault in faults)
    return [fault for fault in faults if not fault.startswith("wrong: ")]


def test_nu_finds_nothing_wrong_with_any_kind_of_page(site, tmp_path):
    assert (site / "issues/1/es/index.html").is_file()
    assert (site / "entries/AAAAAAAAAA/case/index.html").is_file()
    assert beside(nu_faults(files(site, tmp_path, "html", "css", "svg"))) == []


def test_html_validate_finds_nothing_wrong_with_any_kind_of_page(site, tmp_path):
    # comity's report on a Case is one file with its script and style inside, which this forbids.
    pages = [page for page in files(site, tmp_path, "html") if page.parent.name != "case"]
    assert beside(html_validate_faults(pages, tmp_path)) == []


@pytest.mark.slow
def test_pages_hold_whatever_hostile_words_their_cells_hold(world, tmp_path):
    pages = files(world, tmp_path, "html")
    assert beside(nu_faults(pages)) == []
    assert beside(html_validate_faults(pages, tmp_path)) == []
