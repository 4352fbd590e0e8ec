"""Cross-play of rule lists of Hanabi in one compiled loop: every pair, the same decks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed

from comity.core.errors import InputError
from comity.core.randomness import Rng, as_generator
from comity.core.results import Result
from comity.learning.environments.hanabi.compiled import HanabiCompiled
from comity.learning.environments.hanabi.kernel import compiled, is_over, move, rules_from, word
from comity.learning.environments.hanabi.rules import TURN, Rules
from comity.learning.partners.hanabi_rules import MOST_RULES, RuleBot, follow_rules


@dataclass(frozen=True, eq=False)
class RuleCross(Result):
    """Scores of all pairs: who is in the first row moves first.

    Attributes
    ----------
    names : of the programs.
    means : mean scores, shape (n, n).
    errors : their standard errors, shape (n, n).
    games : per pair.
    """

    names: tuple[str, ...]
    means: np.ndarray
    errors: np.ndarray
    games: int


@compiled
def pair_scores(
    fresh: np.ndarray, lists: np.ndarray, sizes: np.ndarray, one: int, other: int, rules: Rules
) -> tuple[float, float]:
    """Return the sum of the scores of a pair over all games, and the sum of their squares."""
    total, squares = 0.0, 0.0
    row = fresh[0].copy()
    for game in range(len(fresh)):
        row[:] = fresh[game]
        score = 0
        while not is_over(row):
            seat = word(row, TURN) & 7
            who = one if seat == 0 else other
            score += move(row, follow_rules(row, seat, lists[who, : sizes[who]], rules), rules)
        total += score
        squares += score * score
    return total, squares


@compiled
def row_scores(
    fresh: np.ndarray,
    lists: np.ndarray,
    sizes: np.ndarray,
    one: int,
    sums: np.ndarray,
    facts: np.ndarray,
) -> None:
    """Write both sums of one program with every partner, shape (n, 2)."""
    rules = rules_from(facts)
    for other in range(len(lists)):
        sums[other] = pair_scores(fresh, lists, sizes, one, other, rules)


def rule_cross_play(
    bots: Sequence[RuleBot],
    games: int = 1_000,
    rng: Rng = 0,
    jobs: int = 1,
    environment: HanabiCompiled | None = None,
) -> RuleCross:
    """Return the scores of every ordered pair of rule lists on the same decks.

    Parameters
    ----------
    bots : the programs, n of them.
    games : per pair, from ``rng``; the same for all pairs, so that differences are sharp.
    jobs : threads; compiled loops leave the interpreter free.
    environment : two-player Hanabi on the CPU; the usual rules with points kept unless given.

    O(n^2 games): about 30 microseconds a game.
    """
    played = environment or HanabiCompiled(bombing="keeps points")
    if played.rules.players != 2 or games < 2 or not bots:
        raise InputError(
            "two players, two games or more and a program are needed",
            found=f"{played.rules.players} players, {games} games, {len(bots)} programs",
        )
    lists = np.zeros((len(bots), MOST_RULES), dtype=np.int64)
    sizes = np.array([len(bot.codes) for bot in bots])
    for place, bot in enumerate(bots):
        lists[place, : sizes[place]] = bot.codes
    fresh = played.begin(as_generator(rng), games)
    sums = np.zeros((len(bots), len(bots), 2))
    Parallel(n_jobs=jobs, prefer="threads")(
        delayed(row_scores)(fresh, lists, sizes, one, sums[one], played.facts)
        for one in range(len(bots))
    )
    means = sums[:, :, 0] / games
    spread = np.maximum(sums[:, :, 1] / games - means**2, 0) / (games - 1)
    return RuleCross(tuple(bot.name for bot in bots), means, np.sqrt(spread), games)
