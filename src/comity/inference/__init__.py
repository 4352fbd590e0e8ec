"""Why others act as they do, and what their behaviour can never tell you.

Names are imported when they are first used: most of them load JAX.
"""

from __future__ import annotations

from importlib import import_module

from comity.core.errors import ComityError

_NAMES = {
    "estimation": ("Fit", "IndividualFits", "fit", "fit_individuals"),
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
    "understanding.reading": ("read_behaviour",),
    "understanding.understand": ("understand",),
}
_ROOM_OF = {name: room for room, names in _NAMES.items() for name in names}

_EXTRA = ("arviz", "jax", "numpyro", "pandas", "pyarrow")

__all__ = sorted(_ROOM_OF)


def __getattr__(name: str) -> object:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'comity.inference' has no attribute {name!r}")
    try:
        module = import_module(f"comity.inference.{_ROOM_OF[name]}")
    except ModuleNotFoundError as error:
        if error.name not in _EXTRA:
            raise
        raise ComityError(
            "inference needs more than the base installs",
            found=f"no module {error.name}",
            expected="pip install 'comity[inference]'",
        ) from error
    found = getattr(module, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)
