"""Files of learned agents: what they play, how they learned, and all that learning on needs."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from comity.core.canonical import canonical_json
from comity.core.errors import ComityError, InputError
from comity.core.files import read_bytes, write_atomic

FORMAT = "comity-checkpoint/1"
HEAD = "head"
MAX_BYTES = 2_000_000_000
KINDS = {
    "agent": str,
    "environment": str,
    "variant": dict,
    "settings": dict,
    "seed": int,
    "steps": int,
}
"""What else the head states."""


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """A learned agent.

    Attributes
    ----------
    agent : how it learned, such as "ippo" or "other-play".
    environment, variant : the game exactly, for `make`.
    settings : of learning, as plain JSON.
    seed : of learning.
    steps : steps of environments it learned from.
    policy : the agent itself, arrays by name.
    learner : all that learning on exactly needs, arrays in order; empty where it is left out.
    curve : by name what each update reported.
    file : where it was read from.
    """

    agent: str
    environment: str
    variant: Mapping[str, Any]
    settings: Mapping[str, Any]
    seed: int
    steps: int
    policy: Mapping[str, np.ndarray]
    learner: tuple[np.ndarray, ...] = ()
    curve: Mapping[str, np.ndarray] = field(default_factory=dict)
    file: str = ""

    @property
    def name(self) -> str:
        """A short name: that of the file, or of the agent and its seed."""
        return Path(self.file).stem if self.file else f"{self.agent} {self.seed}"

    @property
    def digest(self) -> str:
        """SHA-256 of the head and all arrays: two files with the same digest hold the same."""
        return _digest(self._head(), self._arrays())

    def light(self, *, half: bool = False) -> Checkpoint:
        """Return the agent alone: enough to play, not to learn on.

        With ``half`` its weights are rounded to 16 bits, three digits, which halves the file.
        """
        policy = {k: a.astype(np.float16) for k, a in self.policy.items()} if half else self.policy
        return dataclasses.replace(self, policy=policy, learner=(), curve={})

    def _head(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "agent": self.agent,
            "environment": self.environment,
            "variant": dict(self.variant),
            "settings": dict(self.settings),
            "seed": self.seed,
            "steps": self.steps,
        }

    def _arrays(self) -> dict[str, np.ndarray]:
        learner = {f"learner/{k}": array for k, array in enumerate(self.learner)}
        policy = {f"policy/{name}": array for name, array in self.policy.items()}
        return policy | learner | {f"curve/{name}": array for name, array in self.curve.items()}


def save(checkpoint: Checkpoint, path: str | Path) -> Path:
    """Write a checkpoint in one step: an interruption leaves the old file or the new one.

    The file is a NumPy archive; its entry ``head`` is JSON with a digest over everything.
    """
    arrays = checkpoint._arrays()
    head = canonical_json(checkpoint._head() | {"digest": checkpoint.digest})
    entries: dict[str, Any] = {HEAD: np.frombuffer(head.encode(), dtype=np.uint8), **arrays}
    stream = io.BytesIO()
    np.savez(stream, **entries)
    return write_atomic(path, stream.getvalue())


def load(path: str | Path) -> Checkpoint:
    """Return the checkpoint of a file.

    Raises `InputError` where the file is cut short or changed, or is no checkpoint.
    """
    content = read_bytes(path, MAX_BYTES)
    try:
        found, stated = _read(content, str(path))
    except ComityError:
        raise
    except Exception as error:  # foreign bytes make readers of archives and of arrays fail anyhow
        raise InputError(
            "not a checkpoint, or cut short",
            file=str(path),
            found=f"{len(content):,} bytes: {error}"[:100],
            expected=f"a file that `comity train` wrote, {FORMAT}",
        ) from error
    if found.digest != stated:
        raise InputError(
            "the checkpoint was changed after it was written",
            file=str(path),
            found=found.digest[:12],
            expected=stated[:12],
        )
    return found


def _read(content: bytes, file: str) -> tuple[Checkpoint, str]:
    """Return what the bytes of a file hold, and the digest that it states."""
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    head = json.loads(arrays.pop(HEAD).tobytes())
    stated, version = head.pop("digest"), head.pop("format")
    if version != FORMAT:
        raise InputError(
            "a checkpoint of another version", file=file, found=version, expected=FORMAT
        )
    for name, kind in KINDS.items():
        if not isinstance(head[name], kind) or isinstance(head[name], bool):
            raise TypeError(f"{name} is no {kind.__name__}")
    if taken := {"name", "engine"} & set(head["variant"]):
        raise TypeError(f"{', '.join(sorted(taken))} is no rule of a game")
    found = Checkpoint(
        **head,
        policy=_under("policy", arrays),
        learner=tuple(arrays[f"learner/{k}"] for k in range(len(_under("learner", arrays)))),
        curve=_under("curve", arrays),
        file=file,
    )
    return found, str(stated)


def _under(part: str, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    prefix = f"{part}/"
    return {n.removeprefix(prefix): array for n, array in arrays.items() if n.startswith(prefix)}


def _digest(head: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> str:
    total = hashlib.sha256(canonical_json(dict(head)).encode())
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        total.update(f"{name} {array.dtype.str} {array.shape}".encode())
        total.update(array.tobytes())
    return total.hexdigest()
