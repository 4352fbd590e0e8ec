"""An issue mailed to one address, by the way that it will take to readers."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from comity.core.errors import ComityError
from comity.newsletter.delivery.addresses import parse
from comity.newsletter.delivery.letters import Recipient
from comity.newsletter.delivery.mailer import Result
from comity.newsletter.delivery.office import Office
from comity.newsletter.delivery.rendering import renderer
from comity.newsletter.delivery.sending import TEST_READER, Sending
from comity.newsletter.desk.access import Desk, Fields
from comity.newsletter.desk.rendering import content_of
from comity.newsletter.store.store import Store

testing = APIRouter(prefix="/desk/issues", include_in_schema=False)


@testing.post("/{number}/test")
def mail(number: int, request: Request, editor: Desk, fields: Fields) -> Response:
    """Mail an issue to one address; entries that block it are left out, as in public."""
    content = content_of(request)
    address = parse(fields.get("address", ""))
    render = renderer(content.publication, content.archive, number)
    store: Store = request.app.state.shelf.store
    office = Office.open(content.publication, store.folder, store.engine)
    sending = Sending(office, number, render)
    outcome = asyncio.run(sending.test(Recipient(TEST_READER, address)))
    if outcome.result is not Result.TAKEN:
        raise ComityError("the relay did not take the mail", found=f"{outcome.code}", place="post")
    return RedirectResponse(f"/desk/issues/{number}?told=Mailed to {address.shown}.", 303)
