"""One assistant, several people: each with a goal of its own, and those who are only affected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from comity.assistance.games.building import build
from comity.assistance.games.game import AssistanceGame
from comity.assistance.people.planners import noisy
from comity.assistance.people.procedure import Fixed
from comity.assistance.solving.hidden import Hidden
from comity.core.errors import InputError

Moves = tuple[str, ...]
"""What each principal does, in their order."""
JOIN = " + "


@dataclass(frozen=True)
class Principal:
    """One of those whom the assistant serves.

    Attributes
    ----------
    actions : what it can do.
    goals : how likely each of its goals is.
    reward : ``reward(goal, state, moves, assistant)`` to a number.
    may : from a state to the actions allowed there; all unless given.
    """

    actions: tuple[str, ...]
    goals: Mapping[str, float]
    reward: Callable[[str, str, Moves, str], float]
    may: Callable[[str], Sequence[str]] | None = None


Effect = Callable[[str, Moves, str], float]
"""From a state, the principals' moves and the assistant's action to what a bystander gets."""


@dataclass(frozen=True, eq=False)
class SharedGame:
    """A game in which one assistant serves several principals and affects bystanders.

    Attributes
    ----------
    game : its states and time; the person's actions are joint moves, the goals joint goals.
    principals, bystanders : names.
    rewards : shape (n, G, S, H, A), of each principal under each joint goal.
    effects : shape (b, S, H, A), of each bystander.
    own_goals : shape (n, G), which of its own goals each principal has in a joint goal.
    own_games : for each principal the game in which the assistant is its alone, and the others act
        at random.
    person : how the principals act, each on its own.
    """

    game: AssistanceGame
    principals: tuple[str, ...]
    bystanders: tuple[str, ...]
    rewards: np.ndarray
    effects: np.ndarray
    own_goals: np.ndarray
    own_games: tuple[AssistanceGame, ...]
    person: Fixed

    def hidden(self, rewards: np.ndarray) -> Hidden:
        """Return what the assistant does not know, with rewards of shape (G, S, H, A)."""
        count = len(self.game.goals)
        return Hidden(
            self.game,
            self.game.goals,
            np.arange(count),
            (self.person,) * count,
            self.game.prior,
            rewards,
        )

    def forbidding(self, forbidden: np.ndarray, place: str) -> SharedGame:
        """Return the game without some of the assistant's actions, shape (S, A)."""
        import dataclasses

        allowed = self.game.assistant_allowed & ~forbidden
        stuck = ~allowed.any(axis=1) & ~self.game.final
        if stuck.any():
            raise InputError(
                "norms forbid everything",
                place=place,
                found=self.game.states[int(np.argmax(stuck))],
                expected="an action that is left to the assistant in every state",
            )
        kept = np.where(allowed.any(axis=1)[:, None], allowed, self.game.assistant_allowed)
        return dataclasses.replace(self, game=self.game.with_fields(assistant_allowed=kept))


def share(
    states: Sequence[str],
    assistant: Sequence[str],
    principals: Mapping[str, Principal],
    step: Callable[[str, Moves, str], Mapping[str, float] | str],
    *,
    start: str,
    bystanders: Mapping[str, Effect] | None = None,
    sensitivity: float = 10.0,
    **fields: Any,
) -> SharedGame:
    """Return the game that one assistant plays with several principals.

    Parameters
    ----------
    states, assistant : names of states and of the assistant's actions.
    principals : by name.
    step : from a state, the principals' moves and the assistant's action to what follows.
    bystanders : by name, how each fares.
    sensitivity : of principals, per unit of reward: each acts by logit as if the assistant were its
        alone and knew its goal, and the others acted at random. Our choice: it needs no theory of
        what principals believe of each other, and it can be replaced (``person``).
    fields : final, assistant_may, horizon, discount, title, about, source.

    Goals are independent between principals. Sizes multiply: O(S prod H_i A) rules, prod G_i goals.
    """
    if len(principals) < 1:
        raise InputError("there is no principal", place="principals", expected="one or more")
    names, people = tuple(principals), list(principals.values())
    joint = {JOIN.join(moves): moves for moves in product(*(p.actions for p in people))}
    goals = {" / ".join(g): g for g in product(*(p.goals for p in people))}
    chance = {
        k: float(np.prod([p.goals[x] for p, x in zip(people, g, strict=True)]))
        for k, g in goals.items()
    }

    def may(state: str) -> list[str]:
        menus = [p.actions if p.may is None else p.may(state) for p in people]
        return [JOIN.join(moves) for moves in product(*menus)]

    base = _built(
        states,
        list(joint),
        assistant,
        chance,
        lambda s, h, a: step(s, joint[h], a),
        start,
        may,
        fields,
    )
    shape = (len(names), len(goals), *base.shape[:3])
    rewards, effects = np.zeros(shape), np.zeros((len(bystanders or {}), *base.shape[:3]))
    for s, h, a in zip(
        *np.nonzero(base.possible.any(axis=-1) & ~base.final[:, None, None]), strict=True
    ):
        at = (base.states[s], joint[base.person_actions[h]], base.assistant_actions[a])
        for i, person in enumerate(people):
            own = {g: person.reward(g, *at) for g in person.goals}
            rewards[i, :, s, h, a] = [own[g[i]] for g in goals.values()]
        effects[:, s, h, a] = [effect(*at) for effect in (bystanders or {}).values()]
    which = np.array(
        [[list(p.goals).index(g[i]) for g in goals.values()] for i, p in enumerate(people)]
    )
    own_games = tuple(_own_game(base, i, people, rewards, which) for i in range(len(people)))
    together = _together(own_games, which, base, sensitivity)
    return SharedGame(
        base, names, tuple(bystanders or {}), rewards, effects, which, own_games, together
    )


