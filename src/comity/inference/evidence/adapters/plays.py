"""Play of any comity game: who took which action, as which player."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.games import Game, NormalForm
from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.building import Builder, studies
from comity.inference.evidence.columns import ORDER, PERSON, SEQUENCE, STUDY, Column, as_mapping
from comity.inference.evidence.reading import Source
from comity.inference.evidence.sheet import Sheet, as_names, open_sheet
from comity.inference.evidence.situations import Situation, decisions
from comity.inference.evidence.table import Evidence

TREATMENT = Column("treatment", "the treatment, or the kind of decision", False)

COLUMN_OF = "by player a column"

BY_PLAY = (
    STUDY,
    SEQUENCE,
    ORDER,
    TREATMENT,
)
COLUMNS = (
    PERSON,
    STUDY,
    SEQUENCE,
    ORDER,
    TREATMENT,
    Column("player", "which player of the game the person was", also=("role",)),
    Column("action", "what the person did", also=("choice",)),
    Column("play", "which play the row belongs to: rows of one play tell each other", False),
)


def plays(
    data: Source,
    *,
    game: Game | None = None,
    actions: Mapping[str, str] | None = None,
    people: Mapping[str, str] | None = None,
    history: Sequence[str] = (),
    beliefs: Sequence[str] = (),
    **given: Any,
) -> Evidence:
    """Return play of any comity game, as `comity.inference.decisions` states its decisions.

    Parameters
    ----------
    data : a table with one decision a row (columns `COLUMNS`), or, where ``actions`` is given,
        with one play a row.
    game : what was played; actions are called by their names there, outcomes of a negotiation as
        its ``describe`` writes them.
    actions : by player the column of its action.
    people : by player the column of the person who played it; each player is one person where it
        is not given.
    history, beliefs : columns of numbers that become features of the situations.
    given : where the columns are, and options of every adapter (`open_sheet`).

    What the others did is known where one row holds a whole play, and where the rows of one
    ``play`` are all there.

    Examples
    --------
    >>> import pandas as pd
    >>> from comity.games import NormalForm
    >>> game = NormalForm.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], ["Ana", "Bo"],
    ...                                [["c", "d"]] * 2)
    >>> table = pd.DataFrame({"a": ["c", "d"], "b": ["d", "d"]})
    >>> evidence = plays(table, game=game, actions={"Ana": "a", "Bo": "b"})
    >>> list(zip(evidence.person.tolist(), evidence.choice.tolist(), evidence.others.tolist()))
    [(0, 0, 1), (0, 1, 1), (1, 1, 0), (1, 1, 1)]
    """
    actions_of = None if actions is None else as_mapping(actions, "actions", COLUMN_OF)
    people_of = as_mapping(people, "people", COLUMN_OF)
    if not isinstance(game, Game):
        raise InputError(
            "no game", place="game", found=type(game).__name__, expected="a comity game"
        )
    sheet = open_sheet(data, COLUMNS if actions is None else BY_PLAY, given)
    features = [_features(sheet, history, "history"), _features(sheet, beliefs, "beliefs")]
    reading = _Reading(game, sheet, Builder(sheet), features[0], features[1])
    if actions_of is None:
        _read_decisions(reading)
    else:
        _read_plays(reading, actions_of, people_of)
    return reading.builder.evidence()


class _Reading:
    """A game whose play is being read from a sheet."""

    def __init__(
        self,
        game: Game,
        sheet: Sheet,
        builder: Builder,
        history: dict[str, np.ndarray],
        beliefs: dict[str, np.ndarray],
    ) -> None:
        self.game, self.sheet, self.builder = game, sheet, builder
        self.history, self.beliefs = history, beliefs
        self.situations = [decisions(game, i) for i in range(len(game.players))]

    def labels(self, player: int) -> dict[str, int]:
        return {option: k for k, option in enumerate(self.situations[player].options)}

    def add(
        self,
        part: Sheet,
        player: int,
        choice: np.ndarray,
        others: np.ndarray,
        person: str | np.ndarray,
    ) -> None:
        """Add the decisions of one player in the usable rows of a part."""

        def make(row: int) -> Situation:
            seen = {name: float(column[row]) for name, column in self.history.items()}
            thought = {name: float(column[row]) for name, column in self.beliefs.items()}
            return self.situations[player].with_history(**seen).with_beliefs(**thought)

        self.builder.add(
            part,
            key=[np.full(len(part), player), *self.history.values(), *self.beliefs.values()],
            make=make,
            choice=choice,
            game=part.names("treatment") if "treatment" in part else self.game.players[player],
            others=others,
            person=person,
            sequence=part.names("sequence") if "sequence" in part else None,
        )

    def contingency(self, player: int, actions: Mapping[int, np.ndarray]) -> np.ndarray:
        """Return the joint actions of the others as a contingency, -1 where one is unknown."""
        rows = len(self.sheet)
        if not isinstance(self.game, NormalForm):
            return np.full(rows, -1)
        place, known = np.zeros(rows, int), np.ones(rows, bool)
        for i in range(len(self.game.players)):
            if i != player:
                place = place * len(self.game.actions[i]) + np.maximum(actions[i], 0)
                known &= actions[i] >= 0
        return np.where(known, place, -1)


def _read_decisions(reading: _Reading) -> None:
    """Read one decision a row."""
    sheet, count = reading.sheet, len(reading.game.players)
    player = sheet.labels("player", {name: k for k, name in enumerate(reading.game.players)})
    choices = np.full(len(sheet), -1)
    parts = []
    for i in range(count):
        part = sheet.part()
        part.alive &= player == i
        parts.append(part)
        own = part.labels("action", reading.labels(i))
        choices = np.where(player == i, own, choices)
    known = _actions_by_play(sheet, player, choices, count)
    for i, part in enumerate(parts):
        reading.add(part, i, choices, reading.contingency(i, known), "person")


def _actions_by_play(
    sheet: Sheet, player: np.ndarray, choices: np.ndarray, count: int
) -> dict[int, np.ndarray]:
    """Return for every row what each player did in the same play, -1 where it is not known."""
    unknown = {i: np.full(len(sheet), -1) for i in range(count)}
    if "play" not in sheet:
        return unknown
    plays = list(zip(studies(sheet), sheet.names("play"), strict=True))
    done: dict[tuple, int] = {}
    for row in map(int, np.flatnonzero(choices >= 0)):
        key = (*plays[row], player[row])
        done[key] = -1 if key in done and done[key] != choices[row] else int(choices[row])
    for i, row in itertools.product(range(count), range(len(sheet))):
        unknown[i][row] = done.get((*plays[row], i), -1)
    return unknown


def _read_plays(reading: _Reading, actions: Mapping[str, str], people: Mapping[str, str]) -> None:
    """Read one play a row."""
    players, sheet = reading.game.players, reading.sheet
    _check_columns(sheet, actions, players, "actions")
    _check_columns(sheet, people, players, "people")
    if not isinstance(reading.game, NormalForm):
        raise InputError(
            "one play a row is for games in normal form",
            place="actions",
            found=type(reading.game).__name__,
            expected="one decision a row, with columns player and action",
        )
    parts, done = {}, {i: np.full(len(sheet), -1) for i in range(len(players))}
    for i, name in enumerate(players):
        if name in actions:
            parts[i] = sheet.part()
            sheet.places[f"action of {name}"] = actions[name]
            done[i] = parts[i].labels(f"action of {name}", reading.labels(i))
    for i, part in parts.items():
        person: str | np.ndarray = np.full(len(sheet), players[i], object)
        if players[i] in people:
            person = f"person of {players[i]}"
            sheet.places[person] = people[players[i]]
        reading.add(part, i, done[i], reading.contingency(i, done), person)


def _check_columns(
    sheet: Sheet, given: Mapping[str, str], players: Sequence[str], place: str
) -> None:
    for player, column in given.items():
        if player not in players:
            raise InputError(
                "no such player", place=place, found=player, expected=", ".join(players)
            )
        _check_column(sheet, column, f"{place}.{player}")


def _check_column(sheet: Sheet, column: str, place: str) -> None:
    if not isinstance(column, str) or column not in sheet.frame:
        raise InputError(
            "no such column",
            file=sheet.source or None,
            place=place,
            found=column,
            expected=", ".join(sheet.frame.columns[:15]),
        )


def _features(sheet: Sheet, given: Sequence[str], place: str) -> dict[str, np.ndarray]:
    columns = as_names(given, place)
    for column in columns:
        _check_column(sheet, column, place)
        sheet.places[column] = column
    return {column: sheet.numbers(column) for column in columns}


PLAYS = Adapter(
    "plays",
    plays,
    COLUMNS,
    {"player": ("self", "other")},
    "play of any comity game, given as the option game",
)
