"""Whole rooms in real browsers: two people in two languages, a person and an automatic party."""

import dataclasses
import json

import httpx
import pytest

from comity.agreement.defaults import default_payoffs
from comity.cases import Talk, load
from comity.games.plays import Lottery, play_from_dict
from comity.language import words_of
from comity.rooms.protocol.checks import read_report
from comity.rooms.protocol.terms import Terms
from comity.rooms.protocol.verification import verify_log
from rooms_http import Meeting
from rooms_people import sealed, seated

pytestmark = pytest.mark.browser


def test_two_people_agree_in_two_languages(person, tmp_path):
    ana, bo = sealed(person, ("en-US", "zh-CN"))
    ana.reads("#table-heading", "The proposal")
    bo.reads("#table-heading", words_of("zh").say("table.proposal"))
    ana.page.select_option("#talk-act", "ask")
    ana.page.select_option("#talk-about", "big room")
    ana.page.fill("#talk-text", "Swap in summer?")
    ana.page.click("#talk button")
    bo.reads("#record", "Ana 有一个问题。", "关于：big room", "Swap in summer?")
    ana.reads("#record", "Ana has a question.")
    lots, told = figures(ana, "#mine .lots dd"), figures(ana, "#mine .gain-told dd")
    ana.accept()
    ana.reads("#status", "Waiting for Bo.")
    assert "接受" not in bo.text("#record")
    bo.accept()
    ana.sees("#step-end")
    bo.sees("#step-end")
    ana.reads("#ending .offer", "There is an agreement.")
    bo.reads("#ending .offer", "达成了协议。")
    for one in (ana, bo):
        one.counts("#checks .ticks li", 4)
    records = [one.transcript(tmp_path) for one in (ana, bo)]
    assert records[0] == records[1]
    verified = verify_log(records[0])
    assert verified.ok, verified.faults
    assert records[0]["entries"][-1]["message"]["body"]["status"] == "agreed"
    play, drawn = played(records[0])
    assert told == pytest.approx(gain_in_python(records[0], "Ana", play), rel=6e-3)
    each = [gain_in_python(records[0], "Ana", Lottery.pure(o))[2] for o in play.outcomes]
    assert lots == pytest.approx(sorted(each), rel=6e-3)
    assert len(lots) == 2
    ended = gain_in_python(records[0], "Ana", Lottery.pure(drawn))
    assert figures(ana, "#end-gain dd") == pytest.approx(ended, rel=6e-3)
    ana.reads("#end-gain", "What was drawn", f"Before the draw you could expect: +{told[2]}")


def figures(one, selector):
    """Numbers that stand somewhere."""
    one.sees(f"{selector} >> nth=0")
    texts = one.page.locator(selector).all_inner_texts()
    return [float(text.replace("−", "-").replace("+", "")) for text in texts]


def played(record):
    """What was agreed, and what was drawn of it."""
    body = record["entries"][-1]["message"]["body"]
    return play_from_dict(body["play"]), tuple(body["draw"]["outcome"])


def gain_in_python(record, name, play):
    """Worth of a play, worth without it, and the difference, by a party's own report."""
    said = [entry["message"] for entry in record["entries"]]
    terms = Terms(said[0]["body"]["terms"])
    report = next(m for m in said if m["type"] == "reveal" and m["author"] == name)["body"]
    view, place = read_report(terms, report["report"]), terms.players.index(name)
    worth = view.payoffs(play)[place]
    without = default_payoffs(view, terms.constitution)[place]
    return [worth, without, worth - without]


def test_nothing_private_leaves_a_browser_before_all_have_sealed(person):
    ana, bo = seated(person)
    ana.wish("Ana")
    ana.page.locator("#view-form summary").click()
    ana.slide("#guess-1-option-0-0", 77)
    ana.seal()
    ana.sees("#step-sealed")
    seen = len(ana.sent)
    kept = ana.page.evaluate(
        "JSON.parse(Object.entries(localStorage).find(([k]) => k.includes('Ana'))[1])"
    )
    report, secret = kept["sealed"], kept["secret"]
    numbers = {str(v) for values in report["blocks"].values() for v in values if v not in (0, 100)}
    assert len(numbers) >= 4
    posted = [body for method, _, body in ana.sent[:seen] if method == "POST"]
    assert len(posted) >= 4
    for body in posted:
        assert secret not in body
        assert '"blocks"' not in body
        assert not any(number in body for number in numbers if len(number) > 3)
    paths = " ".join(path for _, path, _ in ana.sent)
    assert secret not in paths
    bo.wish("Bo")
    bo.seal()
    ana.sees("#step-table")
    after = [json.loads(body) for method, _, body in ana.sent[seen:] if method == "POST"]
    assert [message["type"] for message in after] == ["reveal"]
    assert after[0]["body"]["report"] == report
    assert secret not in json.dumps(after)


def test_a_person_against_an_automatic_party(person):
    maker = person("de-DE")
    maker.go("/open?about=river")
    maker.page.select_option('[data-seat="Ethiopia"]', "honest")
    links = maker.open_room()
    assert len(links) == 2
    maker.sit(links[0])
    maker.page.locator("#view-start button").first.click()
    maker.until("document.querySelector('#view-form input[type=range]')?.value === '50'")
    maker.seal()
    maker.sees("#step-table")
    maker.reads("#proposal", "fill by a drought rule")
    maker.reads("#differences p.matters", "long drought")
    maker.accept()
    maker.sees("#step-end")
    maker.reads("#ending .offer", "Es gibt eine Einigung.")
    maker.sees("#checks .ticks")


def test_a_refusal_leads_to_a_second_round(person, rooms, examples, tmp_path):
    case = load(examples / "chicken.toml")
    law = dataclasses.replace(case.constitution, talk=Talk(rounds=1, revise=0.5))
    with httpx.Client(base_url=rooms.url, timeout=60) as client:
        meeting = Meeting(client, dataclasses.replace(case, constitution=law))
    both = [person(), person("es-ES")]
    for one, name in zip(both, ("Row", "Column"), strict=True):
        one.sit(f"/s/{meeting.tokens[name]}")
    for one in both:
        one.page.locator("#view-start button").first.click()
        one.until("[...document.querySelectorAll('#view-form input')].some(e => e.value !== '0')")
        one.seal()
    row, column = both
    column.accept()
    row.sees("#step-table")
    row.page.click("#refuse")
    row.page.click("#refusal button[type=submit]")
    for one in both:
        one.sees("#round")
        one.accept()
    column.reads("#round", "Propuesta número 2")
    record = row.transcript(tmp_path)
    assert verify_log(record).ok
    said = [entry["message"] for entry in record["entries"]]
    assert [m["round"] for m in said if m["type"] == "answer"] == [0, 0, 1, 1]
    assert said[-1]["body"]["status"] == "agreed"


@pytest.mark.slow
def test_who_watches_sees_the_room_and_can_do_nothing(person):
    ana, bo, eve = person(), person(), person("es-ES")
    links = ana.describe_flat()
    eve.go(links[2])
    eve.sees("#step-rules")
    eve.reads(".eyebrow", "Está usted mirando. No tiene asiento.")
    for button in ("#join", "#talk button", "#leave"):
        eve.hides(button)
    ana.sit(links[0])
    bo.sit(links[1])
    eve.reads("#record", "Bo tomó")
    for one, name in ((ana, "Ana"), (bo, "Bo")):
        one.wish(name)
        one.seal()
    eve.sees("#step-table")
    eve.hides("#accept")
    eve.counts("#picture svg .star", 1)
