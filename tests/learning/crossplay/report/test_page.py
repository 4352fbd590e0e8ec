import re

import pytest

from comity.learning.crossplay.cross_play import cross_play
from comity.learning.crossplay.report.page import LIMITS, MOST_NUMBERED, render_page, write_page
from comity.learning.crossplay.stress import stress_test
from comity.learning.environments.make import make
from lever_players import Puller
from pages import Outline

LEVER = make("lever")


@pytest.fixture(scope="module")
def found():
    partners = [Puller(9, "bot", "program"), Puller(0, "person", "human model")]
    return cross_play({"ours": [Puller(0), Puller(9)]}, partners, environment=LEVER, games=2)


def test_every_part_is_there(found, tmp_path):
    strained = stress_test([Puller(9, "ours")], Puller(9, "bot"), environment=LEVER, games=20)
    html = write_page(found, tmp_path / "page.html", strained).read_text("utf-8")
    for part in ("scores", "matrix", "partners", "stress", "rests"):
        assert f'id="{part}"' in html
    assert all(limit in html for limit in LIMITS)
    assert "Models of people" in html
    assert "The best any players could get is 1" in html
    assert "seed 0" in html


def test_parts_without_data_are_absent():
    html = render_page(cross_play([Puller(0)], environment=LEVER, games=1))
    assert 'id="partners"' not in html
    assert 'id="stress"' not in html


def test_the_matrix_holds_every_pair(found):
    html = render_page(found)
    assert len(re.findall(r'<td class="up\d', html)) == 2 * 4
    assert 'title="puller with bot: 0.9 ± 0"' in html
    assert html.count(" own") >= 2


def test_a_large_matrix_is_shaded():
    agents = [Puller(k % 10) for k in range(MOST_NUMBERED + 1)]
    html = render_page(cross_play(agents, environment=LEVER, games=1))
    assert "Hover over a cell" in html
    assert 'class="heat shades"' in html


def test_same_figures_same_page_that_asks_nothing_of_a_network(found):
    html = render_page(found)
    assert html == render_page(found)
    assert not re.search(r"(?:src|href)=.?https?:", html)
    assert Outline(html).tags.count("h1") == 1


def test_names_are_escaped():
    agents = [Puller(0, "<script>alert(1)</script>")]
    html = render_page(cross_play(agents, environment=LEVER, games=1))
    assert "<script>alert" not in html
