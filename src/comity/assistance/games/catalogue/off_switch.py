"""The off-switch game: what it is worth to let a person switch the assistant off."""

from __future__ import annotations

from collections.abc import Sequence

from comity.assistance.games.building import build
from comity.assistance.games.game import WAIT, AssistanceGame
from comity.core.errors import InputError

UTILITIES = (-2.0, -1.0, 0.5, 1.5)


def off_switch(
    utilities: Sequence[float] = UTILITIES, prior: Sequence[float] | None = None
) -> AssistanceGame:
    """Return the off-switch game.

    The assistant can act (worth u), switch itself off (worth 0), or defer: then the person, who
    knows u, lets it act or switches it off.

    With a rational person deferring is worth E[max(u, 0)], never less than acting or stopping; with
    a person whose choice is logit with sensitivity b it is worth E[u / (1 + exp(-b u))]. Source:
    Hadfield-Menell, Dragan, Abbeel and Russell (2017), *The Off-Switch Game*;
    finitely many values of u are our choice, and so are the defaults.
    """
    worth = {f"worth {u:+g}": float(u) for u in utilities}
    if len(worth) != len(utilities) or not utilities:
        raise InputError(
            "utilities must differ", place="utilities", found=list(utilities), expected="each once"
        )
    chances = [1 / len(worth)] * len(worth) if prior is None else list(prior)
    if len(chances) != len(worth):
        raise InputError("not one chance per utility", place="prior", found=len(chances))

    def step(state: str, person: str, assistant: str) -> str:
        return "deferred" if state == "deciding" and assistant == "defer" else "over"

    def reward(goal: str, state: str, person: str, assistant: str) -> float:
        acts = assistant == "act" if state == "deciding" else person == "let it act"
        return worth[goal] if acts else 0.0

    return build(
        ["deciding", "deferred", "over"],
        [WAIT, "let it act", "switch it off"],
        [WAIT, "stop", "act", "defer"],
        dict(zip(worth, chances, strict=True)),
        step,
        reward,
        start="deciding",
        final=["over"],
        person_may=lambda s: ["let it act", "switch it off"] if s == "deferred" else [WAIT],
        assistant_may=lambda s: ["act", "stop", "defer"] if s == "deciding" else [WAIT],
        orders={"let it act": "act", "switch it off": "stop"},
        horizon=2,
        title="The off-switch game",
        about="The assistant may act, stop, or leave it to one who knows what acting is worth.",
        source="Hadfield-Menell et al. (2017); finitely many utilities are ours",
    )
