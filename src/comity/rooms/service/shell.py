"""What every request to rooms passes through: the common shell, and one measurement."""

from __future__ import annotations

from starlette.types import ASGIApp

from comity.core.web.shell import Shell
from comity.rooms.service.metrics import Metrics


class MeasuredShell(Shell):
    """The outermost layer, which also counts and times what it answers."""

    def __init__(self, app: ASGIApp, metrics: Metrics, secure: bool) -> None:
        super().__init__(app, secure)
        self.metrics = metrics

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Log, count and time an answer, by the pattern of its path."""
        super().note(method, route, status, seconds)
        self.metrics.count("comity_requests_total", route=route, status=str(status))
        self.metrics.time("comity_request_seconds", seconds, route=route)
