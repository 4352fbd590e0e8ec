import pytest

from comity.cli.newsletter._issues import tell_check
from comity.newsletter.model.faults import Fault, Kind

STOPS = Fault(Kind.BLOCKED, "undecided", place="issue 1")
DOES_NOT = Fault(Kind.TOO_LONG, "long", place="issue 1")


@pytest.mark.parametrize(
    ("faults", "stops", "line"),
    [
        ((), False, "W #1: nothing is wrong"),
        ((DOES_NOT,), False, "W #1: 1 fault, which does not stop it"),
        ((DOES_NOT, DOES_NOT), False, "W #1: 2 faults, none of which stops it"),
        ((STOPS,), True, "W #1: 1 fault, which must be mended before sending"),
        ((STOPS, STOPS), True, "W #1: 2 faults, which must be mended before sending"),
        ((STOPS, DOES_NOT), True, "W #1: 2 faults, 1 of which must be mended before sending"),
    ],
)
def test_what_follows_from_faults_is_told(capsys, faults, stops, line):
    assert tell_check("W #1", faults) is stops
    out, err = capsys.readouterr()
    assert out == line + "\n"
    assert len(err.splitlines()) == len(faults)
