"""Who takes part, by file or by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.core.errors import InputError
from comity.learning.crossplay.foreign import Foreign, read_maker
from comity.learning.environments.make import make
from comity.learning.environments.protocol import Environment
from comity.learning.partners.catalogue import partner, partners_for
from comity.learning.policies.protocol import Policy
from comity.learning.training.agents import policy_of
from comity.learning.training.checkpoints import Checkpoint, load
from comity.learning.training.shipped import shipped


@dataclass(frozen=True, eq=False)
class Entrant:
    """A policy, the group it belongs to, and its checkpoint where it has one."""

    policy: Policy
    group: str
    checkpoint: Checkpoint | None = None


def entrant(given: str, *, greedy: bool = True) -> Entrant:
    """Return who a text names: a checkpoint's file, one of `shipped`, or ``module:function``.

    Checkpoints are grouped by how they learned, functions by the file or module they are in; see
    `Foreign` for agents of other makers.
    """
    given = str(shipped().get(given, given))
    if given.endswith(".npz"):
        checkpoint = load(given)
        return Entrant(policy_of(checkpoint, greedy=greedy), checkpoint.agent, checkpoint)
    if ":" in given:
        return Entrant(Foreign(given, read_maker(given)), given.rpartition(":")[0])
    raise InputError(
        "neither a checkpoint nor a Python path",
        found=given,
        expected=f"a file that ends in .npz, module:function, or {', '.join(shipped())}",
    )


def entrants(given: Sequence[str], *, greedy: bool = True) -> list[Entrant]:
    """Return all who are named; folders stand for the checkpoints in them.

    Raises `InputError` where there are none, and where one agent is there twice: it would meet
    itself and be counted as a stranger.
    """
    paths = [path for name in given for path in _listed(name)]
    found = [entrant(path, greedy=greedy) for path in paths]
    if not found:
        raise InputError("no agent to evaluate", found=", ".join(given) or "nothing")
    known = [e.checkpoint.light().digest if e.checkpoint else e.policy.name for e in found]
    counts = Counter(known)
    same = [e.policy.name for e, which in zip(found, known, strict=True) if counts[which] > 1]
    if same:
        raise InputError("the same agent twice", found=", ".join(same)[:120])
    return found


def _listed(name: str) -> Iterable[str]:
    path = Path(name)
    return sorted(map(str, path.glob("*.npz"))) if path.is_dir() else [name]


def grouped(found: Sequence[Entrant]) -> dict[str, list[Policy]]:
    """Return policies by group, in the order in which groups were first named."""
    groups: dict[str, list[Policy]] = {}
    for one in found:
        groups.setdefault(one.group, []).append(one.policy)
    return groups


def environment_of(
    found: Sequence[Entrant], name: str | None = None, variant: Mapping[str, Any] | None = None
) -> Environment:
    """Return the game that checkpoints learned, or the one that is named.

    Raises `InputError` where checkpoints learned different games, or nothing names one.
    """
    if name is not None:
        return make(name, **dict(variant or {}))
    games = {
        str((e.checkpoint.environment, sorted(e.checkpoint.variant.items()))): e.checkpoint
        for e in found
        if e.checkpoint
    }
    if len(games) != 1:
        raise InputError(
            "agents of different games" if games else "nobody says which game",
            found=", ".join(c.environment for c in games.values()) or None,
            expected="checkpoints of one game, or --environment",
        )
    checkpoint = next(iter(games.values()))
    return make(checkpoint.environment, **checkpoint.variant)


def outsiders(
    given: Sequence[str], environment: Environment, *, greedy: bool = True
) -> list[Policy]:
    """Return partners from outside: those in the box by name, others as `entrant` reads them.

    ``box`` stands for all in the box that play this environment.
    """
    names = [
        one for name in given for one in (partners_for(environment) if name == "box" else [name])
    ]
    found: list[Policy] = []
    for name in names:
        listed = name.endswith(".npz") or ":" in name or name in shipped()
        found.append(entrant(name, greedy=greedy).policy if listed else partner(name, environment))
    return found
