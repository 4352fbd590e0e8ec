"""Who of the players a row is about."""

import pandas as pd
import pytest

from comity.inference.evidence.adapters.roles import POSITION, in_role
from comity.inference.evidence.columns import PERSON
from comity.inference.evidence.sheet import open_sheet

WORDS = {"sender": ("sender", "1"), "receiver": ("receiver", "2")}


def sheet(positions):
    table = pd.DataFrame({"person": range(len(positions)), "role": positions})
    return open_sheet(table, (PERSON, POSITION), {})


@pytest.mark.parametrize(
    ("role", "alive"),
    [
        ("sender", [True, True, False, False, True, False, False]),
        ("receiver", [False, False, True, True, True, False, False]),
    ],
)
def test_rows_of_a_role(role, alive):
    opened = sheet(["Sender", 1, "receiver", "2.0", "both", "judge", None])
    part = in_role(opened, role, WORDS)
    assert part.alive.tolist() == alive
    assert opened.alive.all()
    assert [(fault.row, fault.kind) for fault in opened.faults] == [
        ("row 5", "impossible"),
        ("row 6", "missing"),
    ]


def test_all_rows_where_nobody_says():
    opened = sheet([None, None])
    assert "position" not in opened
    assert in_role(opened, "sender", WORDS).alive.all()
    assert opened.faults == ()
