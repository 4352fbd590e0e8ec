"""The JSON that a page sends, and what is sent instead."""

import pytest

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
