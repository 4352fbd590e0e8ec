"""How much a request may bring."""

import asyncio

import pytest

from comity.core.web.intake import BodyLimit


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
