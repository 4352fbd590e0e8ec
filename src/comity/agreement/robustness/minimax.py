"""The lottery over plays whose largest regret over the set is smallest.

A linear program over the plays that were considered: ``min_x max_{m,i} sum_p x_p regret[m,i,p]``
in shares of stakes (Savage 1951). Its dual weights say which members, and whose regret in them,
bind: against the distribution they make no lottery over the plays does better, which is checked by
one product. Of the lotteries that do equally well the one with the least mean regret is taken (by
the weights of the views, or each member alike), and of these the one that follows the agreement of
the central models most often. So a set of one member gives that agreement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.agreement.robustness.regret import RegretTable, regret_table
from comity.cases import Case
from comity.core import Certified, Result, check_choice
from comity.core.errors import SolverError
from comity.games import Lottery, MixedProfile, Play

TIGHT = 1e-10
"""Feasibility tolerance of the solver; regrets are shares of a stake, so of order 1."""

ALIKE = 1e-9
"""Regrets this close are the same."""

DRAWN = 1e-8
"""A play less likely than this is not drawn."""

DRAWN_FIRST = (
    "One play is drawn and put to the table. Each knows its own tastes and refuses what leaves it "
    "below its default in every view with these tastes; then each acts alone."
)
NOTHING_LEFT = "If the member were known, its own agreement would be made and no regret be left."


@dataclass(frozen=True)
class Drawn:
    """One play that may be drawn.

    Attributes
    ----------
    name, probability : the play in words, and how likely it is.
    play : ``None`` for going without an agreement.
    refused_in : members in which somebody refuses it.
    """

    name: str
    probability: float
    play: Play | None
    refused_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class MinimaxRegret(Result):
    """The plays that risk least where the truth is one of several views, with what they risk.

    Attributes
    ----------
    draws : what is drawn, likeliest first.
    regret : the largest regret of any party that counts, in any member, as a share of its stake.
    optimality_gap : how much smaller that could be over the plays considered.
    least_favourable : by member, the dual weights: the distribution against which no lottery over
        the plays does better. Empty where the constitution allows no lotteries.
    largest_regret : by party, in its own units.
    worst_gain : by party, the least gain over what it expects of its default, over the members.
    refusal : the largest chance, over the members, that somebody refuses what is drawn.
    central_regret : the ``regret`` of what the central models alone lead to.
    stakes : by party, the most that the agreement of any member brings it.
    members, of : names of the members, and of the parties whose regret counts.
    assumptions : sentences that the figures rest on.
    """

    draws: tuple[Drawn, ...]
    regret: Certified
    optimality_gap: Certified
    least_favourable: Mapping[str, float]
    largest_regret: Mapping[str, Certified]
    worst_gain: Mapping[str, Certified]
    refusal: Certified
    central_regret: Certified
    stakes: Mapping[str, float]
    members: tuple[str, ...]
    of: tuple[str, ...]
    assumptions: tuple[str, ...]

    @property
    def never_below_default(self) -> bool:
        """Whether every party gets at least what it expects of its default, in every member."""
        return all(gain.value >= -ALIKE for gain in self.worst_gain.values())

    @property
    def play(self) -> Play | None:
        """The play itself; of several the lottery they make; ``None`` if there may be no deal."""
        if len(self.draws) == 1:
            return self.draws[0].play
        outcomes: list[tuple[int, ...]] = []
        chances: list[float] = []
        for draw in self.draws:
            if draw.play is None:
                return None
            play = draw.play.to_lottery() if isinstance(draw.play, MixedProfile) else draw.play
            outcomes += play.outcomes
            chances += [draw.probability * float(p) for p in play.probabilities]
        return Lottery(tuple(outcomes), np.array(chances))

    def __str__(self) -> str:
        from comity.agreement.telling import tell_regret

        return tell_regret(self)


def minimax_regret(case: Case, *, of: Sequence[str] | None = None) -> MinimaxRegret:
    """Return the lottery over plays whose largest regret over the views of a Case is smallest.

    Parameters
    ----------
    of : the parties whose regret counts, such as one that makes an offer; all unless given.

    One run of the protocol per joint member, and three small linear programs (HiGHS). Without
    lotteries in the constitution the best single play, by enumeration.
    """
    return least_regret(regret_table(case), case, of)


def least_regret(table: RegretTable, case: Case, of: Sequence[str] | None = None) -> MinimaxRegret:
    """Return the answer of `minimax_regret` from a table of regrets that is at hand."""
    names = table.parties if of is None else tuple(of)
    for name in names:
        check_choice(name, table.parties, "no such party", "of")
    shares = table.shares([table.parties.index(name) for name in names])
    lotteries = case.constitution.lotteries
    x, dual = chosen(shares, table.weights, lotteries=lotteries)
    value, bound = _worst(shares @ x), max(0.0, float(np.tensordot(dual, shares, 2).min()))
    whose = "any party" if of is None else " or ".join(names)
    over = f"over {len(table.members)} joint members"
    certify = _Certify(table, x)
    return MinimaxRegret(
        draws=_draws(table, x),
        regret=Certified.exact(value, f"largest regret of {whose} {over}, as a share of its stake"),
        optimality_gap=_gap(value - bound, len(table.plays), lotteries),
        least_favourable=_by_member(table, dual) if lotteries else {},
        largest_regret={name: certify.regret(i) for i, name in enumerate(table.parties)},
        worst_gain={name: certify.gain(i) for i, name in enumerate(table.parties)},
        refusal=certify.refusal(),
        central_regret=Certified.exact(
            _worst(shares[:, :, 0]), f"of “{table.plays[0]}”, {over}, as a share of the stake"
        ),
        stakes=dict(zip(table.parties, table.stakes.tolist(), strict=True)),
        members=table.members,
        of=names,
        assumptions=(DRAWN_FIRST, NOTHING_LEFT, _considered(table)),
    )


def chosen(
    shares: np.ndarray, weights: np.ndarray | None, *, lotteries: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """Return the probabilities of the plays, shape (P,), and the dual weights, shape (M, k).

    Parameters
    ----------
    shares : shape (M, k, P), regrets of k parties as shares, the play that ties prefer first.
    weights : shape (M,), how likely the members are, for ties.
    """
    members, parties, plays = shares.shape
    likely = np.full(members, 1 / members) if weights is None else weights
    rows = shares.reshape(-1, plays)
    rows = rows / max(1.0, float(np.abs(rows).max()))
    mean = np.repeat(likely / max(likely.sum(), ALIKE), parties)
    if not lotteries:
        return _single(rows, mean), np.zeros((members, parties))
    x, dual = _lottery(rows, mean)
    return x, dual.reshape(members, parties)


def _single(rows: np.ndarray, mean: np.ndarray) -> np.ndarray:
    worst = np.clip(rows, 0, None).max(axis=0)
    means = mean @ np.clip(rows, 0, None)
    order = np.lexsort((np.arange(len(worst)), means.round(9), worst.round(9)))
    return np.eye(len(worst))[order[0]]


def _lottery(rows: np.ndarray, mean: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the lottery and the dual weights of its rows: three programs, each within the last.

    Variables are the chances of the plays, the largest regret, and each row's regret.
    """
    count, plays = rows.shape
    eye, none = np.eye(count), np.zeros((count, 1))
    below_largest = np.hstack([rows, -np.ones((count, 1)), 0 * eye])
    above_regret = np.hstack([rows, none, -eye])
    matrix = np.vstack([below_largest, above_regret])
    costs = np.zeros((3, plays + 1 + count))
    costs[0, plays] = 1
    costs[1, plays + 1 :] = mean
    costs[2, 0] = -1
    limits = np.zeros(2 * count)
    dual = np.zeros(count)
    for step, cost in enumerate(costs):
        found = _solved(cost, matrix, limits, plays)
        if step == 0:
            dual = np.clip(-found.ineqlin.marginals[:count], 0, None)
        matrix = np.vstack([matrix, cost])
        limits = np.append(limits, float(cost @ found.x) + ALIKE)
    x = np.where(found.x[:plays] > DRAWN, found.x[:plays], 0.0)
    return x / x.sum(), dual


