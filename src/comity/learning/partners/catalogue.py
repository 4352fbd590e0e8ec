"""The partners in the box, by name."""

from __future__ import annotations

from importlib import import_module

from comity.core.errors import InputError
from comity.learning.environments.protocol import Environment
from comity.learning.policies.protocol import Policy

ANY = ""
"""In place of an environment: the partner plays all."""

PARTNERS: dict[str, tuple[str, str]] = {}
"""By name: the environment it plays, and module and class below `partners`."""


def partners_for(environment: Environment) -> list[str]:
    """Return the names of the partners that play an environment."""
    return [name for name, (plays, _) in PARTNERS.items() if plays in (ANY, environment.name)]


def partner(name: str, environment: Environment) -> Policy:
    """Return a partner by its name, or raise `InputError` that says who plays this environment."""
    known = partners_for(environment)
    if name not in known:
        raise InputError(
            "no such partner in the box",
            place=environment.name,
            found=name,
            expected=", ".join(known) or "a checkpoint, or module:function",
        )
    module, _, title = PARTNERS[name][1].partition(":")
    found: Policy = getattr(import_module(f"comity.learning.partners.{module}"), title)()
    return found
