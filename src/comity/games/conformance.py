"""What the game protocol asks for, one check each; `check_game` runs them.

Every check compares two roads to one number, or asks for an error where there must be one. The
checks know of a game only what the protocol says, and for best replies ``shape`` or
``reservation`` where the game has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from comity.core.canonical import canonical_json
from comity.core.conformance import Broken
from comity.core.errors import InputError, SizeError
from comity.games.blocks import Block, tastes_name
from comity.games.plays import Lottery, MixedProfile, Outcome, Play
from comity.games.protocol import Game, Signal
from comity.games.validation import check_names

MOST_OUTCOMES = 20
LOTTERIES = 8
SAMPLING = "outcomes can be found"


@dataclass(frozen=True)
class Sample:
    """A game with some outcomes, lotteries over them, and all payoffs where they can be listed."""

    game: Game
    outcomes: tuple[Outcome, ...]
    lotteries: tuple[Lottery, ...]
    points: np.ndarray | None
    rng: np.random.Generator

    @property
    def n(self) -> int:
        """Number of players."""
        return len(self.game.players)

    @property
    def has_actions(self) -> bool:
        """Whether outcomes are profiles of one action per player."""
        shape = getattr(self.game, "shape", ())
        return not hasattr(self.game, "reservation") and len(shape) == self.n


def expect(holds: object, message: str) -> None:
    """Raise `Broken` unless something holds."""
    if not holds:
        raise Broken(message)


def same(found: object, expected: object, what: str) -> None:
    """Raise `Broken` unless two arrays have one shape and are equal to 1e-9 of their size."""
    a, b = np.asarray(found, dtype=float), np.asarray(expected, dtype=float)
    if a.shape != b.shape:
        raise Broken(f"{what}: shape {a.shape} is not {b.shape}")
    slack = 1e-9 * max(1.0, float(np.abs(b).max(initial=0)))
    wrong = np.argwhere(~(np.abs(a - b) <= slack))
    if len(wrong):
        at = tuple(wrong[0].tolist())
        place = f" at {list(at)}" if at else ""
        raise Broken(f"{what}: {a[at]:.6g} is not {b[at]:.6g}{place}")


def refuses(call: Callable[[], object], what: str) -> None:
    """Raise `Broken` unless a call raises `InputError`."""
    try:
        call()
    except InputError:
        return
    except Exception as error:
        raise Broken(f"{what} raises {type(error).__name__}, not InputError") from error
    raise Broken(f"{what} is accepted")


def has_members(game: Game) -> None:
    """Check names and types that everything else stands on."""
    missing = _missing(game)
    expect(not missing, f"missing: {', '.join(missing)}")
    expect(isinstance(game.players, tuple), "players is not a tuple")
    expect(isinstance(game.bystanders, tuple), "bystanders is not a tuple")
    expect(len(game.players) > 0, "there are no players")
    check_names(game.players + game.bystanders, "players and bystanders")
    expect(isinstance(game.size, int) and game.size > 0, f"size is {game.size!r}, not an int > 0")


def _missing(game: object) -> list[str]:
    members = [name for name in vars(Game) if not name.startswith("_")]
    return sorted(name for name in members if not hasattr(game, name))


def sample_of(game: Game, rng: np.random.Generator) -> Sample:
    """Return a sample: by listing where the game does, by index, or by `best_plan`."""
    try:
        points: np.ndarray | None = np.asarray(game.payoff_points())
    except SizeError:
        points = None
    outcomes = tuple(dict.fromkeys(_outcomes(game, points, rng)))
    sizes = rng.integers(1, len(outcomes) + 1, size=LOTTERIES)
    picks = [rng.choice(len(outcomes), size=size, replace=False) for size in sizes]
    lotteries = tuple(
        Lottery(tuple(outcomes[k] for k in pick), rng.dirichlet(np.ones(len(pick))))
        for pick in picks
    )
    return Sample(game, outcomes, lotteries, points, rng)


def _outcomes(game: Game, points: np.ndarray | None, rng: np.random.Generator) -> Iterator[Outcome]:
    count = game.size if points is None else len(points)
    places = (int(u * count) for u in rng.random(MOST_OUTCOMES))
    try:
        yield from [game.outcome(min(k, count - 1)) for k in places]
    except SizeError:
        for weights in rng.normal(size=(MOST_OUTCOMES, len(game.players))):
            yield game.best_plan(weights).outcome


def frame_is_json(sample: Sample) -> None:
    """Check the frame: plain JSON, the same at every call, with the names in it."""
    frame = sample.game.frame()
    text = canonical_json(frame)
    expect(canonical_json(sample.game.frame()) == text, "two calls of frame() differ")
    for key in ("players", "bystanders"):
        expect(frame.get(key) == list(getattr(sample.game, key)), f"frame has other {key}")


def points_are_payoffs(sample: Sample) -> None:
    """Check that each row of `payoff_points` is what its outcome pays."""
    if sample.points is None:
        raise SizeError("outcomes cannot be listed")
    points = sample.points
    expect(points.ndim == 2 and points.shape[1] == sample.n, f"shape is {points.shape}, not (N, n)")
    expect(0 < len(points) <= sample.game.size, f"{len(points)} points for size {sample.game.size}")
    expect(np.isfinite(points).all(), "points are not finite")
    for k in {0, len(points) - 1, *sample.rng.integers(len(points), size=MOST_OUTCOMES).tolist()}:
        outcome = sample.game.outcome(k)
        same(sample.game.payoffs(Lottery.pure(outcome)), points[k], f"payoffs of {outcome}")


def outcomes_are_told_apart(sample: Sample) -> None:
    """Check that outcomes are tuples of whole numbers and read differently."""
    for outcome in sample.outcomes:
        plain = isinstance(outcome, tuple) and all(type(k) is int for k in outcome)
        expect(plain, f"{outcome!r} is not a tuple of ints")
    words = [sample.game.describe(outcome) for outcome in sample.outcomes]
    expect(all(isinstance(w, str) and w for w in words), "an outcome has no description")
    expect(len(set(words)) == len(words), "two outcomes have one description")


def lotteries_are_averages(sample: Sample) -> None:
    """Check payoffs and effects of lotteries against those of their outcomes."""
    widths = {"payoffs": sample.n, "effects": len(sample.game.bystanders)}
    for name, width in widths.items():
        value = getattr(sample.game, name)
        for play in sample.lotteries:
            parts = [np.asarray(value(Lottery.pure(o)), dtype=float) for o in play.outcomes]
            expect(parts[0].shape == (width,), f"{name} has shape {parts[0].shape}, not ({width},)")
            same(value(play), play.probabilities @ np.array(parts), f"{name} of a lottery")


def mixed_profiles_are_products(sample: Sample) -> None:
    """Check that independent strategies pay what their joint distribution pays, or are refused."""
    shape = getattr(sample.game, "shape", (1,) * sample.n)
    play = MixedProfile(tuple(sample.rng.dirichlet(np.ones(a)) for a in shape))
    if not sample.has_actions:
        refuses(lambda: sample.game.payoffs(play), "a mixed profile")
        return
    joint = play.to_lottery()
    same(sample.game.payoffs(play), sample.game.payoffs(joint), "payoffs of a mixed profile")
    for i in range(sample.n):
        gain = sample.game.best_reply(i, play).gain
        same(gain, sample.game.best_reply(i, joint, "none").gain, "gain against a mixed profile")


def plans_are_best(sample: Sample) -> None:
    """Check that plans are worth what they say, and that no outcome exceeds their bound."""
    others = np.array([sample.game.payoffs(Lottery.pure(o)) for o in sample.outcomes])
    points = others if sample.points is None else sample.points
    directions = [*np.eye(sample.n), np.ones(sample.n), *sample.rng.normal(size=(8, sample.n))]
    for weights in directions:
        plan = sample.game.best_plan(weights)
        payoffs = sample.game.payoffs(Lottery.pure(plan.outcome))
        same(plan.payoffs, payoffs, f"payoffs of the plan {plan.outcome}")
        same(plan.value, weights @ payoffs, "value of a plan")
        best, slack = float((points @ weights).max()), 1e-9 * max(1.0, float(np.abs(points).max()))
        expect(plan.upper_bound >= plan.value - slack, "the bound of a plan is below its value")
        expect(plan.upper_bound >= best - slack, f"an outcome is worth {best}, above the bound")


def replies_are_best(sample: Sample) -> None:
    """Check gains from deviating: never negative, rising with what is heard, the best there is."""
    for play in sample.lotteries:
        for i in range(sample.n):
            gains = {s: sample.game.best_reply(i, play, s) for s in get_args(Signal)}
            for signal, reply in gains.items():
                expect(reply.player == i, "a reply names another player")
                expect(reply.gain >= 0 and np.isfinite(reply.gain), f"gain is {reply.gain}")
                tried = best_deviation(sample, i, play, signal)
                if tried is not None:
                    same(reply.gain, tried, f"gain of player {i} who hears {signal}")
            order = [gains[s].gain for s in ("none", "private", "public")]
            expect(order[0] <= order[1] + 1e-9, "hearing its part gains less than hearing nothing")
            expect(order[1] <= order[2] + 1e-9, "hearing all gains less than hearing its part")


def best_deviation(sample: Sample, player: int, play: Lottery, signal: Signal) -> float | None:
    """Return the largest gain over all deviations, by plain loops; ``None`` if none are known."""
    if not sample.has_actions and not hasattr(sample.game, "reservation"):
        return None
    groups: dict[object, list[tuple[Outcome, float]]] = {}
    for outcome, p in zip(play.outcomes, play.probabilities.tolist(), strict=True):
        heard = outcome[player] if sample.has_actions and signal == "private" else outcome
        groups.setdefault(0 if signal == "none" else heard, []).append((outcome, p))
    return sum(_best_in_group(sample, player, draws) for draws in groups.values())


def _best_in_group(sample: Sample, player: int, draws: list[tuple[Outcome, float]]) -> float:
    """Return the most that one deviation gains over the draws that sound alike, at least 0."""

    def pays(outcome: Outcome) -> float:
        return float(sample.game.payoffs(Lottery.pure(outcome))[player])

    game: Any = sample.game
    if not sample.has_actions:
        gain = sum(p * (float(game.reservation[player]) - pays(outcome)) for outcome, p in draws)
        return max(0.0, gain)
    gains = (
        sum(p * (pays((*o[:player], a, *o[player + 1 :])) - pays(o)) for o, p in draws)
        for a in range(game.shape[player])
    )
    return max(0.0, *gains)


def blocks_are_whole(sample: Sample) -> None:
    """Check that blocks are named, owned and cut into parts that cover each number once."""
    blocks = sample.game.blocks()
    for owner in (*sample.game.players, *sample.game.bystanders):
        expect(tastes_name(owner) in blocks, f"there is no block {tastes_name(owner)}")
    for name, block in blocks.items():
        expect(block.name == name, f"block {name} calls itself {block.name}")
        expect((block.owner is not None) == (block.kind == "tastes"), f"owner of {name}")
        expect(np.ndim(block.values) == 1, f"values of {name} are not flat")
        expect(np.isfinite(block.values).all(), f"values of {name} are not finite")
        covered = np.concatenate([np.ravel(part.indices) for part in block.parts])
        whole = sorted(covered.tolist()) == list(range(len(block.values)))
        expect(whole, f"parts of {name} do not cover each value once")


def blocks_can_be_replaced(sample: Sample) -> None:
    """Check that replacing a block changes that block alone, and can be undone."""
    game, before = sample.game, sample.game.blocks()
    worth = _worth(game, sample)
    for name, block in before.items():
        same(_worth(game.replace(name, block.values), sample), worth, f"replacing {name} by itself")
        fresh = _fresh(block, sample.rng)
        changed = game.replace(name, fresh)
        expect(canonical_json(changed.frame()) == canonical_json(game.frame()), f"{name}: frame")
        for other, now in changed.blocks().items():
            expected = fresh if other == name else before[other].values
            same(now.values, expected, f"{other} after replacing {name}")
        if block.owner is not None:
            row = (*game.players, *game.bystanders).index(block.owner)
            rest = np.delete(_worth(changed, sample), row, axis=1)
            same(rest, np.delete(worth, row, axis=1), f"others after replacing {name}")
        same(_worth(changed.replace(name, block.values), sample), worth, f"{name} put back")
    same(_worth(game, sample), worth, "the game after its copies were changed")


def _fresh(block: Block, rng: np.random.Generator) -> np.ndarray:
    """Return other values that the block can hold."""
    if block.kind == "prior":
        return rng.dirichlet(np.ones(len(block.values)))
    return np.asarray(block.values, dtype=float) + rng.normal(size=len(block.values))


def _worth(game: Game, sample: Sample) -> np.ndarray:
    """Return payoffs and effects of the sampled outcomes, shape (outcomes, n + b)."""
    plays = [Lottery.pure(outcome) for outcome in sample.outcomes]
    return np.array([np.concatenate([game.payoffs(p), game.effects(p)]) for p in plays])


def answers_are_copies(sample: Sample) -> None:
    """Check that nothing a caller does to an answer changes the game."""
    play: Play = sample.lotteries[0]
    answers: list[Callable[[], np.ndarray]] = [lambda: sample.game.payoffs(play)]
    if sample.points is not None:
        answers.append(sample.game.payoff_points)
    answers += [
        lambda name=name: sample.game.blocks()[name].values  # type: ignore[misc]
        for name in sample.game.blocks()
    ]
    for answer in answers:
        found = answer()
        before = np.array(found)
        if found.flags.writeable:
            found += 1
            after = np.array(answer())
            found -= 1
            same(after, before, "an answer after a caller changed its copy")


def mistakes_are_refused(sample: Sample) -> None:
    """Check that calls which cannot be right raise `InputError`."""
    game, outcome = sample.game, sample.outcomes[0]
    beyond = Lottery.pure((10**9,) * len(outcome))
    below = Lottery.pure((-1,) * len(outcome))
    block, values = next((b.name, b.values) for b in game.blocks().values())
    calls: dict[str, Callable[[], object]] = {
        "an outcome beyond the last": lambda: game.payoffs(beyond),
        "an outcome below the first": lambda: game.payoffs(below),
        "an outcome of another length": lambda: game.payoffs(Lottery.pure((*outcome, 0))),
        "effects beyond the last": lambda: game.effects(beyond),
        "a player beyond the last": lambda: game.best_reply(sample.n, Lottery.pure(outcome)),
        "an unknown signal": lambda: game.best_reply(0, Lottery.pure(outcome), "x"),  # type: ignore[arg-type]
        "a block that is not there": lambda: game.replace("no such block", values),
        "a block of another length": lambda: game.replace(block, np.append(values, 0.0)),
        "a block that is not finite": lambda: game.replace(block, np.full(len(values), np.nan)),
        "weights of another length": lambda: game.best_plan(np.ones(sample.n + 1)),
        "weights that are not finite": lambda: game.best_plan(np.full(sample.n, np.nan)),
    }
    for what, call in calls.items():
        refuses(call, what)


CHECKS: dict[str, Callable[[Sample], None]] = {
    "frame is plain JSON with its names": frame_is_json,
    "payoff points are the payoffs of their outcomes": points_are_payoffs,
    "outcomes are tuples that read differently": outcomes_are_told_apart,
    "lotteries pay the average of their outcomes": lotteries_are_averages,
    "mixed profiles pay the product of their strategies": mixed_profiles_are_products,
    "no outcome exceeds the bound of a plan": plans_are_best,
    "no deviation gains more than the best reply": replies_are_best,
    "blocks are whole": blocks_are_whole,
    "blocks can be replaced, and put back": blocks_can_be_replaced,
    "answers are copies": answers_are_copies,
    "mistakes are refused": mistakes_are_refused,
}
"""What is asked for in words, and the check."""
