"""New settings: one decides, people respond, and both are paid by what they did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from comity.core.choices import check_choice
from comity.core.errors import InputError, located
from comity.core.limits import check_cells
from comity.games import Negotiation, NormalForm
from comity.inference.evidence.situations import Feature, Situation, decisions

ACCEPT, REJECT = "accept", "reject"


@dataclass(frozen=True)
class PerOption:
    """A feature with a value for each option of the people, by name; `default` for the rest.

    Examples
    --------
    >>> PerOption({"reject": 1.0}).of(("accept", "reject"))
    array([0., 1.])
    """

    values: Mapping[str, float]
    default: float = 0.0

    def of(self, options: Sequence[str]) -> np.ndarray:
        """Return the value of every option, shape (K,)."""
        for name in self.values:
            check_choice(name, options, "no such option", "feature")
        return np.array([self.values.get(name, self.default) for name in options], float)


@dataclass(frozen=True)
class PerAction:
    """A feature that depends on what the decider did: by its action's name, a rule of its own."""

    rules: Mapping[str, Feature | PerOption]


Rule = Feature | PerOption | PerAction | Callable[[str, Situation], Feature]
"""What a feature is: a value as in `Situation`, one per option or per action, or a function of the
name of the decider's action (empty where the people do not see it) and of the situation."""
Rules = Mapping[str, Rule]


@dataclass(frozen=True, eq=False)
class Setting:
    """What one decides, what the people then face, and what comes of it.

    Attributes
    ----------
    actions : names of what the decider can do, A of them.
    situations : what the people may face.
    faced : shape (A,), which of the situations each action leads to.
    payoffs : shape (A, K, 2), what the decider and each of the people get by action and by the
        people's option; 0 beyond the options of a situation.
    players : names of the decider and of the people.

    Examples
    --------
    >>> pie = NormalForm.from_payoffs(
    ...     [[[10, 0], [6, 0]], [[0, 0], [4, 0]]], ["Ana", "Bo"],
    ...     [["all", "share"], ["accept", "reject"]])
    >>> setting = after_seeing(pie, "Ana", history={"resists": PerOption({"reject": 1})})
    >>> [s.name for s in setting.situations], setting.payoffs[1, 0]
    (['Bo after all', 'Bo after share'], array([6., 4.]))
    """

    actions: tuple[str, ...]
    situations: tuple[Situation, ...]
    faced: np.ndarray
    payoffs: np.ndarray
    players: tuple[str, str] = ("decider", "people")
    widest: int = field(init=False, repr=False, default=0)

    def __post_init__(self) -> None:
        faced = np.asarray(self.faced)
        if faced.shape != (len(self.actions),) or not np.issubdtype(faced.dtype, np.integer):
            raise InputError(
                "not one situation per action",
                place="faced",
                found=f"{faced.dtype} of shape {faced.shape}",
                expected=f"whole numbers of shape ({len(self.actions)},)",
            )
        if not self.actions or faced.min() < 0 or faced.max() >= len(self.situations):
            raise InputError(
                "an action leads to no situation",
                place="faced",
                found=faced,
                expected=f"0 to {len(self.situations) - 1}",
            )
        widest = max(len(s.options) for s in self.situations)
        payoffs = np.asarray(self.payoffs, float)
        expected = (len(self.actions), widest, 2)
        if payoffs.shape != expected or not np.isfinite(payoffs).all():
            raise InputError(
                "payoffs do not fit actions and options",
                place="payoffs",
                found=payoffs.shape,
                expected=f"finite numbers of shape {expected}",
            )
        object.__setattr__(self, "faced", faced.astype(int))
        object.__setattr__(self, "payoffs", payoffs)
        object.__setattr__(self, "widest", widest)

    def options_after(self, action: int) -> tuple[str, ...]:
        """Return the names of what the people can do after an action."""
        return self.situations[self.faced[action]].options


def after_seeing(
    game: NormalForm,
    decider: int | str = 0,
    *,
    history: Rules | None = None,
    beliefs: Rules | None = None,
) -> Setting:
    """Return the setting in which the people see what the decider did before they respond.

    Parameters
    ----------
    game : of two players.
    decider : the player who moves first; the people stand in the place of the other.
    history, beliefs : features of the people's situations, by name; see `Rule`.
    """
    table, actions, options, names = _two_sides(game, decider)
    situations = [
        Situation(options, table[::-1, a].T, names[::-1], name=f"{names[1]} after {action}")
        for a, action in enumerate(actions)
    ]
    marked = _marked(situations, actions, history, beliefs)
    return Setting(actions, marked, np.arange(len(actions)), np.moveaxis(table, 0, -1), names)


def unseen(
    game: NormalForm,
    decider: int | str = 0,
    *,
    expected: Sequence[float] | None = None,
    history: Rules | None = None,
    beliefs: Rules | None = None,
) -> Setting:
    """Return the setting in which both act at once: the people face one situation.

    Parameters
    ----------
    expected : shape (A,), how likely the people think each action of the decider; even unless
        given. Procedures that reason about the decider put their own in its place.
    game, decider, history, beliefs : as in `after_seeing`.
    """
    table, actions, options, names = _two_sides(game, decider)
    seat = game.players.index(names[1])
    situation = decisions(game, seat)
    situation = Situation(
        options,
        situation.payoffs,
        situation.recipients,
        situation.menus,
        None if expected is None else np.asarray(expected, float),
        name=f"{names[1]} at the same time",
    )
    marked = _marked([situation], ("",), history, beliefs)
    return Setting(actions, marked, np.zeros(len(actions), int), np.moveaxis(table, 0, -1), names)


