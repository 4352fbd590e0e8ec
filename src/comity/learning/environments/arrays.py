"""What differs between NumPy and JAX where a small game is written once for both."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.core.randomness import as_generator
from comity.learning.environments.protocol import Engine, Start

ENGINES: tuple[Engine, ...] = ("numba", "jax")


def namespace(engine: Engine) -> Any:
    """Return the module of arrays of an engine: ``numpy`` or ``jax.numpy``."""
    if engine == "numba":
        return np
    if engine == "jax":
        import jax.numpy as jnp

        return jnp
    raise InputError("unknown engine", place="engine", found=engine, expected=" or ".join(ENGINES))


def on_cpu() -> bool:
    """Return whether JAX computes on a CPU; other devices are served by fewer, larger steps."""
    import jax

    return bool(jax.default_backend() == "cpu")


def key_of(rng: Any) -> Any:
    """Return a JAX key from a key or a seed, or raise `InputError`."""
    import jax

    if isinstance(rng, (int, np.integer)) and not isinstance(rng, bool):
        return jax.random.key(int(rng))
    if isinstance(rng, jax.Array):
        return rng
    raise InputError(
        "not a seed", place="rng", found=repr(rng)[:80], expected="a whole number or a JAX key"
    )


def batch(size: Any) -> int:
    """Return how many games are begun, or raise `InputError` unless it is a whole number above 0.

    Examples
    --------
    >>> batch(3)
    3
    """
    whole = isinstance(size, (int, np.integer)) and not isinstance(size, bool)
    if not whole or size < 1:
        raise InputError(
            "not a number of games",
            place="size",
            found=repr(size)[:40],
            expected="a whole number, 1 or more",
        )
    return int(size)


def draw(engine: Engine, rng: Any, most: int, shape: tuple[int, ...]) -> Any:
    """Return whole numbers from 0 to ``most`` - 1, each as likely, as int32."""
    if engine == "numba":
        return as_generator(rng).integers(most, size=shape, dtype=np.int32)
    import jax

    return jax.random.randint(key_of(rng), shape, 0, most, dtype=np.int32)


def moves(engine: Engine, actions: Any, size: int, seats: int) -> Any:
    """Return the actions of a batch as an array of whole numbers, shape (size, seats).

    Raises `InputError` for another shape and for numbers that are not whole: an action is no
    quantity that could be rounded.
    """
    chosen = namespace(engine).asarray(actions)
    if chosen.shape != (size, seats) or chosen.dtype.kind not in "iu":
        raise InputError(
            "not the actions of this batch",
            place="actions",
            found=f"{chosen.dtype} {chosen.shape}",
            expected=f"whole numbers, shape ({size}, {seats})",
        )
    return chosen


def starts(given: Start | Sequence[Start], keys: Collection[str]) -> list[Start]:
    """Return the starts as a list of mappings that hold no other keys, or raise `InputError`."""
    listed = [given] if isinstance(given, Mapping) else _listed(given)
    if not listed:
        raise InputError(
            "no game to start",
            place="given",
            found=repr(given)[:40],
            expected="at least one start, as a mapping",
        )
    for place, start in enumerate(listed):
        strange = set(start) - set(keys) if isinstance(start, Mapping) else {str(start)[:40]}
        if strange:
            raise InputError(
                "not a start of this game",
                place=f"given[{place}]",
                found=", ".join(sorted(strange)),
                expected=", ".join(sorted(keys)) or "nothing, an empty mapping",
            )
    return listed


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, Sequence) else []


def whole_numbers(values: Any, place: str, length: int, most: int) -> list[int]:
    """Return a list of ``length`` whole numbers below ``most``, or raise `InputError`."""
    found = list(values) if isinstance(values, (list, tuple, np.ndarray)) else []
    fine = [
        isinstance(value, (int, np.integer)) and not isinstance(value, bool) and 0 <= value < most
        for value in found
    ]
    if len(found) != length or not all(fine):
        raise InputError(
            "not what a game starts from",
            place=place,
            found=repr(values)[:80],
            expected=f"{length} whole numbers from 0 to {most - 1}",
        )
    return [int(value) for value in found]
