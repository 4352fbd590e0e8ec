"""Meal choice: prepare what is needed anyway, and ask once the person is home."""

from __future__ import annotations

from comity.assistance.games.building import build
from comity.assistance.games.game import WAIT, AssistanceGame
from comity.core.errors import InputError

ASSISTANT = (WAIT, "make dough", "apple pie", "blueberry pie", "ask")


def meal_choice(home: int = 2, discount: float = 0.9) -> AssistanceGame:
    """Return the game of a pie whose filling the person chooses, who comes home later.

    Parameters
    ----------
    home : the step from which on the person is home and can be asked; 0 for at once.

    Dough comes first, whatever the filling. The right pie is worth 2, the wrong one -1. Asking is
    free but takes a step, and one more to hear. Source: Shah et al. (2020), section 4.1, where the
    assistant makes what any pie needs while it cannot ask, with the rewards and discount of their
    released program; the steps are ours.
    """
    if not isinstance(home, int) or not 0 <= home <= 6:
        raise InputError("out of range", place="home", found=home, expected="0 to 6")

    def step(state: str, person: str, assistant: str) -> str:
        made, clock, _ = _parts(state)
        made = {"make dough": "dough", "ask": made, WAIT: made}.get(assistant, assistant)
        if made.endswith("pie"):
            return "served"
        return _named(made, min(home, clock + 1), assistant == "ask")

    def reward(goal: str, state: str, person: str, assistant: str) -> float:
        if not assistant.endswith("pie"):
            return 0.0
        return 2.0 if assistant == goal else -1.0

    def assistant_may(state: str) -> list[str]:
        if state == "served":
            return [WAIT]
        made, clock, asked = _parts(state)
        if asked:
            return [WAIT]
        asks = ["ask"] if clock >= home else []
        own = ["make dough"] if made == "flour" else ["apple pie", "blueberry pie"]
        return [WAIT, *own, *asks]

    clocks = range(home + 1)
    states = [_named(made, c, False) for made in ("flour", "dough") for c in clocks]
    states += [_named(made, home, True) for made in ("flour", "dough")]
    return build(
        [*states, "served"],
        [WAIT, "say apple", "say blueberry"],
        list(ASSISTANT),
        {"apple pie": 0.5, "blueberry pie": 0.5},
        step,
        reward,
        start=_named("flour", 0, False),
        final=["served"],
        person_may=lambda s: ["say apple", "say blueberry"] if s.endswith("asked") else [WAIT],
        assistant_may=assistant_may,
        orders={"say apple": "apple pie", "say blueberry": "blueberry pie"},
        horizon=home + 4,
        discount=discount,
        title="Meal choice",
        about="The assistant makes dough while the person is out, and asks once it is home.",
        source="Shah et al. (2020), section 4.1; the steps are ours",
    )


def _named(made: str, clock: int, asked: bool) -> str:
    return f"{made}, step {clock}" + (", asked" if asked else "")


def _parts(state: str) -> tuple[str, int, bool]:
    made, clock, *asked = state.split(", ")
    return made, int(clock.removeprefix("step ")), bool(asked)
