"""The report page in a real browser; the `page` fixture fails on any error or network request."""

import dataclasses

import pytest

from comity.agreement import agree, compare
from comity.agreement.report import gather, render_page
from comity.cases import load
from comity.core.page.words import number
from comity.games import NormalForm
from pages import BEHIND, contrast, luminance

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report(examples, tmp_path_factory):
    case = load(examples / "river.toml")
    findings = gather(agree(case, rng=1, misreports="none"), compare(case))
    target = tmp_path_factory.mktemp("report") / "river.html"
    target.write_text(render_page(findings, seed=1), encoding="utf-8")
    return target.as_uri()


def choose(page, name, value):
    page.locator(f'input[name="{name}"][value="{value}"]').check(force=True)


def banner(page):
    return page.locator("#banner-heading").inner_text(), page.locator("#banner").get_attribute(
        "data-tone"
    )


def test_it_loads_and_tells_the_story(page, report):
    page.goto(report)
    assert page.locator("h1").inner_text() == "Filling the dam on the Nile"
    assert page.locator("#verdict").inner_text().startswith("They would clash.")
    assert banner(page) == ("Everyone tells the truth, and there is a deal.", "holds")


def test_a_lie_can_kill_the_deal_and_the_truth_brings_it_back(page, report):
    page.goto(report)
    place = "document.querySelector('[data-now=wide]').getBoundingClientRect().x"
    border = "getComputedStyle(document.querySelector('#banner')).borderLeftColor"
    before, colour = page.evaluate(place), page.evaluate(border)
    choose(page, "who", "0")
    choose(page, "kind-0", "alone")
    page.locator("#level").fill("5")
    heading, tone = banner(page)
    assert (heading, tone) == ("The lie kills the deal: Egypt refuses.", "dead")
    assert page.locator("#deal-heading").inner_text() == "What happens without a deal"
    assert "fill fast" in page.locator("#deal-lines").inner_text()
    assert "Egypt refuses" in page.locator("#rules").inner_text()
    page.wait_for_function(f"before => {place} < before - 30", arg=before)
    page.wait_for_function(f"colour => {border} !== colour", arg=colour)
    choose(page, "who", "nobody")
    assert banner(page)[1] == "holds"


def test_a_tighter_rule_catches_a_lie_that_pays(page, report):
    page.goto(report)
    choose(page, "who", "0")
    choose(page, "kind-0", "alone")
    page.locator("#level").fill("4")
    assert banner(page)[1] == "pays"
    page.locator("#tolerance").fill("0")
    assert banner(page)[1] == "dead"
    assert "distance rule" in page.locator("#rules").inner_text()


def test_every_choice_shows_a_run(page, report):
    page.goto(report)
    for liar in ("0", "1"):
        choose(page, "who", liar)
        for kind in page.locator(f'[data-kinds="{liar}"] input').all():
            kind.check(force=True)
            top = int(page.locator("#level").get_attribute("max"))
            for level in range(top + 1) if page.locator("#level-box").is_visible() else [0]:
                page.locator("#level").evaluate(
                    "(e, v) => { e.value = v; e.dispatchEvent(new Event('input')); }", str(level)
                )
                assert page.locator("#gain-0").inner_text()
                assert banner(page)[0]


