import asyncio

import httpx
import pytest

from comity.rooms.client import driving
from comity.rooms.client.driving import AsyncDriver, Driver
from comity.rooms.client.steps import Answer, Listen, Pause, Send, Work

STREAM = ": hi\n\nevent: state\ndata: {}\n\nevent: entry\ndata: {}\n\n"


def handler(request):
    path = request.url.path
    if path == "/gone":
        raise httpx.ConnectError("refused", request=request)
    if path == "/slow":
        raise httpx.ReadTimeout("nothing came", request=request)
    answers = {
        "/ok": httpx.Response(200, json={"token": request.headers.get("authorization")}),
        "/echo": httpx.Response(201, content=request.content),
        "/busy": httpx.Response(429, headers={"retry-after": "7"}, json={}),
        "/date": httpx.Response(503, headers={"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}),
        "/html": httpx.Response(500, text="<h1>Oops</h1>"),
        "/nan": httpx.Response(200, text='{"x": NaN}'),
        "/deep": httpx.Response(200, text="[" * 200_000),
        "/huge": httpx.Response(200, content=b"x" * 2000),
        "/events": httpx.Response(200, text=STREAM),
        "/quiet": httpx.Response(200, text=": hi\n\nevent: state\ndata: {}\n\n"),
        "/none": httpx.Response(404),
    }
    return answers[path]


async def later(request):
    return handler(request)


def sync_answer(step):
    def core():
        return (yield step)

    with Driver("http://rooms.test", "secret", httpx.MockTransport(handler)) as driver:
        return driver.run(core())


def async_answer(step):
    def core():
        return (yield step)

    async def run():
        transport = httpx.MockTransport(later)
        async with AsyncDriver("http://rooms.test", "secret", transport) as driver:
            return await driver.run(core())

    return asyncio.run(run())


STEPS = {
    Send("GET", "/ok"): Answer(200, {"token": "Bearer secret"}),
    Send("POST", "/echo", (1, "two")): Answer(201, [1, "two"]),
    Send("GET", "/busy"): Answer(429, {}, 7.0),
    Send("GET", "/date"): Answer(503),
    Send("GET", "/html"): Answer(500),
    Send("GET", "/nan"): Answer(200),
    Send("GET", "/deep"): Answer(200),
    Send("GET", "/gone"): Answer(0, "ConnectError: refused"),
    Send("GET", "/slow"): Answer(0, "ReadTimeout: nothing came"),
    Listen("/events", 5.0): Answer(200),
    Listen("/quiet", 5.0): Answer(204),
    Listen("/slow", 5.0): Answer(204),
    Listen("/none", 5.0): Answer(404),
    Listen("/gone", 5.0): Answer(0, "ConnectError: refused"),
    Pause(0.001): Answer(204),
    Work(lambda: 42): Answer(200, 42),
}


@pytest.mark.parametrize("ask", [sync_answer, async_answer])
@pytest.mark.parametrize("step", STEPS, ids=lambda s: "Work" if isinstance(s, Work) else str(s))
def test_both_drivers_answer_alike(ask, step):
    assert ask(step) == STEPS[step]


@pytest.mark.parametrize("ask", [sync_answer, async_answer])
def test_an_answer_without_end_is_cut(ask, monkeypatch):
    monkeypatch.setattr(driving, "MOST_BYTES", 1000)
    answer = ask(Send("GET", "/huge"))
    assert answer.status == 0
    assert "larger than 1,000 bytes" in answer.data


@pytest.mark.parametrize("ask", [sync_answer, async_answer])
def test_no_redirect_is_followed(ask):
    """A token goes to the server that its link names and to no other."""
    asked = []

    def core():
        return (yield Send("GET", "/ok"))

    def redirect(request):
        asked.append(str(request.url))
        return httpx.Response(302, headers={"location": "http://elsewhere.test/"})

    with Driver("http://rooms.test", "secret", httpx.MockTransport(redirect)) as driver:
        assert driver.run(core()).status == 302
    assert asked == ["http://rooms.test/ok"]
