"""What a request may bring."""

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.rooms.service.failures import Denied
from comity.rooms.service.intake import STRING, BodyLimit, read_json

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def depth(data) -> int:
    if isinstance(data, dict):
        data = list(data.values())
    return 1 + max(map(depth, data), default=0) if isinstance(data, list) else 0


@given(PLAIN)
def test_json_is_read_if_it_is_not_too_deep(data):
    body = json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        body.decode()
    except UnicodeDecodeError:
        return
    assert read_json(body, depth(data)) == data
    if depth(data):
        with pytest.raises(Denied, match="too deeply"):
            read_json(body, depth(data) - 1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{]",
        b"'a'",
        b'{"a": 1, "a": 1}',
        b'[{"a": {"b": 1, "b": 2}}]',
        b"NaN",
        b"[-Infinity]",
        b'"\xff"',
        b"\xef\xbb\xbf{}",
        b"1" * 5000,
        b'"' + b"\\" * 99,
        b"]" * 100 + b"[" * 100,
    ],
)
def test_what_is_not_plain_json_is_refused(body):
    with pytest.raises(Denied) as denied:
        read_json(body, 8)
    assert denied.value.code == "form"


def test_nesting_without_end_is_refused_quickly():
    for piece in (b"[", b'{"a":', b"]["):
        with pytest.raises(Denied):
            read_json(piece * (2_000_000 // len(piece)), 64)


@pytest.mark.parametrize("end", [b"", b"\\", b"[" * 9])
def test_a_string_without_end_is_read_once(end):
    assert STRING.fullmatch(b'"' + b'\\"' * 9 + end)
    with pytest.raises(Denied, match="not JSON"):
        read_json(b'"' + b'\\"' * 999_000 + end, 64)


def ask(pieces: list[bytes], most: int, length: str | None = None, method: str = "POST"):
    """Send a body in pieces; return the status, what the application read, and pieces left."""
    waiting, read, sent = list(pieces), [], []

    async def application(scope, receive, send) -> None:
        while True:
            part = await receive()
            read.append(part.get("body", b""))
            if not part.get("more_body"):
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> dict:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    async def send(part) -> None:
        sent.append(part)

    headers = [] if length is None else [(b"content-length", length.encode())]
    scope = {"type": "http", "method": method, "headers": headers}
    asyncio.run(BodyLimit(application, most)(scope, receive, send))
    return sent[0]["status"], b"".join(read), len(waiting)


def test_what_fits_goes_through_whole():
    assert ask([b"ab", b"", b"c"], 3) == (200, b"abc", 0)
    assert ask([b"abc"], 3, length="3") == (200, b"abc", 0)


def test_too_much_is_not_read_to_the_end():
    assert ask([b"ab", b"cd", b"ef", b"gh"], 3) == (413, b"", 2)


@pytest.mark.parametrize("length", ["4", "99999999999999999999", "-1", "x"])
def test_who_says_it_is_too_much_is_not_read_at_all(length):
    assert ask([b"abcd"], 3, length=length) == (413, b"", 1)


def test_who_lies_about_the_length_is_counted():
    assert ask([b"abcd"], 3, length="1") == (413, b"", 0)
