"""Every page of rooms by keyboard, by screen reader, on a phone and in every language."""

import numpy as np
import pytest

from comity.cases import load
from comity.games import Lottery
from comity.language import LANGUAGES, words_of
from rooms_people import sealed, seated

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/open?about=own",
    "/open?about=file",
    "/open?about=river",
    "/workbench",
    "/s/nothing",
]


def settle(one):
    """Wait until a page has computed what it shows."""
    if one.page.locator("#bench").count():
        one.sees("#bench-gains table")


@pytest.mark.parametrize("path", PAGES)
def test_no_serious_fault_on_pages(person, path):
    one = person(color_scheme="dark" if path == "/" else "light")
    one.forgiven = ("404",) if path.startswith("/s/") else ()
    one.go(path)
    settle(one)
    assert one.faults() == []


def test_no_serious_fault_at_any_step(person):
    ana, bo = seated(person)
    ana.page.locator("#view-form summary").click()
    assert ana.faults() == []
    ana.wish("Ana")
    ana.seal()
    ana.sees("#step-sealed")
    assert ana.faults() == []
    bo.wish("Bo")
    bo.seal()
    ana.sees("#step-table")
    ana.page.emulate_media(color_scheme="dark")
    ana.page.click("#refuse")
    assert ana.faults() == []
    ana.page.click("#refuse-back")
    ana.accept()
    bo.accept()
    ana.sees("#checks .ticks")
    assert ana.faults() == []


def press_until(one, condition, key="Tab", most=120):
    """Press a key until something holds of the focused element."""
    for _ in range(most):
        if one.page.evaluate(f"(e => {condition})(document.activeElement)"):
            return
        one.page.keyboard.press(key)
    pytest.fail(f"never reached: {condition}")


def test_the_keyboard_alone_is_enough(person):
    ana, bo = person(), person()
    keys = ana.page.keyboard
    ana.go("/")
    keys.press("Tab")
    assert ana.page.evaluate("document.activeElement.className") == "skip"
    press_until(ana, "e.getAttribute('href') === '/open?about=own'")
    keys.press("Enter")
    ana.sees("#own-title")
    for id_, text in (("own-title", "The flat"), ("own-parties", "Ana, Bo")):
        press_until(ana, f"e.id === '{id_}'")
        keys.type(text)
    press_until(ana, "e.classList.contains('issue-name')")
    keys.type("rent")
    keys.press("Tab")
    keys.type("400, 500")
    press_until(ana, "e.type === 'submit' && e.form.id === 'own-form'")
    keys.press("Enter")
    ana.until("document.activeElement.id === 'rules-heading'")
    press_until(ana, "e.type === 'submit' && e.form.id === 'open-form'")
    keys.press("Enter")
    ana.until("document.activeElement.id === 'opened-heading'")
    link = ana.page.locator("#links .copy input").nth(1).input_value()
    press_until(ana, "e.matches('#links a.button')")
    keys.press("Enter")
    ana.sees("#step-rules")
    press_until(ana, "e.id === 'join'")
    keys.press("Enter")
    ana.until("document.activeElement.id === 'view-heading'")
    bo.sit(link)
    press_until(ana, "e.id === 'mine-option-0-0'")
    for _ in range(40):
        keys.press("ArrowRight")
    ana.holds("#mine-option-0-0", "90")
    bo.slide("#mine-option-0-1", 90)
    bo.seal()
    ana.sees("#seal:not([disabled])")
    press_until(ana, "e.id === 'seal'")
    keys.press("Enter")
    ana.until("document.activeElement.id === 'table-heading'")
    press_until(ana, "e.id === 'accept'")
    keys.press("Enter")
    bo.accept()
    ana.until("document.activeElement.id === 'end-heading'")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_speaks_every_language(person, code):
    one = person()
    words = words_of(code)
    one.go(f"/?lang={code}")
    one.reads("h1", words.say("front.heading"))
    one.sees(f'html[lang="{words.tag}"]')
    one.go("/open?about=river")
    one.reads("#rules-heading", words.say("open.rules"))
    one.go("/workbench")
    one.reads("#bench-gains", words.say("bench.accepts"))
    one.sees(f'.languages [lang="{code}"][aria-current="true"]')


