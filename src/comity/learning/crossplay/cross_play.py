"""Everyone plays with everyone: self-play beside cross-play beside partners from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from comity.core.certified import Certified
from comity.core.errors import ComityError, InputError
from comity.core.parallel import results
from comity.core.randomness import spawn_seeds
from comity.learning.crossplay.intervals import averaged, crossed, less, lowest, over_seeds, own
from comity.learning.crossplay.results import CrossPlay, Group, Met
from comity.learning.environments.protocol import Environment
from comity.learning.exact.decentralised import optimum
from comity.learning.exact.plays import Listable
from comity.learning.policies.playing import play
from comity.learning.policies.protocol import Policy

GAMES = 100
"""Games for each choice of seats, unless told otherwise."""

ASSUMPTIONS = (
    "The row's agent takes one seat and the column's all others; every seat is taken in turn.",
    "Scores are the undiscounted rewards of the row's agent alone.",
    "Seeds of a group are taken for independent draws; intervals hold one by one, not all at once.",
    "Partners from outside are those listed: how an agent does with others is not measured.",
)

LONGEST_LISTED = 8
"""Most steps of games whose every play is listed to find the best."""

Lineup = tuple[int, ...]
"""Who takes each seat."""

Population = Mapping[str, Sequence[Policy]] | Sequence[Policy]


def cross_play(
    population: Population,
    partners: Sequence[Policy] = (),
    *,
    environment: Environment,
    games: int = GAMES,
    seed: int = 0,
    level: float = 0.95,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> CrossPlay:
    """Return how agents do with themselves, with each other, and with partners from outside.

    Parameters
    ----------
    population : policies by group; those of a group learned alike from different seeds.
    partners : policies that none of them was trained with.
    environment : of the engine on the CPU, with any number of players.
    games : for each choice of seats; two agents of two players make two choices.
    jobs : processes of joblib; the answer is the same for any number.

    O(agents * (agents + partners) * seats * games) games.
    """
    groups = dict(population) if isinstance(population, Mapping) else {"agents": population}
    agents = [policy for members in groups.values() for policy in members]
    everyone = [*agents, *partners]
    _check(groups, agents, games, level)
    seats = len(environment.shape.players)
    lineups = _lineups(len(agents), len(everyone), seats)
    scores = _scores(environment, everyone, lineups, games, seed, jobs, progress)
    matrix, errors = _matrix(scores, len(agents), len(everyone), seats)
    best = known_optimum(environment)
    found, start = [], 0
    for k, (name, members) in enumerate(groups.items()):
        rows = slice(start, start + len(members))
        found.append(
            _group(
                name, members, partners, matrix[rows], errors[rows], start, best, (seed, k), level
            )
        )
        start += len(members)
    return CrossPlay(
        environment=environment.name,
        variant=dict(environment.variant),
        names=tuple(policy.name for policy in everyone),
        kinds=tuple(policy.kind for policy in everyone),
        matrix=matrix,
        errors=errors,
        groups=tuple(found),
        optimum=best,
        games=games,
        seed=seed,
        level=level,
        assumptions=ASSUMPTIONS,
    )


def known_optimum(environment: Environment) -> Certified:
    """Return the best mean score of any joint policy, or say why it is not known."""
    if not isinstance(environment, Listable):
        return Certified.unknown("the chance of this environment cannot be listed")
    if environment.shape.horizon > LONGEST_LISTED:
        return Certified.unknown("games are too long to list every play")
    try:
        return optimum(environment).value
    except ComityError as error:
        return Certified.unknown(str(error))


def _check(
    groups: Mapping[str, Sequence[Policy]], agents: Sequence[Policy], games: int, level: float
) -> None:
    if not agents or not all(groups.values()):
        raise InputError("nobody to evaluate", place="population", expected="an agent or more")
    if games < 1 or not 0 < level < 1:
        raise InputError(
            "cannot play so",
            found=f"{games} games at level {level}",
            expected="one game or more, a level between 0 and 1",
        )


def _lineups(agents: int, everyone: int, seats: int) -> list[Lineup]:
    """Return every way to seat an agent among copies of another, each once."""
    found = {
        _seated(row, column, seat, seats)
        for row in range(agents)
        for column in range(everyone)
        for seat in range(seats)
    }
    return sorted(found)


def _seated(row: int, column: int, seat: int, seats: int) -> Lineup:
    return tuple(row if place == seat else column for place in range(seats))


def _scores(
    environment: Environment,
    everyone: Sequence[Policy],
    lineups: Sequence[Lineup],
    games: int,
    seed: int,
    jobs: int,
    progress: Callable[[int, int], None] | None,
) -> dict[Lineup, np.ndarray]:
    """Return the scores of each line-up, shape (games, seats)."""
    from joblib import delayed

    found: dict[Lineup, np.ndarray] = {}
    drawn = spawn_seeds(seed, len(lineups))
    calls = (
        delayed(_played)(environment, [everyone[i] for i in lineup], games, draw)
        for lineup, draw in zip(lineups, drawn, strict=True)
    )
    for lineup, scores in zip(lineups, results(calls, jobs), strict=True):
        found[lineup] = scores
        if progress:
            progress(len(found), len(lineups))
    return found


def _played(
    environment: Environment, policies: Sequence[Policy], games: int, seed: int
) -> np.ndarray:
    return play(environment, policies, games, seed).scores


def _matrix(
    scores: Mapping[Lineup, np.ndarray], agents: int, everyone: int, seats: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return means over seats of the row's own scores, and their standard errors over games.

    With itself an agent sits in all seats of the same games: those are counted once.
    """
    matrix, errors = np.zeros((2, agents, everyone))
    for row in range(agents):
        for column in range(everyone):
            own_scores = np.stack(
                [scores[_seated(row, column, seat, seats)][:, seat] for seat in range(seats)]
            )
            if row == column:
                own_scores = own_scores.mean(axis=0)
            matrix[row, column] = own_scores.mean()
            errors[row, column] = own_scores.std() / np.sqrt(own_scores.size)
    return matrix, errors


