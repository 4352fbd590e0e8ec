"""An issue's mail as a browser shows it: readable in light, in the dark, and in narrow windows."""

from dataclasses import replace

import pytest

from comity.newsletter.editions.assemble import assemble
from comity.newsletter.editions.email import email
from comity.newsletter.model.withholding import withhold
from newsletter_weekly import ARCHIVE, PUBLICATION
from rooms_people import Person

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def mail(tmp_path_factory):
    """The mail as a file that can be opened."""
    wide = "\n".join(["", "", "|Column" * 14, "|---" * 14, "|word" * 14])
    entries = tuple(replace(e, opinion=e.opinion and e.opinion + wide) for e in ARCHIVE.entries)
    view = withhold(PUBLICATION, replace(ARCHIVE, entries=entries), "internal")
    file = tmp_path_factory.mktemp("mail") / "12.html"
    file.write_text(email(view, assemble(view, 12)).html, encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def reader(browser, mail):
    people = []

    def enter(**options):
        people.append(Person(browser, mail, "en-US", **options))
        people[-1].go(mail)
        return people[-1]

    yield enter
    for one in people:
        one.context.close()
        assert set(one.complaints) == {f"asked {mail}"}  # for itself, and for nothing else


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(reader, scheme):
    assert reader(color_scheme=scheme).faults() == []


@pytest.mark.parametrize("width", [280, 320, 390, 1280])
def test_nothing_is_wider_than_its_window(reader, width):
    one = reader(viewport={"width": width, "height": 800})
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_table_that_is_wider_is_moved_by_itself(reader):
    table = reader(viewport={"width": 390, "height": 800}).page.locator(".table").first
    assert table.evaluate("element => element.scrollWidth > element.clientWidth")


def test_it_is_dark_where_readers_want_it_dark(reader):
    def lightness(scheme):
        card = reader(color_scheme=scheme).page.locator(".card").first
        paint = "element => getComputedStyle(element).{}.match(/\\d+/g).slice(0, 3).map(Number)"
        ground, ink = (
            sum(card.evaluate(paint.format(name))) for name in ("backgroundColor", "color")
        )
        return ground, ink

    (bright, dark_ink), (dark, bright_ink) = lightness("light"), lightness("dark")
    assert min(bright, bright_ink) > 600
    assert max(dark, dark_ink) < 150
