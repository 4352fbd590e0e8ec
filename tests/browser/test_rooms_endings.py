"""Rooms that end otherwise, and rooms that go on after a reload, in real browsers."""

import httpx
import pytest

from rooms_people import sealed, seated

pytestmark = pytest.mark.browser


def test_a_refusal_with_its_reason_is_read_in_the_others_language(person):
    ana, bo = sealed(person, ("en-US", "de-DE"))
    ana.page.click("#refuse")
    ana.page.check("#refusal input[value=distance]")
    ana.page.fill("#refusal-text", "Too far off.")
    ana.page.click("#refusal button[type=submit]")
    bo.accept()
    bo.sees("#step-end")
    bo.reads("#end-heading", "Keine Einigung")
    bo.reads("#record", "Ana lehnt ab: die Berichte liegen zu weit", "Too far off.")
    ana.reads("#ending", "somebody refused")


RECORD_AT_THE_END = """() => {
    const end = document.querySelector('#step-end'), record = document.querySelector('#record');
    const look = () => { if (!end.hidden) window.recordAtTheEnd ??= record.innerText; };
    new MutationObserver(look).observe(end, { attributes: true });
}"""


def test_the_end_is_not_shown_before_the_record_that_tells_it(person):
    ana, bo = sealed(person)
    bo.page.evaluate(RECORD_AT_THE_END)
    bo.accept()
    ana.page.click("#refuse")
    ana.page.click("#refusal button[type=submit]")
    bo.sees("#step-end")
    record = bo.page.evaluate("window.recordAtTheEnd")
    assert "Ana refuses: for another reason." in record
    assert "The room ended: somebody refused." in record


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


def test_a_loss_by_ones_own_view_is_pointed_out(person):
    ana = person()
    ana.go("/open?about=household")
    ana.page.select_option('[data-seat="Bo"]', "exaggerating")
    ana.sit(ana.open_room()[0])
    ana.page.locator("#view-start button").first.click()
    ana.until("document.querySelector('#view-form input[type=number]')?.value === '-1'")
    ana.seal()
    ana.sees("#step-table")
    ana.reads("#mine .figure", "By your own view you lose")
    ana.sees("#need-not")
    ana.page.click("#refuse")
    ana.sees("#refusal input[value=gain]:checked")
    ana.page.click("#refusal button[type=submit]")
    ana.sees("#step-end")
    ana.reads("#record", "Ana refuses: it is worth less than going without.")
    ana.reads("#ending", "somebody refused")


def test_walking_away_asks_first_and_ends_the_room_for_all(person):
    ana, bo = seated(person, ("en-US", "es-ES"))
    ana.page.click("#leave")
    ana.page.click("#leave-no")
    ana.hides("#leave-yes")
    ana.page.click("#leave")
    ana.page.click("#leave-yes")
    for one in (ana, bo):
        one.sees("#step-end")
    bo.reads("#ending", "alguien se retiró")
    bo.hides("#talk")
    bo.sees("#checks .ticks")


def test_declining_the_rules(person):
    ana, bo = person(), person()
    links = ana.describe_flat()
    ana.sit(links[0])
    bo.go(links[1])
    bo.sees("#step-rules")
    bo.page.click("#decline")
    ana.sees("#step-end")
    ana.reads("#ending", "did not want to take part", "Bo")


def test_a_deadline_ends_the_room(person, rooms, examples):
    from comity.cases import load
    from rooms_http import Meeting

    case = load(examples / "chicken.toml")
    with httpx.Client(base_url=rooms.url, timeout=60) as client:
        meeting = Meeting(client, case, deadlines={"joining": 60})
    late = person()
    late.go(f"/s/{meeting.tokens['Row']}")
    late.sees("#step-rules")
    late.sees("#panel time")
    rooms.clock.pass_(61)
    late.sees("#step-end")
    late.reads("#ending", "time ran out", "Row and Column")


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


@pytest.mark.parametrize("about", ["household", "own"])
def test_an_untouched_view_is_not_sealed_without_a_question(person, about):
    ana = person("de-DE")
    if about == "own":
        links, bo = ana.describe_flat(), person()
        bo.sit(links[1])
        ana.sit(links[0])
    else:
        ana.go(f"/open?about={about}")
        ana.page.select_option('[data-seat="Bo"]', "honest")
        ana.sit(ana.open_room()[0])
    ana.seal()
    ana.reads("#seal-sure", "Sie haben noch nichts geändert.")
    ana.until("document.activeElement.id === 'seal-no'")
    assert ana.faults() == []
    ana.page.click("#seal-no")
    ana.hides("#seal-sure")
    ana.seal()
    ana.sees("#seal-sure")
    assert not any('"type":"commit"' in body for _, _, body in ana.sent)
    ana.page.click("#seal-yes")
    ana.sees("#step-table" if about == "household" else "#step-sealed")
    assert sum('"type":"commit"' in body for _, _, body in ana.sent) == 1


def test_a_room_can_be_forgotten_on_this_device(person):
    ana, bo = sealed(person)
    for one in (ana, bo):
        one.accept()
    for one in (ana, bo):
        one.sees("#step-end")
    ana.sees("#end-gain .figure")
    keys = "Object.keys(localStorage).filter(key => key.startsWith('comity-'))"
    assert len(ana.page.evaluate(keys)) == 1
    ana.page.click("#forget")
    ana.reads("#forget-note", "nothing of your seat is left in this browser")
    ana.hides("#end-gain")
    assert ana.page.evaluate(keys) == []
    ana.page.reload()
    ana.reads("#ending .offer", "There is an agreement.")
    ana.sees("#checks .ticks")
    ana.hides("#end-gain .figure")
    ana.hides("#forgetting")
    assert ana.page.evaluate(keys) == []
    assert len(bo.page.evaluate(keys)) == 1


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
