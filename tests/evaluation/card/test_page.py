"""The page holds every figure, escapes every name, and is the same for the same figures."""

import dataclasses
import re

import pytest

from comity.evaluation.card.page import LIMITS, render_page, write_page
from comity.evaluation.regression import compare_versions
from comity.evaluation.results import Fault
from evaluating import evaluated


def test_every_part_is_there(tmp_path):
    found = evaluated("refuses")
    broken = dataclasses.replace(found, faults=(Fault("act", "crash", 2, "late"),))
    regression = compare_versions(evaluated("honest"), found)
    html = write_page(broken, tmp_path / "card.html", regression, seed=0).read_text("utf-8")
    for part in ("changes", "scores", "partners", "faults", "played"):
        assert f'id="{part}"' in html
    assert all(limit in html for limit in LIMITS)
    assert "seed 0" in html


def test_parts_without_data_are_absent():
    html = render_page(evaluated("honest"))
    assert 'id="changes"' not in html
    assert 'id="faults"' not in html


def test_same_figures_same_page():
    assert render_page(evaluated("honest")) == render_page(evaluated("honest"))


def test_names_are_escaped():
    found = dataclasses.replace(evaluated("honest"), agent="<script>alert(1)</script>")
    html = render_page(found)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_nothing_from_elsewhere():
    html = render_page(evaluated("honest"))
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", html)


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_real_browser(page, tmp_path, width, scheme):
    found = evaluated("refuses")
    regression = compare_versions(evaluated("honest"), found)
    file = write_page(found, tmp_path / "card.html", regression)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(file.as_uri())
    assert page.locator("h1").inner_text() == "refuses"
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    assert page.locator("table.scores tbody tr").count() == len(found.scores)
    assert page.locator("table.heat td").count() == len(found.cells)