def test_the_keyboard_alone_is_enough(page, report):
    page.goto(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "who":
            break
    page.keyboard.press("ArrowRight")
    assert page.locator('input[name="who"][value="0"]').is_checked()
    outline = "e => getComputedStyle(e.nextElementSibling).outlineStyle"
    assert page.locator('input[name="who"][value="0"]').evaluate(outline) == "solid"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator('input[name="kind-0"]:checked').count() == 1


def test_changes_are_announced(page, report):
    page.goto(report)
    live = page.locator("#banner")
    assert (live.get_attribute("role"), live.get_attribute("aria-live")) == ("status", "polite")
    unnamed = page.locator("input, summary, [role=region]").evaluate_all(
        "all => all.filter(e => !(e.labels?.length || e.ariaLabel || e.textContent.trim())).length"
    )
    assert unnamed == 0


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_scrolls_sideways(page, report, width):
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(report)
    page.locator("summary").evaluate_all(
        "all => all.forEach(s => { s.parentElement.open = true; })"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [768, 1280])
def test_names_over_columns_stay_whole(page, report, width):
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(report)
    lines = page.locator(".stacked thead .who").evaluate_all(
        "all => all.map(e => new Set([...e.getClientRects()].map(box => box.top)).size)"
    )
    assert lines == [1] * len(lines)
    assert lines


def test_touch_targets_are_large_enough(page, report):
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(report)
    heights = page.locator(".pills label").evaluate_all(
        "all => all.filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 32


TEXTS = ("h1", ".summary", "#verdict", ".verdict dd", ".verdict dt", ".intro", ".cell .who",
         "tr.matters td", "tr.matters th", ".flag", "#banner-heading", "#banner-text", ".who",
         ".small", ".pills input:checked + span", "summary", "footer", ".note")  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tone", ["holds", "dead"])
def test_text_is_readable(page, report, scheme, tone):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(report)
    if tone == "dead":
        choose(page, "who", "0")
        choose(page, "kind-0", "silent")
    for selector in TEXTS:
        for element in page.locator(selector).all()[:6]:
            text, behind = element.evaluate(BEHIND)
            assert contrast(text, behind) >= 4.5, (selector, text, behind)


def test_dark_is_dark(page, report):
    page.emulate_media(color_scheme="dark")
    page.goto(report)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert luminance(ground) < 0.02


def test_labels_of_the_picture_do_not_cover_each_other(page, report):
    page.goto(report)
    boxes = page.locator("svg.wide text.label").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).filter(b => b.width)"
        ".map(b => [b.left, b.top, b.right, b.bottom])"
    )
    assert len(boxes) > 5
    for k, a in enumerate(boxes):
        for b in boxes[k + 1 :]:
            wide = min(a[2], b[2]) - max(a[0], b[0])
            high = min(a[3], b[3]) - max(a[1], b[1])
            assert min(wide, high) < 6


def test_it_prints_open(page, report):
    page.goto(report)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() > 0
    page.emulate_media(media="print")
    assert not page.locator(".switch").is_visible()


def test_hostile_names_do_not_run(page, tmp_path):
    hostile = "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script>"
    names = (f"A {hostile}", f"B </script>{hostile}")
    game = NormalForm.from_payoffs(
        [[[0, 3], [1, 2]], [[0, 1], [3, 2]]], names, ((hostile, "b"), ("c", "d"))
    )
    from comity.cases import Case, Party

    case = Case(hostile, tuple(Party(name, game) for name in names), summary=hostile)
    findings = gather(agree(case, rng=1, misreports="none"), compare(case))
    target = tmp_path / "hostile.html"
    target.write_text(render_page(findings), encoding="utf-8")
    page.goto(target.as_uri())
    choose(page, "who", "1")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img").count() == 0
    assert hostile in page.locator("h1").inner_text()


def test_three_parties(page, examples, tmp_path):
    case = load(examples / "workshop.toml")
    rules = dataclasses.replace(case.constitution, acceptance=case.constitution.acceptance[:1])
    case = dataclasses.replace(case, constitution=rules)
    findings = gather(agree(case, rng=1, misreports="none"), compare(case))
    target = tmp_path / "three.html"
    target.write_text(render_page(findings), encoding="utf-8")
    page.goto(target.as_uri())
    choose(page, "who", "2")
    choose(page, "kind-2", "silent")
    assert banner(page)[1] == "dead"
    width = "document.querySelector('[data-now=strip-0]').getBoundingClientRect().width"
    page.wait_for_function(f"{width} > 0")


def test_the_best_lie_opens_as_found_and_pays_the_figure(page, examples, tmp_path):
    findings = gather(agree(load(examples / "river.toml"), rng=0))
    target = tmp_path / "river.html"
    target.write_text(render_page(findings, seed=0), encoding="utf-8")
    page.goto(target.as_uri())
    for k, name in enumerate(findings.names):
        choose(page, "who", str(k))
        choose(page, f"kind-{k}", "beliefs")
        page.locator("#level").fill("0")
        choose(page, f"kind-{k}", "best")
        assert page.locator("#level-out").inner_text() == "as found"
        assert banner(page) == (f"The lie pays {name}.", "pays")
        figure = number(findings.lying()[name].value)
        assert f"{name} +{figure}" in page.locator("#banner-text").inner_text()