def offers(
    game: Negotiation,
    proposer: int | str = 0,
    *,
    history: Rules | None = None,
    beliefs: Rules | None = None,
) -> Setting:
    """Return the setting in which one proposes a deal and the people take it or leave it.

    Its actions are the deals of a negotiation between two that keep its constraints; without a
    deal both get what they have reserved. Raises `SizeError` where there are too many to list.
    """
    _check_two(game.players, "game")
    seat = _seat(game.players, proposer)
    points = game.payoff_points()
    check_cells(4 * len(points), "game")
    both = np.stack([points, np.broadcast_to(game.reservation, points.shape)], axis=1)
    payoffs = both[..., [seat, 1 - seat]]
    names = (game.players[seat], game.players[1 - seat])
    actions = tuple(game.describe(game.outcome(k)) for k in range(len(points)))
    situations = [
        Situation((ACCEPT, REJECT), payoffs[a][:, ::-1], names[::-1], name=f"{names[1]}: {action}")
        for a, action in enumerate(actions)
    ]
    marked = _marked(situations, actions, history, beliefs)
    return Setting(actions, marked, np.arange(len(actions)), payoffs, names)


def of_situations(
    situations: Sequence[Situation], decider: int = 1, actions: Sequence[str] | None = None
) -> Setting:
    """Return the setting in which each action of the decider leads to one of these situations.

    Parameters
    ----------
    decider : which recipient of the situations decides beforehand. Where a situation holds chance
        the decider expects it as stated there.
    actions : names; those of the situations unless given.
    """
    if not situations:
        raise InputError("no situation", place="situations", found=0, expected="one or more")
    names = actions or [s.name or f"situation {g + 1}" for g, s in enumerate(situations)]
    payoffs = np.zeros((len(situations), max(len(s.options) for s in situations), 2))
    for g, situation in enumerate(situations):
        if not 0 < decider < situation.shape[2]:
            raise InputError(
                "no such recipient beside the people",
                place="decider",
                found=decider,
                expected=f"1 to {situation.shape[2] - 1}",
            )
        means = np.einsum("ksi,s->ki", situation.payoffs, np.asarray(situation.contingencies))
        payoffs[g, : len(means)] = means[:, [decider, 0]]
    people = situations[0].recipients
    return Setting(
        tuple(names),
        tuple(situations),
        np.arange(len(situations)),
        payoffs,
        (people[decider], people[0]),
    )


def _two_sides(
    game: NormalForm, decider: int | str
) -> tuple[np.ndarray, tuple[str, ...], tuple[str, ...], tuple[str, str]]:
    """Return payoffs of shape (2, A, K), decider first, and the names of both sides."""
    _check_two(game.players, "game")
    seat = _seat(game.players, decider)
    table = game.table if seat == 0 else game.table[::-1].transpose(0, 2, 1)
    names = (game.players[seat], game.players[1 - seat])
    return table, game.actions[seat], game.actions[1 - seat], names


def _check_two(players: Sequence[str], place: str) -> None:
    if len(players) != 2:
        raise InputError(
            "a setting has one decider and one kind of people",
            place=place,
            found=f"{len(players)} players",
            expected="2; state the situations of the others with `of_situations`",
        )


def _seat(players: Sequence[str], decider: int | str) -> int:
    if isinstance(decider, str):
        check_choice(decider, players, "no such player", "decider")
        return players.index(decider)
    if decider not in (0, 1):
        raise InputError("no such player", place="decider", found=decider, expected="0 or 1")
    return decider


def _marked(
    situations: Sequence[Situation],
    actions: Sequence[str],
    history: Rules | None,
    beliefs: Rules | None,
) -> tuple[Situation, ...]:
    """Return the situations with the features that the rules give them."""
    found = []
    for action, situation in zip(actions, situations, strict=True):
        seen = _features(history or {}, action, situation, "history")
        thought = _features(beliefs or {}, action, situation, "beliefs")
        found.append(situation.with_history(**seen).with_beliefs(**thought))
    return tuple(found)


def _features(rules: Rules, action: str, situation: Situation, kind: str) -> dict[str, Feature]:
    found: dict[str, Feature] = {}
    for name, rule in rules.items():
        with located(place=f"{kind}.{name}"):
            found[name] = _value(rule, action, situation)
    return found


def _value(rule: Rule, action: str, situation: Situation) -> Feature:
    if isinstance(rule, PerAction):
        if action not in rule.rules:
            raise InputError(
                "no value for an action",
                found=action or "an action that the people do not see",
                expected=", ".join(rule.rules),
            )
        return _value(rule.rules[action], action, situation)
    if isinstance(rule, PerOption):
        return rule.of(situation.options)
    if callable(rule):
        return rule(action, situation)
    return rule
