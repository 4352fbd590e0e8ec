"""Why others act as they do, and what their behaviour can never tell you.

Names are imported when they are first used: most of them load JAX.
"""

from __future__ import annotations

from importlib import import_module

_NAMES = {
    "estimation": ("Fit", "fit"),
    "evidence": (
        "ADAPTERS",
        "Adapter",
        "Column",
        "Evidence",
        "Fault",
        "Rows",
        "Situation",
        "decisions",
        "join",
        "read_otree",
        "read_table",
    ),
}
_ROOM_OF = {name: room for room, names in _NAMES.items() for name in names}

__all__ = sorted(_ROOM_OF)


def __getattr__(name: str) -> object:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'comity.inference' has no attribute {name!r}")
    found = getattr(import_module(f"comity.inference.{_ROOM_OF[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)
