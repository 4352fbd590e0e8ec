"""Nothing of the desk is reached without a session, and nothing is changed by other sites."""

import pytest

from comity.newsletter.desk.app import ROUTERS
from comity.newsletter.desk.settings import Limits
from newsletter_desk import ORIGIN, Editor, make_app, stored

OPEN = {"/desk/enter"}


def desk_routes() -> list[tuple[str, str]]:
    """Every path of the desk with each of its methods."""
    found = []
    for router in ROUTERS:
        for route in router.routes:
            if route.path.startswith("/desk") and route.path not in OPEN:
                path = (
                    route.path.replace("{name}", "AAAAAAAAAA")
                    .replace("{number}", "3")
                    .replace("{step}", "publish")
                )
                found += [(method, path) for method in route.methods - {"HEAD"}]
    return sorted(set(found))


def test_there_are_many_paths():
    assert len(desk_routes()) > 25


@pytest.mark.parametrize(("method", "path"), desk_routes())
def test_without_a_session_every_path_is_closed(reader, method, path):
    for cookie in ("", "x" * 43, "\x7f"):
        headers = {"cookie": f"comity-desk={cookie}"} if cookie else {}
        answer = reader.client.request(method, path, headers=headers)
        assert answer.status_code == 401
        assert "Promises" not in answer.text


@pytest.mark.parametrize(
    ("method", "path"), [route for route in desk_routes() if route[0] == "POST"]
)
def test_a_session_alone_changes_nothing(ada, folder, method, path):
    before = stored(folder)
    for data in ({}, {"csrf": ""}, {"csrf": "0" * 64}):
        answer = ada.client.post(path, data=data)
        assert answer.status_code in (403, 415)
    forged = ada.client.post(path, data={"csrf": ada.csrf}, headers={"origin": "https://e.example"})
    assert forged.status_code == 403
    cross = ada.client.post(path, data={"csrf": ada.csrf}, headers={"sec-fetch-site": "cross-site"})
    assert cross.status_code == 403
    assert ada.client.post(path, json={"csrf": ada.csrf}).status_code in (403, 415)
    assert stored(folder) == before


def test_the_value_of_one_session_is_none_for_another(ada, bo):
    assert ada.csrf != bo.csrf
    assert ada.client.post("/desk/invite", data={"csrf": bo.csrf}).status_code == 403


def test_our_own_pages_may(ada):
    headers = {"origin": ORIGIN, "sec-fetch-site": "same-origin"}
    assert ada.post("/desk/invite", headers=headers).status_code == 200


def test_too_many_requests_are_slowed(folder):
    app = make_app(folder, limits=Limits(rate=0.001, burst=3))
    reader = Editor(app, None)
    answers = [reader.get("/") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
    app.state.shelf.store.close()


def test_guessing_keys_is_slow(folder):
    app = make_app(folder, limits=Limits(rate=1e6, burst=1_000_000, tries=3))
    guesser = Editor(app, None)
    codes = [guesser.get(f"/desk/enter?key={k}").status_code for k in range(5)]
    assert codes == [404, 404, 404, 429, 429]
    app.state.shelf.store.close()


def test_over_tls_the_cookie_is_of_this_host_alone(folder):
    app = make_app(folder, base_url="https://a.example")
    editor = Editor(app, None)
    answer = editor.client.post(
        "/desk/enter",
        data={"key": app.state.doors.new_key(), "name": "Ada"},
        follow_redirects=False,
    )
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-comity-desk=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "max-age" in answer.headers["strict-transport-security"]
    app.state.shelf.store.close()
