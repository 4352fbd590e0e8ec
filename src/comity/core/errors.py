"""Errors that say where, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class ComityError(Exception):
    """Any failure that comity reports on purpose.

    Parameters
    ----------
    message : what is wrong, in one sentence without a full stop.
    file : the file it was found in, if any.
    place : where in the file or argument (``models.Ana.tastes``, ``line 12``).
    found, expected : what stood there and what should have.

    Examples
    --------
    >>> print(InputError("payoff is not finite", file="river.toml", place="models.A.facts",
    ...                  found="nan", expected="a finite number"))
    river.toml: models.A.facts: payoff is not finite (found nan; expected a finite number)
    """

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        place: str | None = None,
        found: object = None,
        expected: object = None,
    ) -> None:
        self.message = message
        self.file = file
        self.place = place
        self.found = found
        self.expected = expected
        super().__init__(message)

    def __str__(self) -> str:
        where = "".join(f"{part}: " for part in (self.file, self.place) if part)
        pairs = (("found", self.found), ("expected", self.expected))
        detail = "; ".join(f"{name} {value}" for name, value in pairs if value is not None)
        return f"{where}{self.message}" + (f" ({detail})" if detail else "")

    def within(self, *, file: str | None = None, place: str | None = None) -> ComityError:
        """Return the same error placed inside a file or an outer place."""
        inner = ".".join(part for part in (place, self.place) if part) or None
        return type(self)(
            self.message,
            file=file or self.file,
            place=inner,
            found=self.found,
            expected=self.expected,
        )


@contextmanager
def located(*, file: str | None = None, place: str | None = None) -> Iterator[None]:
    """Place every comity error raised inside, unless it names another file already."""
    try:
        yield
    except ComityError as error:
        if error.file:
            raise
        raise error.within(file=file, place=place) from error


class InputError(ComityError):
    """What the user gave cannot be used; the command line exits with status 2."""


class SizeError(InputError):
    """What the user gave is larger than comity will hold in memory."""


class Intractable(ComityError):
    """The exact answer is out of reach for this game, and no bound is known."""


class SolverError(ComityError):
    """A solver stopped without an answer that its certificate supports."""
