import re
import time
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from comity.core.database import transaction
from comity.core.web.failures import Denied, answer
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.disclosing import disclose
from comity.newsletter.delivery.readers import Origin, Standing
from comity.newsletter.delivery.suppression import Reason, suppress
from comity.newsletter.delivery.tokens import Purpose
from comity.newsletter.delivery.web import ALL_ASKS, ASKS, SAME, WORDS, router
from comity.newsletter.model.publication import Category
from newsletter_relay import Relay

ANN = "ann@example.org"
FORM = {"address": ANN, "name": "Ann", "agreed": "1"}


@pytest.fixture
def relay():
    with Relay() as made:
        yield made


@pytest.fixture
def web(office, relay):
    post = replace(office.publication.post, host="127.0.0.1", port=relay.port)
    tree = (Category("Water", (Category("Rivers"),)), Category("Air"))
    publication = replace(office.publication, post=post, categories=tree)
    there = replace(office, publication=publication)
    app = FastAPI()
    app.include_router(router(lambda: there, lambda: office.clock().timestamp(), 0.0))
    app.add_exception_handler(Denied, lambda request, error: answer(error.code, error, error.retry))
    with TestClient(app, base_url="https://letters.example.org") as client:
        yield client


def links(mail):
    text = mail.message.get_content()
    return [
        link.removeprefix("https://letters.example.org")
        for link in re.findall(r"https://\S+", text)
    ]


def standing(office, address=ANN):
    return {str(r.address): r.standing for r in office.readers.all()}.get(address)


def reading(office, enrol):
    reader = enrol(ANN)[ANN]
    return reader, lambda purpose: office.secret.word(purpose, reader)


def test_from_the_form_to_a_reader(web, relay, office):
    assert 'action="../readers/subscribe"' in web.get("/readers/subscribe").text
    asked = web.post("/readers/subscribe", data=FORM)
    assert asked.status_code == 200
    assert standing(office) == Standing.ASKED
    (mail,) = relay.taken
    (link,) = links(mail)
    shown = web.get(link)
    assert "Yes, send it to me" in shown.text
    assert "a…@example.org" in shown.text
    assert web.post(link).status_code == 200
    assert standing(office) == Standing.READING


