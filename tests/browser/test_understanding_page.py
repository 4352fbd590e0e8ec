"""The page on behaviour in a real browser; the `page` fixture fails on any error or request."""

import dataclasses
import re

import numpy as np
import pytest

from comity.core.page.words import clean, number
from comity.inference.report import render_page
from inference.making import HOSTILE, bare, hostile, new_setting, understanding
from pages import BEHIND, contrast, luminance

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made():
    return understanding()


@pytest.fixture(scope="module")
def report(made, tmp_path_factory):
    return written(tmp_path_factory.mktemp("understanding"), made)


def written(folder, made):
    target = folder / "page.html"
    target.write_text(render_page(made, seed=1), encoding="utf-8")
    return target.as_uri()


def choose(page, member):
    page.locator(f'input[name="member"][value="{member}"]').check(force=True)


def weigh(page, member, weight):
    page.locator(f"#weight-{member}").fill(str(weight))


def opened(page):
    page.locator("details").evaluate_all("all => all.forEach(d => { d.open = true; })")


def test_it_loads_and_tells_the_story(page, report):
    page.goto(report)
    assert page.locator("h1").inner_text() == "Why low offers are rejected"
    assert page.locator("#verdict").inner_text().startswith("3 of 6 explanations stand")
    assert page.locator("#banner-heading").inner_text() == "Best: give 4"


@pytest.mark.parametrize("member", [0, 1, 2])
def test_the_slider_finds_the_best_action_at_every_weight(page, report, made, member):
    page.goto(report)
    choose(page, member)
    setting = made.setting
    rest = np.array(setting.weights)
    rest[member] = 0
    for weight in (0, 14, 15, 53, 55, 58, 60, 100):
        weigh(page, member, weight)
        mix = (1 - weight / 100) * rest / rest.sum()
        mix[member] += weight / 100
        worth = setting.payoffs @ mix
        best = setting.actions[int(worth.argmax())]
        assert page.locator("#banner-heading").inner_text() == f"Best: {best}"
        assert number(float(worth.max())) in page.locator("#banner-text").inner_text()
        shown = page.locator("[data-worth]").all_inner_texts()
        assert shown == [number(float(v)) for v in worth]
        assert page.locator(".worth.best").inner_text().startswith(best)


def of_five(setting):
    return dataclasses.replace(
        setting,
        members=tuple("abcde"),
        probabilities=np.full((5, 6, 2), 0.5),
        low=np.full((5, 6, 2), 0.5),
        high=np.full((5, 6, 2), 0.5),
        payoffs=np.column_stack([setting.payoffs, setting.payoffs[:, :2] - 12345.678]),
        weights=np.full(5, 0.2),
        breaks=(),
        failure={},
    )


@pytest.mark.parametrize("members", [3, 5])
def test_the_page_says_the_same_before_and_after_its_script_ran(page, tmp_path, browser, members):
    setting = new_setting() if members == 3 else of_five(new_setting())
    address = written(tmp_path, understanding(setting=setting))
    still = browser.new_context(java_script_enabled=False).new_page()
    still.goto(address)
    page.goto(address)
    for selector in ("#banner-heading", "#banner-text", "#worth-0", "#worth-3"):
        assert still.locator(selector).inner_text() == page.locator(selector).inner_text()
    assert still.locator("figure[data-board]").count() == members
    assert all(f.is_visible() for f in still.locator("figure[data-board]").all())
    assert "The slider needs scripts" in still.locator("noscript").inner_text()
    still.context.close()


def visible(page):
    return [figure.is_visible() for figure in page.locator("figure[data-board]").all()]


def test_the_chart_follows_the_slider(page, report):
    page.goto(report)
    assert visible(page) == [True, False, False]
    choose(page, 1)
    assert visible(page) == [False, True, False]
    places = []
    for weight in (0, 50, 100):
        weigh(page, 1, weight)
        places.append(page.locator('.prior.wide [data-here="1"] line').bounding_box()["x"])
    assert places[1] - places[0] == pytest.approx(places[2] - places[1], abs=1.5)
    assert places[1] - places[0] > 100


