"""The process that solves common models: JSON lines in, JSON lines out, within limits.

Run as ``python -m comity.rooms.service.solver SECONDS BYTES``. It holds nothing between two lines,
so it can be killed at any time. The limits are the system's: a process that exceeds them dies.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from typing import Any, TextIO


def limit_memory(most: int) -> None:
    """Let this process use so many bytes of address space beyond what it has now.

    Only Linux says how much that is; elsewhere there is no limit.
    """
    import resource

    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            used = int(file.read().split()[0]) * resource.getpagesize()
    except FileNotFoundError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (used + most, used + most))


def limit_time(seconds: float) -> None:
    """Let this process compute for so many seconds from now on, then die."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    end = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (end, most))


def solved(job: dict[str, Any]) -> dict[str, Any]:
    """Return the body of the proposal that a job leads to, or why there is none."""
    from comity.core.errors import ComityError
    from comity.rooms.protocol.solving import solve
    from comity.rooms.protocol.terms import UNREADABLE, Terms

    try:
        return {"body": solve(Terms(job["terms"]), job["opened"], job["round"])}
    except (ComityError, ArithmeticError, MemoryError, *UNREADABLE) as error:
        return {"failed": type(error).__name__}


Solve = Callable[[dict[str, Any]], dict[str, Any]]


def serve(jobs: TextIO, answers: TextIO, seconds: float, solve: Solve = solved) -> None:
    """Answer jobs until there are no more."""
    for line in jobs:
        limit_time(seconds)
        answer = solve(json.loads(line))
        try:
            text = json.dumps(answer, allow_nan=False)
        except ValueError:
            text = json.dumps({"failed": "NaN"})
        answers.write(text + "\n")
        answers.flush()


def main(arguments: list[str], solve: Solve = solved) -> None:
    """Say that we are ready, then answer jobs."""
    import comity.rooms.protocol.solving

    assert comity.rooms.protocol.solving is not None
    seconds, most = float(arguments[0]), int(arguments[1])
    # Whatever a library prints must not look like an answer.
    answers, sys.stdout = sys.stdout, sys.stderr
    limit_memory(most)
    answers.write("{}\n")
    answers.flush()
    serve(sys.stdin, answers, seconds, solve)


if __name__ == "__main__":
    main(sys.argv[1:])
