"""An agent over HTTP: each move is a POST of JSON to URL/report, URL/respond or URL/act."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlsplit

from comity.core.errors import InputError
from comity.evaluation.agents.command import parsed
from comity.evaluation.agents.guard import AgentFault
from comity.evaluation.agents.remote import LARGEST_ANSWER, TIME_LIMIT

CHUNK = 65536


class WebChannel:
    """An agent that answers POST requests; any status but 200 is a crash.

    Parameters
    ----------
    url : http or https; moves are paths below it.
    time_limit : seconds for one move, from connecting to the last byte.
    """

    def __init__(self, url: str, time_limit: float = TIME_LIMIT) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InputError(
                "not an address", place="AGENT", found=url, expected="http://host:port/path"
            )
        self.url = url.rstrip("/")
        self.time_limit = time_limit

    def ask(self, move: str, message: dict[str, Any]) -> Any:
        """Return the answer to a message."""
        from urllib.error import HTTPError
        from urllib.request import Request, urlopen

        body = json.dumps(message, allow_nan=False).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        request = Request(f"{self.url}/{move}", body, headers)
        end = time.monotonic() + self.time_limit
        try:
            with urlopen(request, timeout=self.time_limit) as response:
                return parsed(_body(response, end))
        except HTTPError as error:
            with error:
                raise AgentFault("crash", f"HTTP status {error.code}") from None
        except TimeoutError:
            raise AgentFault("time-out", f"no answer within {self.time_limit:g} s") from None
        except OSError as error:
            reason = getattr(error, "reason", error)
            late = isinstance(reason, TimeoutError)
            raise AgentFault("time-out" if late else "crash", f"no connection: {reason}") from None

    def close(self) -> None:
        """Do nothing: the agent is not ours to end."""


def _body(response: Any, end: float) -> bytes:
    """Return the body, if it ends in time and is not too long."""
    read = b""
    while chunk := response.read1(CHUNK):
        read += chunk
        if len(read) > LARGEST_ANSWER:
            raise AgentFault("nonsense", f"an answer of more than {LARGEST_ANSWER:,} bytes")
        if time.monotonic() > end:
            raise TimeoutError
    return read
