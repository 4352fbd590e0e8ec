"""The driver runs what it is asked, keeps what it ran, and looks again at what is off."""

import copy
import json

import pytest
import recovery
from recovery_report import any_off, off, point_identified, report

TREMBLE = "own-payoff x tremble"


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    store = tmp_path_factory.mktemp("recovery") / "store.json"
    return store, recovery.run(100, 0, store, [TREMBLE])


def parameter(low, high, intervals=1.0):
    middle = (low + high) / 2
    ratio = {"value": middle, "low": low, "high": high}
    return {"by_ratio": ratio, "intervals": intervals}


def test_an_error_rate_comes_back(stored):
    _, (record,) = stored
    assert record["explanation"] == TREMBLE
    assert record["replications"] == 100
    (error,) = record["parameters"]
    assert point_identified(error)
    assert error["by_ratio"]["low"] <= 0.9 <= error["by_ratio"]["high"]
    assert error["error"] < 0.5


def test_what_is_stored_is_not_run_again(stored, monkeypatch):
    store, first = stored
    monkeypatch.setattr(recovery, "recover", None)
    assert recovery.run(100, 0, store, [TREMBLE]) == json.loads(json.dumps(first))


def test_what_is_off_is_run_again_with_more_decisions(tmp_path, stored, monkeypatch):
    _, (record,) = stored
    bad = copy.deepcopy(record)
    bad["parameters"][0]["by_ratio"] |= {"low": 0.5, "high": 0.6}
    store = tmp_path / "store.json"
    store.write_text(json.dumps({TREMBLE: bad}))
    once, again = recovery.run(20, 0, store, [TREMBLE])
    assert again["times"] == recovery.TIMES
    assert again["decisions"] == recovery.TIMES * once["decisions"]
    assert f"with {recovery.TIMES} times as many" in report([once, again])


def test_coverage_is_two_sided_where_a_point_is_identified():
    assert not off(parameter(0.88, 0.92), 0.9)
    assert off(parameter(0.80, 0.89), 0.9)
    assert off(parameter(0.91, 0.95), 0.9)


def test_sets_may_hold_too_much_but_not_too_little():
    assert not off(parameter(0.97, 1.0, intervals=0.5), 0.9)
    assert off(parameter(0.80, 0.87, intervals=0.5), 0.9)


def test_the_page_counts_what_is_off(stored):
    _, (record,) = stored
    bad = copy.deepcopy(record)
    bad["parameters"][0]["by_ratio"] |= {"value": 0.55, "low": 0.5, "high": 0.6}
    assert any_off(bad)
    assert not any_off(record)
    assert "**1** have likelihood-ratio sets" in report([record, bad]).replace("\n", " ")
    assert "**0** have likelihood-ratio sets" in report([record]).replace("\n", " ")