def test_a_page_and_its_style_come_from_the_same_place(web):
    page = web.get("/readers/subscribe")
    assert 'href="../readers/readers.css"' in page.text
    style = web.get("/readers/readers.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "form.asking" in style.text


def test_a_program_that_opens_links_confirms_nothing(web, relay, office):
    web.post("/readers/subscribe", data=FORM)
    (link,) = links(relay.taken[0])
    for _ in range(3):
        assert web.get(link).status_code == 200
    assert standing(office) == Standing.ASKED


def test_one_click_stops_all_mail_by_post_alone(web, office, enrol):
    _, word = reading(office, enrol)
    path = f"/readers/unsubscribe/{word(Purpose.UNSUBSCRIBE)}"
    assert "Stop it" in web.get(path).text
    assert standing(office) == Standing.READING
    answered = web.post(path, data={"List-Unsubscribe": "One-Click"}, follow_redirects=False)
    assert answered.status_code == 200
    assert "set-cookie" not in answered.headers
    assert standing(office) == Standing.LEFT
    assert web.post(path).status_code == 200


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", ""),
        (b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (
            b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nOne-Click\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
        (b"\xff\x00", "application/json"),
    ],
)
def test_one_click_takes_whatever_body_a_mail_system_sends(web, office, enrol, content, kind):
    _, word = reading(office, enrol)
    path = f"/readers/unsubscribe/{word(Purpose.UNSUBSCRIBE)}"
    headers = {"Content-Type": kind} if kind else {}
    assert web.post(path, content=content, headers=headers).status_code == 200
    assert standing(office) == Standing.LEFT


def test_a_word_for_one_purpose_does_nothing_else(web, office, enrol):
    _, word = reading(office, enrol)
    for page in ("confirm", "unsubscribe", "preferences"):
        for purpose in Purpose:
            if purpose.value != page:
                for method in ("GET", "POST"):
                    path = f"/readers/{page}/{word(purpose)}"
                    assert web.request(method, path).status_code == 404
    assert standing(office) == Standing.READING


def test_known_and_unknown_addresses_get_the_same_answer(web, relay, office, enrol):
    enrol(ANN)
    known = web.post("/readers/subscribe", data=FORM)
    unknown = web.post("/readers/subscribe", data=FORM | {"address": "bob@example.org"})
    too_soon = web.post("/readers/subscribe", data=FORM)
    assert known.text == unknown.text.replace("bob@", "ann@") == too_soon.text
    assert known.status_code == unknown.status_code == too_soon.status_code == 200
    assert sorted(mail.recipient for mail in relay.taken) == [ANN, "bob@example.org"]


def test_choices_are_kept(web, office, enrol):
    reader, word = reading(office, enrol)
    path = f"/readers/preferences/{word(Purpose.PREFERENCES)}"
    assert web.get(path).text.count(" checked") == 3
    saved = web.post(path, data={"with[]": ["Water", "Air", "Nonsense"]})
    assert "Saved." in saved.text
    assert saved.text.count(" checked") == 2
    assert office.readers.find(reader).without == {"Rivers"}
    web.post(path, data={})
    assert office.readers.find(reader).without == {"Water", "Rivers", "Air"}


def test_the_page_of_choices_shows_no_whole_address_and_leads_out(web, office, enrol):
    _, word = reading(office, enrol)
    html = web.get(f"/readers/preferences/{word(Purpose.PREFERENCES)}").text
    assert ANN not in html
    action = re.search(r'action="\.\./\.\./(readers/unsubscribe/[^"]+)"', html)[1]
    web.post(f"/{action}")
    assert standing(office) == Standing.LEFT
    html = web.get(f"/readers/preferences/{word(Purpose.PREFERENCES)}").text
    assert "You get nothing now" in html


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"address": "ann"}, "not a mail address"),
        ({"address": "ann@pаypal.example"}, "several scripts"),
        ({"address": '"><script>alert(1)</script>@x'}, "cannot be used"),
        ({"agreed": ""}, "Please tick"),
        ({"agreed": "0"}, "Please tick"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_kept(web, relay, office, change, said):
    answered = web.post("/readers/subscribe", data=FORM | change)
    assert answered.status_code == 422
    assert said in answered.text
    assert "<script>" not in answered.text
    assert office.readers.all() == []
    assert relay.taken == []


def test_nobody_signs_up_a_crowd(web, relay):
    for k in range(ASKS):
        address = f"r{k}@example.org"
        assert web.post("/readers/subscribe", data=FORM | {"address": address}).status_code == 200
    refused = web.post("/readers/subscribe", data=FORM)
    assert refused.status_code == 429
    assert "Retry-After" in refused.headers
    assert len(relay.taken) == ASKS < ALL_ASKS


def test_tags_bring_no_more_mail_to_a_mailbox_and_no_other_answer(web, relay):
    answers = [
        web.post("/readers/subscribe", data=FORM | {"address": address})
        for address in (
            "ann+0@example.org",
            "Ann+1@example.org",
            "ann@example.org",
            "ann+9@example.org",
        )
    ]
    assert [answer.status_code for answer in answers] == [200] * (SAME + 1)
    assert answers[-1].text == answers[0].text.replace("ann+0@", "ann+9@")
    assert len(relay.taken) == SAME


def test_a_relay_that_is_gone_changes_no_answer(web, relay, caplog):
    relay.answers["recipient", ANN] = ["550 5.1.1 No such user"]
    assert web.post("/readers/subscribe", data=FORM).status_code == 200
    assert "a confirmation was not sent" in caplog.text
    assert relay.taken == []


def test_only_the_network_of_a_request_is_kept(web, office):
    web.post("/readers/subscribe", data=FORM)
    (act,) = disclose(office.readers, parse(ANN))["consents"]
    assert act["source"] == "web"
    assert act["network"] == ""  # the test client has no network address


def test_a_mailbox_provider_may_stop_mail_for_any_number_of_readers(web, office, enrol):
    ids = enrol(*(f"r{n}@example.org" for n in range(WORDS + 20)))
    for reader in ids.values():
        word = office.secret.word(Purpose.UNSUBSCRIBE, reader)
        answer = web.post(f"/readers/unsubscribe/{word}", data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert office.readers.counts() == {"left": len(ids)}


def test_sign_up_tells_nobody_who_reads_already(office, relay, enrol, clock):
    least = 0.1
    settled = replace(
        office,
        publication=replace(
            office.publication,
            post=replace(office.publication.post, host="127.0.0.1", port=relay.port),
        ),
    )
    app = FastAPI()
    app.include_router(router(lambda: settled, lambda: clock().timestamp(), least))
    names = ("new", "asked", "reads", "left", "silent", "often", "forgotten")
    addresses = {name: f"{name}@example.org" for name in names}
    ids = enrol(addresses["reads"], addresses["left"], addresses["silent"])
    office.readers.leave(ids[addresses["left"]], Origin("web"))
    office.readers.sign_up(parse(addresses["asked"]), "", Origin("web"))
    with transaction(office.engine, writes=True) as connection:
        office.readers.erase(connection, parse(addresses["forgotten"]))
        hidden = office.secret.hide(addresses["silent"])
        suppress(connection, hidden, Reason.RETURNED, clock())
    told = set()
    with TestClient(app, base_url="https://letters.example.org") as client:
        for _ in range(SAME + 1):
            client.post("/readers/subscribe", data=FORM | {"address": addresses["often"]})
        clock.pass_by(minutes=5)
        for name, address in addresses.items():
            begun = time.monotonic()
            answered = client.post("/readers/subscribe", data=FORM | {"address": address})
            assert time.monotonic() - begun >= least
            fields = {k: v for k, v in answered.headers.items() if k != "content-length"}
            told.add((answered.status_code, str(fields), answered.text.replace(name, "")))
            clock.pass_by(minutes=6)
    assert len(told) == 1
    mailed = {mail.recipient for mail in relay.taken}
    assert mailed >= {addresses[name] for name in ("new", "reads", "left", "silent", "forgotten")}
