import numpy as np
import pytest

from comity.agreement import agree
from comity.agreement.acceptance import Finding
from comity.agreement.parties.silent import Silent
from comity.agreement.report.scenarios import rule_words


def of(findings, **wanted):
    return [s for s in findings.scenarios if all(getattr(s, k) == v for k, v in wanted.items())]


def test_the_first_run_is_the_honest_one_and_agrees_with_the_protocol(river):
    first = river.scenarios[0]
    assert (first.liar, first.kind, first.setting) == (None, "honest", "x1")
    assert first.payoffs == pytest.approx(river.deal)
    assert first.status == river.agreement.status


def test_staying_away_ends_where_the_protocol_ends(river):
    (run,) = of(river, liar=1, kind="silent", setting="x1")
    party = {"Downstream": Silent()}
    full = agree(river.agreement.case, parties=party, rng=1, misreports="none")
    assert full.status == "declined"
    assert run.status != "agreed"
    assert run.payoffs == pytest.approx(river.apart)


def test_runs_without_a_deal_pay_what_happens_without_one(river):
    dead = [s for s in river.scenarios if s.status != "agreed"]
    assert dead
    for run in dead:
        assert run.payoffs == pytest.approx(river.apart)
        assert run.tone in {"dead", "none"}


def test_gains_are_measured_from_what_each_expects(river):
    for run in river.scenarios:
        assert run.gains == pytest.approx(run.payoffs - river.expected)


def test_tones_follow_the_liars_gain(river):
    honest = {s.setting: s for s in of(river, liar=None)}
    for run in river.scenarios:
        if run.liar is None or run.status != "agreed":
            continue
        moved = run.payoffs[run.liar] - honest[run.setting].payoffs[run.liar]
        assert run.tone == ("pays" if moved > 1e-6 else "backfires" if moved < -1e-6 else "holds")


def test_a_lie_never_passes_a_tight_rule_that_it_fails_loosely(river):
    order = [setting.key for setting in river.settings]
    for run in river.scenarios:
        if run.status != "agreed":
            continue
        looser = order[order.index(run.setting) + 1 :]
        same = of(river, liar=run.liar, kind=run.kind, level=run.level)
        assert all(s.status == "agreed" for s in same if s.setting in looser)


def test_excess_says_which_runs_a_distance_rule_kills(river):
    for run in of(river, kind="beliefs"):
        honest_refuse = run.excess > 1 + 1e-9
        if honest_refuse:
            assert run.status != "agreed"


def test_a_switch_kills_and_protects(river):
    tones = {s.tone for s in river.scenarios if s.liar is not None and s.kind != "silent"}
    assert {"pays", "dead"} <= tones


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (Finding("gain", "", 0.5, 0, False, False, ""), "0.5 worse than going without"),
        (Finding("gain", "", -2, 0, True, False, ""), "2 better than going without"),
        (Finding("public", "raw", 3, 2, False, True, ""), "reports lie 3 apart, beyond the 2"),
        (Finding("private", "raw", 1, 2, True, False, ""), "from its own view, within the 2"),
        (Finding("private", "decision", 1, 2, True, False, ""), "cost it 1, within the 2"),
        (Finding("evidence", "", 1, 2, True, True, ""), "shared data worse by 1"),
    ],
)
def test_rules_in_words(finding, words):
    assert words in rule_words(finding)


def test_three_parties_have_what_ifs_too(three):
    assert {s.liar for s in three.scenarios} == {None, 0, 1, 2}
    assert all(len(s.rules) in {1, 3} for s in three.scenarios)
    assert np.isfinite([s.gains for s in three.scenarios]).all()
