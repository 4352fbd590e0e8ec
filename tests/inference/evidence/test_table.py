"""Tables of decisions: rows, parts, joins, and what they say of themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.errors import InputError
from comity.inference.evidence.situations import Situation
from comity.inference.evidence.table import Evidence, Fault, Rows, join

GIFT = Situation(("keep", "share"), [[10, 0], [5, 5]], name="gift")
RISK = Situation(("safe", "risky", "mad"), np.zeros((3, 2, 2)))


def evidence(**columns):
    given = {"person": [0, 1, 0], "situation": [0, 0, 1], "choice": [0, 1, 2], **columns}
    return Evidence((GIFT, RISK), ("Ana", "Bo"), **{k: np.array(v) for k, v in given.items()})


def test_what_is_filled_in():
    table = evidence()
    assert len(table) == 3
    assert table.game.tolist() == table.study.tolist() == [0, 0, 0]
    assert table.sequence.tolist() == table.order.tolist() == [0, 1, 2]
    assert table.others.tolist() == [-1, -1, -1]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"choice": [0, 2, 2]}, r"choice, row 1: out of range \(found 2; expected 0 to 1\)"),
        ({"choice": [0, -1, 2]}, "choice, row 1: out of range"),
        ({"person": [0, 2, 0]}, "person, row 1: out of range"),
        ({"situation": [0, 0, 2]}, "situation, row 2: out of range"),
        ({"others": [-1, 1, 1]}, r"others, row 1: out of range \(found 1; expected -1 to 0\)"),
        ({"others": [0, -2, 1]}, "others, row 1: out of range"),
        ({"game": [0, 0, 1]}, "game, row 2: out of range"),
        ({"study": [0, 0]}, "study: not one whole number per decision"),
        ({"choice": [0.0, 1.0, 2.0]}, "choice: not one whole number per decision"),
        ({"person": [[0], [1], [0]]}, "person: not one whole number per decision"),
    ],
)
def test_what_does_not_fit(columns, words):
    with pytest.raises(InputError, match=words):
        evidence(**columns)


def test_parts():
    table = evidence(order=[5, 6, 7])
    part = table.subset([True, False, True])
    assert (part.people, part.person.tolist(), part.order.tolist()) == (
        ("Ana", "Bo"),
        [0, 0],
        [5, 7],
    )
    bo = table.of_people([1])
    assert (bo.people, bo.person.tolist(), bo.choice.tolist()) == (("Bo",), [0], [1])
    swapped = table.of_people([1, 0])
    assert swapped.people == ("Bo", "Ana")
    assert [swapped.people[p] for p in swapped.person] == ["Ana", "Bo", "Ana"]
    assert len(table.subset([False] * 3)) == 0
    with pytest.raises(InputError, match="a person stands twice"):
        table.of_people([0, 0])


def test_counts_and_frame():
    table = evidence()
    assert table.choice_counts().tolist() == [[1, 1, 0], [0, 0, 1]]
    frame = table.to_frame()
    assert frame["person"].tolist() == ["Ana", "Bo", "Ana"]
    assert frame["choice"].tolist() == ["keep", "share", "mad"]
    assert frame["situation"].tolist() == ["gift", "gift", "situation 1"]


def test_a_summary_names_what_is_not_used():
    rows = Rows("file.csv")
    rows.add("Ana", rows.situation("gift", GIFT), 0)
    for k in range(14):
        rows.fault(f"line {k}", "missing" if k else "impossible", "found nothing")
    told = str(rows.evidence(["expectations are even"])).splitlines()
    assert told[0] == "1 decision of 1 person in 1 situation (file.csv)"
    assert told[1] == "  expectations are even"
    assert told[2] == "not used: 14 entries, 1 impossible, 13 missing"
    assert told[3] == "  line 0: impossible: found nothing"
    assert told[-1] == "  and 2 more"
    assert len(told) == 3 + 12 + 1


def test_rows_become_a_table():
    rows = Rows()
    gift, again = rows.situation("gift", GIFT), rows.situation("gift", RISK)
    assert gift == again
    rows.add("Bo", gift, 1, game="g", study="s", sequence=7, order=3, others=0)
    rows.add("Ana", gift, 0, game="g", study="t", sequence=7, order=1)
    rows.add("Bo", gift, 0, game="h", study="s", sequence=7, order=2)
    rows.add("Bo", gift, 0, study="s", order=9)
    table = rows.evidence()
    assert table.situations == (GIFT,)
    assert table.people == ("Bo", "Ana")
    assert table.games == ("g", "h", "game")
    assert table.sequence.tolist() == [0, 1, 0, 2]
    assert table.order.tolist() == [3, 1, 2, 9]
    assert table.others.tolist() == [0, -1, -1, -1]
    with pytest.raises(InputError, match="no decision can be used"):
        Rows("f").evidence()


@given(st.lists(st.tuples(st.sampled_from("AB"), st.one_of(st.none(), st.floats(-5, 5)))))
def test_orders_that_are_not_whole_become_ranks(told):
    rows = Rows()
    place = rows.situation("gift", GIFT)
    for person, order in (*told, ("A", 0.5)):
        rows.add(person, place, 0, order=order)
    table = rows.evidence()
    when = [i if order is None else order for i, (_, order) in enumerate((*told, ("A", 0.5)))]
    for p in range(len(table.people)):
        own = [i for i in range(len(table)) if table.person[i] == p]
        ranked = sorted(own, key=lambda i: (when[i], i))
        assert [table.order[i] for i in ranked] == list(range(len(own)))


def test_people_of_one_name_in_two_studies_are_two():
    rows = Rows()
    place = rows.situation("gift", GIFT)
    for study in ("s", "t", "s"):
        rows.add("1", place, 0, study=study)
    rows.add("2", place, 0, study="t")
    table = rows.evidence()
    assert table.people == ("1 (s)", "1 (t)", "2")
    assert table.person.tolist() == [0, 1, 0, 2]


def made(study, people, orders, **fields):
    rows = Rows(f"{study}.csv")
    for person, order in zip(people, orders, strict=True):
        rows.add(
            person, rows.situation("gift", GIFT), order % 2, study=study, sequence=0, order=order
        )
    rows.fault("line 1", "missing", "nothing")
    return rows.evidence([f"of {study}", "of all"])


def test_joined_tables():
    first, second = made("s", "AAB", [0, 3, 1]), made("s", "BA", [2, 4])
    third = made("t", "A", [0])
    both = join([first, second, third])
    assert both.people == ("A (s)", "B", "A (t)")
    assert both.person.tolist() == [0, 0, 1, 1, 0, 2]
    assert both.order.tolist() == [0, 3, 1, 2 + 2, 4 + 4, 0]
    assert both.choice.tolist() == [0, 1, 1, 0, 0, 0]
    assert both.sequence.tolist() == [0, 0, 1, 2, 3, 4]
    assert len(both.situations) == 1
    assert both.source == "s.csv; t.csv"
    assert both.assumptions == ("of s", "of all", "of t")
    assert [fault.row for fault in both.faults] == ["s.csv, line 1"] * 2 + ["t.csv, line 1"]
    assert [str(f) for f in join([first, second]).faults] == ["line 1: missing: nothing"] * 2
    with pytest.raises(InputError, match="nothing to join"):
        join([])


def test_a_join_of_one_is_the_same():
    table = made("s", "AAB", [0, 3, 1])
    alone = join([table])
    for column in ("person", "situation", "choice", "sequence", "order", "others"):
        assert getattr(alone, column).tolist() == getattr(table, column).tolist()


def test_faults_in_words():
    assert str(Fault("line 7", "impossible", "found 9")) == "line 7: impossible: found 9"
