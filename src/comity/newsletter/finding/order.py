"""What to read first: an entry's prerequisites, theirs, and so on, in an order that works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from comity.core import Result
from comity.newsletter.model.archive import Archive
from comity.newsletter.text.references import resolve, scan
from comity.newsletter.text.titles import Titles


@dataclass(frozen=True)
class ReadingOrder(Result):
    """Entries in an order in which each comes after what it presupposes.

    Attributes
    ----------
    steps : ids; the last is the goal, if there is one.
    circles : groups of entries that presuppose each other: among them no order works, and they
        stand together in the order of the sheet.
    """

    steps: tuple[str, ...]
    circles: tuple[tuple[str, ...], ...] = ()


def prerequisites(archive: Archive) -> dict[str, tuple[str, ...]]:
    """Return the entries that each entry names as its prerequisites, in the order of its text."""
    titles = Titles.of(archive.entries)
    found = {}
    for entry in archive.entries:
        named = (resolve(reference, titles) for reference in scan(entry.prerequisites))
        sure = (ids[0] for ids in named if len(ids) == 1 and ids[0] != entry.id)
        found[entry.id] = tuple(dict.fromkeys(sure))
    return found


def reading_order(
    archive: Archive, goal: str | None = None, before: Mapping[str, tuple[str, ...]] | None = None
) -> ReadingOrder:
    """Return what to read before an entry and in which order, or an order of all that need one.

    Parameters
    ----------
    goal : id of the entry; ``None`` for an order of all entries that presuppose or are presupposed.
    before : what `prerequisites` found, for whoever asks often.
    """
    before = prerequisites(archive) if before is None else before
    goals = _with_any(before) if goal is None else [goal]
    groups = strong_components(goals, lambda entry: before.get(entry, ()))
    ordered = [_in_order(group, archive) for group in groups]
    return ReadingOrder(
        tuple(entry for group in ordered for entry in group),
        tuple(group for group in ordered if len(group) > 1),
    )


def _with_any(before: Mapping[str, tuple[str, ...]]) -> list[str]:
    needed = {entry for named in before.values() for entry in named}
    return [entry for entry, named in before.items() if named or entry in needed]


def _in_order(group: list[str], archive: Archive) -> tuple[str, ...]:
    """Return a group in the order of the sheet."""
    if len(group) == 1:
        return tuple(group)
    members = set(group)
    return tuple(entry.id for entry in archive.entries if entry.id in members)


def strong_components(
    starts: Iterable[str], following: Callable[[str], Iterable[str]]
) -> Iterator[list[str]]:
    """Yield the strongly connected groups that can be reached, each after all that it leads to.

    Tarjan (1972), without recursion, so that no chain is too long.

    Examples
    --------
    >>> edges = {"a": "b", "b": "cd", "c": "b", "d": ""}
    >>> [sorted(group) for group in strong_components("a", edges.__getitem__)]
    [['d'], ['b', 'c'], ['a']]
    """
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    held: set[str] = set()
    for start in starts:
        if start in number:
            continue
        path = [(start, iter(following(start)))]
        number[start] = low[start] = len(number)
        stack.append(start)
        held.add(start)
        while path:
            node, rest = path[-1]
            step = next(rest, None)
            if step is None:
                path.pop()
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == number[node]:
                    yield _popped(stack, held, node)
            elif step not in number:
                number[step] = low[step] = len(number)
                stack.append(step)
                held.add(step)
                path.append((step, iter(following(step))))
            elif step in held:
                low[node] = min(low[node], number[step])


def _popped(stack: list[str], held: set[str], root: str) -> list[str]:
    """Take a finished group off the stack."""
    group: list[str] = []
    while not group or group[-1] != root:
        group.append(stack.pop())
    held.difference_update(group)
    return group
