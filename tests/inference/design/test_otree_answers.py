"""Answers from exports in both forms that oTree writes, with rows that are of no use."""

import pandas as pd
import pytest

from comity.core import InputError
from comity.inference.design.menu import Question
from comity.inference.design.otree_answers import read_answers
from comity.inference.design.question_file import write_questions
from comity.inference.evidence import Situation

GIVING = Question(
    Situation(("keep", "give"), [[8, 2], [6, 4]], history={"kind": 1.0}, name="giving")
)
THREE = Question(Situation(("a", "b", "c"), [[1, 1], [2, 2], [3, 3]], name="three"))


def by_app(rows):
    """Return a table as oTree writes it for one app."""
    columns = ["participant.code", "subsession.round_number", "player.question", "player.choice"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["participant._is_bot"] = 0
    frame["session.code"] = "s1"
    frame["player.id_in_group"] = 1
    return frame


ROWS = [
    ("ann", 1, "three", "option_3"),
    ("ann", 2, "giving", "option_2"),
    ("bob", 1, "giving", "option_1"),
    ("bob", 2, "three", "option_1"),
]


def test_the_table_of_one_app():
    found = read_answers(by_app(ROWS), [GIVING, THREE])
    assert len(found) == 4
    assert set(found.people) == {"ann", "bob"}
    answers = {
        (found.people[p], found.situations[s].name): found.situations[s].options[c]
        for p, s, c in zip(found.person, found.situation, found.choice, strict=True)
    }
    assert answers == {
        ("ann", "three"): "c",
        ("ann", "giving"): "give",
        ("bob", "giving"): "keep",
        ("bob", "three"): "a",
    }
    giving = next(s for s in found.situations if s.name == "giving")
    assert giving.history["kind"].item() == 1
    assert set(found.games) == {"giving", "three"}


def test_the_table_of_all_apps_and_questions_from_their_file(tmp_path):
    wide = {"participant.code": ["ann", "bob"], "participant._is_bot": [0, 0]}
    for number in (1, 2):
        rows = [row for row in ROWS if row[1] == number]
        wide[f"questions.{number}.player.question"] = [row[2] for row in rows]
        wide[f"questions.{number}.player.choice"] = [row[3] for row in rows]
    export, file = tmp_path / "all_apps_wide.csv", tmp_path / "questions.json"
    pd.DataFrame(wide).to_csv(export, index=False)
    file.write_text(write_questions([GIVING, THREE]), encoding="utf-8")
    found = read_answers(export, file)
    assert len(found) == 4
    first = found.of_people([found.people.index("ann")])
    ordered = [first.situations[s].name for s in first.situation[first.order.argsort()]]
    assert ordered == ["three", "giving"]


def test_rows_that_are_of_no_use_are_named():
    rows = [
        *ROWS,
        ("cy", 1, "giving", "option_3"),
        ("cy", 2, "other", "option_1"),
        ("dan", 1, "giving", None),
    ]
    found = read_answers(by_app(rows), [GIVING, THREE])
    assert len(found) == 4
    kinds = sorted((fault.row, fault.kind) for fault in found.faults)
    assert [kind for _, kind in kinds] == ["impossible", "impossible", "missing"]
    assert any("option_3" in fault.message for fault in found.faults)


def test_bots_are_asked_for():
    frame = by_app(ROWS)
    frame["participant._is_bot"] = 1
    assert len(read_answers(frame, [GIVING, THREE], bots=True)) == 4
    with pytest.raises(InputError, match="no participant"):
        read_answers(frame, [GIVING, THREE])


def test_bad_input_is_refused():
    with pytest.raises(InputError, match="no question"):
        read_answers(by_app(ROWS), [])
    with pytest.raises(InputError, match="stands twice"):
        read_answers(by_app(ROWS), [GIVING, GIVING])
    with pytest.raises(InputError, match="choice"):
        read_answers(by_app(ROWS).drop(columns="player.choice"), [GIVING])
