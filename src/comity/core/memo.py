"""Answers kept for as long as the object they are about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")


class Memo(Generic[T]):
    """Answers about objects that never change, such as games.

    Parameters
    ----------
    kept : number of answers per object, the latest.

    Objects are told apart by identity where they do not define equality, and are not kept alive.
    What else an answer depends on is told apart by identity, and is kept alive with the answer.

    Examples
    --------
    >>> class Thing: pass
    >>> memo, thing = Memo[int](), Thing()
    >>> memo.of(thing, ("size",), lambda: 3), memo.of(thing, ("size",), lambda: 4)
    (3, 3)
    """

    def __init__(self, kept: int = 8) -> None:
        self.kept = kept
        self._known: WeakKeyDictionary[object, list[tuple[tuple[object, ...], T]]]
        self._known = WeakKeyDictionary()

    def of(self, subject: object, others: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return the answer about ``subject`` and ``others``, made now unless it is known."""
        try:
            answers = self._known.setdefault(subject, [])
        except TypeError:  # What has no hash, or no weak references, is not remembered.
            return make()
        for known, answer in answers:
            if len(known) == len(others) and all(map(_same, known, others)):
                return answer
        answer = make()
        answers.append((others, answer))
        del answers[: -self.kept]
        return answer


def _same(first: object, second: object) -> bool:
    return first is second
