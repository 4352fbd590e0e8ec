"""Rooms that end otherwise, in real browsers."""

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
