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
    assert bo.text("#end-heading") == "Keine Einigung"
    bo.page.wait_for_selector("#record :text('Ana lehnt ab: die Berichte liegen zu weit')")
    assert "Too far off." in bo.text("#record")
    assert "somebody refused" in ana.text("#ending")


def test_a_loss_by_ones_own_view_is_pointed_out(person):
    ana = person()
    ana.go("/open?about=household")
    ana.page.select_option('[data-seat="Bo"]', "exaggerating")
    ana.sit(ana.open_room()[0])
    ana.page.locator("#view-start button").first.click()
    ana.until("document.querySelector('#view-form input[type=number]').value === '-1'")
    ana.seal()
    ana.sees("#step-table")
    assert ana.text("#mine .figure").startswith("By your own view you lose")
    assert ana.page.locator("#need-not").is_visible()
    ana.page.click("#refuse")
    assert ana.page.locator("#refusal input[value=gain]").is_checked()
    ana.page.click("#refusal button[type=submit]")
    ana.sees("#step-end")
    assert "Ana refuses: it is worth less than going without." in ana.text("#record")
    assert "somebody refused" in ana.text("#ending")


def test_walking_away_asks_first_and_ends_the_room_for_all(person):
    ana, bo = seated(person, ("en-US", "es-ES"))
    ana.page.click("#leave")
    ana.page.click("#leave-no")
    assert not ana.page.locator("#leave-yes").is_visible()
    ana.page.click("#leave")
    ana.page.click("#leave-yes")
    for one in (ana, bo):
        one.sees("#step-end")
    assert "alguien se retiró" in bo.text("#ending")
    assert not bo.page.locator("#talk").is_visible()
    bo.page.wait_for_selector("#checks .ticks")


def test_declining_the_rules(person):
    ana, bo = person(), person()
    links = ana.describe_flat()
    ana.sit(links[0])
    bo.go(links[1])
    bo.sees("#step-rules")
    bo.page.click("#decline")
    ana.sees("#step-end")
    assert "did not want to take part" in ana.text("#ending")
    assert "Bo" in ana.text("#ending")


def test_a_deadline_ends_the_room(person, rooms, examples):
    from comity.cases import load
    from rooms_http import Meeting

    case = load(examples / "chicken.toml")
    with httpx.Client(base_url=rooms.url) as client:
        meeting = Meeting(client, case, deadlines={"joining": 60})
    late = person()
    late.go(f"/s/{meeting.tokens['Row']}")
    late.sees("#step-rules")
    late.page.wait_for_selector("#panel time")
    rooms.clock.pass_(61)
    late.sees("#step-end")
    assert "time ran out" in late.text("#ending")
    assert "Row and Column" in late.text("#ending")


def test_a_reload_goes_on_at_every_step(person):
    ana, bo = seated(person)
    ana.wish("Ana")
    ana.page.reload()
    ana.sees("#step-view")
    assert ana.page.locator("#mine-no-deal").input_value() == "31"
    ana.seal()
    ana.sees("#step-sealed")
    ana.page.reload()
    ana.sees("#step-sealed")
    print_ = ana.text("#sealed-print code")
    assert len(print_) == 64
    ana.page.goto("about:blank")
    bo.wish("Bo")
    bo.seal()
    bo.sees("#step-sealed")
    ana.page.go_back()
    ana.sees("#step-table")
    ana.page.reload()
    ana.sees("#step-table")
    ana.accept()
    ana.page.wait_for_selector("#status:not(:empty)")
    ana.page.reload()
    ana.sees("#step-table")
    assert not ana.page.locator("#accept").is_visible()
    bo.accept()
    ana.sees("#step-end")
    assert ana.text("#ending .offer") == "There is an agreement."


def test_a_seat_belongs_to_the_browser_that_took_it(person):
    ana, other = person(), person()
    links = ana.describe_flat()
    ana.sit(links[0])
    other.go(links[0])
    other.page.wait_for_selector("#status:not(:empty)")
    assert other.text("#status").startswith("This seat was taken in another browser")
    assert not other.page.locator("#seal").is_visible()


@pytest.mark.parametrize("path", ["/s/nothing", "/rooms/" + "ab" * 16, "/open?about=nothing"])
def test_a_wrong_link_says_so(person, path):
    lost = person("de-DE")
    lost.expects_404 = True
    lost.go(path)
    assert lost.text("h1") == "Dieser Link öffnet keinen Raum"


def test_a_room_is_closed_to_whoever_has_no_link(person):
    ana, eve = person(), person()
    links = ana.describe_flat()
    ana.sit(links[0])
    eve.expects_404 = True
    eve.go(ana.page.url)
    assert eve.text("h1") == "This link opens no room"


def test_what_could_not_be_sent_is_sent_again_unchanged(person, tmp_path):
    ana, bo = seated(person)
    ana.wish("Ana")
    ana.page.route("**/messages", lambda route: route.abort())
    ana.seal()
    ana.sees("#trouble")
    assert ana.text("#trouble").startswith("The server cannot be reached")
    assert ana.page.locator("#view-form").get_attribute("inert") is not None
    ana.complaints.clear()
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
    ana.complaints.clear()
    assert "31" in ana.page.locator("#mine dd").all_inner_texts()


def test_a_page_whose_stream_is_refused_goes_on_and_asks_again(person):
    ana, bo = seated(person)
    refused = []
    ana.page.route("**/events?*", lambda route: (refused.append(1), route.fulfill(status=503)))
    ana.page.reload()
    ana.sees("#step-view")
    ana.wish("Ana")
    ana.seal()
    bo.wish("Bo")
    bo.seal()
    ana.sees("#step-table")
    assert refused
    ana.page.unroute("**/events?*")
    with ana.page.expect_response(lambda answer: "/events?" in answer.url and answer.ok):
        bo.accept()
    ana.accept()
    ana.sees("#step-end")
    ana.complaints.clear()


@pytest.mark.slow
def test_a_view_can_be_saved_and_loaded(person, tmp_path):
    ana, _ = seated(person)
    ana.wish("Ana")
    with ana.page.expect_download() as waiting:
        ana.page.click("#save-view")
    waiting.value.save_as(tmp_path / "view.json")
    ana.slide("#mine-no-deal", 5)
    ana.page.set_input_files("#view-start input[type=file]", tmp_path / "view.json")
    ana.until("document.querySelector('#mine-no-deal').value === '31'")
    (tmp_path / "other.json").write_text('{"blocks": {"prior": [1]}}')
    ana.page.set_input_files("#view-start input[type=file]", tmp_path / "other.json")
    ana.page.wait_for_selector("#view-start .error:not([hidden])")
    assert ana.page.locator("#mine-no-deal").input_value() == "31"
