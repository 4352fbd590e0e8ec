"""The paths of the pages: who may see them, and what they refuse."""

import pytest

from comity.language import words_of
from comity.rooms.protocol.terms import Terms
from room_play import agreeing
from rooms_http import Meeting, bearer


@pytest.fixture
def meeting(client):
    return Meeting(client, agreeing())


def test_front_and_opening(client):
    assert client.get("/").status_code == 200
    assert client.get("/open").status_code == 200
    assert client.get("/open?about=nothing").status_code == 404


def test_rules_of_terms_and_of_a_public_case(client, examples):
    terms = dict(Terms.of(agreeing()).data)
    answer = client.post("/open/rules", json={"terms": terms}).json()
    assert answer["terms"] == terms
    assert len(answer["rules"]) >= 8
    text = 'title = "x"\n[frame.actions]\nA = ["a", "b"]\nB = ["c"]\n'
    answer = client.post("/open/rules", json={"text": text, "format": "toml"})
    assert answer.json()["terms"]["frame"]["players"] == ["A", "B"]


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"terms": 1},
        {"terms": {}},
        {"text": 1, "format": "toml"},
        {"text": "a", "format": "xml"},
        {"text": "not toml", "format": "toml"},
        {"text": "[1]", "format": "json"},
        {"text": "{" * 500, "format": "json"},
        {"text": "title = 'x'", "format": "toml"},
        {"text": "title = 'x'\n[models.A]\n", "format": "toml"},
    ],
)
def test_what_holds_no_room_is_refused(client, body):
    answer = client.post("/open/rules", json=body)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "form"


def test_what_is_no_json_is_refused(client):
    assert client.post("/open/rules", content="x").status_code == 415


def test_a_seat_sees_its_page_and_its_panel(client, meeting):
    client.get(f"/s/{meeting.tokens['A']}")
    page = client.get(f"/rooms/{meeting.id}")
    assert page.status_code == 200
    assert 'data-seat="A"' in page.text
    assert page.headers["cache-control"] == "no-store"
    panel = client.get(f"/rooms/{meeting.id}/panel", headers={"Accept-Language": "zh"})
    assert words_of("zh").say("phase.joining") in panel.text


def test_a_watcher_has_no_seat(client, meeting):
    client.get(f"/s/{meeting.tokens[None]}")
    assert 'data-seat=""' in client.get(f"/rooms/{meeting.id}").text


@pytest.mark.parametrize("room", ["ab" * 16, None])
def test_without_a_link_no_room_can_be_told_from_another(client, meeting, room):
    answer = client.get(f"/rooms/{room or meeting.id}")
    assert answer.status_code == 404
    assert words_of("en").say("room.lost_heading") in answer.text
    assert client.get(f"/rooms/{room or meeting.id}/panel").status_code == 401


def test_a_wrong_link_is_answered_to_people_as_a_page_and_to_programs_as_json(client):
    page = client.get("/s/nothing", headers={"Accept": "text/html"})
    assert (page.status_code, "<h1>" in page.text) == (404, True)
    assert client.get("/s/nothing").json()["error"]["code"] == "unknown"


def test_an_automatic_party_moves_by_its_link_alone(client, examples):
    from comity.cases import load

    meeting = Meeting(client, load(examples / "chicken.toml"))
    path = f"/rooms/{meeting.id}/automatic"
    client.get(f"/s/{meeting.tokens['Row']}")
    assert client.post(path, json={"kind": "honest"}).status_code == 403
    watching = bearer(meeting.tokens[None])
    assert client.post(path, json={"kind": "honest"}, headers=watching).status_code == 403
    row = bearer(meeting.tokens["Row"])
    assert client.post(path, json={"kind": "honest"}, headers=row).json() == {"moved": True}
    assert client.post(path, json={"kind": "honest"}, headers=row).json() == {"moved": False}
    assert client.post(path, json={"kind": "evil"}, headers=row).status_code == 422
    assert client.post(path, json=[], headers=row).status_code == 422
    assert meeting.state()["missing"] == ["Column"]


def test_automatic_parties_sit_at_no_other_table(client, meeting):
    path, headers = f"/rooms/{meeting.id}/automatic", bearer(meeting.tokens["A"])
    assert client.post(path, json={"kind": "honest"}, headers=headers).status_code == 422
