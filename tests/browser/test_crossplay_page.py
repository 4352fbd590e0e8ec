"""The page of cross-play in a real browser; the `page` fixture fails on any error or request."""

import re

import pytest

from comity.learning.crossplay.cross_play import cross_play
from comity.learning.crossplay.report import write_page
from comity.learning.crossplay.stress import stress_test
from comity.learning.environments.make import make
from lever_players import Puller
from pages import BEHIND, contrast

pytestmark = pytest.mark.browser

HOSTILE = "<b>x</b>" + "w" * 200


def rgb(colour):
    """A mixed colour, which browsers state by shares, as they state others."""
    shares = re.match(r"color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)", colour)
    return (
        f"rgb({', '.join(str(round(255 * float(s))) for s in shares.groups())})"
        if shares
        else colour
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    lever = make("lever")
    partners = [Puller(9, "bot", "program"), Puller(0, HOSTILE, "human model")]
    groups = {"ours": [Puller(k, f"agent {k}") for k in range(8)], "theirs": [Puller(9)] * 8}
    found = cross_play(groups, partners, environment=lever, games=2)
    strained = stress_test([Puller(9, HOSTILE)], partners[0], environment=lever, games=20)
    return write_page(found, tmp_path_factory.mktemp("page") / "page.html", strained).as_uri()


def test_it_loads_and_tells_the_story(page, report):
    page.goto(report)
    assert page.locator("h1").inner_text() == "Meeting strangers in lever"
    assert page.locator("#verdict").inner_text() == "theirs meets strangers better than ours"
    assert page.locator(".heat tbody tr").count() == 16
    assert page.locator(".heat td.own").count() == 16


@pytest.mark.parametrize("width", [390, 1200])
def test_nothing_is_wider_than_the_screen(page, report, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(report)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_can_be_read(page, report, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(report)
    for words in ("td.up0", "td.up4", ".note", ".place", ".intro", ".loses b", "thead th"):
        text, behind = map(rgb, page.locator(words).first.evaluate(BEHIND))
        assert contrast(text, behind) >= 4.5, words
