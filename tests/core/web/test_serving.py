"""Serving on the loopback: where it listens, what it says of itself, and that it ends."""

import socket

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from comity.core.errors import InputError
from comity.core.web.serving import address_of, listen
from web_serving import Serving


async def who(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.client.host)


@pytest.fixture
def serving():
    one = Serving(lambda url: Starlette(routes=[Route("/", who)]))
    yield one
    one.stop()


def test_it_answers_where_it_says_and_tells_nothing_of_itself(serving):
    answer = httpx.get(serving.url)
    assert answer.text == "127.0.0.1"
    assert "server" not in answer.headers


def test_a_proxy_at_its_side_is_believed_about_who_asks(serving):
    answer = httpx.get(serving.url, headers={"X-Forwarded-For": "192.0.2.7"})
    assert answer.text == "192.0.2.7"


def test_what_was_stopped_answers_no_more():
    one = Serving(lambda url: Starlette(routes=[Route("/", who)]))
    one.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(one.url)


def test_a_port_that_is_taken_is_refused_by_name():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError) as error:
            listen("127.0.0.1", port)
    assert error.value.place == f"127.0.0.1:{port}"


@pytest.mark.parametrize("host", ["no.such.host.invalid", "256.1.1.1"])
def test_a_host_that_is_not_here_is_refused(host):
    with pytest.raises(InputError, match="cannot listen here"):
        listen(host, 0)


def test_an_address_of_the_newer_kind_stands_in_brackets():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        assert address_of("::1", listening) == f"http://[::1]:{port}"
        assert address_of("127.0.0.1", listening) == f"http://127.0.0.1:{port}"
