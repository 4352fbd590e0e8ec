import pytest

from comity.newsletter.model.faults import Fault, Kind


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
