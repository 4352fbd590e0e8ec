"""Assistance games in TOML files: the first move that fits counts, rewards that fit add up."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from comity.assistance.games.building import build
from comity.assistance.games.game import AssistanceGame
from comity.core.errors import InputError, located
from comity.core.files import read_text
from comity.core.limits import check_cells

KEYS = {
    "title", "about", "source", "horizon", "discount", "start", "final", "states", "person",
    "assistant", "goals", "orders", "moves", "rewards", "person_may", "assistant_may",
}  # fmt: skip
NEEDED = ("states", "person", "assistant", "goals", "start", "moves", "rewards")
WHO = ("state", "person", "assistant")
ANY = "*"
MOST_WORK = 5_000_000
"""Most comparisons of rules with steps: a few seconds."""


def read_game(path: str | Path) -> AssistanceGame:
    """Return the assistance game of a TOML file.

    Raises `InputError` that names the file, the place, what was found and what was expected.
    """
    name = str(path)
    if Path(name).suffix.lower() != ".toml":
        raise InputError(
            "not an assistance game", file=name, expected="a name of the catalogue or a .toml file"
        )
    return loads_game(read_text(Path(name)), name)


def loads_game(text: str, file: str = "assistance game") -> AssistanceGame:
    """Return the assistance game that a TOML text states.

    Examples
    --------
    >>> game = loads_game('''
    ... states = ["table"]
    ... person = ["wait"]
    ... assistant = ["tea", "coffee"]
    ... start = "table"
    ... horizon = 1
    ... goals = { tea = 0.5, coffee = 0.5 }
    ... moves = [{ to = "table" }]
    ... rewards = [{ goal = "tea", assistant = "tea", worth = 1 },
    ...            { goal = "coffee", assistant = "coffee", worth = 1 }]
    ... ''')
    >>> game.rewards[:, 0, 0].tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    with located(file=file):
        try:
            data = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise InputError("not TOML", found=str(error)[:100]) from error
        return _game(data)


def _game(data: Mapping[str, Any]) -> AssistanceGame:
    _check_keys(data, KEYS, NEEDED, "")
    names = {key: _names(data[key], key) for key in ("states", "person", "assistant")}
    goals = _chances(data["goals"], "goals")
    known = {"state": names["states"], **{k: names[k] for k in ("person", "assistant")}}
    _check_work(data, names)
    moves = _rules(data["moves"], "moves", known, "to")
    rewards = _rules(data["rewards"], "rewards", {**known, "goal": tuple(goals)}, "worth")
    for k, rule in enumerate(moves):
        rule["to"] = _target(rule["to"], names["states"], f"moves[{k}].to")

    def step(state: str, person: str, assistant: str) -> Mapping[str, float]:
        at = {"state": state, "person": person, "assistant": assistant}
        found = next(_fitting(moves, at), None)
        return {state: 1.0} if found is None else found["to"]

    def reward(goal: str, state: str, person: str, assistant: str) -> float:
        at = {"goal": goal, "state": state, "person": person, "assistant": assistant}
        return sum(float(rule["worth"]) for rule in _fitting(rewards, at))

    fields = {k: data[k] for k in ("horizon", "discount") if k in data}
    fields |= {k: _name(data[k], k) for k in ("title", "about", "source") if k in data}
    return build(
        names["states"],
        names["person"],
        names["assistant"],
        goals,
        step,
        reward,
        start=_name(data["start"], "start"),
        final=_names(data.get("final", []), "final"),
        person_may=_menu(data, "person_may", names["states"], names["person"]),
        assistant_may=_menu(data, "assistant_may", names["states"], names["assistant"]),
        orders=_orders(data.get("orders", {}), names["person"], names["assistant"]),
        **fields,
    )


def _check_keys(data: Any, allowed: set[str], needed: Sequence[str], place: str) -> None:
    if not isinstance(data, Mapping):
        raise InputError("not a table", place=place or None, found=repr(data)[:60])
    for key in data:
        if key not in allowed:
            where = f"{place}.{key}" if place else key
            raise InputError("unknown key", place=where, expected=", ".join(sorted(allowed)))
    for key in needed:
        if key not in data:
            raise InputError("a key is missing", place=place or None, expected=key)


def _check_work(data: Mapping[str, Any], names: Mapping[str, Sequence[str]]) -> None:
    """Refuse a file whose rules would take minutes to lay out."""
    rules = sum(len(data[k]) for k in ("moves", "rewards") if isinstance(data[k], list))
    steps = len(names["states"]) * len(names["person"]) * len(names["assistant"])
    check_cells(steps * max(1, rules) * max(1, len(data["goals"])), "moves", MOST_WORK)


def _name(given: Any, place: str) -> str:
    if not isinstance(given, str):
        raise InputError("not a name", place=place, found=repr(given)[:60], expected="text")
    return given


def _names(given: Any, place: str) -> tuple[str, ...]:
    if not isinstance(given, list):
        raise InputError("not a list", place=place, found=repr(given)[:60], expected="a list")
    return tuple(_name(item, f"{place}[{k}]") for k, item in enumerate(given))


def _number(given: Any, place: str) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        raise InputError("not a number", place=place, found=repr(given)[:60])
    try:
        return float(given)
    except OverflowError as error:
        raise InputError(
            "too large a number to reckon with", place=place, expected="a larger unit"
        ) from error


def _chances(given: Any, place: str) -> dict[str, float]:
    if not isinstance(given, Mapping) or not given:
        raise InputError(
            "not a table of chances", place=place, found=repr(given)[:60], expected="{ name = 1.0 }"
        )
    return {name: _number(chance, f"{place}.{name}") for name, chance in given.items()}


def _rules(
    given: Any, place: str, known: Mapping[str, Sequence[str]], result: str
) -> list[dict[str, Any]]:
    if not isinstance(given, list):
        raise InputError("not a list of rules", place=place, found=repr(given)[:60])
    found = []
    for k, rule in enumerate(given):
        where = f"{place}[{k}]"
        _check_keys(rule, {*known, result}, (result,), where)
        for key, names in known.items():
            if key in rule:
                _one_of(rule[key], (*names, ANY), f"{where}.{key}")
        if result == "worth":
            _number(rule["worth"], f"{where}.worth")
        found.append(dict(rule))
    return found


def _one_of(given: Any, names: Sequence[str], place: str) -> None:
    if given not in names:
        shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
        raise InputError("unknown name", place=place, found=repr(given)[:60], expected=shown)


def _target(given: Any, states: Sequence[str], place: str) -> dict[str, float]:
    chances = {given: 1.0} if isinstance(given, str) else _chances(given, place)
    for name in chances:
        _one_of(name, states, place)
    return chances


def _fitting(rules: list[dict[str, Any]], at: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Return the rules that fit, in order; what a rule does not name may be anything."""
    return (r for r in rules if all(r.get(key, ANY) in (ANY, name) for key, name in at.items()))


def _menu(data: Mapping[str, Any], key: str, states: Sequence[str], actions: Sequence[str]) -> Any:
    if key not in data:
        return None
    _check_keys(data[key], {*states, ANY}, (), key)
    table = {name: _names(menu, f"{key}.{name}") for name, menu in data[key].items()}
    for name, menu in table.items():
        for action in menu:
            _one_of(action, actions, f"{key}.{name}")
    otherwise = table.get(ANY, tuple(actions))
    return lambda state: table.get(state, otherwise)


def _orders(given: Any, person: Sequence[str], assistant: Sequence[str]) -> dict[str, str]:
    _check_keys(given, set(person), (), "orders")
    for name, order in given.items():
        _one_of(order, assistant, f"orders.{name}")
    return dict(given)
