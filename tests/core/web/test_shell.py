"""What every answer carries, whatever happens inside."""

import asyncio
import json
import re

import pytest

from comity.core.web.shell import HEADERS, Shell


def ask(application, path="/", secure=False) -> tuple[int, dict, bytes]:
    sent = []

    async def send(part) -> None:
        sent.append(part)

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    asyncio.run(Shell(application, secure)(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, sent[-1].get("body", b"")


async def fine(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})


async def broken(scope, receive, send) -> None:
    raise ValueError("what my model is worth to me")


async def breaks_midway(scope, receive, send) -> None:
    await fine(scope, receive, send)
    raise ValueError


@pytest.mark.parametrize("application", [fine, broken, breaks_midway])
def test_headers_are_always_there(application):
    _, headers, _ = ask(application)
    assert {name.lower(): value for name, value in HEADERS.items()}.items() <= headers.items()
    assert headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in headers


def test_the_content_policy_lets_nothing_inline_or_foreign_in():
    policy = dict(
        part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert not re.search("unsafe|http|[*]", HEADERS["Content-Security-Policy"])


def test_over_tls_browsers_stay_there():
    assert "max-age" in ask(fine, secure=True)[1]["strict-transport-security"]


def test_what_is_public_may_be_kept():
    assert "cache-control" not in ask(fine, path="/static/page.css")[1]


def test_a_failure_tells_nothing():
    status, _, body = ask(broken)
    assert status == 500
    assert json.loads(body)["error"]["message"] == "the server failed"
    assert b"model" not in body
