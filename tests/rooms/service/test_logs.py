"""Log lines of rooms hold nothing private."""

import io
import json
import logging

import httpx
import pytest

from comity.core.web.logs import NAME, start_logging
from room_play import agreeing
from rooms_http import Meeting


@pytest.fixture
def lines():
    """What is logged, as a function that reads it."""
    loggers = [logging.getLogger(name) for name in (NAME, None)]
    before = [(one, one.handlers, one.level) for one in loggers]
    stream = io.StringIO()
    start_logging(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for logger, handlers, level in before:
        logger.handlers = handlers
        logger.setLevel(level)


def test_nothing_private_is_logged(lines, serve):
    server = serve()
    with httpx.Client(base_url=server.url, timeout=60) as client:
        meeting = Meeting(client, agreeing())
        client.get(f"/s/{meeting.tokens['A']}")
        cookie = client.cookies[f"room-{meeting.id}"]
        meeting.until()
        log = meeting.log()
        client.get("/s/not-a-token")
        client.get(meeting.path, headers={"Authorization": "Bearer not-a-token"})
    told = json.dumps(lines())
    private = [
        *meeting.tokens.values(),
        cookie,
        "not-a-token",
        meeting.id,
        "127.0.0.1",
        *(entry["message"]["signature"] for entry in log["entries"]),
    ]
    assert [word for word in private if word in told] == []
    routes = {line.get("route") for line in lines()}
    assert {"/s/{token}", "/api/rooms/{room}", "/api/rooms/{room}/messages"} <= routes
