"""Every play of a small game: what each player may know when it moves, and what plays bring."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import Any, Protocol, runtime_checkable

import numpy as np

from comity.core.errors import InputError, Intractable
from comity.learning.environments.protocol import Environment

MAX_PLAYS = 100_000
"""Most plays that are listed."""


Taken = tuple[int, int, int]
"""A decision: the information set, the action, the step."""


@runtime_checkable
class Listable(Environment, Protocol):
    """An environment that can list all its chance."""

    def starts(self) -> tuple[list[dict[str, Any]], np.ndarray]:
        """Return a start for every outcome of chance, and their chances, which sum to 1."""


@dataclass(eq=False)
class Sets:
    """Information sets of one player, in an order in which parents come before children.

    Attributes
    ----------
    legal : which actions may be taken, shape (sets, actions).
    parents : set and action of the player's decision before, -1 where there is none, (sets, 2).
    observations : what the player sees when it decides, shape (sets, observations).
    taken : for each play the sets passed, the actions taken there, and at which step, shape
        (plays, depth, 3), filled with -1.
    """

    legal: np.ndarray
    parents: np.ndarray
    observations: np.ndarray
    taken: np.ndarray

    @property
    def policies(self) -> int:
        """How many deterministic policies there are."""
        count = 1
        for choices in self.legal.sum(axis=1):
            count *= int(choices)
        return count

    def uniform(self) -> np.ndarray:
        """Return the policy that takes every legal action alike, shape (sets, actions)."""
        return self.legal / self.legal.sum(axis=1, keepdims=True)

    def followed(self, policy: np.ndarray) -> np.ndarray:
        """Return how likely the player takes its actions in each play, shape (plays,)."""
        padded = np.concatenate([policy, np.ones((1, policy.shape[1]))])
        chosen: np.ndarray = padded[self.taken[..., 0], self.taken[..., 1]].prod(axis=1)
        return chosen


@dataclass(frozen=True, eq=False)
class Plays:
    """All plays of a game from first move to last.

    Attributes
    ----------
    chances : chance of the start of each play, shape (plays,).
    returns : undiscounted sum of rewards to each player, shape (plays, n).
    sets : information sets of each player; a player remembers all it saw and did.
    """

    chances: np.ndarray
    returns: np.ndarray
    sets: tuple[Sets, ...]

    @property
    def common(self) -> bool:
        """Whether every play brings all players the same."""
        return bool(np.all(self.returns == self.returns[:, :1]))


@dataclass
class _Book:
    """Information sets met so far; a history of what was seen and done has one number."""

    histories: dict[tuple[int, int, bytes], int] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)
    legal: list[np.ndarray] = field(default_factory=list)
    parents: list[tuple[int, int]] = field(default_factory=list)
    observations: list[np.ndarray] = field(default_factory=list)

    def history(self, before: int, action: int, seen: np.ndarray) -> int:
        return self.histories.setdefault((before, action, seen.tobytes()), len(self.histories))

    def decide(self, history: int, legal: np.ndarray, seen: np.ndarray, taken: list[Taken]) -> int:
        if history not in self.numbers:
            self.numbers[history] = len(self.legal)
            self.legal.append(legal.copy())
            self.observations.append(seen.copy())
            self.parents.append(taken[-1][:2] if taken else (-1, -1))
        return self.numbers[history]


@dataclass
class _Line:
    """A play under way: its start, the moves so far, and what each player knows and did."""

    start: int
    moves: list[tuple[int, ...]]
    histories: list[int]
    taken: list[list[Taken]]


def enumerate_plays(environment: Environment) -> Plays:
    """Return every play of a game whose chance can be listed.

    The game is only asked to start and to step: each length of play is played again from the
    start as one batch, so the cost is plays times length squared.
    Raises `InputError` where chance cannot be listed, `Intractable` beyond `MAX_PLAYS` plays.
    """
    if not isinstance(environment, Listable):
        raise InputError(
            "the chance of this environment cannot be listed",
            found=environment.name,
            expected="one with a method `starts`",
        )
    given, chances = environment.starts()
    players = range(len(environment.shape.players))
    books = [_Book() for _ in players]
    lines = [
        _Line(s, [], [-1 for _ in players], [[] for _ in players]) for s in range(len(chances))
    ]
    ended: list[tuple[_Line, np.ndarray]] = []
    while lines:
        lines = _advance(environment, given, lines, books, ended)
    return Plays(
        np.array([chances[line.start] for line, _ in ended], dtype=float),
        np.array([total for _, total in ended], dtype=float),
        tuple(_sets(books[i], [line.taken[i] for line, _ in ended]) for i in players),
    )


def _advance(
    environment: Environment,
    given: list[dict[str, Any]],
    lines: list[_Line],
    books: list[_Book],
    ended: list[tuple[_Line, np.ndarray]],
) -> list[_Line]:
    """Move finished plays to ``ended``, and return all others, one move longer."""
    state, total, done = _replayed(environment, given, lines)
    ended += [(line, total[k]) for k, line in enumerate(lines) if done[k]]
    seen, legal, acting = (
        np.array(ask(state)) for ask in (environment.observe, environment.legal, environment.acting)
    )
    choices = np.where(acting, legal.sum(axis=2), 1).prod(axis=1, dtype=float)
    if len(ended) + choices[~done].sum() > MAX_PLAYS:
        raise Intractable("the game has too many plays to list", found=f"> {MAX_PLAYS:,}")
    longer = []
    for k, line in enumerate(lines):
        if not done[k]:
            longer += _branches(line, seen[k], legal[k], acting[k], books)
    return longer


def _replayed(
    environment: Environment, given: list[dict[str, Any]], lines: list[_Line]
) -> tuple[Any, np.ndarray, np.ndarray]:
    state = environment.start([given[line.start] for line in lines])
    moves = np.array([line.moves for line in lines]).reshape(len(lines), -1, len(lines[0].taken))
    total, done = np.zeros((len(lines), moves.shape[2])), np.zeros(len(lines), dtype=bool)
    for t in range(moves.shape[1]):
        step = environment.step(state, moves[:, t].astype(np.int32))
        state, done = step.state, np.array(step.done)
        total += np.array(step.rewards)
    return state, total, done


def _branches(
    line: _Line, seen: np.ndarray, legal: np.ndarray, acting: np.ndarray, books: list[_Book]
) -> list[_Line]:
    """Return the play with every joint move that is legal; those who wait move nowhere."""
    last = line.moves[-1] if line.moves else None
    known, sets = [], []
    for i, book in enumerate(books):
        acted = -1 if last is None else last[i]
        known.append(book.history(line.histories[i], acted, seen[i]))
        sets.append(book.decide(known[i], legal[i], seen[i], line.taken[i]) if acting[i] else -1)
    options = [np.flatnonzero(legal[i]).tolist() if acting[i] else [0] for i in range(len(books))]
    found = []
    for move in product(*options):
        taken = [
            [*line.taken[i], (sets[i], move[i], len(line.moves))] if acting[i] else line.taken[i]
            for i in range(len(books))
        ]
        found.append(_Line(line.start, [*line.moves, move], known, taken))
    return found


def _sets(book: _Book, taken: list[list[Taken]]) -> Sets:
    depth = max((len(path) for path in taken), default=0)
    table = np.full((len(taken), depth, 3), -1)
    for row, path in zip(table, taken, strict=True):
        row[: len(path)] = np.array(path).reshape(-1, 3)
    return Sets(
        np.array(book.legal, dtype=bool),
        np.array(book.parents).reshape(-1, 2),
        np.array(book.observations),
        table,
    )