def _built(
    states: Sequence[str],
    joint: list[str],
    assistant: Sequence[str],
    chance: dict[str, float],
    step: Callable[[str, str, str], Mapping[str, float] | str],
    start: str,
    may: Callable[[str], Sequence[str]],
    fields: dict[str, Any],
) -> AssistanceGame:
    """Return the game of joint moves; rewards only tell its joint goals apart."""
    order = {goal: k for k, goal in enumerate(chance)}
    made = build(
        states, joint, assistant, chance, step, lambda g, s, h, a: float(order[g]),
        start=start, person_may=may, **fields,
    )  # fmt: skip
    return made.with_fields(rewards=np.zeros_like(made.rewards))


def _own_game(
    base: AssistanceGame,
    i: int,
    people: list[Principal],
    rewards: np.ndarray,
    which: np.ndarray,
) -> AssistanceGame:
    """Return the game of one principal with the assistant, where the others act at random."""
    sizes = [len(p.actions) for p in people]
    s, _, a, _ = base.shape
    k = base.chances.shape[-1]

    def mine(table: np.ndarray, tail: tuple[int, ...]) -> np.ndarray:
        split = table.reshape(table.shape[0], *sizes, *tail)
        moved = np.moveaxis(split, i + 1, 1)
        return moved.reshape(table.shape[0], sizes[i], -1, *tail)

    allowed = mine(base.person_allowed, ())  # (S, H_i, others)
    weight = allowed / np.maximum(allowed.sum(axis=2, keepdims=True), 1)
    chances = mine(base.chances, (a, k)) * weight[..., None, None]
    follow = mine(base.next_states, (a, k))
    shape = (s, sizes[i], a, -1)
    stays = np.where(allowed.any(axis=2), 0.0, 1.0)[:, :, None, None]
    chances = np.moveaxis(chances, 2, 3).reshape(shape)
    chances[..., :1] += stays
    goals = [int(np.argmax(which[i] == g)) for g in range(len(people[i].goals))]
    worth = np.stack([(mine(rewards[i, g], (a,)) * weight[..., None]).sum(axis=2) for g in goals])
    return base.with_fields(
        person_actions=people[i].actions,
        goals=tuple(people[i].goals),
        prior=np.array(list(people[i].goals.values())),
        next_states=np.moveaxis(follow, 2, 3).reshape(shape),
        chances=chances,
        rewards=worth,
        person_allowed=allowed.any(axis=2),
        orders=np.full(sizes[i], -1),
    )


def _together(
    own_games: tuple[AssistanceGame, ...],
    which: np.ndarray,
    base: AssistanceGame,
    sensitivity: float,
) -> Fixed:
    """Return how the principals act, each by its own table, as chances of joint moves."""
    tables = [
        noisy(game, sensitivity).table[:, own] for game, own in zip(own_games, which, strict=True)
    ]
    found = tables[0]
    for table in tables[1:]:
        found = (found[..., None] * table[..., None, :]).reshape(*found.shape[:3], -1)
    found = found * base.person_allowed
    total = found.sum(axis=-1, keepdims=True)
    found = np.divide(found, total, out=np.zeros_like(found), where=total > 0)
    return Fixed(
        found,
        f"each on its own ({sensitivity:.3g})",
        "Each acts as if the assistant were its alone.",
    )