@pytest.mark.parametrize("width", [320])
@pytest.mark.parametrize("path", ["/", "/open?about=own", "/open?about=river", "/workbench"])
def test_nothing_scrolls_sideways_on_a_phone(person, width, path):
    one = person("de-DE", viewport={"width": width, "height": 780})
    one.go(path)
    settle(one)
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
def test_a_room_fits_a_phone(person):
    ana, _ = sealed(person)
    ana.page.set_viewport_size({"width": 360, "height": 780})
    assert ana.page.evaluate("document.documentElement.scrollWidth") <= 360
    heights = ana.page.locator("#choice button, #talk button").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 32


def test_the_workbench_moves_with_its_numbers(person):
    one = person()
    one.go("/workbench")
    one.reads("#bench-proposal", "fill by a drought rule")
    one.counts("#bench-picture .star", 1)
    one.slide("#bench-tolerance", 0)
    one.reads("#bench-gains", "refuses")
    one.slide("#bench-tolerance", 100)
    one.until("!document.querySelector('#bench-gains').innerText.includes('refuses')")
    one.page.select_option("#bench-example", "workshop")
    one.counts("#bench-gains tbody tr", 3)
    one.reads("#bench-title", "Three makers and a laser cutter")


def test_the_workbench_shows_what_was_chosen_last(person):
    """Though what was chosen before arrives after it."""
    one, held = person(), []
    one.page.route("**/static/examples/river.json", lambda route: held.append(route))
    one.page.goto(f"{one.url}/workbench", wait_until="commit")
    while not held:
        one.page.wait_for_timeout(20)
    one.page.select_option("#bench-example", "chicken")
    one.reads("#bench-gains", "Column")
    with one.page.expect_response("**/static/examples/river.json"):
        held[0].continue_()
    one.page.wait_for_load_state("networkidle")
    one.reads("#bench-title", "Asymmetric chicken")
    assert "Column" in one.text("#bench-gains")


def test_what_the_picture_shows_can_be_read_as_numbers(person, examples):
    one = person()
    one.go("/workbench")
    one.page.select_option("#bench-example", "chicken")
    one.reads("#bench-title", "Asymmetric chicken")
    one.reads("#bench-gains", "Column")
    one.page.locator("#bench-picture summary").click()
    one.counts("#bench-picture tbody tr", 6)
    rows = one.page.locator("#bench-picture tbody tr").all_inner_texts()
    shown = {name: values for name, *values in (row.replace("−", "-").split("\t") for row in rows)}
    models = [party.model for party in load(examples / "chicken.toml").parties]
    for i, j in np.ndindex(2, 2):
        moves = [("swerve", "dare")[k] for k in (i, j)]
        mean = np.mean([model.payoffs(Lottery.pure((i, j))) for model in models], axis=0)
        told = shown[f"Row: {moves[0]}; Column: {moves[1]}"]
        assert [float(v) for v in told] == pytest.approx(mean.tolist(), rel=6e-3)
    assert {"Where bargaining starts", "The proposal"} < set(shown)


def test_a_case_file_is_cut_before_it_is_sent(person, examples):
    one = person()
    one.go("/open?about=file")
    one.page.set_input_files("#case-file", examples / "river.toml")
    one.sees("#sent")
    shown = one.page.locator("#sent-text").input_value()
    assert "[frame.actions]" in shown
    for private in ("[models", "prior =", "tastes", "0.9", "weights"):
        assert private not in shown.replace('prior = "linear"', "")
    one.page.locator("#file-form button[type=submit]").click()
    links = one.open_room()
    assert len(links) == 3
    posted = "".join(body for method, _, body in one.sent if method == "POST")
    assert "models" not in posted
    assert "weights" not in posted


def test_a_bad_file_is_answered_in_words(person, tmp_path):
    one = person()
    one.forgiven = ("422",)
    (tmp_path / "bad.toml").write_text("title = 'x'\n[frame]\nplayers = ['A']\n")
    one.go("/open?about=file")
    one.page.set_input_files("#case-file", tmp_path / "bad.toml")
    one.page.locator("#file-form button[type=submit]").click()
    one.reads("#file-form .error", "Something went wrong")
