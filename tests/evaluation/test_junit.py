"""One test per partner and family, in the form that CI services read."""

import dataclasses
from xml.etree import ElementTree

import pytest

from comity.core import Certified
from comity.evaluation.junit import THRESHOLDS, Threshold, junit
from comity.evaluation.regression import compare_versions
from comity.evaluation.results import Fault
from evaluating import evaluated


def document(*arguments, **options):
    return ElementTree.fromstring(junit(*arguments, **options))


def check_against_the_schema(root):
    """The rules of the JUnit schema that Jenkins states (jenkins-junit.xsd), in loops."""
    assert root.tag == "testsuites"
    assert set(root.attrib) <= {"name", "tests", "failures", "errors", "time", "disabled"}
    for suite in root:
        assert suite.tag == "testsuite"
        assert {"name", "tests"} <= set(suite.attrib)
        assert int(suite.get("tests")) == len(suite)
        assert int(suite.get("failures")) == sum(bool(case.findall("failure")) for case in suite)
        for case in suite:
            assert case.tag == "testcase"
            assert set(case.attrib) <= {"name", "classname", "time", "status", "assertions"}
            assert {"name", "classname"} <= set(case.attrib)
            assert all(child.tag in {"failure", "error", "skipped"} for child in case)
    assert int(root.get("tests")) == sum(len(suite) for suite in root)


def test_one_case_per_partner_and_family():
    found = evaluated("honest")
    root = document(found)
    check_against_the_schema(root)
    names = {(suite.get("name"), case.get("name")) for suite in root for case in suite}
    wanted = {(c.family, c.partner) for c in found.cells} | {("faults", "faults")}
    assert names == wanted


@pytest.mark.parametrize(("low", "high", "fails"), [(-9, 9, False), (5, 9, True), (-9, -5, True)])
def test_thresholds(low, high, fails):
    root = document(evaluated("honest"), thresholds=(Threshold("own", low, high, "why"),))
    check_against_the_schema(root)
    assert bool(root.findall(".//failure")) is fails


def test_what_chance_can_explain_does_not_fail():
    found = evaluated("honest")
    wide = Certified.estimate(-0.5, -2.0, 1.0)
    sure = Certified.estimate(-0.5, -0.6, -0.4)
    for figure, fails in ((wide, False), (sure, True)):
        cell = dataclasses.replace(found.cells[0], own=figure)
        root = document(dataclasses.replace(found, cells=(cell,)), thresholds=THRESHOLDS[:1])
        assert bool(root.findall(".//failure")) is fails


def test_faults_and_regressions_are_tests_too():
    broken = dataclasses.replace(
        evaluated("refuses"), faults=(Fault("act", "time-out", 3, "<late> & gone\x00"),)
    )
    root = document(broken, compare_versions(evaluated("honest"), evaluated("refuses")))
    check_against_the_schema(root)
    messages = [failure.get("message") for failure in root.findall(".//failure")]
    assert any("time-out in act, 3 times: <late> & gone" in m for m in messages)
    agreement = root.find(".//testcase[@name='programs: agreement']/failure").get("message")
    assert agreement.startswith("worse by −")
    assert " points (−" in agreement
