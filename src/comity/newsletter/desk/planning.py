"""The calendar of issues, and what readers should read first."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from comity.newsletter.desk.access import Desk
from comity.newsletter.desk.rendering import content_of, desk_page
from comity.newsletter.finding.calendar import calendar
from comity.newsletter.finding.order import reading_order

planning = APIRouter(prefix="/desk/calendar", include_in_schema=False)


@planning.get("")
def show(request: Request, editor: Desk) -> Response:
    """Return when issues came and when none did, and prerequisites that go in circles."""
    content = content_of(request)
    today = request.app.state.settings.today()
    found = calendar(content.archive.issues, content.publication.cadence_days, today)
    circles = reading_order(content.archive).circles
    by_id = content.archive.by_id
    return desk_page(
        request,
        "calendar",
        editor,
        content=content,
        calendar=found,
        today=today,
        circles=[[by_id[name] for name in circle] for circle in circles],
    )
