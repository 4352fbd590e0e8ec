"""What pages load comes from this server, is kept by browsers, and nothing else is served."""

import re
from importlib.resources import files

import pytest

from comity.language import LANGUAGES, words_of
from comity.rooms.web.assets import KINDS
from comity.rooms.web.examples import EXAMPLES

STATIC = files("comity.rooms.web") / "static"
NAMES = sorted(path.name for path in STATIC.iterdir())
REMOTE = re.compile(r"""(?:from|import|fetch\(|src=|href=)\s*["'`](?:https?:)?//""")


def test_every_file_is_of_a_known_kind():
    assert {"." + name.rsplit(".", 1)[1] for name in NAMES} <= set(KINDS)


def test_every_file_is_served_with_its_kind(client):
    for name in NAMES:
        answer = client.get(f"/static/{name}")
        assert answer.status_code == 200
        assert answer.content == (STATIC / name).read_bytes()
        assert answer.headers["content-type"] == KINDS["." + name.rsplit(".", 1)[1]]
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_is_unchanged_is_not_sent_again(client):
    tag = client.get("/static/rooms.css").headers["etag"]
    again = client.get("/static/rooms.css", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/static/rooms.css", headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_the_look_of_the_reports_is_shared(client):
    style = files("comity.core.page") / "templates" / "style.css"
    assert client.get("/static/look.css").content == style.read_bytes()


def test_words(client):
    for code in LANGUAGES:
        data = client.get(f"/static/words/{code}.json").json()
        assert data["entries"] == dict(words_of(code).entries)
        assert data["tag"] == words_of(code).tag


def test_examples(client):
    for name in EXAMPLES:
        data = client.get(f"/static/examples/{name}.json").json()
        assert set(data["reports"]) == set(data["terms"]["frame"]["players"])


@pytest.mark.parametrize(
    "path",
    [
        "nothing.js",
        "..%2froutes.py",
        "%2e%2e/routes.py",
        "words/xx.json",
        "words/en.toml",
        "words/..%2f..%2fen.json",
        "examples/last_offer.json",
        "examples/..%2friver.json",
        "examples/river.toml",
        "__init__.py",
        "",
    ],
)
def test_nothing_else_is_served(client, path):
    answer = client.get(f"/static/{path}")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "unknown"


@pytest.mark.parametrize("name", [n for n in NAMES if n.endswith((".js", ".css"))])
def test_nothing_names_another_host(name):
    text = (STATIC / name).read_text("utf-8")
    assert not REMOTE.search(text)
    assert "@import" not in text
    assert "url(" not in text


def test_our_scripts_need_no_inline_style_and_no_eval():
    for name in NAMES:
        if name.endswith(".js") and name != "htmx.min.js":
            text = (STATIC / name).read_text("utf-8")
            assert not re.search(r"\.style\b|innerHTML|outerHTML|insertAdjacentHTML|eval\(", text)
            assert not re.search(r"new Function|setAttribute\(.style", text)


def test_every_word_that_scripts_ask_for_exists():
    english, missing = words_of("en"), []
    for name in NAMES:
        if name.endswith(".js") and name != "htmx.min.js":
            text = (STATIC / name).read_text("utf-8")
            asked = re.findall(r"""\bt\(\s*["'`]([\w.-]+)["'`]""", text)
            missing += [f"{name}: {key}" for key in asked if not english.has(key)]
    assert missing == []


def test_htmx_is_whole_and_has_its_licence(client):
    assert b"4.0.1" in (STATIC / "htmx.min.js").read_bytes()
    assert "Zero-Clause BSD" in client.get("/static/htmx.LICENSE.txt").text
