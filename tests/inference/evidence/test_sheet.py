"""Sheets: every row is used, set aside with a count, or named with all its reasons."""

import numpy as np
import pandas as pd
import pytest

from comity.core.errors import InputError
from comity.inference.evidence.columns import PERSON, Column
from comity.inference.evidence.sheet import open_sheet

ASKED = (PERSON, Column("gave", ""), Column("ok", "", False), Column("act", "", False))
TABLE = pd.DataFrame(
    {
        "person": ["Ana", None, "Cy", "Di", "Ed", "Flo"],
        "gave": ["3", "x", "-1", "9", None, "2.5"],
        "ok": [1, 0, "yes", "maybe", 1, 1],
        "act": ["c", "D", "c", "e", "d", "c"],
    },
    index=[10, 20, 30, 40, 50, 60],
)


def sheet(table=TABLE, **given):
    return open_sheet(table, ASKED, given)


def test_every_row_is_named_once_with_all_that_is_wrong():
    opened = sheet()
    assert opened.names("person").tolist() == ["Ana", "", "Cy", "Di", "Ed", "Flo"]
    gave = opened.numbers("gave", low=0, high=5)
    assert np.isnan(gave).tolist() == [False, True, True, True, True, False]
    assert opened.flags("ok").tolist() == [1, 0, 1, -1, 1, 1]
    assert opened.labels("act", {"c": 0, "d": 1}).tolist() == [0, 1, 0, -1, 1, 0]
    assert opened.alive.tolist() == [True, False, False, False, False, True]
    text = "gave: found 'x'; expected a number"
    answer = "ok: found 'maybe'; expected yes or no (1 or 0, true or false)"
    act = "act: found 'e'; expected c, d"
    assert [str(fault) for fault in opened.faults] == [
        f"row 20: missing: person: found nothing; expected a name; {text}",
        "row 30: impossible: gave: found -1; expected 0 to 5",
        f"row 40: impossible: gave: found 9; expected 0 to 5; {answer}; {act}",
        "row 50: missing: gave: found nothing; expected a number",
    ]


def test_whole_numbers_and_open_ranges():
    opened = sheet()
    opened.numbers("gave", low=0, whole=True)
    told = [fault.message for fault in opened.faults]
    assert "gave: found -1; expected a whole number, 0 or more" in told
    assert "gave: found 2.5; expected a whole number, 0 or more" in told
    opened = sheet()
    opened.numbers("gave", high=3)
    assert "gave: found 9; expected at most 3" in [fault.message for fault in opened.faults]


def test_a_number_holds_for_every_row():
    opened = sheet(gave=4)
    assert opened.numbers("gave", low=0).tolist() == [4] * 6
    assert opened.title("gave") == "gave"
    assert np.isnan(opened.numbers("gave", high=3)).all()
    assert opened.faults[0].message == "gave: found 4.0; expected at most 3"


def test_parts_keep_their_own_count():
    opened = sheet()
    first, second = opened.part(), opened.part()
    first.numbers("gave")
    second.flags("ok")
    assert first.alive.tolist() == [True, False, True, True, False, True]
    assert second.alive.tolist() == [True, True, True, False, True, True]
    assert [fault.row for fault in opened.faults] == ["row 20", "row 40", "row 50"]
    second.numbers("gave")
    assert len([f for f in opened.faults if f.row == "row 20"]) == 1


def test_rows_set_aside_are_counted_and_no_longer_looked_at():
    opened = sheet()
    opened.set_aside(np.array([False, True, True, False, False, False]), "{rows} apart")
    opened.set_aside(np.zeros(6, bool), "{rows} empty")
    opened.numbers("gave", low=0)
    assert opened.assumptions == ["2 rows apart"]
    assert [fault.row for fault in opened.faults] == ["row 50"]


def test_sums_of_parts():
    table = TABLE.assign(gave=[1, 2, 3, 4, 5, 6], ok=[4, 3, 2, 1, 0, 0])
    opened = sheet(table)
    opened.check_sum(np.full(6, 5.0), ("gave", "ok"))
    assert [str(fault) for fault in opened.faults] == [
        "row 60: contradictory: gave and ok sum to 6; expected the total of 5"
    ]
    opened.check_sum(np.full(6, 99.0), ("gave", "absent"))
    assert len(opened.faults) == 1


def test_codes_for_missing():
    table = TABLE.assign(gave=[1, -1, -1.0, 4, "-1", -99])
    opened = sheet(table, missing=-1)
    opened.numbers("gave", low=0)
    kinds = {fault.row: (fault.kind, fault.message) for fault in opened.faults}
    assert kinds["row 30"] == ("missing", "gave: found -1, which stands for nothing")
    assert kinds["row 60"][0] == "impossible"
    opened = sheet(table, missing=[-1, -99])
    opened.numbers("gave", low=0)
    assert {fault.kind for fault in opened.faults} == {"missing"}


def test_labels_of_stata_are_used_where_they_help(tmp_path):
    coded = pd.DataFrame(
        {
            "person": ["Ana", "Bo"],
            "gave": pd.Categorical(["little", "much"]),
            "ok": pd.Categorical(["refused", "accepted"], ["refused", "accepted"]),
            "act": pd.Categorical(["c", "d"]),
        }
    )
    coded.to_stata(tmp_path / "t.dta", write_index=False)
    opened = sheet(tmp_path / "t.dta")
    assert opened.labels("act", {"c": 0, "d": 1}).tolist() == [0, 1]
    assert opened.flags("ok").tolist() == [0, 1]
    assert opened.numbers("gave").tolist() == [0, 1]
    assert opened.names("gave").tolist() == ["little", "much"]


def test_columns_by_amount():
    table = pd.DataFrame({"person": ["Ana"], "gave": 1, "if_0": 0, "if_2.5": 1, "if_x": 2})
    assert sheet(table).by_amount("if_{}", "strategy") == {"if_0": 0, "if_2.5": 2.5}
    for pattern in ("if_", "when_{}", 3):
        with pytest.raises(InputError, match="no column of a strategy method"):
            sheet(table).by_amount(pattern, "strategy")


def test_people_to_leave_out(tmp_path):
    (tmp_path / "drop.csv").write_text("7.0\n\n Ana \n")
    assert sheet(drop=tmp_path / "drop.csv").drop == {"7", "Ana"}
    assert sheet(drop=[7, "Ana"]).drop == {"7", "Ana"}
    assert sheet().drop == frozenset()
    with pytest.raises(InputError, match="cannot read"):
        sheet(drop="no such file.csv")
    with pytest.raises(InputError, match="missing: not a list"):
        sheet(missing=object())


def test_unknown_names_are_told():
    with pytest.raises(InputError, match="unknown name 'drp'; is 'drop' meant"):
        sheet(drp=[1])


def test_cells_of_any_kind():
    table = pd.DataFrame({"person": [["a"], {"b": 1}, object()], "gave": [[1], {}, pd.NaT]})
    opened = sheet(table)
    opened.numbers("gave")
    assert [fault.kind for fault in opened.faults] == ["impossible", "impossible", "missing"]
