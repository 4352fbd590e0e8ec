"""Log lines as JSON, without anything that is private.

A line says what happened, when and how long it took: no tokens, bodies, names or addresses, and the
pattern of a path instead of the path, since a link holds a token.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any, TextIO

NAME = "comity.web"
LOGGER = logging.getLogger(NAME)


class Lines(logging.Formatter):
    """One JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of an exception its types and places, not what it says."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": time, "level": record.levelname.lower()}
        line["event"] = record.getMessage() if record.name == NAME else record.name
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _told(record.exc_info[1])
        return json.dumps(line)


def event(level: str, what: str, **fields: Any) -> None:
    """Log one thing that happened."""
    LOGGER.log(getattr(logging, level.upper()), what, extra={"fields": fields})


def failure(what: str, error: BaseException) -> None:
    """Log an error that nobody expected."""
    LOGGER.error(what, exc_info=error)


def start_logging(stream: TextIO | None = None, level: str = "info") -> None:
    """Write log lines to a stream, standard error unless another is given.

    Warnings of other libraries are told by their name alone: their words may be about anything.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    LOGGER.setLevel(level.upper())


def _told(error: BaseException) -> list[str]:
    """Return the types of an error and of its causes, and where each was raised."""
    told: list[str] = []
    found: BaseException | None = error
    while found is not None and len(told) < 5:
        place, trace = "", found.__traceback__
        while trace is not None:
            place = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
            trace = trace.tb_next
        told.append(f"{type(found).__name__} at {place}")
        found = found.__cause__ or found.__context__
    return told