def _solved(cost: np.ndarray, matrix: np.ndarray, limits: np.ndarray, plays: int) -> Any:
    from scipy.optimize import linprog

    one = np.zeros((1, len(cost)))
    one[0, :plays] = 1
    found = linprog(
        cost,
        A_ub=matrix,
        b_ub=limits,
        A_eq=one,
        b_eq=[1.0],
        method="highs",
        options={"primal_feasibility_tolerance": TIGHT, "dual_feasibility_tolerance": TIGHT},
    )
    if found.x is None:
        raise SolverError("the program gave no lottery", place="regret", found=found.message)
    return found


@dataclass(frozen=True)
class _Certify:
    """The figures of one lottery, by plain products with the table."""

    table: RegretTable
    x: np.ndarray

    def regret(self, player: int) -> Certified:
        """Return the largest regret of a party, in its own units."""
        raw = self.table.agreements[:, player] - self.table.worth[:, player] @ self.x
        return Certified.exact(max(0.0, float(raw.max())), self._where(int(raw.argmax())))

    def gain(self, player: int) -> Certified:
        """Return the least gain of a party over what it expects of its default."""
        gains = self.table.worth[:, player] @ self.x - self.table.expected[:, player]
        return Certified.exact(float(gains.min()), self._where(int(gains.argmin())))

    def refusal(self) -> Certified:
        """Return the largest chance that somebody refuses what is drawn."""
        chances = self.table.refused.any(axis=1) @ self.x
        return Certified.exact(float(chances.max()), self._where(int(chances.argmax())))

    def _where(self, member: int) -> str:
        return f"at its worst in the member “{self.table.members[member]}”"


def _worst(shares: np.ndarray) -> float:
    return max(0.0, float(shares.max()))


def _gap(gap: float, plays: int, lotteries: bool) -> Certified:
    if not lotteries:
        return Certified.exact(0.0, f"all {plays} plays were compared")
    words = f"against the least favourable weights none of the {plays} plays has a smaller regret"
    return Certified.exact(max(0.0, gap), words)


def _by_member(table: RegretTable, dual: np.ndarray) -> dict[str, float]:
    found = zip(table.members, dual.sum(axis=1), strict=True)
    return {name: float(weight) for name, weight in found if weight > ALIKE}


def _draws(table: RegretTable, x: np.ndarray) -> tuple[Drawn, ...]:
    fails = np.asarray(table.refused.any(axis=1))
    return tuple(
        Drawn(
            table.plays[p],
            float(x[p]),
            table.choices[p].play,
            tuple(table.members[m] for m in np.flatnonzero(fails[:, p])),
        )
        for p in sorted(np.flatnonzero(x), key=lambda p: (-x[p], p))
    )


def _considered(table: RegretTable) -> str:
    outcomes = "every outcome" if table.exhaustive else "the outcomes these may end in"
    return (
        f"Plays considered: the agreement of each member, {outcomes}, and going without; "
        f"{len(table.plays)} in all."
    )
