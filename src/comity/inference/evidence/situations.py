"""Situations: what a decision was about, as seen by the one who decides."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.core.errors import InputError
from comity.core.limits import check_cells
from comity.games import Game, NormalForm
from comity.games.validation import check_finite

Feature = float | np.ndarray
"""A number, or one per option (K,), or one per option and contingency (K, S)."""


@dataclass(frozen=True, eq=False)
class Situation:
    """One decision problem: options, and what each would lead to for whom.

    Attributes
    ----------
    options : names of the K options.
    payoffs : shape (K, S, n): what recipient i gets where option k is taken and contingency s
        comes about. Recipient 0 is the one who decides. Recipients that are one person at several
        dates stand one by date.
    recipients : names of the n recipients; ``self`` and ``other`` and so on unless given.
    menus : names of the options of each other player that acts, one tuple a player (recipients
        1, 2, ...). Their joint choices are contingencies, the last player's option varying
        fastest. Empty where nobody else acts; then contingencies are chance.
    contingencies : shape (S,), how likely each is in the eyes of the decider; even unless given.
        Procedures that reason about the others put their own in its place.
    delays : shape (n,), how much later than now each recipient gets its part, in days.
    history : what was seen before, by name; see `Feature`.
    beliefs : what the decider thinks, such as what the other expects, by name; see `Feature`.
    name : for readers.
    transitions : shape (K, S, S), in a situation that recurs and whose contingencies are states:
        how likely each state follows, by option and state. ``contingencies`` then says which state
        it is now. Where the chances of a row sum to less than 1, all may end there.

    Examples
    --------
    >>> dictator = Situation(("keep", "share"), [[10, 0], [5, 5]])
    >>> dictator.payoffs.shape
    (2, 1, 2)
    """

    options: tuple[str, ...]
    payoffs: np.ndarray
    recipients: tuple[str, ...] = ()
    menus: tuple[tuple[str, ...], ...] = ()
    contingencies: np.ndarray | None = None
    delays: np.ndarray | None = None
    history: Mapping[str, Feature] = field(default_factory=dict)
    beliefs: Mapping[str, Feature] = field(default_factory=dict)
    name: str = ""
    transitions: np.ndarray | None = None

    def __post_init__(self) -> None:
        options = tuple(map(str, self.options))
        _check_different(options)
        payoffs = _checked_payoffs(self.payoffs, len(options))
        menus = tuple(tuple(map(str, menu)) for menu in self.menus)
        shape = payoffs.shape
        object.__setattr__(self, "options", options)
        object.__setattr__(self, "payoffs", payoffs)
        object.__setattr__(self, "menus", menus)
        object.__setattr__(self, "recipients", _recipients(self.recipients, shape[2]))
        object.__setattr__(self, "contingencies", _shares(self.contingencies, shape[1]))
        object.__setattr__(self, "delays", _delays(self.delays, shape[2]))
        object.__setattr__(self, "history", _features(self.history, shape[:2], "history"))
        object.__setattr__(self, "beliefs", _features(self.beliefs, shape[:2], "beliefs"))
        object.__setattr__(self, "transitions", _transitions(self.transitions, shape, menus))
        if menus and shape[1] != math.prod(map(len, menus)):
            raise InputError(
                "contingencies are not the joint choices of the others",
                place="menus",
                found=f"{shape[1]} contingencies",
                expected=" x ".join(str(len(menu)) for menu in menus),
            )
        if len(menus) > shape[2] - 1:
            raise InputError(
                "more players act than there are recipients",
                place="menus",
                found=len(menus) + 1,
                expected=f"at most {shape[2]}",
            )

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of options, contingencies and recipients."""
        return self.payoffs.shape

    def with_history(self, **seen: Feature) -> Situation:
        """Return the situation with more that was seen before."""
        return _replaced(self, history={**self.history, **seen})

    def with_beliefs(self, **thought: Feature) -> Situation:
        """Return the situation with more that the decider thinks."""
        return _replaced(self, beliefs={**self.beliefs, **thought})


def decisions(game: Game, player: int | str = 0, **history: Feature) -> Situation:
    """Return the decision of one player in any comity game.

    In a `NormalForm` the others' joint actions are the contingencies. In any other game, such as a
    negotiation, the options are its outcomes. Players other than the decider keep their order.
    Raises `SizeError` where the game is too large to list.
    """
    index = _player(game, player)
    order = [index, *(i for i in range(len(game.players)) if i != index)]
    names = tuple(game.players[i] for i in order)
    if isinstance(game, NormalForm):
        table = np.moveaxis(game.table[order], index + 1, 1)
        payoffs = np.moveaxis(table.reshape(len(order), table.shape[1], -1), 0, -1)
        menus = tuple(game.actions[i] for i in order[1:])
        return Situation(game.actions[index], payoffs, names, menus, history=history)
    check_cells(game.size * len(names), "game")
    points = game.payoff_points()[:, order]
    options = tuple(game.describe(game.outcome(k)) for k in range(len(points)))
    return Situation(options, points, names, history=history)


