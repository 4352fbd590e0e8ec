"""Who asks: a bearer token for programs, a cookie for browsers.

A cookie is of one room, so that one browser can hold seats in several. It alone changes nothing: a
request that changes something also carries the session's other half in ``X-CSRF-Token``, which a
page of ours shows and no other site can read, and comes from our own origin.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

import anyio.to_thread
from fastapi import Request

from comity.core.web.failures import Denied
from comity.core.web.rates import Rates
from comity.core.web.senders import address_of
from comity.core.web.senders import is_foreign as sent_elsewhere
from comity.rooms.service.settings import Settings
from comity.rooms.store.passes import Pass, Passes, hashed

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
BEARER = re.compile(r"Bearer +([\x21-\x7e]{1,200})\Z", re.IGNORECASE)
CSRF_HEADER = "X-CSRF-Token"


@dataclass(frozen=True)
class Access:
    """What a request may do.

    Attributes
    ----------
    room : the room it may enter.
    name : the seat it speaks for; ``None`` for whoever only watches.
    by : how it showed that.
    csrf : what a page gives in ``X-CSRF-Token``; empty for programs.
    """

    room: str
    name: str | None
    by: Literal["token", "cookie"] = "token"
    csrf: str = field(default="", repr=False)


def cookie_name(settings: Settings, room: str) -> str:
    """Return the name of the cookie of a room; over TLS no other host can set it."""
    return f"{'__Host-' if settings.secure else ''}room-{room}"


def csrf_of(session: str) -> str:
    """Return the other half of a session."""
    return hmac.new(session.encode(), b"csrf", hashlib.sha256).hexdigest()


async def seat_of(request: Request) -> Access:
    """Return what a request may do in the room that its path names, or raise `Denied`.

    Whoever shows nothing gets 401; whoever shows what does not open this room gets the same 404
    whether there is such a room or not.
    """
    room = request.path_params["room"]
    token, session = _token(request), _session(request, room)
    if token is None and session is None:
        _spend(request, "address", address_of(request))
        raise Denied("token", "a token is needed", place="Authorization")
    found = await _find(request, token, session)
    if found is None or not hmac.compare_digest(found.room.encode(), room.encode()):
        _spend(request, "address", address_of(request))
        raise Denied("unknown", "there is no such room for this token", place="room")
    _spend_pass(request, token or session or "")
    if token is not None:
        return Access(found.room, found.seat)
    assert session is not None
    access = Access(found.room, found.seat, "cookie", csrf_of(session))
    if request.method not in SAFE_METHODS:
        _check_origin(request, access)
    return access


async def token_of(request: Request) -> Access:
    """Return what the token of a request opens, whatever room that is in, or raise `Denied`."""
    token = _token(request)
    found = None if token is None else await _find(request, token, None)
    if found is None:
        _spend(request, "address", address_of(request))
        raise Denied("token", "a token that opens a room is needed", place="Authorization")
    _spend_pass(request, token or "")
    return Access(found.room, found.seat)


async def anyone(request: Request) -> None:
    """Count a request that needs no seat against its address."""
    _spend(request, "address", address_of(request))


async def opener(request: Request) -> None:
    """Count the opening of a room against its address, and let no other site open one."""
    _spend(request, "open", address_of(request))
    own_page(request)


async def watcher(request: Request) -> None:
    """Let through who may see the counts.

    That is a program with the operator's token or, where the operator set none, one on the server's
    own machine that no proxy speaks for.
    """
    _spend(request, "address", address_of(request))
    wanted = request.app.state.settings.metrics_token
    given = _token(request) or ""
    shown = hmac.compare_digest(given.encode(), wanted.encode()) if wanted else _is_here(request)
    if not shown:
        raise Denied("token", "counts are for the operator", place="Authorization")


def own_page(request: Request) -> None:
    """Raise `Denied` where a browser says that another site sent a request."""
    if is_foreign(request):
        raise Denied("origin", "it comes from another site", place="Origin")


def is_foreign(request: Request) -> bool:
    """Return whether a browser says that another site sent a request."""
    return sent_elsewhere(request, request.app.state.settings.origin)


def _is_here(request: Request) -> bool:
    """Return whether a request comes from this machine and was meant for it.

    What a proxy sends on came from elsewhere: it says so, or asks for the host that others see.
    """
    sent_on = any(name in request.headers for name in ("x-forwarded-for", "forwarded", "via"))
    asked = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    return not sent_on and _is_loopback(address_of(request)) and _is_loopback(asked)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _token(request: Request) -> str | None:
    shown = request.headers.get("authorization")
    if shown is None:
        return None
    match = BEARER.match(shown)
    if match is None:
        raise Denied("token", "not a bearer token", place="Authorization")
    return match[1]


async def seated(request: Request, room: str) -> Access | None:
    """Return what a browser's cookie lets it do in a room, or ``None`` without a valid one."""
    session = _session(request, room)
    found = None if session is None else await _find(request, None, session)
    if session is None or found is None or found.room != room:
        return None
    return Access(found.room, found.seat, "cookie", csrf_of(session))


def _session(request: Request, room: str) -> str | None:
    return request.cookies.get(cookie_name(request.app.state.settings, room))


async def _find(request: Request, token: str | None, session: str | None) -> Pass | None:
    state: Any = request.app.state
    passes: Passes = state.passes
    if token is not None:
        return await anyio.to_thread.run_sync(passes.of_token, token, limiter=state.threads)
    assert session is not None
    time = state.settings.clock()
    return await anyio.to_thread.run_sync(passes.of_session, session, time, limiter=state.threads)


def _check_origin(request: Request, access: Access) -> None:
    own_page(request)
    check_csrf(request.headers.get(CSRF_HEADER, ""), access)


def check_csrf(given: str, access: Access) -> None:
    """Raise `Denied` unless a request brings what only our own page shows."""
    if not hmac.compare_digest(given.encode(), access.csrf.encode()):
        raise Denied("csrf", "it lacks the value that our own page shows", place=CSRF_HEADER)


def pay(request: Request, size: int) -> None:
    """Count bytes that a request brings against its address; raise `Denied` where it has none."""
    _check(request.app.state.bytes, address_of(request), size)


def owe(request: Request, size: int) -> None:
    """Count bytes that a request is answered with; what is too much is missing the next time."""
    request.app.state.bytes.owe(address_of(request), size)


def _spend_pass(request: Request, shown: str) -> None:
    """Count a request against its token or session, and with all others of its address."""
    _spend(request, "pass", hashed(shown))
    _check(request.app.state.crowds, address_of(request))


def _spend(request: Request, kind: str, key: str) -> None:
    state: Any = request.app.state
    _check(state.openings if kind == "open" else state.rates, f"{kind}:{key}")


def _check(rates: Rates, key: str, cost: float = 1.0) -> None:
    if wait := rates.wait(key, cost):
        raise Denied("rate", "too many requests, or too large ones", retry=wait)
