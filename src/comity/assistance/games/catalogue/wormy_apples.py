"""Wormy apples: a question that is worth asking only once it matters."""

from __future__ import annotations

from collections.abc import Mapping

from comity.assistance.games.building import build
from comity.assistance.games.game import WAIT, AssistanceGame

MOVES = {
    ("clean apples", "bake"): "pie",
    ("wormy apples", "compost"): "worms gone",
    ("wormy apples", "trash"): "worms gone",
    ("worms gone", "bake"): "pie",
}
ASKED = ", asked"


def wormy_apples(
    worms: float = 0.2, cost: float = 0.1, penalty: float = 2.0, discount: float = 0.99
) -> AssistanceGame:
    """Return the game of a pie whose apples may have worms.

    The assistant picks apples and bakes. With chance ``worms`` they are wormy and must go first: to
    the compost or the trash, of which the person minds one. It may ask at any time, for ``cost``;
    the answer comes a step later. A pie is worth 2, the wrong bin ``-penalty``.

    The best plan asks only where there are worms: what Shah et al. call a plan that depends on
    feedback to come. Source: Shah et al. (2020), *Benefits of Assistance over Reward Learning*,
    section 4.2, with the rewards and chances of their released program; that nobody answers unasked
    and that hearing takes a step of its own is ours, hence five steps.
    """

    def step(state: str, person: str, assistant: str) -> Mapping[str, float] | str:
        place = state.removesuffix(ASKED)
        if assistant == "ask":
            return place + ASKED
        if place == "orchard" and assistant == "pick":
            return {"clean apples": 1 - worms, "wormy apples": worms}
        return MOVES.get((place, assistant), place)

    def reward(goal: str, state: str, person: str, assistant: str) -> float:
        if assistant == "ask":
            return -cost
        if state == "wormy apples" and assistant in ("compost", "trash"):
            return 0.0 if assistant == goal else -penalty
        return 2.0 if MOVES.get((state, assistant)) == "pie" else 0.0

    may = {
        "orchard": [WAIT, "pick", "ask"],
        "clean apples": [WAIT, "bake"],
        "wormy apples": [WAIT, "compost", "trash", "ask"],
        "worms gone": [WAIT, "bake"],
    }
    return build(
        [*may, "pie", "orchard" + ASKED, "wormy apples" + ASKED],
        [WAIT, "say compost", "say trash"],
        [WAIT, "pick", "compost", "trash", "bake", "ask"],
        {"compost": 0.5, "trash": 0.5},
        step,
        reward,
        start="orchard",
        final=["pie"],
        person_may=lambda s: ["say compost", "say trash"] if s.endswith(ASKED) else [WAIT],
        assistant_may=lambda s: may.get(s, [WAIT]),
        orders={"say compost": "compost", "say trash": "trash"},
        horizon=5,
        discount=discount,
        title="Wormy apples",
        about="A question about worms is worth asking only once there are any.",
        source="Shah et al. (2020), section 4.2; five steps, answers take one, are ours",
    )
