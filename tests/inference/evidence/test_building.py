"""From rows to evidence: situations once, and orders that count what is missing."""

import numpy as np
import pandas as pd
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.building import Builder, studies
from comity.inference.evidence.columns import ORDER, PERSON, SEQUENCE, STUDY, Column
from comity.inference.evidence.sheet import open_sheet
from comity.inference.evidence.situations import Situation

ASKED = (PERSON, STUDY, SEQUENCE, ORDER, Column("pie", ""), Column("took", ""))
DECIDERS = (Column("receiver", "who receives", False),)


def built(table, **given):
    """Evidence of people who take a pie (1) or leave it (0)."""
    sheet = open_sheet(table, ASKED, given)
    made = []

    def make(row):
        made.append(row)
        return Situation(("leave", "take"), [[0, pie[row]], [pie[row], 0]])

    pie = sheet.numbers("pie")
    took = sheet.flags("took")
    sequence = sheet.names("sequence") if "sequence" in sheet else None
    builder = Builder(sheet)
    builder.add(sheet, key=[pie], make=make, choice=took, game="pie", sequence=sequence)
    return builder.evidence(), made


def table(**columns):
    return pd.DataFrame({"person": "Ana", "pie": 4, "took": 1, **columns})


def test_a_situation_is_made_once():
    evidence, made = built(table(pie=[4, 5, 4, 5, 4]))
    assert made == [0, 1]
    assert evidence.situation.tolist() == [0, 1, 0, 1, 0]
    assert evidence.others.tolist() == [0] * 5


def test_orders_count_rows_that_are_not_used():
    evidence, _ = built(table(order=[1, 2, 3, 4, 5], took=[1, None, 1, "x", 0]))
    assert evidence.order.tolist() == [0, 2, 4]
    assert [fault.row for fault in evidence.faults] == ["row 1", "row 3"]


def test_orders_follow_sequences_then_order_then_the_file():
    evidence, _ = built(table(sequence=["b", "a", "b", "a"], order=[2, 1, 1, 2]))
    assert evidence.order.tolist() == [1, 2, 0, 3]
    assert evidence.sequence.tolist() == [0, 1, 0, 1]
    evidence, _ = built(table(pie=[4, 4, 4]))
    assert evidence.order.tolist() == [0, 1, 2]
    assert len(set(evidence.sequence.tolist())) == 3


def test_people_have_orders_of_their_own():
    evidence, _ = built(table(person=["Ana", "Bo", "Ana", "Bo"], order=[1, 1, 2, 2]))
    assert evidence.order.tolist() == [0, 0, 1, 1]


def test_people_are_told_apart_by_study():
    evidence, _ = built(table(study=["s", "t", "t"], person=[1, 1, 2]))
    assert evidence.people == ("1 (s)", "1 (t)", "2")
    assert evidence.studies == ("s", "t")


def test_the_study_is_the_file_where_no_column_says_it(tmp_path):
    table(took=[1]).to_csv(tmp_path / "field.2024.csv", index=False)
    evidence, _ = built(tmp_path / "field.2024.csv")
    assert evidence.studies == ("field",)
    assert evidence.source == str(tmp_path / "field.2024.csv")
    sheet = open_sheet(table(took=[1]), ASKED, {})
    assert studies(sheet).tolist() == ["study"]


def test_contradictions_are_looked_for_only_where_rows_are_told_apart():
    twice = {"took": [1, 0, 1]}
    assert len(built(table(**twice))[0]) == 3
    evidence, _ = built(table(**twice, order=[1, 1, 2]))
    assert evidence.choice.tolist() == [1]
    assert [fault.kind for fault in evidence.faults] == ["contradictory"] * 2


def test_people_who_are_left_out_are_counted_and_have_no_faults():
    rows = table(person=["Ana", "Bo", "Bo"], took=[1, "x", 0])
    evidence, _ = built(rows, drop=["Bo", "Cy"])
    assert evidence.people == ("Ana",)
    assert evidence.faults == ()
    assert evidence.assumptions == (
        "2 rows of 1 person are left out as asked",
        "to be left out, but not in the table: 1 person",
    )


def test_two_decisions_of_one_row_share_an_order():
    sheet = open_sheet(table(person=["Ana", "Bo"], receiver=["Bo", "Ana"]), (*ASKED, *DECIDERS), {})
    builder = Builder(sheet)
    for who in ("person", "receiver"):
        part = sheet.part()
        builder.add(
            part,
            key=[part.numbers("pie")],
            make=lambda row: Situation(("leave", "take"), [[0, 4], [4, 0]]),
            choice=part.flags("took"),
            game=who,
            person=who,
        )
    evidence = builder.evidence()
    found = zip(evidence.person, evidence.game, evidence.order, strict=True)
    names = [(evidence.people[p], evidence.games[g], o) for p, g, o in found]
    assert names == [
        ("Ana", "person", 0),
        ("Bo", "person", 1),
        ("Bo", "receiver", 0),
        ("Ana", "receiver", 1),
    ]


def test_rows_can_depend_on_what_contradictions_leave():
    sheet = open_sheet(table(order=[1, 1, 2], took=[0, 1, 1]), ASKED, {})
    seen = []
    Builder(sheet).add(
        sheet,
        key=[np.zeros(3)],
        make=lambda row: Situation(("leave", "take"), [[0, 4], [4, 0]]),
        choice=sheet.flags("took"),
        game="pie",
        prune=lambda: seen.append(sheet.alive.tolist()),
    )
    assert seen == [[False, False, True]]


def test_nothing_to_use():
    with pytest.raises(
        InputError, match=r"no decision can be used .*2 rows with faults; the first: row 0"
    ):
        built(table(took=["x", None]))
