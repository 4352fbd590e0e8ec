"""The command line: doors into the rooms, and no mathematics."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `comity` on the arguments (the process's own unless given); return the exit status.

    The commands are imported here, so that Ctrl-C while they are is as clean an end as later.
    """
    try:
        from comity.cli.app import main as run

        return run(arguments)
    except KeyboardInterrupt:
        import sys

        sys.stderr.write("error: stopped by Ctrl-C; nothing was written\n")
        return 130


__all__ = ["main"]
