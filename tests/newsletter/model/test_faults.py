import pytest

from comity.newsletter.editions.checks import STOPPING
from comity.newsletter.model.faults import ADVICE, Fault, Kind


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (Fault(Kind.NO_TITLE, "No title", row=7, column="Title"), "row 7, Title: No title"),
        (Fault(Kind.NO_TITLE, "No title", row=7), "row 7: No title"),
        (
            Fault(Kind.BAD_CASE, "No such file", place="issue 2", found="x", expected="a Case"),
            "issue 2: No such file (found 'x'); expected a Case",
        ),
        (Fault(Kind.BLOCKED, "Undecided"), "Undecided"),
    ],
)
def test_a_fault_is_told_in_one_line(fault, line):
    assert str(fault) == line


def test_advice_stops_nothing():
    assert not any(fault.advises for fault in (Fault(Kind.TURNED, ""), Fault(Kind.LATE_ENTRY, "")))
    assert {Fault(kind, "").kind for kind in Kind if Fault(kind, "").advises} == ADVICE
    assert not ADVICE & STOPPING