def _group(
    name: str,
    members: Sequence[Policy],
    partners: Sequence[Policy],
    rows: np.ndarray,
    errors: np.ndarray,
    start: int,
    best: Certified,
    seed: tuple[int, int],
    level: float,
) -> Group:
    count = len(members)
    inside = rows[:, start : start + count]
    outside = rows[:, rows.shape[1] - len(partners) :]
    doubt = errors[0] if count == 1 else np.zeros(rows.shape[1])

    def told(statistic: object, error: float = 0.0) -> Certified:
        rng = np.random.default_rng(seed)
        return over_seeds(statistic, count, rng, level, error)  # type: ignore[arg-type]

    met = tuple(
        Met(partner.name, partner.kind, told(averaged(outside[:, k]), doubt[k - len(partners)]))
        for k, partner in enumerate(partners)
    )
    cross = told(crossed(inside))
    return Group(
        name=name,
        members=tuple(policy.name for policy in members),
        self_play=told(own(inside), doubt[start]),
        cross_play=cross,
        gap=told(less(own(inside), crossed(inside))),
        regret=_regret(best, cross),
        met=met,
        worst=_worst(met, told(lowest(outside)) if met and count > 1 else None),
    )


def _regret(best: Certified, cross: Certified) -> Certified:
    if best.kind == "unknown":
        return best
    if cross.kind == "unknown" or cross.low is None or cross.high is None:
        return cross
    top = best.value
    method = f"exact optimum {top:.4g} less cross-play, {cross.method}"
    return Certified.estimate(
        top - cross.value, top - cross.high, top - cross.low, method, cross.level or 0.95
    )


def _worst(met: Sequence[Met], score: Certified | None) -> Met | None:
    if not met:
        return None
    lowest_met = min(met, key=lambda one: one.score.value)
    return lowest_met if score is None else Met(lowest_met.partner, lowest_met.kind, score)
