"""The partners in the box, by name."""

from __future__ import annotations

from importlib import import_module

from comity.core.errors import InputError
from comity.learning.environments.protocol import Environment
from comity.learning.policies.protocol import Policy

ANY = ""
"""In place of an environment: the partner plays all."""

PARTNERS: dict[str, tuple[str, str]] = {
    "smart": ("hanabi", "hanabi_smart:SmartBot"),
    "hat": ("hanabi", "hanabi_hat:HatBot"),
    "rules": ("hanabi", "hanabi_rules:sound_rules"),
    "greedy": ("overcooked", "overcooked_greedy:GreedyCook"),
    "people of 2019": ("overcooked", "comity.learning.humans.boltzmann:BoltzmannCook"),
    "tit for tat": ("iterated", "reciprocity:tit_for_tat"),
    "suspicious tit for tat": ("iterated", "reciprocity:suspicious_tit_for_tat"),
    "generous tit for tat": ("iterated", "reciprocity:generous_tit_for_tat"),
    "tit for two tats": ("iterated", "reciprocity:tit_for_two_tats"),
    "win-stay lose-shift": ("iterated", "reciprocity:win_stay_lose_shift"),
    "grim": ("iterated", "reciprocity:grim"),
    "extortioner": ("iterated", "reciprocity:extortioner"),
    "cooperator": ("iterated", "reciprocity:cooperator"),
    "defector": ("iterated", "reciprocity:defector"),
    "takes partners for fixed": ("iterated", "modelling:takes_for_fixed"),
    "follows changes": ("iterated", "modelling:follows_changes"),
    "mirror": ("iterated", "scripted:Mirror"),
    "random": (ANY, "scripted:Random"),
    "stubborn": (ANY, "scripted:Stubborn"),
    "always the first": (ANY, "scripted:Always"),
}
"""By name: the environment it plays, and module, below `partners` unless in full, and class."""


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
    path = module if module.startswith("comity.") else f"comity.learning.partners.{module}"
    found: Policy = getattr(import_module(path), title)()
    return found