def test_the_keyboard_alone_is_enough(page, report):
    page.goto(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "member":
            break
    page.keyboard.press("ArrowRight")
    assert page.locator('input[name="member"][value="1"]').is_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "weight-1"
    before = page.locator("#weight-out-1").inner_text()
    page.keyboard.press("ArrowRight")
    assert page.locator("#weight-out-1").inner_text() != before


def test_changes_are_announced_and_everything_has_a_name(page, report):
    page.goto(report)
    live = page.locator("#banner")
    assert (live.get_attribute("role"), live.get_attribute("aria-live")) == ("status", "polite")
    unnamed = page.locator("input, summary, [role=region]").evaluate_all(
        "all => all.filter(e => !(e.labels?.length || e.ariaLabel || e.textContent.trim())).length"
    )
    assert unnamed == 0


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize("kind", ["rich", "bare", "hostile"])
def test_nothing_scrolls_sideways(page, report, tmp_path, width, kind):
    others = {"bare": bare, "hostile": hostile}
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(report if kind == "rich" else written(tmp_path, others[kind]()))
    opened(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 1280])
def test_words_of_pictures_do_not_cover_each_other(page, report, width):
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(report)
    opened(page)
    for svg in page.locator("svg.lanes, svg.prior, svg.reliability").all():
        if not svg.is_visible():
            continue
        boxes = svg.locator("text").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect()).filter(b => b.width)"
            ".map(b => [b.left, b.top, b.right, b.bottom])"
        )
        for k, a in enumerate(boxes):
            for b in boxes[k + 1 :]:
                wide = min(a[2], b[2]) - max(a[0], b[0])
                high = min(a[3], b[3]) - max(a[1], b[1])
                assert min(wide, high) < 6, svg.get_attribute("aria-label")


MIXED = re.compile(r"color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)")


def rgb(colour):
    """A colour as three whole numbers, also where the style sheet mixes it."""
    mixed = MIXED.match(colour)
    if mixed is None:
        return colour
    return "rgb({}, {}, {})".format(*(round(255 * float(v)) for v in mixed.groups()))


TEXTS = ("h1", ".summary", "#verdict", ".verdict li p", ".intro", ".status", ".interval", ".note",
         ".who", ".name", ".flag", ".matrix td", ".matrix th", "td.best", ".card b", "#banner-text",
         "#banner-heading", ".small", ".pills input:checked + span", "summary", "footer",
         ".facts dt", ".reading dt")  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable(page, report, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(report)
    opened(page)
    for selector in TEXTS:
        pairs = page.locator(selector).evaluate_all(f"all => all.map({BEHIND})")
        assert pairs, selector
        for text, behind in set(map(tuple, pairs)):
            assert contrast(text, rgb(behind)) >= 4.5, (selector, text, behind)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shaded_cells_are_readable(page, report, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(report)
    pairs = page.locator(".matrix td[class^=shade]").evaluate_all(f"all => all.map({BEHIND})")
    assert len(pairs) == 30
    assert len({behind for _, behind in pairs}) > 3
    assert all(contrast(text, rgb(behind)) >= 4.5 for text, behind in pairs)


def test_dark_is_dark(page, report):
    page.emulate_media(color_scheme="dark")
    page.goto(report)
    assert luminance(page.evaluate("getComputedStyle(document.body).backgroundColor")) < 0.02


def test_it_prints_open(page, report):
    page.goto(report)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() > 0
    page.emulate_media(media="print")
    assert not page.locator(".switch").is_visible()


def test_hostile_names_do_not_run(page, tmp_path):
    page.goto(written(tmp_path, hostile()))
    choose(page, 1)
    weigh(page, 1, 90)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert clean(HOSTILE) in page.locator("h1").inner_text()
    assert clean(HOSTILE) in page.locator("#banner-heading").inner_text()


def test_a_page_without_a_switch_has_no_errors(page, tmp_path):
    page.goto(written(tmp_path, bare()))
    assert page.locator(".switch").count() == 0
    assert page.locator("h1").is_visible()


def test_losses_are_drawn_left_of_zero(page, tmp_path):
    setting = dataclasses.replace(new_setting(), payoffs=new_setting().payoffs - 5)
    page.goto(written(tmp_path, understanding(setting=setting)))
    choose(page, 0)
    weigh(page, 0, 100)
    row = page.locator("#worth-0")
    bar = row.locator("[data-bar]").bounding_box()
    assert row.locator("[data-worth]").inner_text().startswith("−")
    assert bar["x"] + bar["width"] <= row.locator(".axis").bounding_box()["x"] + 1.5
