"""The environments in the box, by name."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any

from comity.core.errors import InputError
from comity.learning.environments.protocol import Engine, Environment

REGISTRY: dict[str, dict[Engine, str]] = {
    "lever": {"numba": "lever:Lever", "jax": "lever:Lever"},
    "tiny hanabi": {"numba": "tiny_hanabi:TinyHanabi", "jax": "tiny_hanabi:TinyHanabi"},
}
"""By name and engine: the module below `environments`, and the class."""


def make(name: str, engine: Engine = "numba", **variant: Any) -> Environment:
    """Return an environment by its name.

    Parameters
    ----------
    name : see `REGISTRY`; ``-`` and ``_`` stand for a space.
    engine : ``numba`` for play, search and bots on the CPU; ``jax`` for learning in batches.
    variant : rules that differ from the usual ones; each environment documents its own.

    Raises `InputError` for what is unknown, and names what is known.

    Examples
    --------
    >>> make("tiny-hanabi", game="B").variant
    {'game': 'B'}
    """
    known = name.replace("-", " ").replace("_", " ").lower()
    if known not in REGISTRY:
        raise InputError(
            "unknown environment", place="name", found=name, expected=", ".join(REGISTRY)
        )
    engines = REGISTRY[known]
    if engine not in engines:
        raise InputError(
            f"{known} has no such engine",
            place="engine",
            found=engine,
            expected=" or ".join(engines),
        )
    module, _, title = engines[engine].partition(":")
    kind = getattr(import_module(f"comity.learning.environments.{module}"), title)
    rules = [rule for rule in inspect.signature(kind).parameters if rule != "engine"]
    strange = sorted(set(variant) - set(rules))
    if strange:
        raise InputError(
            f"{known} has no such rule",
            place="variant",
            found=", ".join(strange),
            expected=", ".join(rules) or "none",
        )
    return kind(engine=engine, **variant)
