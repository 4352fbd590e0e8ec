"""Cake or pie: guess, or ask and be sure a little later."""

from __future__ import annotations

from comity.assistance.games.building import build
from comity.assistance.games.game import WAIT, AssistanceGame
from comity.core.errors import InputError


def cake_or_pie(share: float = 0.6, cost: float = 0.1, discount: float = 0.95) -> AssistanceGame:
    """Return the game of a dessert that the person wants and the assistant bakes.

    Parameters
    ----------
    share : how likely the person wants cake.
    cost : of a question, which takes two steps besides: to ask, and to hear.

    The right dessert is worth 1, the wrong one 0. A question is worth its price where
    ``discount^2 - cost > max(share, 1 - share)``. Source: the "cake or death" question of Armstrong
    (2012), in the form of a query to a person as in Shah et al. (2020); the numbers are ours.
    """
    if not 0 < share < 1:
        raise InputError("out of range", place="share", found=share, expected="above 0, below 1")

    def step(state: str, person: str, assistant: str) -> str:
        if assistant.startswith("bake"):
            return "served"
        return "asked" if assistant == "ask" else "kitchen"

    def reward(goal: str, state: str, person: str, assistant: str) -> float:
        if assistant == "ask":
            return -cost
        return float(assistant == f"bake {goal}")

    return build(
        ["kitchen", "asked", "served"],
        [WAIT, "say cake", "say pie"],
        [WAIT, "bake cake", "bake pie", "ask"],
        {"cake": share, "pie": 1 - share},
        step,
        reward,
        start="kitchen",
        final=["served"],
        person_may=lambda s: ["say cake", "say pie"] if s == "asked" else [WAIT],
        assistant_may=lambda s: [WAIT] if s == "asked" else [WAIT, "bake cake", "bake pie", "ask"],
        orders={"say cake": "bake cake", "say pie": "bake pie"},
        horizon=4,
        discount=discount,
        title="Cake or pie",
        about="The assistant bakes; it may guess, or ask first.",
        source="after Armstrong (2012) and Shah et al. (2020); numbers are ours",
    )
