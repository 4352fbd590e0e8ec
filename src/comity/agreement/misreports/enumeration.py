"""What lying gains, exactly, where each party has finitely many types to report.

Every profile of reports is settled once; what each true type makes of each is a table, and ex
post, interim and ex ante gains are maxima over it. The others report and accept honestly; the
liar takes what it likes once the others accepted.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.agreement.settle import Table
from comity.cases import Constitution, Evidence
from comity.core import Certified, Result, check_cells, pick
from comity.core.errors import InputError
from comity.games import Game

TIE = 1e-9


@dataclass(frozen=True)
class Enumeration(Result):
    """Payoffs of every true type under every profile of reported types.

    Attributes
    ----------
    names : the parties.
    values : for each party, shape (T_i, T_1, ..., T_n): its true type, then the reports.
    honest : for each party, shape (T_1, ..., T_n): what it gets if all are honest.
    """

    names: tuple[str, ...]
    values: tuple[np.ndarray, ...] = field(repr=False)
    honest: tuple[np.ndarray, ...] = field(repr=False)

    def ex_post_gain(self, player: int) -> np.ndarray:
        """Return what the best lie gains at each profile of types, all known: (T_1, ..., T_n)."""
        best = self.values[player].max(axis=1 + player)
        # Axes are now (true type, the others' reports); put the true type where the report was.
        return np.maximum(np.moveaxis(best, 0, player) - self.honest[player], 0)

    def interim_values(self, player: int, chances: np.ndarray | None = None) -> np.ndarray:
        """Return what each true type expects of each report, shape (T_i, T_i).

        ``chances``, shape (T_1, ..., T_n), is the common prior over types, uniform unless given.
        """
        held = self._given_own(player, chances)
        own = np.moveaxis(self.values[player], 1 + player, 1)
        return np.einsum("tro,to->tr", own.reshape(*own.shape[:2], -1), held)

    def interim_gain(self, player: int, chances: np.ndarray | None = None) -> np.ndarray:
        """Return what the best lie gains each true type that knows only its own, shape (T_i,)."""
        held = self._given_own(player, chances)
        honest = np.moveaxis(self.honest[player], player, 0).reshape(len(held), -1)
        best = self.interim_values(player, chances).max(axis=1)
        return np.maximum(best - (honest * held).sum(axis=1), 0)

    def gain(
        self, player: int, information: str = "ex post", chances: np.ndarray | None = None
    ) -> Certified:
        """Return the expected gain of the best way to lie: ``ex post``, ``interim``, ``ex ante``.

        Ex ante a party picks a way to lie for each type it may turn out to be, which is worth the
        mean of the interim gains.
        """
        prior = self._prior(chances)
        if information == "ex post":
            return Certified.exact(
                float((self.ex_post_gain(player) * prior).sum()), "all reports, types known"
            )
        if information not in ("interim", "ex ante"):
            raise InputError(
                "no such information",
                place="information",
                found=information,
                expected="ex post, interim or ex ante",
            )
        others = tuple(j for j in range(prior.ndim) if j != player)
        mean = float(self.interim_gain(player, prior) @ prior.sum(axis=others))
        return Certified.exact(mean, f"all reports, {information}")

    def _prior(self, chances: np.ndarray | None) -> np.ndarray:
        shape = self.honest[0].shape
        prior = np.full(shape, 1 / self.honest[0].size) if chances is None else np.asarray(chances)
        if prior.shape != shape or prior.min() < 0 or abs(prior.sum() - 1) > TIE:
            raise InputError(
                "not a distribution over types", place="chances", found=prior.shape, expected=shape
            )
        return prior

    def _given_own(self, player: int, chances: np.ndarray | None) -> np.ndarray:
        """Return the chances of the others' types given one's own, shape (T_i, others)."""
        own = np.moveaxis(self._prior(chances), player, 0)
        own = own.reshape(len(own), -1)
        total = own.sum(axis=1, keepdims=True)
        return np.divide(own, total, out=np.zeros_like(own), where=total > 0)


def enumerate_reports(
    types: Mapping[str, Sequence[Game]],
    constitution: Constitution,
    evidence: Sequence[Evidence] = (),
) -> Enumeration:
    """Return the enumeration over finite type spaces, under any constitution.

    ``types[name]`` are the models that a party may have and may report. Costs (n + 1) runs of
    the protocol per profile of types; `enumerate_utilities` is a thousand times as fast where it
    applies.
    """
    names, shape = tuple(types), tuple(len(kinds) for kinds in types.values())
    values = tuple(np.empty((count, *shape)) for count in shape)
    honest = tuple(np.empty(shape) for _ in shape)
    for cell in np.ndindex(shape):
        reports = {name: types[name][k] for name, k in zip(names, cell, strict=True)}
        table = Table.seat(reports, constitution, evidence)
        settled = table.settle()
        for i, name in enumerate(names):
            honest[i][cell] = settled.payoffs[i]
            for kind, model in enumerate(types[name]):
                values[i][(kind, *cell)] = _liar(table, name, model)
    return Enumeration(names, values, honest)


def _liar(table: Table, name: str, model: Game) -> float:
    """Return what a party of this true type gets where the table holds what is reported."""
    seated = Table.seat({**table.models, name: model}, table.constitution, table.evidence)
    settled = seated.settle(table.models, certain=name)
    i = table.names.index(name)
    return float(max(settled.payoffs[i], seated.fallback[i]))


def enumerate_utilities(
    utilities: Sequence[np.ndarray],
    reservations: Sequence[float] | np.ndarray,
    *,
    names: Sequence[str] | None = None,
    concept: str = "nash",
    lotteries: bool = False,
) -> Enumeration:
    """Return the enumeration for bargaining on own tastes over a listed outcome set.

    Parameters
    ----------
    utilities : for party i shape (T_i, X), what outcome x is worth to each of its types.
    reservations : shape (n,), worth of no deal to each, known to all.
    concept : ``nash``, ``utilitarian`` or ``egalitarian``; ties share a uniform lottery.
    lotteries : whether bargaining is over lotteries; two parties and ``nash`` only.

    Notes
    -----
    O(T_1 ... T_n X) time and memory: a CaSiNo dialogue (6 x 6 types, 64 deals) takes under a
    millisecond.
    """
    rows = [np.asarray(u, dtype=float) for u in utilities]
    floor = np.asarray(reservations, dtype=float)
    plays = _lotteries(rows, floor, concept) if lotteries else _listed(rows, floor, concept)
    values, honest = [], []
    for i, own in enumerate(rows):
        worth = np.tensordot(own, plays, axes=(1, plays.ndim - 1))
        # A profile without a deal has no probabilities, hence no worth: it leaves no deal.
        settled = np.where(plays.sum(axis=-1) > 0, worth, floor[i])
        values.append(np.maximum(settled, floor[i]))
        kinds = np.arange(len(own))
        diagonal = np.moveaxis(values[i], 1 + i, 1)[kinds, kinds]
        honest.append(np.moveaxis(diagonal, 0, i))
    labels = tuple(names or (f"party {i + 1}" for i in range(len(rows))))
    return Enumeration(labels, tuple(values), tuple(honest))


def _listed(rows: Sequence[np.ndarray], floor: np.ndarray, concept: str) -> np.ndarray:
    """Return the uniform lottery over the best outcomes, shape (T_1, ..., T_n, X)."""
    n, outcomes = len(rows), rows[0].shape[1]
    sizes = tuple(len(u) for u in rows)
    check_cells(outcomes * int(np.prod(sizes)), "enumeration")
    gains = [
        (u - floor[i]).reshape([sizes[i] if j == i else 1 for j in range(n)] + [outcomes])
        for i, u in enumerate(rows)
    ]
    better = np.broadcast_to(sum(np.maximum(g, 0) for g in gains), (*sizes, outcomes)) > 0
    rational = np.logical_and.reduce([np.broadcast_to(g >= 0, better.shape) for g in gains])
    allowed = better & rational
    best = np.where(allowed, 1.0, 0.0)
    for score in _scores(concept)(gains):
        worth = np.where(best > 0, np.broadcast_to(score, best.shape), -np.inf)
        top = worth.max(axis=-1, keepdims=True)
        tied = worth >= top - TIE * np.maximum(1.0, np.abs(top))
        best = np.where((best > 0) & tied, 1.0, 0.0)
    total = best.sum(axis=-1, keepdims=True)
    return np.divide(best, total, out=np.zeros_like(best), where=total > 0)


def _nash_scores(gains: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Product of gains; where all are 0 the larger sum still decides (weak dominance)."""
    product = gains[0]
    for gain in gains[1:]:
        product = product * gain
    return [product, np.where(product > 0, 0.0, _sum(gains))]


