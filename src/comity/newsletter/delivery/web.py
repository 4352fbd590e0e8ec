"""Pages by which readers come, choose and go.

A link from a mail only shows a button; what the button sends does it. Programs that open each link
in a mail to look for harm thus confirm nothing and stop nothing. To ask for an address gets the
same answer whether it reads already or not.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from comity.core.errors import ComityError, InputError
from comity.core.web.failures import Denied
from comity.core.web.logs import failure
from comity.core.web.rates import Rates
from comity.core.web.senders import address_of
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.consent import WORDING, coarse, wording
from comity.newsletter.delivery.letters import SITE, Letter
from comity.newsletter.delivery.mailer import Result
from comity.newsletter.delivery.notices import confirming, notice
from comity.newsletter.delivery.office import Office
from comity.newsletter.delivery.pages import page, style
from comity.newsletter.delivery.readers import Origin, Reader, Standing
from comity.newsletter.delivery.tokens import Purpose

HOUR = 3600
ASKS, ALL_ASKS, WORDS = 10, 500, 120
"""Sign-ups an hour of one address and of all, and uses of links an hour and address."""
SAME = 3
"""Sign-ups an hour that reach one mailbox, whatever tags they bring; more are passed over."""
LEAST_SECONDS = 0.25
"""How long each answer to a sign-up takes, whatever was to be done for it."""
LONGEST = 1000
"""Characters of a field that are looked at."""

Text = Annotated[str, Form(max_length=LONGEST)]


def router(
    office: Callable[[], Office],
    clock: Callable[[], float] = time.monotonic,
    least: float = LEAST_SECONDS,
) -> APIRouter:
    """Return the pages.

    Parameters
    ----------
    office : of the publication as it is now; raises `InputError` where it cannot mail.
    clock : seconds, for rates.
    least : seconds that each answer to a sign-up takes.
    """
    asks = Rates(ASKS / HOUR, ASKS, clock)
    all_asks = Rates(ALL_ASKS / HOUR, ALL_ASKS, clock)
    words = Rates(WORDS / HOUR, WORDS, clock)
    desk = _Desk(office, Rates(SAME / HOUR, SAME, clock), least)

    async def asking(request: Request) -> None:
        _spend(asks, address_of(request))
        _spend(all_asks, "all")

    async def using(request: Request) -> None:
        _spend(words, address_of(request))

    made = APIRouter(prefix=SITE, include_in_schema=False)
    use, ask = [Depends(using)], [Depends(asking)]
    made.add_api_route("/readers.css", _style, methods=["GET"])
    made.add_api_route("/", desk.form, methods=["GET"], dependencies=use)
    made.add_api_route("/subscribe", desk.form, methods=["GET"], dependencies=use)
    made.add_api_route("/subscribe", desk.sign_up, methods=["POST"], dependencies=ask)
    for name, shown, done in (
        ("confirm", desk.ask_to_confirm, desk.confirm),
        ("unsubscribe", desk.ask_to_leave, desk.leave),
        ("preferences", desk.show_choices, desk.choose),
    ):
        made.add_api_route(f"/{name}/{{word}}", shown, methods=["GET"], dependencies=use)
        # Mailbox providers stop mail for many readers from one address: none is turned away.
        limit = [] if name == "unsubscribe" else use
        made.add_api_route(f"/{name}/{{word}}", done, methods=["POST"], dependencies=limit)
    return made


class _Desk:
    """What the pages do."""

    def __init__(self, office: Callable[[], Office], same: Rates, least: float) -> None:
        self.office, self.same, self.least = office, same, least

    def form(self, request: Request) -> Response:
        return self._form(self.office(), request)

    def sign_up(
        self,
        request: Request,
        tasks: BackgroundTasks,
        address: Text = "",
        name: Text = "",
        agreed: Text = "",
    ) -> Response:
        office = self.office()
        try:
            parsed = parse(address)
        except InputError as error:
            said = f"That address cannot be used: {error.message}."
            return self._form(office, request, said, address, name, 422)
        if agreed != WORDING:
            said = "Please tick that you want it."
            return self._form(office, request, said, address, name, 422)
        # The answer is the same all the while, and takes as long: it would tell who asked before.
        until = time.monotonic() + self.least
        spent = self.same.wait(parsed.mailbox) > 0
        reader = None if spent else office.readers.sign_up(parsed, name, _origin(request))
        if reader is not None:
            tasks.add_task(_post, office, notice(office.stationery, reader, office.clock()))
        lines = [
            f"If {parsed.shown} does not get {office.publication.name} yet, a mail is on its way.",
            "Open the page that it names and press its button.",
        ]
        answer = _page(office, "said", "Look into your mailbox", 1, lines=lines, link=None)
        # Nor does the next answer on this connection tell how long the mail took.
        answer.headers["Connection"] = "close"
        time.sleep(max(0.0, until - time.monotonic()))
        return answer

    def ask_to_confirm(self, word: str) -> Response:
        office = self.office()
        reader = _waiting(office, word)
        lines = [f"For {reader.address.masked}.", wording(office.publication.name)]
        title = f"Do you want {office.publication.name}?"
        return _page(office, "button", title, 2, lines=lines, button="Yes, send it to me")

    def confirm(self, request: Request, word: str) -> Response:
        office = self.office()
        reader = office.readers.confirm(_waiting(office, word).id, _origin(request))
        if reader is None:
            raise _no_link()
        lines = [f"{reader.address.masked} gets the next issue of {office.publication.name}."]
        own = office.secret.word(Purpose.PREFERENCES, reader.id)
        link = ("Choose categories", f"../preferences/{own}")
        return _page(office, "said", "Welcome", 2, lines=lines, link=link)

    def ask_to_leave(self, word: str) -> Response:
        office = self.office()
        _named(office, Purpose.UNSUBSCRIBE, word)
        title = f"Stop {office.publication.name}?"
        lines = ["You get no further mail once you press the button."]
        return _page(office, "button", title, 2, lines=lines, button="Stop it")

    def leave(self, request: Request, word: str) -> Response:
        """Take a reader off; whatever the request says, as RFC 8058 has it."""
        office = self.office()
        office.readers.leave(_named(office, Purpose.UNSUBSCRIBE, word), _origin(request))
        lines = ["You get no further mail. A mail that is on its way already may still arrive."]
        link = ("Ask for it again", "../subscribe")
        return _page(office, "said", "It is stopped", 2, lines=lines, link=link)

    def show_choices(self, word: str, saved: str = "") -> Response:
        office = self.office()
        reader = _reading(office, word)
        if reader.standing is not Standing.READING:
            lines = [f"{reader.address.masked} gets no mail from us."]
            link = ("Ask for it", "../subscribe")
            return _page(office, "said", "You get nothing now", 2, lines=lines, link=link)
        tree = [
            (level, node.name)
            for top in office.publication.categories
            for level, node in top.walk()
        ]
        return _page(
            office,
            "preferences",
            f"What you get of {office.publication.name}",
            2,
            masked=reader.address.masked,
            categories=tree,
            without=reader.without,
            saved=saved == "1",
            unsubscribe=office.secret.word(Purpose.UNSUBSCRIBE, reader.id),
        )

    async def choose(self, request: Request, word: str) -> Response:
        office = self.office()
        reader = _reading(office, word)
        form = await request.form(max_files=0, max_fields=1000)
        wanted = {text for text in form.getlist("with[]") if isinstance(text, str)}
        without = set(office.publication.category_names) - wanted
        office.readers.choose(reader.id, without, _origin(request))
        return RedirectResponse("?saved=1", 303)

    def _form(
        self,
        office: Office,
        request: Request,
        problem: str = "",
        address: str = "",
        name: str = "",
        status: int = 200,
    ) -> Response:
        return _page(
            office,
            "subscribe",
            f"Get {office.publication.name}",
            1,
            status,
            problem=problem,
            address_given=address,
            name_given=name,
            wording=wording(office.publication.name),
            version_asked=WORDING,
        )


def _style() -> Response:
    return Response(style(), media_type="text/css", headers={"Cache-Control": "public, no-cache"})


async def _post(office: Office, letter: Letter) -> None:
    """Mail a notice after the answer was given, so that its time tells nothing either."""
    try:
        (outcome,) = await office.post([letter])
        if outcome.result is not Result.TAKEN:
            raise ComityError("a notice was not taken", found=outcome.code)
    except ComityError as error:
        failure("a confirmation was not sent", error)


def _page(
    office: Office, template: str, title: str, depth: int, status: int = 200, **context: Any
) -> Response:
    return HTMLResponse(page(office.publication, template, title, depth, **context), status)


def _spend(rates: Rates, key: str) -> None:
    if wait := rates.wait(key):
        raise Denied("rate", "too many requests", retry=wait)


def _origin(request: Request) -> Origin:
    return Origin("web", coarse(request.client.host if request.client else ""))


def _no_link() -> Denied:
    return Denied("unknown", "this link is not one of ours, or no longer good", place="path")


def _named(office: Office, purpose: Purpose, word: str) -> str:
    """Return the reader that a link names, whether they are known still or not."""
    parts = office.secret.read(purpose, word)
    if parts is None or len(parts) != 1:
        raise _no_link()
    return parts[0]


def _waiting(office: Office, word: str) -> Reader:
    named = confirming(office.secret, word, office.clock())
    reader = office.readers.find(named) if named else None
    if reader is None:
        raise _no_link()
    return reader


def _reading(office: Office, word: str) -> Reader:
    reader = office.readers.find(_named(office, Purpose.PREFERENCES, word))
    if reader is None:
        raise _no_link()
    return reader
