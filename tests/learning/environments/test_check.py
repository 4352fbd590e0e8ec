from comity.learning.environments.check import check_environment
from comity.learning.environments.lever import Lever


def test_a_sound_environment_passes_and_the_report_says_what_was_asked():
    report = check_environment(Lever())
    assert report.ok
    assert str(report).startswith("lever: ok\npassed  has every member")
    assert {check.status for check in report.checks} == {"passed", "skipped"}


def test_what_is_no_environment_fails_the_first_check_and_no_more_is_tried():
    report = check_environment(object())
    assert [check.status for check in report.checks] == ["failed"]
    assert "lacks name, engine" in report.faults[0].detail


def test_an_error_in_the_environment_is_a_fault_not_an_end():
    class Crash(Lever):
        def observe(self, state):
            raise ZeroDivisionError("broken")

    report = check_environment(Crash())
    assert any("ZeroDivisionError: broken" in check.detail for check in report.faults)
