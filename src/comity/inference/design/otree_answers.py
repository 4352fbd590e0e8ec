"""Answers to questions, read back from the export of an oTree app that comity wrote."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from comity.core import InputError
from comity.games.validation import check_names
from comity.inference.design.menu import Question, named_situation
from comity.inference.design.question_file import option_key, read_questions
from comity.inference.evidence.building import Builder
from comity.inference.evidence.columns import ORDER, PERSON, STUDY, Column
from comity.inference.evidence.sheet import open_sheet
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence

COLUMNS = (
    PERSON,
    STUDY,
    ORDER,
    Column("question", "the name of the question that was asked"),
    Column("choice", "the option that was chosen: option_1 and so on"),
)


def read_answers(data: Any, questions: Sequence[Question] | str | Path, **given: Any) -> Evidence:
    """Return the answers to questions as evidence about exactly these situations.

    Parameters
    ----------
    data : an export from oTree, or any table with the columns `COLUMNS`.
    questions : those that were asked, or the file ``questions.json`` of the app.
    given : where the columns are, and options of every adapter, such as ``app`` and ``bots``.

    Rows whose question or option is not known are faults. The game of a row is its question.

    Examples
    --------
    >>> import pandas as pd
    >>> menu = [Question(Situation(("keep", "share"), [[10, 0], [5, 5]], name="dictator"))]
    >>> table = pd.DataFrame({"person": ["Ana"], "question": "dictator", "choice": "option_2"})
    >>> read_answers(table, menu).choice.tolist()
    [1]
    """
    asked = read_questions(questions) if isinstance(questions, (str, Path)) else tuple(questions)
    if not asked:
        raise InputError("no question", place="questions", found=0, expected="one or more")
    check_names([question.name for question in asked], "questions")
    sheet = open_sheet(data, COLUMNS, given)
    builder = Builder(sheet)
    places = sheet.labels("question", {question.name: q for q, question in enumerate(asked)})
    for q, question in enumerate(asked):
        part = sheet.part()
        part.alive &= places == q
        keys = {option_key(k): k for k in range(len(question.situation.options))}
        choice = part.labels("choice", keys)
        builder.add(
            part,
            key=[np.full(len(part), q)],
            make=_always(named_situation(question)),
            choice=choice,
            game=question.name,
        )
    return builder.evidence()


def _always(situation: Situation) -> Any:
    return lambda row: situation
