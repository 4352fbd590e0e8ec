"""What can go wrong outside: a program that is not there, or one that fails."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence

from comity.core.errors import ComityError, InputError

LONGEST = 3600.0
"""Seconds that a program may take for one step."""
SHOWN = 300
"""Characters of what it said that an error shows."""


class RecordingError(ComityError):
    """A program that speaks or encodes failed; nothing half-made was kept."""


def find(name: str, package: str) -> str:
    """Return the path of a program, or raise `InputError` with what to install."""
    found = shutil.which(name)
    if found is None:
        raise InputError(
            "a program that recordings need is not installed",
            found=f"no {name}",
            expected=package,
        )
    return found


def run(command: Sequence[str], *, given: str = "", what: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and return what it printed.

    Parameters
    ----------
    command : the program and its arguments.
    given : text for its standard input.
    what : what it does, for an error: ``encoding``.

    Raises
    ------
    RecordingError
        If it fails or does not end.
    """
    try:
        done = subprocess.run(
            list(command),
            input=given,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RecordingError(
            f"{what} does not end", file=command[0], found=f"{LONGEST:.0f} seconds"
        ) from error
    except OSError as error:
        raise RecordingError(
            f"{what} cannot start", file=command[0], found=error.strerror
        ) from error
    if done.returncode:
        raise RecordingError(f"{what} failed", file=command[0], found=_last_words(done))
    return done


def _last_words(done: subprocess.CompletedProcess[str]) -> str:
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    words = " / ".join(lines[-3:])[-SHOWN:]
    return f"status {done.returncode}" + (f": {words}" if words else "")
