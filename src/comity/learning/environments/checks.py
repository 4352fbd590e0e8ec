"""What `check_environment` asks of an environment, one function each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.core.conformance import Broken
from comity.core.errors import InputError
from comity.learning.environments.protocol import Environment, State

MEMBERS = (
    *("name", "engine", "variant", "shape", "begin", "start", "given", "observe", "legal"),
    *("acting", "step", "renew", "describe"),
)


class Skipped(Exception):
    """The environment does not offer what the check is about."""


@dataclass(frozen=True)
class Trial:
    """What is tried: an environment, a seed, the number of games at once."""

    environment: Environment
    seed: int
    size: int


@dataclass(frozen=True, eq=False)
class Moment:
    """All that can be seen of a batch before a step, and what the step brought."""

    observation: np.ndarray
    legal: np.ndarray
    acting: np.ndarray
    actions: np.ndarray
    rewards: np.ndarray
    done: np.ndarray


Choose = Callable[[int, np.ndarray, np.ndarray], np.ndarray]
"""What all play, from the number of the step, what is legal and who is to move."""


def random_choice(seed: int) -> Choose:
    """Return a rule that draws a legal action for all, the same for the same seed."""
    generator = np.random.default_rng(seed)

    def choose(step: int, legal: np.ndarray, acting: np.ndarray) -> np.ndarray:
        del step, acting
        return np.argmax(generator.random(legal.shape) * legal, axis=2).astype(np.int32)

    return choose


def playing(environment: Environment, state: State, choose: Choose) -> list[Moment]:
    """Return what was seen while games were played until all had ended, each renewed at its end."""
    moments: list[Moment] = []
    ended = np.zeros(len(np.asarray(environment.acting(state))), dtype=bool)
    while not ended.all():
        if len(moments) > environment.shape.horizon:
            raise Broken(f"games last longer than the horizon of {environment.shape.horizon}")
        observation = np.array(environment.observe(state))
        legal = np.array(environment.legal(state))
        acting = np.array(environment.acting(state))
        actions = choose(len(moments), legal, acting)
        step = environment.step(state, actions)
        rewards, done = np.array(step.rewards), np.array(step.done)
        moments.append(Moment(observation, legal, acting, actions, rewards, done))
        ended |= done
        state = environment.renew(step.state, done, len(moments)) if done.any() else step.state
    return moments


def _same(one: list[Moment], other: list[Moment], words: str) -> None:
    if len(one) != len(other):
        raise Broken(f"{words}: {len(one)} steps against {len(other)}")
    for step, (left, right) in enumerate(zip(one, other, strict=True)):
        for name, value in vars(left).items():
            if not np.array_equal(value, getattr(right, name)):
                raise Broken(f"{words}: {name} differ at step {step + 1}")


def has_members(trial: Trial) -> None:
    """See that every member of the protocol is there, and the variant is plain JSON."""
    missing = [name for name in MEMBERS if not hasattr(trial.environment, name)]
    if missing:
        raise Broken(f"lacks {', '.join(missing)}")
    variant = dict(trial.environment.variant)
    if json.loads(json.dumps(variant)) != variant:
        raise Broken("its variant does not come back from JSON")


def right_shapes(trial: Trial) -> None:
    """See that arrays have the shapes and kinds that ``shape`` states, at every step."""
    environment, shape, size = trial.environment, trial.environment.shape, trial.size
    seats, widest = len(shape.players), max(shape.actions)
    expected: dict[str, tuple[tuple[int, ...], str]] = {
        "observation": ((size, seats, max(shape.observations)), "fiub"),
        "legal": ((size, seats, widest), "b"),
        "acting": ((size, seats), "b"),
        "rewards": ((size, seats), "f"),
        "done": ((size,), "b"),
    }
    for moment in playing(environment, environment.begin(trial.seed, size), random_choice(0)):
        for name, (wanted, kinds) in expected.items():
            found = getattr(moment, name)
            if found.shape != wanted or found.dtype.kind not in kinds:
                raise Broken(f"{name}: {found.dtype} {found.shape}, expected {wanted}")
        if not np.isfinite(moment.rewards).all():
            raise Broken("a reward of a legal move is not finite")


def legal_moves(trial: Trial) -> None:
    """See that who is to move has a legal action, who waits all, and turns are kept."""
    environment, shape = trial.environment, trial.environment.shape
    own = np.arange(max(shape.actions)) < np.array(shape.actions)[:, None]
    state = environment.begin(trial.seed, trial.size)
    for moment in playing(environment, state, random_choice(1)):
        if (moment.legal & ~own).any():
            raise Broken("an action that a player does not have is legal")
        if not moment.legal.any(axis=2).all():
            raise Broken("a player has no legal action")
        if not (moment.legal | ~own | moment.acting[:, :, None]).all():
            raise Broken("a player who waits may not take every action")
        movers = moment.acting.sum(axis=1)
        if (movers == 0).any() or (shape.turns and (movers != 1).any()):
            raise Broken(f"{movers.min()} to {movers.max()} players are to move")


def same_play(trial: Trial) -> None:
    """See that the same seed and actions lead to the same games, however often one looks."""
    environment = trial.environment
    one, other = (
        playing(environment, environment.begin(trial.seed, trial.size), random_choice(2))
        for _ in range(2)
    )
    _same(one, other, "the same seed and actions")


def waiting_is_silent(trial: Trial) -> None:
    """See that what a player who waits would have done changes nothing."""
    environment = trial.environment
    seed = trial.seed

    def muted(inner: Choose, idle: int) -> Choose:
        def choose(step: int, legal: np.ndarray, acting: np.ndarray) -> np.ndarray:
            return np.where(acting, inner(step, legal, acting), idle).astype(np.int32)

        return choose

    if not environment.shape.turns:
        raise Skipped("all move at once")
    one, other = (
        playing(environment, environment.begin(seed, trial.size), muted(random_choice(3), idle))
        for idle in (0, min(environment.shape.actions) - 1)
    )
    for left, right in zip(one, other, strict=True):
        if not np.array_equal(left.rewards, right.rewards):
            raise Broken("an action out of turn changed the rewards")
        if not np.array_equal(left.observation, right.observation):
            raise Broken("an action out of turn changed what is seen")


def start_again(trial: Trial) -> None:
    """See that a game started from its start is the same, also in the middle of it."""
    environment = trial.environment
    first = environment.given(environment.begin(trial.seed, trial.size))
    if len(first) != trial.size or json.loads(json.dumps(first)) != first:
        raise Broken("given is not one start a game in plain JSON")
    state = environment.begin(trial.seed, trial.size)
    legal = np.array(environment.legal(state))
    later = environment.step(state, random_choice(4)(0, legal, legal))
    if environment.given(later.state) != first:
        raise Broken("a start is not the same later in the game")
    until = _first_ends(
        playing(environment, environment.begin(trial.seed, trial.size), random_choice(5))
    )
    again = _first_ends(playing(environment, environment.start(first), random_choice(5)))
    _same(until, again, "a game and the one started from its start")


def _first_ends(moments: list[Moment]) -> list[Moment]:
    ends = next(step for step, moment in enumerate(moments) if moment.done.any())
    return moments[: ends + 1]


def refused_starts(trial: Trial) -> None:
    """See that a start that is none is an `InputError`."""
    refused: tuple[Any, ...] = ({"no such thing": 1}, [])
    for nonsense in refused:
        try:
            trial.environment.start(nonsense)
        except InputError:
            continue
        raise Broken(f"started from {nonsense}")


def refused_sizes(trial: Trial) -> None:
    """See that what is no number of games is an `InputError`."""
    for nonsense in (0, -1, 1.5, True, "2", None):
        try:
            trial.environment.begin(trial.seed, nonsense)  # type: ignore[arg-type]
        except InputError:
            continue
        raise Broken(f"began {nonsense!r} games")


def refused_moves(trial: Trial) -> None:
    """See that an action that is none is refused, or ends its game with NaN rewards."""
    environment = trial.environment
    bad = max(environment.shape.actions)
    state = environment.begin(trial.seed, trial.size)
    actions = np.full((trial.size, len(environment.shape.players)), bad, dtype=np.int32)
    try:
        step = environment.step(state, actions)
    except InputError:
        return
    if environment.engine == "numba":
        raise Broken(f"played action {bad}, which nobody has")
    if not (np.isnan(np.asarray(step.rewards)).any(axis=1) & np.asarray(step.done)).all():
        raise Broken("an action that nobody has was played quietly")


def symmetric(trial: Trial) -> None:
    """See that with labels exchanged everything is the same under other labels."""
    environment = trial.environment
    relabel = getattr(environment, "relabel", None)
    if not environment.shape.symmetries or relabel is None:
        raise Skipped("no symmetry, or no relabel")
    generator = np.random.default_rng(trial.seed)
    for place, symmetry in enumerate(environment.shape.symmetries):
        permutation = generator.permutation(symmetry.labels)
        seen = moved(max(environment.shape.observations), symmetry.observations, permutation)
        done = moved(max(environment.shape.actions), symmetry.actions, permutation)
        state = environment.begin(trial.seed, trial.size)
        plain = _first_ends(playing(environment, state, random_choice(6)))

        def follow(step: int, *_: np.ndarray, to: Any = done, path: Any = plain) -> Any:
            return to[path[step].actions]

        fresh = environment.begin(trial.seed, trial.size)
        other = relabel(fresh, place, permutation)
        _alike(plain, _steps(environment, other, follow, len(plain)), seen, done)


def _steps(environment: Environment, state: State, choose: Choose, count: int) -> list[Moment]:
    moments = []
    for place in range(count):
        observation, legal = (
            np.array(environment.observe(state)),
            np.array(environment.legal(state)),
        )
        acting = np.array(environment.acting(state))
        actions = choose(place, legal, acting)
        step = environment.step(state, actions)
        moments.append(
            Moment(observation, legal, acting, actions, np.array(step.rewards), np.array(step.done))
        )
        state = step.state
    return moments


def _alike(plain: list[Moment], other: list[Moment], seen: np.ndarray, done: np.ndarray) -> None:
    for left, right in zip(plain, other, strict=True):
        if not np.array_equal(left.observation, right.observation[:, :, seen]):
            raise Broken("observations differ under other labels")
        if not np.array_equal(left.legal, right.legal[:, :, done]):
            raise Broken("legal actions differ under other labels")
        if not np.array_equal(left.rewards, right.rewards):
            raise Broken("rewards differ under other labels")
        if not np.array_equal(left.done, right.done):
            raise Broken("games end elsewhere under other labels")


def moved(size: int, slots: np.ndarray, permutation: np.ndarray) -> np.ndarray:
    """Return where each of ``size`` places goes when labels are permuted, shape (size,)."""
    table = np.arange(size)
    table[slots] = slots[permutation]
    return table


CHECKS: dict[str, Callable[[Trial], None]] = {
    "has every member of the protocol": has_members,
    "shapes are as stated": right_shapes,
    "legal moves and turns": legal_moves,
    "same seed and actions, same play": same_play,
    "actions out of turn change nothing": waiting_is_silent,
    "games start again from what they began with": start_again,
    "starts that are none are refused": refused_starts,
    "numbers of games that are none are refused": refused_sizes,
    "moves that are none are refused": refused_moves,
    "labels of a symmetry can be exchanged": symmetric,
}
"""By what is asked for; the first decides whether the others can run."""
