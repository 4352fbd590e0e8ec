"""ChefWorld: two cooks, one recipe, and only one of them knows which."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from comity.assistance.games.building import build
from comity.assistance.games.game import WAIT, AssistanceGame
from comity.core.errors import InputError

INGREDIENTS = ("flour", "egg", "sugar")
RECIPES: dict[str, tuple[int, ...]] = {
    "pancakes": (2, 2, 0),
    "meringue": (0, 2, 2),
    "shortbread": (2, 0, 2),
    "sponge": (1, 2, 1),
    "biscuits": (2, 1, 1),
    "custard": (1, 1, 2),
}
"""How much of each ingredient a recipe takes: as many recipes as there are goals, in this order."""


def chef_world(
    recipes: int = 3,
    *,
    discount: float = 0.95,
    horizon: int | None = None,
    prior: Sequence[float] | None = None,
) -> AssistanceGame:
    """Return ChefWorld with the first ``recipes`` of `RECIPES`.

    The state is how much of each ingredient is in the bowl. At each step both cooks may add a unit
    of one ingredient or wait. The bowl holds four units; where only one more fits and both add, the
    person's goes in. A full bowl is final and worth 1 if it is the recipe that the person wants.

    Source: Malik et al. (2018) for counts as states, recipes as goals and the reward;
    the ingredients, the recipes, the size of the bowl and a discount that makes haste worth
    something are our completion.
    """
    if not isinstance(recipes, int) or not 1 <= recipes <= len(RECIPES):
        raise InputError(
            "no such number of recipes",
            place="recipes",
            found=recipes,
            expected=f"1 to {len(RECIPES)}",
        )
    wanted = dict(list(RECIPES.items())[:recipes])
    size = 4
    chances = [1 / recipes] * recipes if prior is None else list(prior)
    if len(chances) != recipes:
        raise InputError("not one chance per recipe", place="prior", found=len(chances))
    bowls = {
        counts: _name(counts)
        for counts in product(range(size + 1), repeat=len(INGREDIENTS))
        if sum(counts) <= size
    }
    of_name = {name: counts for counts, name in bowls.items()}

    def step(state: str, person: str, assistant: str) -> str:
        return bowls[_added(of_name[state], person, assistant, size)]

    def reward(goal: str, state: str, person: str, assistant: str) -> float:
        return float(_added(of_name[state], person, assistant, size) == wanted[goal])

    return build(
        list(of_name),
        [*INGREDIENTS, WAIT],
        [*INGREDIENTS, WAIT],
        dict(zip(wanted, chances, strict=True)),
        step,
        reward,
        start=bowls[(0,) * len(INGREDIENTS)],
        final=[name for counts, name in bowls.items() if sum(counts) == size],
        orders={name: name for name in INGREDIENTS},
        horizon=size if horizon is None else horizon,
        discount=discount,
        title=f"ChefWorld, {recipes} recipe{'s' * (recipes > 1)}",
        about="Two cooks fill one bowl; only the person knows the recipe.",
        source="Malik et al. (2018); recipes, size and discount are ours",
    )


def _added(counts: tuple[int, ...], person: str, assistant: str, size: int) -> tuple[int, ...]:
    bowl = list(counts)
    for action in (person, assistant):
        if action != WAIT and sum(bowl) < size:
            bowl[INGREDIENTS.index(action)] += 1
    return tuple(bowl)


def _name(counts: tuple[int, ...]) -> str:
    held = [f"{n} {name}" for n, name in zip(counts, INGREDIENTS, strict=True) if n]
    return ", ".join(held) or "empty bowl"