def _player(game: Game, player: int | str) -> int:
    if isinstance(player, str):
        if player not in game.players:
            raise InputError(
                "no such player", place="player", found=player, expected=", ".join(game.players)
            )
        return game.players.index(player)
    if not 0 <= player < len(game.players):
        raise InputError(
            "no such player",
            place="player",
            found=player,
            expected=f"0 to {len(game.players) - 1}",
        )
    return player


def _replaced(situation: Situation, **fields: object) -> Situation:
    import dataclasses

    return dataclasses.replace(situation, **fields)  # type: ignore[arg-type]


def _check_different(options: Sequence[str]) -> None:
    if len(set(options)) < len(options):
        twice = next(name for name in options if options.count(name) > 1)
        raise InputError("a name stands twice", place="options", found=repr(twice))


def _numbers(given: object, place: str) -> np.ndarray:
    try:
        return np.asarray(given, dtype=float)
    except (TypeError, ValueError) as error:
        raise InputError(
            "not numbers", place=place, found=repr(given)[:80], expected="an array of numbers"
        ) from error


def _checked_payoffs(given: object, options: int) -> np.ndarray:
    payoffs = _numbers(given, "payoffs")
    if payoffs.ndim == 2:
        payoffs = payoffs[:, None, :]
    if payoffs.ndim != 3 or payoffs.shape[0] != options or 0 in payoffs.shape:
        raise InputError(
            "payoffs do not fit the options",
            place="payoffs",
            found=payoffs.shape,
            expected=f"({options}, contingencies, recipients), or ({options}, recipients)",
        )
    check_finite(payoffs, "payoffs")
    return payoffs


def _recipients(names: Sequence[str], count: int) -> tuple[str, ...]:
    if not names:
        others = ["other"] if count == 2 else [f"other {i}" for i in range(1, count)]
        return ("self", *others)
    if len(names) != count:
        raise InputError("one name per recipient", place="recipients", found=names, expected=count)
    return tuple(map(str, names))


def _shares(given: np.ndarray | None, count: int) -> np.ndarray:
    if given is None:
        return np.full(count, 1 / count)
    shares = _numbers(given, "contingencies")
    if shares.shape != (count,) or not (shares >= 0).all() or abs(shares.sum() - 1) > 1e-6:
        raise InputError(
            "not a distribution over the contingencies",
            place="contingencies",
            found=np.array2string(shares, threshold=6),
            expected=f"{count} shares that sum to 1",
        )
    return shares / shares.sum()


def _delays(given: np.ndarray | None, count: int) -> np.ndarray:
    delays = np.zeros(count) if given is None else _numbers(given, "delays")
    if delays.shape != (count,) or not (delays >= 0).all():
        raise InputError(
            "not a delay per recipient", place="delays", found=given, expected="days, 0 or more"
        )
    return delays


def _transitions(
    given: np.ndarray | None, shape: tuple[int, ...], menus: tuple[tuple[str, ...], ...]
) -> np.ndarray | None:
    if given is None:
        return None
    chances = _numbers(given, "transitions")
    expected = (shape[0], shape[1], shape[1])
    if chances.shape != expected or menus:
        raise InputError(
            "transitions do not fit the options and states",
            place="transitions",
            found=f"{chances.shape}" + (" beside menus of others" if menus else ""),
            expected=f"{expected}, and contingencies that are states",
        )
    if not (chances >= 0).all() or not (chances.sum(axis=-1) <= 1 + 1e-9).all():
        raise InputError(
            "not chances of the states that follow",
            place="transitions",
            found=f"sums from {chances.sum(axis=-1).min():g} to {chances.sum(axis=-1).max():g}",
            expected="0 or more, with sums of 1, or less where all may end",
        )
    return chances


def _features(
    given: Mapping[str, Feature], shape: tuple[int, ...], place: str
) -> dict[str, np.ndarray]:
    """Return every feature in a shape that broadcasts to (K, S)."""
    found: dict[str, np.ndarray] = {}
    for name, value in given.items():
        array = _numbers(value, f"{place}.{name}")
        if array.ndim == 1:
            array = array[:, None]
        array = array.reshape(1, 1) if array.ndim == 0 else array
        try:
            np.broadcast_to(array, shape)
        except ValueError as error:
            raise InputError(
                "does not fit the options",
                place=f"{place}.{name}",
                found=array.shape,
                expected=f"a number, {shape[0]} numbers, or {shape}",
            ) from error
        check_finite(array, f"{place}.{name}")
        found[name] = array
    return found
