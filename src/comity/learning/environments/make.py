"""The environments in the box, by name."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any

from comity.core.choices import pick
from comity.core.errors import InputError
from comity.learning.environments.protocol import Engine, Environment

REGISTRY: dict[str, dict[str, str]] = {
    "commons": {"numba": "commons:Commons", "jax": "commons:Commons"},
    "hanabi": {"numba": "hanabi.compiled:HanabiCompiled", "jax": "hanabi.batched:HanabiBatched"},
    "iterated": {"numba": "iterated:Iterated", "jax": "iterated:Iterated"},
    "lever": {"numba": "lever:Lever", "jax": "lever:Lever"},
    "overcooked": {
        "numba": "overcooked.compiled:OvercookedCompiled",
        "jax": "overcooked.batched:OvercookedBatched",
    },
    "tiny hanabi": {"numba": "tiny_hanabi:TinyHanabi", "jax": "tiny_hanabi:TinyHanabi"},
}
"""By name and engine: the module below `environments`, and the class."""


def rules_known(kind: type) -> list[str]:
    """Return the rules that a class of environments takes, those of its bases included."""
    stated = {
        name: parameter.kind
        for base in kind.__mro__
        if "__init__" in vars(base) and base is not object
        for name, parameter in inspect.signature(base).parameters.items()
    }
    return [
        name
        for name, kind_of in stated.items()
        if name != "engine" and kind_of is not inspect.Parameter.VAR_KEYWORD
    ]


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
    known = str(name).replace("-", " ").replace("_", " ").lower()
    engines = pick(REGISTRY, known, "unknown environment", "name")
    path = pick(engines, str(engine), f"{known} has no such engine", "engine")
    module, _, title = path.partition(":")
    kind = getattr(import_module(f"comity.learning.environments.{module}"), title)
    rules = rules_known(kind)
    strange = sorted(set(variant) - set(rules))
    if strange:
        raise InputError(
            f"{known} has no such rule",
            place="variant",
            found=", ".join(strange),
            expected=", ".join(rules) or "none",
        )
    return kind(engine=engine, **variant)
