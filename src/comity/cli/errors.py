"""How the command line fails: one line, an exit status, no traceback."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable

import typer

from comity.core.errors import ComityError

BAD_INPUT = 2
INTERRUPTED = 130
"""128 + SIGINT, as shells report it."""

# Typer keeps its own copy of click's errors or uses click itself, depending on its version.
_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]


class Interrupted(Exception):
    """The person at the keyboard pressed Ctrl-C."""


def exit_status(run: Callable[[], object]) -> int:
    """Run a command and return its exit status, after one line on standard error if it failed.

    0 is success, 2 bad input or usage, 130 Ctrl-C; other statuses are those the command chose.
    """
    try:
        status = run()
        sys.stdout.flush()
    except ComityError as error:
        return say(str(error), BAD_INPUT)
    except (KeyboardInterrupt, Interrupted):
        return say("stopped by Ctrl-C; nothing was written", INTERRUPTED)
    except (EOFError, typer.Abort) as error:
        # A question makes one of Ctrl-C and of the end of input.
        if isinstance(error.__context__, KeyboardInterrupt):
            return say("stopped by Ctrl-C; nothing was written", INTERRUPTED)
        return say("the input ended before the last question; nothing was written", BAD_INPUT)
    except BrokenPipeError:
        # Whoever read our output has left, which is their right: `comity schema | head`.
        _discard_output()
        return 0
    except OSError as error:
        _discard_output()
        return say(f"cannot write the output (found {error.strerror or error})", BAD_INPUT)
    except _USAGE_ERROR as error:
        return say(f"{error.format_message().rstrip('.')} (try --help)", BAD_INPUT)  # type: ignore[attr-defined]
    return status if isinstance(status, int) else 0


def replace_unknown_characters() -> None:
    """Have standard output show ``?`` for what its encoding does not hold."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _discard_output() -> None:
    """Let what is still waiting to be written go nowhere, or the exit would try it again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def say(message: str, status: int) -> int:
    """Print one line of error on standard error and return the status."""
    from rich.console import Console
    from rich.text import Text

    line = Text("error: ", style="bold red").append(" ".join(message.split()), style="default")
    Console(stderr=True).print(line, soft_wrap=True)
    return status
