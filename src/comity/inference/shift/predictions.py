"""What people would do in a new setting, by every explanation that still stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.core import InputError, Result
from comity.games.validation import check_finite, check_names
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence
from comity.inference.explanations.member import Member, choice_tables

MOST_SITUATIONS_SHOWN = 8

Draws = Sequence[np.ndarray | None]
"""For each member draws of its open parameters, shape (D, k) in the order of
``explanation.parameters``; ``None`` where its parameters are taken as known."""


@dataclass(frozen=True)
class Parting(Result):
    """Where members part most in one situation.

    Attributes
    ----------
    situation, option : names.
    lowest, highest : the members that find the option least and most likely.
    least, most : how likely these find it.
    """

    situation: str
    option: str
    lowest: str
    highest: str
    least: float
    most: float

    @property
    def gap(self) -> float:
        """How far the two are apart."""
        return self.most - self.least

    def __str__(self) -> str:
        return (
            f"{self.option} at {self.situation}: {self.least:.3f} by {self.lowest},"
            f" {self.most:.3f} by {self.highest}"
        )


@dataclass(frozen=True, eq=False)
class Predictions(Result):
    """How likely every member of a set finds each option of new situations.

    Attributes
    ----------
    members, situations : names, M and G of them.
    options : names of the options of each situation; the arrays are 0 beyond them.
    probabilities : shape (M, G, K).
    low, high : shape (M, G, K), from the draws of each member's parameters; the probabilities
        themselves where none were given.
    least, most : shape (G, K), over the members.
    weights : shape (M,), where members have shares.
    average : shape (G, K), where members have shares: the chance of each option. Draws of a member
        count alike.
    level : of all intervals, each for one figure at a time.
    partings : where members part, one for each situation, the widest first.
    """

    members: tuple[str, ...]
    situations: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    probabilities: np.ndarray
    low: np.ndarray
    high: np.ndarray
    least: np.ndarray
    most: np.ndarray
    weights: np.ndarray | None
    average: np.ndarray | None
    level: float
    partings: tuple[Parting, ...]
    drawn: tuple[np.ndarray, ...] = field(repr=False)

    @property
    def agree_within(self) -> float:
        """The widest gap between two members, for any option of any situation."""
        return self.partings[0].gap

    def where_they_agree(self, within: float = 0.01) -> tuple[str, ...]:
        """Return the situations in which no two members are further apart than this."""
        parted = {p.situation for p in self.partings if p.gap > within}
        return tuple(name for name in self.situations if name not in parted)

    def envelope(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the least ``low`` and the largest ``high`` over the members, each (G, K)."""
        return self.low.min(axis=0), self.high.max(axis=0)

    def __str__(self) -> str:
        lines = [f"Predictions of {len(self.members)} members in {len(self.situations)} situations"]
        if len(self.members) > 1:
            lines.append(f"  all agree within {self.agree_within:.3g}")
            lines += [f"  {p}" for p in self.partings[:MOST_SITUATIONS_SHOWN] if p.gap > 0]
        shown = self.least if self.average is None else self.average
        words = "" if self.average is not None else "at least "
        for g, name in enumerate(self.situations[:MOST_SITUATIONS_SHOWN]):
            pairs = zip(self.options[g], shown[g], strict=False)
            lines.append(f"  {name}: " + ", ".join(f"{o} {words}{p:.3f}" for o, p in pairs))
        if len(self.situations) > MOST_SITUATIONS_SHOWN:
            lines.append(f"  and {len(self.situations) - MOST_SITUATIONS_SHOWN} more")
        return "\n".join(lines)


def predict_members(
    members: Sequence[Member],
    situations: Sequence[Situation],
    weights: Sequence[float] | np.ndarray | None = None,
    draws: Draws | None = None,
    level: float = 0.9,
) -> Predictions:
    """Return how likely every member finds each option of new situations.

    Parameters
    ----------
    members : such as all that a confidence set holds, or all that have a posterior share.
    situations : met afresh: procedures that look back are at the start of a sequence.
    weights : shape (M,), shares of the members, such as posterior probabilities. Without them
        no average is formed: a set has no weights.
    draws : how unsure each member's parameters are; see `Draws`.
    level : coverage of the intervals from the draws.

    Raises `InputError` where a situation lacks a feature that a member needs.
    """
    names = _member_names(members)
    labels = _situation_names(situations)
    shares = None if weights is None else checked_shares(weights, len(members))
    if not 0 < level < 1:
        raise InputError("out of range", place="level", found=level, expected="within (0, 1)")
    tables = _checked(member_tables(members, situations), names, labels)
    drawn = _drawn(members, situations, tables, draws)
    tails = ((1 - level) / 2, (1 + level) / 2)
    low, high = (np.stack([np.quantile(d, q, axis=0) for d in drawn]) for q in tails)
    options = tuple(s.options for s in situations)
    average = None if shares is None else sum_over(shares, np.stack([d.mean(0) for d in drawn]))
    return Predictions(
        names,
        labels,
        options,
        tables,
        low,
        high,
        tables.min(axis=0),
        tables.max(axis=0),
        shares,
        average,
        level,
        _partings(names, labels, options, tables),
        drawn,
    )


def member_tables(members: Sequence[Member], situations: Sequence[Situation]) -> np.ndarray:
    """Return how likely each member finds each option, shape (M, G, K), 0 beyond the options.

    Situations may differ in how many they pay and in how many act.
    """
    return _grouped(situations, lambda part: choice_tables(members, part))


