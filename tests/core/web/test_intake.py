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


@pytest.mark.parametrize("before", [[], [b"address=ann%40exam"]])
def test_who_sends_drop_by_drop_is_answered_in_time_and_reaches_nobody(before):
    status, read = wait_for(before, "http.request", stalls=True)
    assert (status, read) == (408, [])


def test_who_hangs_up_midway_is_not_taken_at_half_their_word():
    assert wait_for([b"address=ann%40example.co"], "http.disconnect") == (0, [])


def wait_for(pieces, then, stalls=False):
    """Send some pieces of a body, then a part without end, or nothing any more."""
    parts = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    read, sent = [], []

    async def application(scope, receive, send) -> None:
        read.append(await receive())

    async def receive() -> dict:
        if parts:
            return parts.pop(0)
        if stalls:
            await asyncio.Event().wait()
        return {"type": then}

    async def send(part) -> None:
        sent.append(part)

    scope = {"type": "http", "method": "POST", "headers": []}
    asyncio.run(BodyLimit(application, 100, patience=0.01)(scope, receive, send))
    if sent:
        assert (b"connection", b"close") in sent[0]["headers"]
    return (sent[0]["status"] if sent else 0), read


def test_what_comes_steadily_may_take_longer():
    async def receive() -> dict:
        # The first comes at once: however slow the machine is, it comes in time.
        await asyncio.sleep(next(waits))
        return {"type": "http.request", "body": b"x" * 5000, "more_body": next(more)}

    async def application(scope, receive, send) -> None:
        got.append(len((await receive())["body"]))

    async def send(part) -> None:
        got.append(part)

    got, more, waits = [], iter([True] * 9 + [False]), iter([0.0] + [0.02] * 9)
    scope = {"type": "http", "method": "POST", "headers": []}
    asyncio.run(BodyLimit(application, 50_000, patience=0.1)(scope, receive, send))
    assert got == [50_000]
