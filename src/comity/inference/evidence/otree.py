"""Exports from oTree as they are: one row for each participant, app and round.

oTree writes two kinds of tables: one of all apps, with columns such as ``app.1.player.offer`` by
app and round, and one for each app, with columns such as ``player.offer`` and a row for each
round. Source: Chen, Schonger and Wickens (2016, JBEF 9); column names as in oTree 5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from comity.core.errors import InputError
from comity.inference.evidence.cells import Trouble, as_flag, as_number, plain
from comity.inference.evidence.table import Fault
from comity.inference.evidence.words import counted

if TYPE_CHECKING:
    from pandas import DataFrame

CODE = "participant.code"
ROUND = "subsession.round_number"
BY_ROUND = re.compile(r"(?P<app>.+?)\.(?P<round>\d+)\.(?P<field>(?:player|group|subsession)\..+)")
BY_APP = re.compile(r"(?:player|group|subsession)\..+")
OF_ROUND = ("player.id_in_group", "player.role", "player.payoff", "group.id_in_subsession", ROUND)
"""Fields that oTree fills in by itself, whether or not anybody got there."""


def is_otree(frame: DataFrame) -> bool:
    """Return whether a table has the columns of an export from oTree and is not yet by round."""
    names = [str(name) for name in frame.columns]
    fields = any(BY_ROUND.fullmatch(name) or BY_APP.fullmatch(name) for name in names)
    return CODE in names and fields and not frame.attrs.get("otree", False)


def by_round(frame: DataFrame, app: str | None = None, bots: bool = False) -> DataFrame:
    """Return an export from oTree with one row for each participant and round of an app.

    Parameters
    ----------
    frame : from `read_table`, of either kind.
    app : which app to read; needed where a table of all apps holds several.
    bots : whether to keep the rows that oTree's own bots made.

    Columns are named as in the tables of one app: ``player.offer``. Rows of rounds that a
    participant never reached hold nothing; they become one fault a participant, of kind
    ``missing``, which says where it stopped. A field with an initial value looks as if somebody
    had filled it in.
    """
    rounds = _rounds(frame.columns)
    if rounds:
        frame = _melted(frame, rounds, _chosen(rounds, app))
    elif app is not None:
        raise InputError(
            "this is the table of one app", place="app", found=app, expected="no app named"
        )
    kept = frame if bots else _without_bots(frame)
    unreached = _unreached(kept)
    kept_rows = kept[~unreached]
    if not len(kept_rows):
        raise InputError(
            "no participant got anywhere",
            found=f"{len(frame)} rows",
            expected="rows by people, or bots=True",
        )
    kept_rows.attrs = {
        **kept.attrs,
        "otree": True,
        "faults": (*kept.attrs.get("faults", ()), *_stops(kept, unreached)),
        "assumptions": (*kept.attrs.get("assumptions", ()), *_unfinished(kept, unreached)),
    }
    return kept_rows


def _rounds(names: Iterable[str]) -> dict[tuple[str, int], dict[str, str]]:
    """Return by app and round the column of each field."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for name in names:
        match = BY_ROUND.fullmatch(name)
        if match:
            found.setdefault((match["app"], int(match["round"])), {})[match["field"]] = name
    return found


def _chosen(rounds: Iterable[tuple[str, int]], app: str | None) -> str:
    apps = list(dict.fromkeys(name for name, _ in rounds))
    if app is None and len(apps) == 1:
        return apps[0]
    if app is None or app not in apps:
        raise InputError(
            "the export holds several apps" if app is None else "no such app",
            place="app",
            found=app,
            expected=", ".join(apps),
        )
    return app


def _melted(frame: DataFrame, rounds: dict[tuple[str, int], dict[str, str]], app: str) -> DataFrame:
    """Return the rounds of an app below each other, those of a participant together."""
    import pandas as pd

    common = [name for name in frame.columns if name.startswith(("participant.", "session."))]
    word = frame.index.name or "row"
    parts = []
    for (name, number), fields in sorted(rounds.items(), key=lambda item: item[0][1]):
        if name != app:
            continue
        part = frame[[*common, *fields.values()]].copy()
        part.columns = pd.Index([*common, *fields])
        part[ROUND] = number
        part.index = pd.Index([f"{word} {at}, round {number}" for at in frame.index], name=word)
        part["_place"] = np.arange(len(part))
        parts.append(part)
    for part in parts:
        part.attrs = {}
    stacked = pd.concat(parts).sort_values(["_place", ROUND], kind="stable")
    melted = stacked.drop(columns="_place")
    melted.attrs = dict(frame.attrs)
    return melted


def _without_bots(frame: DataFrame) -> DataFrame:
    column = "participant._is_bot"
    if column not in frame:
        return frame
    bot = np.array([as_flag(cell) is True for cell in frame[column]], bool)
    kept = frame[~bot]
    kept.attrs = dict(frame.attrs)
    if bot.any():
        people = frame[CODE][bot].nunique()
        rows = counted(int(bot.sum()), "row")
        words = f"{rows} by {counted(people, 'bot')} of oTree are left out"
        kept.attrs["assumptions"] = (*frame.attrs.get("assumptions", ()), words)
    return kept


def _unreached(frame: DataFrame) -> np.ndarray:
    """Return which rows hold nothing that a person could have entered."""
    own = [
        name
        for name in frame.columns
        if name.startswith(("player.", "group.")) and name not in OF_ROUND
    ]
    empty = [[plain(cell) is None for cell in frame[name]] for name in own]
    return np.all(empty, axis=0) if own else np.zeros(len(frame), bool)


def _left_early(frame: DataFrame) -> dict[str, str]:
    """Return by participant where it stopped, for those that did not get to the last page."""
    columns = ("participant._index_in_pages", "participant._max_page_index")
    if any(column not in frame for column in columns):
        return {}
    found = {}
    for code, at, last in zip(frame[CODE], *(frame[c] for c in columns), strict=True):
        place, end = as_number(at), as_number(last)
        if isinstance(place, Trouble):
            found[str(code)] = "never started"
        elif not isinstance(end, Trouble) and place < end:
            found[str(code)] = f"stopped at page {place:g} of {end:g}"
    return found


def _stops(frame: DataFrame, unreached: np.ndarray) -> list[Fault]:
    """Return one fault for each participant some of whose rounds hold nothing."""
    left = _left_early(frame)
    found: dict[str, list[Any]] = {}
    for label, code, empty in zip(frame.index, frame[CODE], unreached, strict=True):
        if empty:
            found.setdefault(str(code), []).append(label)
    word = frame.index.name or "row"
    return [
        Fault(
            str(labels[0]) if isinstance(labels[0], str) else f"{word} {labels[0]}",
            "missing",
            f"participant {code} {left.get(code, 'entered nothing')}; "
            f"found nothing in {counted(len(labels), 'round')}; expected its choices",
        )
        for code, labels in found.items()
    ]


def _unfinished(frame: DataFrame, unreached: np.ndarray) -> list[str]:
    """Return a sentence on participants who left early but had decided something before."""
    started = set(map(str, frame[CODE][~unreached]))
    count = len(started & set(_left_early(frame)))
    if not count:
        return []
    return [f"{counted(count, 'participant')} left early; what was decided before is used"]
