"""Log lines are JSON and hold nothing private."""

import io
import json
import logging

import pytest

from comity.core.web.logs import LOGGER, NAME, event, failure, start_logging


@pytest.fixture
def lines():
    """What is logged, as a function that reads it."""
    loggers = [logging.getLogger(name) for name in (NAME, None)]
    before = [(one, one.handlers, one.level) for one in loggers]
    stream = io.StringIO()
    start_logging(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for logger, handlers, level in before:
        logger.handlers = handlers
        logger.setLevel(level)


def test_a_line_says_what_happened(lines):
    event("info", "request", status=200)
    (line,) = lines()
    assert line.pop("time").endswith("+00:00")
    assert line == {"level": "info", "event": "request", "status": 200}


def test_an_error_is_told_without_what_it_says(lines):
    def fail() -> None:
        try:
            raise KeyError("my model")
        except KeyError as error:
            raise ValueError("my nonce") from error

    try:
        fail()
    except ValueError as error:
        failure("it failed", error)
    LOGGER.error("bare")
    first, second = lines()
    assert [told.split(" at ")[0] for told in first["error"]] == ["ValueError", "KeyError"]
    assert all("test_logs.py:" in told for told in first["error"])
    assert "my" not in json.dumps(first)
    assert "error" not in second


def test_other_libraries_are_told_by_their_name_alone(lines):
    logging.getLogger("asyncio").warning("the task of my model failed")
    logging.getLogger("asyncio").info("the loop turns")
    (line,) = lines()
    assert line["event"] == "asyncio"
    assert "model" not in json.dumps(line)
