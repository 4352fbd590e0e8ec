"""Faces of packages whose names are imported when they are first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

Find = Callable[[str], Any]
List = Callable[[], list[str]]


class Face(ModuleType):
    """A package whose names stay in front of its modules that are called alike.

    Whoever imports ``room.fit`` makes Python hang the module on the package; the function ``fit``
    that the package shows must not be hidden by it.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in self.__dict__.get("__all__", ())):
            super().__setattr__(name, value)


def attach(package: str, names: Mapping[str, Sequence[str]]) -> tuple[Find, List, list[str]]:
    """Return ``__getattr__``, ``__dir__`` and ``__all__`` of a package that shows these names.

    Parameters
    ----------
    package : its ``__name__``.
    names : by module, relative to the package, what is shown of it.

    Source: PEP 562 for functions of modules, the language reference 3.3.2 for their class.
    """
    module_of = {name: module for module, listed in names.items() for name in listed}
    face = sys.modules[package]
    face.__class__ = Face

    def find(name: str) -> Any:
        if name not in module_of:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(f"{package}.{module_of[name]}"), name)
        setattr(face, name, found)
        return found

    shown = sorted(module_of)
    return find, lambda: list(shown), shown
