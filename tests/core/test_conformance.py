import pytest

from comity.core.conformance import Broken, Check, CheckReport, run_check
from comity.core.errors import InputError


def raising(error):
    def check():
        raise error

    return check


@pytest.mark.parametrize(
    ("error", "status", "detail"),
    [
        (Broken("lacks a member"), "failed", "lacks a member"),
        (InputError("no such thing", place="here"), "failed", "here: no such thing"),
        (KeyError("missing"), "failed", "KeyError: 'missing'"),
        (ValueError("first line\nsecond line"), "failed", "ValueError: first line"),
        (AssertionError(), "failed", "AssertionError: "),
        (OverflowError("too many"), "skipped", "too many"),
    ],
)
def test_whatever_a_check_raises_is_in_the_report(error, status, detail):
    found = run_check("holds", raising(error), skips=(OverflowError,))
    assert found == Check("holds", status, detail)


def test_a_check_that_returns_has_passed():
    assert run_check("holds", lambda: None) == Check("holds", "passed")


def test_a_report_is_fine_unless_something_failed():
    fine, skipped, bad = (Check(s, s, s) for s in ("passed", "skipped", "failed"))
    assert CheckReport("it", (fine, skipped)).ok
    report = CheckReport("it", (fine, bad))
    assert not report.ok
    assert report.faults == (bad,)
    assert str(report).splitlines()[0] == "it: broken"
    assert report.to_dict()["subject"] == "it"
