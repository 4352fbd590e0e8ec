"""Every answer of rooms is counted, by the pattern of its path."""

import asyncio

from comity.rooms.service.metrics import Metrics
from comity.rooms.service.shell import MeasuredShell


async def fine(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})


async def broken(scope, receive, send) -> None:
    raise ValueError


def test_answers_are_counted_and_failures_too():
    metrics = Metrics()

    async def send(part) -> None:
        pass

    for application in (fine, fine, broken):
        scope = {"type": "http", "method": "GET", "path": "/secret", "headers": []}
        asyncio.run(MeasuredShell(application, metrics, False)(scope, None, send))
    text = metrics.text({})
    assert 'comity_requests_total{route="none",status="204"} 2' in text
    assert 'comity_requests_total{route="none",status="500"} 1' in text
    assert 'comity_request_seconds_count{route="none"} 3' in text
    assert "secret" not in text