def drawn_tables(member: Member, draws: np.ndarray, situations: Sequence[Situation]) -> np.ndarray:
    """Return how likely a member finds each option by each draw of its parameters, (D, G, K).

    Parameters
    ----------
    draws : shape (D, k), in the order of ``member.explanation.parameters``.
    """
    names = [p.name for p in member.explanation.parameters]
    draws = np.asarray(draws, float)
    if draws.ndim != 2 or not len(draws) or draws.shape[1] != len(names):
        raise InputError(
            "draws do not fit the parameters",
            place=member.name,
            found=draws.shape,
            expected=f"(draws, {len(names)}): {', '.join(names) or 'no parameter'}",
        )
    check_finite(draws, f"draws of {member.name}")
    values = dict(zip(names, draws.T, strict=True))

    def asked(part: Sequence[Situation]) -> np.ndarray:
        people, count = len(draws), len(part)
        found = member.explanation.predict(
            values,
            Evidence(
                tuple(part),
                tuple(f"draw {d + 1}" for d in range(people)),
                np.repeat(np.arange(people), count),
                np.tile(np.arange(count), people),
                np.zeros(people * count, int),
            ),
        )
        return found.reshape(people, count, -1)

    labels = [s.name or f"situation {g + 1}" for g, s in enumerate(situations)]
    by_draw = [f"{member.name}, draw {d + 1}" for d in range(len(draws))]
    return _checked(_grouped(situations, asked), by_draw, labels)


def checked_shares(weights: Sequence[float] | np.ndarray | None, count: int) -> np.ndarray:
    """Return shares of the members that sum to 1, even unless given, or raise `InputError`."""
    shares = np.full(count, 1 / count) if weights is None else np.asarray(weights, float)
    if shares.shape != (count,) or not (shares >= 0).all() or abs(shares.sum() - 1) > 1e-6:
        raise InputError(
            "not shares of the members",
            place="weights",
            found=shares,
            expected=f"{count} numbers, 0 or more, that sum to 1",
        )
    return shares / shares.sum()


def sum_over(shares: np.ndarray, tables: np.ndarray) -> np.ndarray:
    """Return the weighted sum over the first axis."""
    return np.tensordot(shares, tables, axes=1)


def _grouped(
    situations: Sequence[Situation], asked: Callable[[list[Situation]], np.ndarray]
) -> np.ndarray:
    """Return tables of shape (M, G, K) asked for those situations together that stack."""
    kinds: dict[tuple[int, int], list[int]] = {}
    for g, situation in enumerate(situations):
        kinds.setdefault((situation.shape[2], len(situation.menus)), []).append(g)
    widest = max(len(s.options) for s in situations)
    parts = [(places, asked([situations[g] for g in places])) for places in kinds.values()]
    found = np.zeros((len(parts[0][1]), len(situations), widest))
    for places, part in parts:
        found[:, places, : part.shape[2]] = part
    return found


def _drawn(
    members: Sequence[Member],
    situations: Sequence[Situation],
    tables: np.ndarray,
    draws: Draws | None,
) -> tuple[np.ndarray, ...]:
    """Return the tables of every member by draw, (D, G, K) each; one draw where none is given."""
    given = [None] * len(members) if draws is None else list(draws)
    if len(given) != len(members):
        raise InputError(
            "not one set of draws per member",
            place="draws",
            found=len(given),
            expected=len(members),
        )
    return tuple(
        table[None] if own is None else drawn_tables(member, own, situations)
        for member, own, table in zip(members, given, tables, strict=True)
    )


def _checked(tables: np.ndarray, names: Sequence[str], labels: Sequence[str]) -> np.ndarray:
    """Raise `InputError` where a member gives what is no distribution."""
    wrong = np.argwhere(~(np.abs(tables.sum(axis=2) - 1) <= 1e-6))
    if len(wrong):
        m, g = map(int, wrong[0])
        raise InputError(
            "a member gives no distribution over the options",
            place=f"{names[m]}, {labels[g]}",
            found=tables[m, g],
            expected="probabilities that sum to 1",
        )
    return tables


def _member_names(members: Sequence[Member]) -> tuple[str, ...]:
    names = tuple(member.name for member in members)
    if not names:
        raise InputError("no member", place="members", found=0, expected="one or more")
    check_names(names, "members")
    return names


def _situation_names(situations: Sequence[Situation]) -> tuple[str, ...]:
    if not situations:
        raise InputError("no situation", place="situations", found=0, expected="one or more")
    names = tuple(s.name or f"situation {g + 1}" for g, s in enumerate(situations))
    check_names(names, "situations")
    return names


def _partings(
    names: tuple[str, ...],
    labels: tuple[str, ...],
    options: tuple[tuple[str, ...], ...],
    tables: np.ndarray,
) -> tuple[Parting, ...]:
    """Return where members part most in every situation, the widest first."""
    found = []
    for g, label in enumerate(labels):
        own = tables[:, g, : len(options[g])]
        # Of two options whose gaps differ by rounding alone the first is named.
        k = int(np.argmax(np.round(np.ptp(own, axis=0), 12)))
        low, high = int(np.argmin(own[:, k])), int(np.argmax(own[:, k]))
        least, most = float(own[low, k]), float(own[high, k])
        found.append(Parting(label, options[g][k], names[low], names[high], least, most))
    return tuple(sorted(found, key=lambda parting: -parting.gap))
