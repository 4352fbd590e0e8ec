"""Rooms that go on after a reload or a lost line, and links that lead nowhere, in real browsers."""

import pytest

from rooms_people import seated

pytestmark = pytest.mark.browser


def test_a_page_that_comes_back_from_the_browsers_memory_goes_on(person):
    ana, bo = seated(person)
    ana.wish("Ana")
    ana.seal()
    ana.sees("#step-sealed")
    leave, come = (
        f"dispatchEvent(new PageTransitionEvent('{kind}', {{ persisted: true }}))"
        for kind in ("pagehide", "pageshow")
    )
    ana.page.evaluate(leave)
    bo.wish("Bo")
    bo.seal()
    bo.sees("#step-sealed")
    ana.sees("#step-sealed")
    ana.page.evaluate(come)
    bo.accept()
    ana.accept()
    ana.sees("#step-end")


def test_a_reload_goes_on_at_every_step(person):
    ana, bo = seated(person)
    ana.wish("Ana")
    ana.page.reload()
    ana.sees("#step-view")
    ana.holds("#mine-no-deal", "31")
    ana.seal()
    ana.sees("#step-sealed")
    ana.page.reload()
    ana.sees("#step-sealed")
    assert len(ana.text("#sealed-print code")) == 64
    ana.page.goto("about:blank")
    bo.wish("Bo")
    bo.seal()
    bo.sees("#step-sealed")
    ana.page.go_back()
    ana.sees("#step-table")
    ana.page.reload()
    ana.sees("#step-table")
    ana.accept()
    ana.reads("#status", "Waiting for Bo.")
    ana.page.reload()
    ana.sees("#step-table")
    ana.hides("#accept")
    bo.accept()
    ana.sees("#step-end")
    ana.reads("#ending .offer", "There is an agreement.")


def test_links_are_shown_again_after_a_reload_and_after_a_seat_was_taken(person):
    ana, bo = person(), person()
    links = ana.describe_flat()
    ana.reads("#opened .warning", "the server keeps no copy")
    page = ana.page.url
    ana.page.reload()
    ana.sees("#opened")
    ana.hides("#own-form")
    ana.holds("#links li:nth-child(2) input", links[1])
    ana.page.click("#links li:nth-child(1) a.button")
    ana.page.click("#join")
    ana.sees("#step-view")
    for _ in range(5):
        if ana.page.url != page:
            ana.page.go_back()
    ana.sees("#opened")
    shown = ana.page.locator("#links .copy input").evaluate_all("all => all.map(e => e.value)")
    assert shown == links
    bo.sit(shown[1])
    ana.go("/")
    ana.go("/open?about=own")
    ana.sees("#own-form")
    ana.hides("#opened")


def test_a_double_click_opens_one_room(person):
    ana = person()
    ana.go("/open?about=household")
    ana.sees("#rules li >> nth=0")
    ana.page.locator("#open-form button[type=submit]").dblclick()
    ana.sees("#opened")
    opened = [path for method, path, _ in ana.sent if method == "POST" and path == "/api/rooms"]
    assert len(opened) == 1


def test_a_seat_belongs_to_the_browser_that_took_it(person):
    ana, other = person(), person()
    links = ana.describe_flat()
    ana.sit(links[0])
    other.go(links[0])
    other.reads("#status", "This seat was taken in another browser")
    other.hides("#seal")


def test_an_address_that_is_nowhere_is_a_page(person):
    lost = person("zh-CN")
    lost.forgiven = ("404",)
    lost.go("/nowhere")
    lost.reads("h1", "此地址没有内容")
    assert lost.faults() == []
    lost.page.locator("main a.button").click()
    lost.sees("#open")


@pytest.mark.parametrize("path", ["/s/nothing", "/rooms/" + "ab" * 16, "/open?about=nothing"])
def test_a_wrong_link_says_so(person, path):
    lost = person("de-DE")
    lost.forgiven = ("404",)
    lost.go(path)
    lost.reads("h1", "Dieser Link öffnet keinen Raum")


def test_a_room_is_closed_to_whoever_has_no_link(person):
    ana, eve = person(), person()
    links = ana.describe_flat()
    ana.sit(links[0])
    eve.forgiven = ("404",)
    eve.go(ana.page.url)
    eve.reads("h1", "This link opens no room")


def test_what_could_not_be_sent_is_sent_again_unchanged(person, tmp_path):
    ana, bo = seated(person)
    ana.forgiven = ("ERR_FAILED",)
    ana.wish("Ana")
    ana.page.route("**/messages", lambda route: route.abort())
    ana.seal()
    ana.reads("#trouble", "The server cannot be reached")
    ana.sees("#view-form[inert]")
    ana.page.unroute("**/messages")
    ana.slide("#mine-no-deal", 99)
    ana.page.click("#seal")
    ana.sees("#step-sealed")
    ana.page.route("**/messages", lambda route: route.abort())
    bo.wish("Bo")
    bo.seal()
    ana.sees("#trouble")
    ana.page.unroute("**/messages")
    ana.sees("#step-table")
    ana.reads("#mine .gain-told dl", "31")


def test_a_page_whose_stream_is_refused_goes_on_and_asks_again(person):
    ana, bo = seated(person)
    ana.forgiven, refused = ("503",), []
    ana.page.route("**/events?*", lambda route: (refused.append(1), route.fulfill(status=503)))
    ana.page.reload()
    ana.sees("#step-view")
    ana.wish("Ana")
    ana.seal()
    bo.wish("Bo")
    bo.seal()
    ana.sees("#step-table")
    assert refused
    with ana.page.expect_response(lambda answer: "/events?" in answer.url and answer.ok):
        ana.page.unroute("**/events?*")
        bo.accept()
    ana.accept()
    ana.sees("#step-end")


@pytest.mark.slow
def test_a_view_can_be_saved_and_loaded(person, tmp_path):
    ana, _ = seated(person)
    ana.wish("Ana")
    with ana.page.expect_download() as waiting:
        ana.page.click("#save-view")
    waiting.value.save_as(tmp_path / "view.json")
    ana.slide("#mine-no-deal", 5)
    ana.page.set_input_files("#view-start input[type=file]", tmp_path / "view.json")
    ana.holds("#mine-no-deal", "31")
    (tmp_path / "other.json").write_text('{"blocks": {"prior": [1]}}')
    ana.page.set_input_files("#view-start input[type=file]", tmp_path / "other.json")
    ana.sees("#view-start .error")
    ana.holds("#mine-no-deal", "31")


def test_whoever_is_quicker_than_the_example_waits_for_it(person):
    ana = person()

    def slowly(route):
        ana.page.wait_for_timeout(1500)
        route.continue_()

    ana.page.route("**/static/examples/household.json", slowly)
    ana.go("/open?about=household")
    ana.open_room()
    assert ana.page.locator("#open-form .error").is_hidden()
