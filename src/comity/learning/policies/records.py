"""Games as JSON Lines: one game a line, which can be played again."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.core.files import check_regular
from comity.learning.environments.make import make
from comity.learning.environments.protocol import Environment
from comity.learning.policies.playing import Played

FORMAT = "comity-play/1"


@dataclass(frozen=True, eq=False)
class Record:
    """One game.

    Attributes
    ----------
    environment, variant : which game, for `make`.
    start : how it began, for `Environment.start`.
    policies : names, in order of seats.
    actions : shape (T, n); -1 where a player waited.
    rewards : shape (T, n).
    finished : whether it was played to its end.
    """

    environment: str
    variant: dict[str, Any]
    start: dict[str, Any]
    policies: tuple[str, ...]
    actions: np.ndarray
    rewards: np.ndarray
    finished: bool = True

    def to_dict(self) -> dict[str, Any]:
        """Return the line of the file as plain JSON; it has ``finished`` where that is false."""
        end = {} if self.finished else {"finished": False}
        return {
            "format": FORMAT,
            "environment": self.environment,
            "variant": self.variant,
            "start": self.start,
            "policies": list(self.policies),
            "actions": self.actions.tolist(),
            "rewards": [[round(float(reward), 6) for reward in step] for step in self.rewards],
            **end,
        }


def records(environment: Environment, played: Played, policies: Sequence[str]) -> list[Record]:
    """Return the record of each game."""
    return [
        Record(
            environment.name,
            dict(environment.variant),
            start,
            tuple(policies),
            played.actions[:length, game],
            played.rewards[:length, game],
            bool(played.finished[game]),
        )
        for game, (start, length) in enumerate(zip(played.given, played.lengths, strict=True))
    ]


def check_target(path: str | Path) -> None:
    """Raise `InputError` where no game could be added to a file; nothing is written."""
    file = Path(path)
    check_regular(file)
    place = file if file.exists() else file.parent
    if not place.exists() or not os.access(place, os.W_OK):
        why = errno.EACCES if place.exists() else errno.ENOENT
        raise InputError("cannot be written", file=str(path), found=os.strerror(why))


def save_records(path: str | Path, games: Iterable[Record]) -> None:
    """Add games to a file, which is made if there is none, or raise `InputError`.

    Without games nothing is written.
    """
    lines = "".join(json.dumps(game.to_dict(), separators=(",", ":")) + "\n" for game in games)
    if not lines:
        return
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(lines)
    except OSError as error:
        raise InputError("cannot be written", file=str(path), found=str(error.strerror)) from error


def read_records(path: str | Path) -> list[Record]:
    """Return the games of a file, or raise `InputError` that names the line."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot be read", file=str(path), found=str(error)) from error
    return [
        _record(line, str(path), f"line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]


def _record(line: str, file: str, place: str) -> Record:
    try:
        stated = json.loads(line)
        if stated["format"] != FORMAT:
            raise InputError(
                "another format", file=file, place=place, found=stated["format"], expected=FORMAT
            )
        policies = tuple(str(name) for name in stated["policies"])
        game = Record(
            str(stated["environment"]),
            dict(stated["variant"]),
            dict(stated["start"]),
            policies,
            np.array(stated["actions"], dtype=np.int32).reshape(-1, len(policies)),
            np.array(stated["rewards"], dtype=np.float32).reshape(-1, len(policies)),
            _flag(stated.get("finished", True)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            "not a game", file=file, place=place, found=str(error)[:80], expected=FORMAT
        ) from error
    if game.actions.shape != game.rewards.shape:
        raise InputError("as many rewards as actions are needed", file=file, place=place)
    return game


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"finished is {value!r}, not true or false")
    return value


def replay(game: Record) -> np.ndarray:
    """Return the rewards, shape (T, n), that the engine gives for the recorded actions.

    Raises `InputError` if the game cannot have been played so: an unknown environment, a start
    that is none, an illegal move, moves after the end, an end that is missing although the game is
    said to be finished, or is there although it is not.
    """
    environment = make(game.environment, **game.variant)
    seats = len(environment.shape.players)
    if seats != len(game.policies):
        raise InputError(
            "one policy a seat", place="policies", found=len(game.policies), expected=seats
        )
    state = environment.start(game.start)
    rewards, over = [], False
    for step, actions in enumerate(game.actions):
        if over:
            raise InputError("moves after the end", place=f"actions[{step}]")
        waits = ~np.asarray(environment.acting(state))[0]
        if (actions[waits] != -1).any():
            raise InputError("a move out of turn", place=f"actions[{step}]", found=actions.tolist())
        after = environment.step(state, np.where(waits, 0, actions)[None, :].astype(np.int32))
        rewards.append(np.array(after.rewards[0]))
        state, over = after.state, bool(after.done[0])
    if over != game.finished:
        words = "the game is over" if over else "the game is not over"
        raise InputError(words, place="actions", found=f"{len(rewards)} steps")
    return np.array(rewards, dtype=np.float32).reshape(len(rewards), seats)
