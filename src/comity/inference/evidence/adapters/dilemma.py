"""Repeated dilemmas: two cooperate or defect, round after round, until a match ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from comity.core.errors import InputError
from comity.inference.evidence.adapters.adapter import Adapter
from comity.inference.evidence.building import Builder, studies
from comity.inference.evidence.columns import PERSON, STUDY, Column, as_mapping
from comity.inference.evidence.reading import Source
from comity.inference.evidence.sheet import Sheet, open_sheet
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence

OPTIONS = ("cooperate", "defect")
LABELS = {"c": 0, "cooperate": 0, "cooperation": 0, "d": 1, "defect": 1, "defection": 1}
PAYOFFS = ("R", "S", "T", "P")
CODED = re.compile(r"D(?P<delta>\d+)R(?P<R>\d+)", re.IGNORECASE)

COLUMNS = (
    PERSON,
    STUDY,
    Column("treatment", "what the payoffs depend on", False, ("game_type",)),
    Column("match", "which match of the person a round belongs to", False, ("supergame", "game")),
    Column("period", "the round within the match", True, ("round", "round_number")),
    Column("choice", "cooperate or defect (c or d)", True, ("action", "cooperate")),
    Column("other", "what the other did in the same round", True, ("other_choice", "other_action")),
    Column("partner", "who the other was; its rows must then say the same", False),
)


def dilemma(
    data: Source,
    *,
    payoffs: Mapping[str, Any] | None = None,
    labels: Mapping[str, str] | None = None,
    **given: Any,
) -> Evidence:
    """Return play of repeated prisoner's dilemmas, stag hunts and the like.

    Parameters
    ----------
    data : a table with one round of one person a row.
    payoffs : ``R`` (both cooperate), ``S`` (alone), ``T`` (tempted) and ``P`` (neither), and
        ``delta``, the chance of another round, if there is one; the same for all, or by
        treatment. ``R`` and ``delta`` may be left out where the treatment is coded as in D75R40:
        its digits behind D are a decimal fraction, so that D5 is 1/2 and D75 is 3/4.
    labels : what stands for ``cooperate`` and ``defect``, where it is not c and d.
    given : where the columns are (`COLUMNS`), and options of every adapter (`open_sheet`).

    The other's choice is the contingency and is known after each round. The history has the
    ``period`` and, where it is given, the ``continuation``. A round after one that cannot be used
    is not used either, since what was seen before it is not known.

    Examples
    --------
    >>> import pandas as pd
    >>> rounds = pd.DataFrame({"person": "Ana", "match": 1, "period": [1, 2],
    ...                        "choice": ["c", "d"], "other": ["d", "d"]})
    >>> evidence = dilemma(rounds, payoffs={"R": 3, "S": 0, "T": 5, "P": 1})
    >>> evidence.situations[0].payoffs[..., 0].tolist(), evidence.others.tolist()
    ([[3.0, 0.0], [5.0, 1.0]], [1, 1])
    """
    sheet = open_sheet(data, COLUMNS, given)
    words = _labels(labels)
    treatment = sheet.names("treatment") if "treatment" in sheet else _same(sheet, "dilemma")
    games = _games(sheet, treatment, as_mapping(payoffs, "payoffs", "R, S, T and P"))
    match = sheet.names("match") if "match" in sheet else _same(sheet, "1")
    period = sheet.numbers("period", whole=True)
    choice, other = sheet.labels("choice", words), sheet.labels("other", words)
    if "partner" in sheet:
        _check_partners(sheet, match, period, choice, other)
    people = list(zip(studies(sheet), sheet.names("person"), treatment, match, strict=True))

    def make(row: int) -> Situation:
        game = games[treatment[row]]
        own = np.array([[game["R"], game["S"]], [game["T"], game["P"]]])
        seen = {"continuation": game["delta"]} if "delta" in game else {}
        return Situation(
            OPTIONS,
            np.stack([own, own.T], axis=-1),
            menus=(OPTIONS,),
            history={"period": period[row], **seen},
            name=f"{treatment[row]}, period {period[row]:g}",
        )

    sheet.places["order"] = sheet.places["period"]
    builder = Builder(sheet)
    builder.add(
        sheet,
        key=[treatment, period],
        make=make,
        choice=choice,
        game=treatment,
        others=other,
        sequence=_numbers_if_all(match),
        prune=lambda: _reject_after_gaps(sheet, people, period),
    )
    return builder.evidence()


def _labels(given: Mapping[str, str] | None) -> dict[str, int]:
    if given is None:
        return LABELS
    given = as_mapping(given, "labels", "cooperate and defect")
    if set(given) != set(OPTIONS):
        raise InputError(
            "not the labels of a dilemma",
            place="labels",
            found=", ".join(map(str, given)),
            expected="cooperate and defect",
        )
    return {str(given[option]): k for k, option in enumerate(OPTIONS)}


def _games(
    sheet: Sheet, treatment: np.ndarray, payoffs: Mapping[str, Any]
) -> dict[str, dict[str, float]]:
    """Return the payoffs and the continuation of each treatment in the table."""
    by_treatment = any(isinstance(value, Mapping) for value in payoffs.values())
    common = {k: v for k, v in payoffs.items() if not isinstance(v, Mapping)}
    found = {}
    for name in dict.fromkeys(treatment[sheet.alive]):
        own = {**_coded(name), **common, **(payoffs.get(name, {}) if by_treatment else {})}
        absent = [part for part in PAYOFFS if part not in own]
        unknown = set(own) - {*PAYOFFS, "delta"}
        if absent or unknown:
            raise InputError(
                "the payoffs of a treatment are not known",
                file=sheet.source or None,
                place=f"payoffs.{name}",
                found=", ".join(sorted(map(str, own))) or "nothing",
                expected="R, S, T, P and, if there is one, delta",
            )
        found[name] = {
            part: _number(value, f"payoffs.{name}.{part}") for part, value in own.items()
        }
        if not 0 <= found[name].get("delta", 0) <= 1:
            raise InputError(
                "not a probability",
                place=f"payoffs.{name}.delta",
                found=found[name]["delta"],
                expected="0 to 1",
            )
    return found


def _coded(treatment: str) -> dict[str, float]:
    match = CODED.fullmatch(treatment)
    return {"delta": float(f"0.{match['delta']}"), "R": float(match["R"])} if match else {}


def _number(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not np.isfinite(value):
        raise InputError("not a number", place=place, found=repr(value), expected="a number")
    return float(value)


def _same(sheet: Sheet, name: str) -> np.ndarray:
    return np.full(len(sheet), name, object)


def _numbers_if_all(match: np.ndarray) -> np.ndarray:
    """Return matches as numbers where all are, so that match 10 comes after match 9."""
    try:
        return np.array([float(name or "nan") for name in match])
    except ValueError:
        return match


def _check_partners(
    sheet: Sheet, match: np.ndarray, period: np.ndarray, choice: np.ndarray, other: np.ndarray
) -> None:
    """Reject rows whose partner says something else of the same round, or says nothing."""
    person, partner = sheet.names("person"), sheet.names("partner")
    rows = {key: i for i, key in enumerate(zip(person, match, period, strict=True))}
    for i in map(int, np.flatnonzero(sheet.alive)):
        j = rows.get((partner[i], match[i], period[i]))
        if j is None:
            sheet.reject_row(i, "missing", f"its partner {partner[i]} has no row of this round")
        elif choice[j] >= 0 and choice[j] != other[i]:
            sheet.reject_row(
                i,
                "contradictory",
                f"the other is said to {OPTIONS[other[i]]}, but to {OPTIONS[choice[j]]} in "
                f"{sheet.row(j)}",
            )


def _reject_after_gaps(sheet: Sheet, matches: list[tuple], period: np.ndarray) -> None:
    """Reject rounds before which a round of the match is missing or cannot be used."""
    first = np.nanmin(period, initial=np.inf)
    rounds: dict[tuple, list[int]] = {}
    for i in map(int, np.flatnonzero(sheet.alive)):
        rounds.setdefault(matches[i], []).append(i)
    for rows in rounds.values():
        rows.sort(key=lambda i: period[i])
        for k, row in enumerate(rows):
            if period[row] != first + k:
                words = f"period {first + k:g} of its match cannot be used or is not there"
                for later in rows[k:]:
                    sheet.reject_row(later, "missing", words)
                break


DILEMMA = Adapter(
    "dilemma",
    dilemma,
    COLUMNS,
    {"player": ("self", "other")},
    "two people cooperate or defect, round after round, until a match ends",
)
