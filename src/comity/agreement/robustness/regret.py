"""What each play would cost each party if the truth were one member of the set or another.

A party's regret of a play in a member is what it would get from the agreement that the protocol
leads to if the member were known, less what the play brings it there; never less than 0. Regrets of
different parties are compared as shares of their stakes: the most that any member's own agreement
brings the party over acting alone. So neither the zero nor the unit of anybody's payoffs matters.
Source of the criterion: Savage (1951), *The theory of statistical decision*; regret against each
member's own agreement is our completion for several parties.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.agreement.preconditions import check_case
from comity.agreement.robustness.worlds import Worlds, refusals, worlds
from comity.cases import Case
from comity.core import Result
from comity.games import Game, Lottery, MixedProfile, Play

MOST_OUTCOMES = 512
"""Largest game whose outcomes are all considered."""

NO_AGREEMENT = "no agreement"

NONE_AT_STAKE = 1e-9
"""A stake this small, relative to the payoffs, is none."""


@dataclass(frozen=True)
class Choice:
    """A play that may be put to the table.

    Attributes
    ----------
    name : the play in words.
    play : ``None`` for going without an agreement.
    """

    name: str
    play: Play | None


@dataclass(frozen=True)
class RegretTable(Result):
    """Every play that was considered in every joint member, for every party.

    Attributes
    ----------
    parties, members, plays : names of the n parties, M joint members and P plays; the first member
        is that of the central models, and unless plays were given the first is their agreement.
    agreements : shape (M, n), what the member's own agreement is worth to each by its own view.
    without : shape (M, n), what acting alone is worth.
    expected : shape (M, n), what each expects of its default.
    worth : shape (M, n, P), what each play brings; ``without`` where somebody refuses it.
    refused : shape (M, n, P), who refuses what.
    regret : shape (M, n, P), in each party's own units.
    stakes : shape (n,), what a regret of 1 is.
    weights : shape (M,), how likely the members are, where that is stated.
    exhaustive : whether every outcome of the game is among the plays.
    choices : the plays themselves.
    """

    parties: tuple[str, ...]
    members: tuple[str, ...]
    plays: tuple[str, ...]
    agreements: np.ndarray
    without: np.ndarray
    expected: np.ndarray
    worth: np.ndarray
    refused: np.ndarray
    regret: np.ndarray
    stakes: np.ndarray
    weights: np.ndarray | None
    exhaustive: bool
    choices: tuple[Choice, ...] = field(repr=False)
    _raw: _Raw = field(repr=False)

    def shares(self, players: Sequence[int] | None = None) -> np.ndarray:
        """Return regrets as shares of stakes, shape (M, n, P), below 0 where a play beats them.

        ``players`` limits the parties, in order.
        """
        short = (self.agreements[:, :, None] - self.worth) / self.stakes[None, :, None]
        return short if players is None else short[:, list(players)]

    def within(self, rows: Sequence[int] | np.ndarray) -> RegretTable:
        """Return the table if the truth is known to be among these members; stakes stay."""
        at = np.asarray(rows)
        names = tuple(self.members[k] for k in at)
        return _table(
            self.parties, names, self.choices, self._raw.at(at), self.exhaustive, self.stakes
        )


@dataclass(frozen=True)
class _Raw:
    """What a table is made of.

    Attributes
    ----------
    agreements, without, expected : as in `RegretTable`.
    carried : shape (M, n, P), what plays are worth if carried out.
    unwelcome : shape (M, n, P), where a party that knew the member would refuse.
    known : shape (M, n), as in `Worlds`.
    weights : as in `RegretTable`.
    """

    agreements: np.ndarray
    without: np.ndarray
    expected: np.ndarray
    carried: np.ndarray
    unwelcome: np.ndarray
    known: np.ndarray
    weights: np.ndarray | None

    def at(self, rows: np.ndarray) -> _Raw:
        """Return the same of some members."""
        weights = None if self.weights is None else self.weights[rows]
        names = [f.name for f in dataclasses.fields(self) if f.name != "weights"]
        return _Raw(**{name: getattr(self, name)[rows] for name in names}, weights=weights)


def regret_table(
    case: Case, plays: Mapping[str, Play] | None = None, *, delay: int = 0
) -> RegretTable:
    """Return what each play would cost each party in each joint member of a Case.

    Parameters
    ----------
    plays : the plays to look at, by name. Unless given: the agreement of each member and the
        outcomes it may end in, every outcome of a game of at most `MOST_OUTCOMES`, and going
        without an agreement.
    delay : rounds of talk before the plays that are given.

    One run of the protocol per member. Raises `SizeError` for too many members.
    """
    check_case(case)
    found = worlds(case)
    if plays is None:
        return table_of(found, *_considered(found))
    choices = [Choice(name, play) for name, play in plays.items()]
    return table_of(found, choices, False, delay)


def table_of(
    found: Worlds, choices: Sequence[Choice], exhaustive: bool, delay: int = 0
) -> RegretTable:
    """Return the table of these plays over what is known of the joint set."""
    weights = [member.weight for member in found.members]
    raw = _Raw(
        found.agreements,
        found.without,
        found.expected,
        np.stack([found.carried_out(choice.play, delay) for choice in choices], axis=2),
        np.stack([found.unwelcome(choice.play, delay) for choice in choices], axis=2),
        found.known,
        None if None in weights else np.array(weights, dtype=float),
    )
    names = tuple(member.name for member in found.members)
    return _table(found.case.names, names, tuple(choices), raw, exhaustive, None)


def _table(
    parties: tuple[str, ...],
    members: tuple[str, ...],
    choices: tuple[Choice, ...],
    raw: _Raw,
    exhaustive: bool,
    stakes: np.ndarray | None,
) -> RegretTable:
    refused = refusals(raw.unwelcome, raw.known)
    fails = refused.any(axis=1, keepdims=True)
    worth = np.where(fails, raw.without[:, :, None], raw.carried)
    regret = np.clip(raw.agreements[:, :, None] - worth, 0, None)
    return RegretTable(
        parties,
        members,
        tuple(choice.name for choice in choices),
        raw.agreements,
        raw.without,
        raw.expected,
        worth,
        refused,
        regret,
        _stakes(raw, regret) if stakes is None else stakes,
        raw.weights,
        exhaustive,
        choices,
        raw,
    )


def _stakes(raw: _Raw, regret: np.ndarray) -> np.ndarray:
    """Return the most that an agreement brings each, or else the largest regret there is."""
    gains = (raw.agreements - raw.without).max(axis=0)
    least = NONE_AT_STAKE * np.maximum(1.0, np.abs(raw.agreements).max(axis=0))
    largest = regret.max(axis=(0, 2), initial=0.0)
    return np.where(gains > least, gains, np.where(largest > least, largest, 1.0))


def _considered(found: Worlds) -> tuple[list[Choice], bool]:
    """Return the plays worth looking at, and whether all outcomes are among them."""
    game = found.case.parties[0].model
    kept: dict[object, Choice] = {}
    for choice in _candidates(found, game):
        kept.setdefault(_key(choice.play), choice)
    return list(kept.values()), game.size <= MOST_OUTCOMES


def _candidates(found: Worlds, game: Game) -> Iterator[Choice]:
    for member, settled in zip(found.members, found.settled, strict=True):
        agreed = settled.status == "agreed"
        play = settled.play if agreed else None
        yield Choice(_named(game, play, member.name), play)
    yield Choice(NO_AGREEMENT, None)
    outcomes = {
        outcome
        for settled in found.settled
        if settled.status == "agreed" and isinstance(settled.play, Lottery)
        for outcome in settled.play.outcomes
    }
    if game.size <= MOST_OUTCOMES:
        outcomes = {game.outcome(k) for k in range(len(game.payoff_points()))}
    for outcome in sorted(outcomes):
        yield Choice(game.describe(outcome), Lottery.pure(outcome))


def _named(game: Game, play: Play | None, member: str) -> str:
    if play is None:
        return NO_AGREEMENT
    certain = isinstance(play, Lottery) and play.is_pure
    return game.describe(_likeliest(play)) if certain else f"the agreement of “{member}”"


def _likeliest(play: Play) -> tuple[int, ...]:
    lottery = play.to_lottery() if isinstance(play, MixedProfile) else play
    return lottery.outcomes[int(np.argmax(lottery.probabilities))]


def _key(play: Play | None) -> object:
    if play is None:
        return None
    lottery = play.to_lottery() if isinstance(play, MixedProfile) else play
    chances: dict[tuple[int, ...], float] = {}
    for outcome, chance in zip(lottery.outcomes, lottery.probabilities, strict=True):
        chances[outcome] = chances.get(outcome, 0.0) + float(chance)
    return tuple(sorted((o, round(p, 9)) for o, p in chances.items() if p > 1e-9))
