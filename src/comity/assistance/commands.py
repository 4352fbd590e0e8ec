"""A model behind a command of one's own: prompt on standard input, reply on standard output."""

from __future__ import annotations

import shlex
import subprocess
from dataclasses import dataclass

from comity.core.errors import InputError

SECONDS = 300.0


@dataclass(frozen=True)
class CommandDrafter:
    """Runs a command for each prompt; no shell reads it.

    Attributes
    ----------
    command : the program and its arguments.
    seconds : how long one reply may take.

    Examples
    --------
    >>> CommandDrafter.read("command: cat")("a prompt")
    'a prompt'
    """

    command: tuple[str, ...]
    seconds: float = SECONDS

    @classmethod
    def read(cls, text: str) -> CommandDrafter:
        """Return the drafter that a text ``command: PROGRAM ARGUMENTS`` names."""
        prefix, found, rest = text.partition(":")
        try:
            words = tuple(shlex.split(rest)) if found and prefix == "command" else ()
        except ValueError:
            words = ()
        if not words:
            raise InputError(
                "no such model",
                place="model",
                found=repr(text)[:80],
                expected='"command: PROGRAM ARGUMENTS"',
            )
        return cls(words)

    def __call__(self, prompt: str, /) -> str:
        """Return what the command prints; raise `InputError` where it fails or takes too long."""
        try:
            done = subprocess.run(
                self.command,
                input=prompt.encode(),
                capture_output=True,
                timeout=self.seconds,
                check=False,
            )
        except OSError as error:
            raise InputError("cannot run the model", found=error.strerror) from error
        except subprocess.TimeoutExpired as error:
            raise InputError(
                "the model took too long", expected=f"at most {self.seconds:g} seconds"
            ) from error
        if done.returncode:
            told = done.stderr.decode(errors="replace").strip()[-200:]
            raise InputError(f"the model ended with status {done.returncode}", found=told or None)
        return done.stdout.decode(errors="replace")
