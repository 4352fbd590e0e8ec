"""Does a class of one's own keep a protocol? What was checked, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from comity.core.errors import ComityError
from comity.core.results import Result

Status = Literal["passed", "failed", "skipped"]


class Broken(Exception):
    """What is checked does not keep its promise; the words say how."""


@dataclass(frozen=True)
class Check:
    """One thing a protocol asks for, and whether it is kept.

    Attributes
    ----------
    name : what is asked for, in words.
    status : ``passed``, ``failed`` or ``skipped``.
    detail : what was found where it failed, or why it was skipped.
    """

    name: str
    status: Status
    detail: str = ""


@dataclass(frozen=True)
class CheckReport(Result):
    """What a check of a game, an explanation or an environment found.

    Attributes
    ----------
    subject : name of what was checked.
    checks : in the order they ran.
    """

    subject: str
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return not self.faults

    @property
    def faults(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if check.status == "failed")

    def __str__(self) -> str:
        lines = [
            f"{c.status:8}{c.name}" + (f": {c.detail}" if c.detail else "") for c in self.checks
        ]
        return "\n".join([f"{self.subject}: {'ok' if self.ok else 'broken'}", *lines])


def run_check(
    name: str, check: Callable[[], object], skips: tuple[type[Exception], ...] = ()
) -> Check:
    """Return what came of a check, whatever it raises.

    Parameters
    ----------
    name : what is asked for, in words.
    check : returns if it is kept, and raises if not.
    skips : errors that say that it could not be checked.

    Examples
    --------
    >>> run_check("adds up", lambda: 1 + "1").status
    'failed'
    """
    try:
        check()
    except skips as error:
        return Check(name, "skipped", str(error))
    except (Broken, ComityError) as error:
        return Check(name, "failed", str(error))
    except Exception as error:  # noqa: BLE001 - anything a class of somebody's own may raise
        first = (str(error).splitlines() or [""])[0]
        return Check(name, "failed", f"{type(error).__name__}: {first}")
    return Check(name, "passed")
