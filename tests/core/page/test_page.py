import base64
import hashlib
import json
import re

import pytest

from comity.core.page.page import embedded, environment, render, source_hash


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A package with templates of its own, made for a test."""
    folder = tmp_path / "made_up_room"
    (folder / "templates").mkdir(parents=True)
    (folder / "__init__.py").touch()
    texts = {
        "page.html.j2": '{% extends "frame.html.j2" %}{% block main %}<h1>{{ title }}</h1>'
        "{% endblock %}",
        "page.css": ".own { color: red }",
        "page.js": "window.own = 1;",
    }
    for name, text in texts.items():
        (folder / "templates" / name).write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return "made_up_room"


def test_the_frame_is_filled(room):
    page = render(room, {"a": 1}, 7, {"title": "A <b> title"})
    assert page.startswith("<!doctype html>")
    assert "<h1>A &lt;b&gt; title</h1>" in page
    assert ".own { color: red }" in page
    assert "seed 7" in page
    assert '<script type="application/json" id="data">{"a":1}</script>' in page
    assert "seed" not in render(room, {}, None, {"title": ""})


def test_the_policy_allows_exactly_what_is_inside(room):
    page = render(room, {}, None, {"title": ""})
    policy = re.search(r'Security-Policy" content="([^"]*)"', page)[1]
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        text = re.search(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
        assert source_hash(text) == f"sha256-{digest}"


def test_embedded_data_cannot_leave_its_element():
    data = {"</script>": "<!--&\u2028\u2029"}
    text = embedded(data)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == data


def test_what_is_no_json_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        embedded({"a": float("nan")})


def test_a_package_finds_its_own_templates_before_the_shared_ones(room):
    from jinja2 import TemplateNotFound

    found = environment(room)
    assert "block main" in found.loader.get_source(found, "frame.html.j2")[0]
    assert ".own" in found.loader.get_source(found, "page.css")[0]
    with pytest.raises(TemplateNotFound):
        found.get_template("none.html.j2")
