"""The JSON that a page sends, and what is sent instead."""

import pytest

from comity.core.errors import InputError
from comity.rooms.web.body import MOST_PARTS, parsed

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("content", "code", "status"),
    [
        (b'{"a": 1, "a": 2}', "form", 422),
        (b"[" * 100 + b"]" * 100, "form", 422),
        (b"NaN", "form", 422),
        (b"\xff", "form", 422),
        (b"", "form", 422),
        (b" " * 3_000_000, "size", 413),
    ],
)
def test_only_plain_json_is_read(client, content, code, status):
    answer = client.post("/open/rules", content=content, headers=JSON)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_kind_is_refused(client, kind):
    answer = client.post("/open/rules", content=b"{}", headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "media")


@pytest.mark.parametrize(
    "text",
    ["a." * 100_000 + "a=1", "[" + '"b" . ' * 50_000 + "a]", "x = {" + "'.'." * 90_000 + "a=1}"],
)
@pytest.mark.parametrize("path", ["/open/rules", "/workbench/case"])
def test_keys_of_many_parts_are_refused_before_they_are_read(client, path, text):
    answer = client.post(path, json={"text": text, "format": "toml"})
    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == "a key has too many parts"


@pytest.mark.parametrize("path", ["/open/rules", "/workbench/case"])
def test_long_toml_is_refused_before_it_is_read(client, path):
    """It takes seconds to read two megabytes of it."""
    text = "".join(f"[a{k}.b.c]\n" for k in range(50_000))
    answer = client.post(path, json={"text": text, "format": "toml"})
    assert (answer.status_code, "too long for TOML" in answer.text) == (422, True)


def test_dots_in_numbers_and_texts_are_no_keys():
    text = 'list = [{}]\ntext = "{}"\n'.format("1.5, " * 5_000, ". a." * 5_000)
    assert len(parsed(text, "toml")["list"]) == 5_000
    deep = ".".join(map(str, range(MOST_PARTS)))
    assert parsed(f"{deep} = 1", "toml")
    with pytest.raises(InputError, match="too many parts"):
        parsed(f"{deep}.more = 1", "toml")
