"""An agent that is a command: one JSON message a line in, one JSON answer a line out."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shlex
import signal
import subprocess
import tempfile
import threading
from typing import IO, Any

from comity.core.errors import InputError
from comity.evaluation.agents.guard import AgentFault
from comity.evaluation.agents.remote import LARGEST_ANSWER, TIME_LIMIT

RESTARTS = 5
"""How often a command that ended or hung is started again; after that every move is a crash."""

LAST_WORDS = 300
"""Bytes of standard error that a crash shows."""


class CommandChannel:
    """A command that is started at once and kept running.

    It is not run through a shell. After a time-out or an end it is killed, with whatever it
    started, and started again for the next move, `RESTARTS` times at most. What it writes to
    standard error is shown where it crashes.

    Parameters
    ----------
    command : as typed, such as ``./agent --flag``.
    time_limit : seconds for one move.

    Raises `InputError` where the command cannot be started at all.
    """

    def __init__(self, command: str, time_limit: float = TIME_LIMIT) -> None:
        try:
            self.words = shlex.split(command)
        except ValueError as error:
            raise InputError("not a command", place="AGENT", found=command) from error
        if not self.words:
            raise InputError("there is no command", place="AGENT", found=repr(command))
        self.time_limit = time_limit
        self._starts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._errors: IO[bytes] | None = None
        try:
            self._running()
        except AgentFault as fault:
            raise InputError(
                "the command cannot be started", place="AGENT", found=str(fault)
            ) from fault

    def ask(self, move: str, message: dict[str, Any]) -> Any:
        """Return the answer to a message."""
        process = self._running()
        line = json.dumps(message, separators=(",", ":"), allow_nan=False).encode() + b"\n"
        try:
            self._send(process, line)
            answer = self._lines.get(timeout=self.time_limit)
        except queue.Empty:
            self._stop()
            raise AgentFault("time-out", f"no answer within {self.time_limit:g} s") from None
        except OSError:
            answer = b""
        if not answer:
            words = self._last_words()
            self._stop()
            raise AgentFault("crash", f"it ended{': ' if words else ''}{words}")
        if len(answer) > LARGEST_ANSWER:
            self._stop()
            raise AgentFault("nonsense", f"an answer of more than {LARGEST_ANSWER:,} bytes")
        return parsed(answer)

    def close(self) -> None:
        """End the command."""
        self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None:
            return self._process
        if self._starts > RESTARTS:
            raise AgentFault("crash", f"it was started {self._starts} times and is not again")
        self._starts += 1
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process is stopped
        try:
            self._process = subprocess.Popen(
                self.words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                start_new_session=True,
            )
        except OSError as error:
            self._errors.close()
            raise AgentFault("crash", f"{self.words[0]}: {error.strerror}") from error
        self._lines = queue.Queue()
        reading = (self._process.stdout, self._lines)
        threading.Thread(target=_read_lines, args=reading, daemon=True).start()
        return self._process

    def _send(self, process: subprocess.Popen[bytes], line: bytes) -> None:
        """Write a line in the background: an agent that does not read must not hold us up."""
        assert process.stdin is not None
        threading.Thread(target=_write, args=(process.stdin, line), daemon=True).start()

    def _last_words(self) -> str:
        assert self._errors is not None
        end = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, end - LAST_WORDS))
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout, self._errors):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


def parsed(answer: bytes) -> Any:
    """Return the JSON of an answer, or say that it is none."""
    try:
        return json.loads(answer, parse_constant=_no_such_number)
    except (ValueError, RecursionError):
        shown = answer[:60].decode(errors="replace")
        raise AgentFault("nonsense", f"not JSON: {shown!r}") from None


def _no_such_number(name: str) -> float:
    raise ValueError(name)


def _read_lines(stream: IO[bytes], lines: queue.Queue[bytes]) -> None:
    """Put every line on the queue, and an empty one at the end."""
    with contextlib.suppress(OSError, ValueError):
        while line := stream.readline(LARGEST_ANSWER + 1):
            lines.put(line)
    lines.put(b"")


def _write(stream: IO[bytes], line: bytes) -> None:
    with contextlib.suppress(OSError, ValueError):
        stream.write(line)
        stream.flush()
