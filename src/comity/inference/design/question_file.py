"""Questions as a JSON file, so that an experiment and whoever reads its data mean the same."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from comity.core import InputError, read_text
from comity.inference.design.menu import Question
from comity.inference.evidence.situations import Situation

FIELDS = ("options", "payoffs", "recipients", "menus", "contingencies", "delays")


def option_key(place: int) -> str:
    """Return what an option is called in data, whatever its name.

    Examples
    --------
    >>> option_key(0)
    'option_1'
    """
    return f"option_{place + 1}"


def question_data(question: Question, text: str = "") -> dict[str, Any]:
    """Return a question as plain JSON data, with the text that introduces it."""
    situation = question.situation
    return {
        "name": question.name,
        "cost": question.cost,
        "text": text,
        "options": list(situation.options),
        "payoffs": situation.payoffs.tolist(),
        "recipients": list(situation.recipients),
        "menus": [list(menu) for menu in situation.menus],
        "contingencies": np.asarray(situation.contingencies).tolist(),
        "events": events(situation),
        "delays": np.asarray(situation.delays).tolist(),
        "history": {name: np.asarray(f).tolist() for name, f in situation.history.items()},
        "beliefs": {name: np.asarray(f).tolist() for name, f in situation.beliefs.items()},
    }


def events(situation: Situation) -> list[str]:
    """Return the contingencies in words: what the others do, or chances by number."""
    if situation.menus:
        return [", ".join(joint) for joint in product(*situation.menus)]
    return [f"event {s + 1}" for s in range(situation.shape[1])]


def write_questions(
    questions: Sequence[Question],
    texts: Mapping[str, str] | None = None,
    records: Sequence[Mapping[str, float]] | None = None,
) -> str:
    """Return the text of a file of questions.

    Parameters
    ----------
    texts : by name of the question what introduces it.
    records : by question what an app is to record beside the choice, by column.
    """
    told = texts or {}
    data = [question_data(question, told.get(question.name, "")) for question in questions]
    for entry, record in zip(data, records or [{}] * len(data), strict=True):
        entry["record"] = dict(record)
    return json.dumps({"questions": data}, indent=1, ensure_ascii=False) + "\n"


def read_questions(path: str | Path) -> tuple[Question, ...]:
    """Return the questions of a file.

    Raises `InputError` that names the file and the question where it is not as `write_questions`
    wrote it.
    """
    try:
        data = json.loads(read_text(path))
        listed = data["questions"]
        found = tuple(_question(entry) for entry in listed)
    except InputError as error:
        raise error.within(file=str(path)) from error
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            "not a file of questions", file=str(path), found=str(error)[:120], expected="questions"
        ) from error
    if not found:
        raise InputError("no question", file=str(path), found=0, expected="one or more")
    return found


def _question(entry: Mapping[str, Any]) -> Question:
    fields = {name: entry[name] for name in FIELDS}
    situation = Situation(
        **{**fields, "menus": tuple(map(tuple, fields["menus"]))},
        history={name: np.array(f, float) for name, f in entry["history"].items()},
        beliefs={name: np.array(f, float) for name, f in entry["beliefs"].items()},
        name=str(entry["name"]),
    )
    return Question(situation, cost=float(entry["cost"]))
