"""Nothing of the desk is reached without a session, and nothing is changed by other sites."""

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


def test_without_a_session_every_path_is_closed(reader):
    for method, path in desk_routes():
        for cookie in ("", "x" * 43, "\x7f"):
            headers = {"cookie": f"comity-desk={cookie}"} if cookie else {}
            answer = reader.client.request(method, path, headers=headers)
            assert answer.status_code == 401, (method, path)
            assert "Promises" not in answer.text


FORGED = [
    ({}, {}),
    ({"csrf": ""}, {}),
    ({"csrf": "0" * 64}, {}),
    ({"csrf": "OWN"}, {"origin": "https://e.example"}),
    ({"csrf": "OWN"}, {"origin": "null"}),
    ({"csrf": "OWN"}, {"sec-fetch-site": "cross-site"}),
]


def test_a_session_alone_changes_nothing(ada, folder):
    before = stored(folder)
    for path in (path for method, path in desk_routes() if method == "POST"):
        for data, headers in FORGED:
            own = {name: text.replace("OWN", ada.csrf) for name, text in data.items()}
            answer = ada.client.post(path, data=own, headers=headers)
            assert answer.status_code in (403, 415), (path, data, headers)
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