def _utilitarian_scores(gains: Sequence[np.ndarray]) -> list[np.ndarray]:
    return [_sum(gains)]


def _egalitarian_scores(gains: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Smallest gain, then the second smallest, and so on."""
    shape = np.broadcast_shapes(*(gain.shape for gain in gains))
    ordered = np.sort(np.stack([np.broadcast_to(gain, shape) for gain in gains]), axis=0)
    return list(ordered)


def _sum(gains: Sequence[np.ndarray]) -> np.ndarray:
    total = gains[0]
    for gain in gains[1:]:
        total = total + gain
    return total


_SCORES: dict[str, Callable[[Sequence[np.ndarray]], list[np.ndarray]]] = {
    "nash": _nash_scores,
    "utilitarian": _utilitarian_scores,
    "egalitarian": _egalitarian_scores,
}


def _scores(concept: str) -> Callable[[Sequence[np.ndarray]], list[np.ndarray]]:
    return pick(_SCORES, concept, "no such concept here", "concept")


def _lotteries(rows: Sequence[np.ndarray], floor: np.ndarray, concept: str) -> np.ndarray:
    """Return Nash's lottery for every pair of types, shape (T_1, T_2, X)."""
    if len(rows) != 2 or concept != "nash":
        raise InputError(
            "lotteries are enumerated for two parties and Nash bargaining",
            place="lotteries",
            found=f"{len(rows)} parties, {concept}",
            expected="enumerate_reports for all else",
        )
    from comity.solutions.nash_kernel import nash_lottery

    plays = np.zeros((len(rows[0]), len(rows[1]), rows[0].shape[1]))
    for a, b in itertools.product(range(len(rows[0])), range(len(rows[1]))):
        first, second, weight = nash_lottery(rows[0][a], rows[1][b], *floor)
        if first >= 0:
            plays[a, b, first] += 1 - weight
            plays[a, b, second] += weight
    return plays
