"""Courtesy between parties who recognise each other's laws.

Bring several views of one situation; leave knowing where you differ, what you can agree on, and
whether it would survive lying and temptation:

    import comity as co
    case = co.load("examples/river.toml")
    co.compare(case)   # where the views differ, and which difference matters
    co.agree(case)     # what they can agree on, with its certificate
    co.understand(evidence)  # why people acted as they did, and what that cannot tell
    co.evaluate(agent)  # how cooperative an agent is, against a fixed panel of partners

Names are imported when they are first used, so `import comity` is quick.
"""

from __future__ import annotations

from importlib import import_module

_NAMES = {
    "comity.agreement": ("agree", "compare", "study", "verify"),
    "comity.evaluation": ("evaluate",),
    "comity.inference": ("read_behaviour", "understand"),
    "comity.solutions": ("certify", "solve"),
    "comity.cases": (
        "AcceptanceRule",
        "Alternative",
        "Behaviour",
        "Belief",
        "Case",
        "Constitution",
        "Evidence",
        "Interview",
        "Party",
        "Talk",
        "dumps",
        "load",
        "loads",
        "save",
    ),
    "comity.games": (
        "Issue",
        "Lottery",
        "MixedProfile",
        "Negotiation",
        "NormalForm",
        "catalogue",
        "check_game",
    ),
    "comity.core": ("Certified", "ComityError", "errors"),
}
_ROOM_OF = {name: room for room, names in _NAMES.items() for name in names}
_ROOMS = ("agreement", "cases", "core", "evaluation", "games", "inference", "solutions")

__all__ = sorted({*_ROOM_OF, *_ROOMS})


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return import_module(f"comity.{name}")
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'comity' has no attribute {name!r}")
    found = getattr(import_module(_ROOM_OF[name]), name, None)
    found = import_module(f"{_ROOM_OF[name]}.{name}") if found is None else found
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return list(__all__)
