import dataclasses
from pathlib import Path

import numpy as np
import pytest

from comity.agreement import agree
from comity.agreement.report.gather import gather
from comity.agreement.report.space import own_payoffs
from comity.cases import load

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_the_deal_is_valued_by_each_ones_own_model(river):
    case = river.agreement.case
    assert river.deal == pytest.approx(own_payoffs(case.models, river.agreement.play))


def test_what_really_happens_is_each_ones_own_default(river):
    outcome = river.without.to_lottery().outcomes
    assert outcome == ((0, 0),)
    assert river.apart.tolist() == [-4, -3]
    assert river.clash


def test_walking_away_is_no_clash(household):
    assert not household.clash
    assert household.apart.tolist() == household.expected.tolist() == [8, 9]


def test_without_a_play_there_is_only_what_happens_apart(household):
    nothing = dataclasses.replace(household.agreement, status="refused", play=None)
    refused = dataclasses.replace(household, agreement=nothing)
    assert refused.deal.tolist() == [8, 9]
    assert not refused.agreed


def most_shown(findings, k):
    """Return what the best lie on the page gains party k under the agreed rules."""
    agreed = {setting.key for setting in findings.settings if setting.agreed}
    return max(
        s.payoffs[k] - findings.scenarios[0].payoffs[k]
        for s in findings.scenarios
        if s.liar == k and s.setting in agreed
    )


@pytest.mark.parametrize("case", ["river", "household"])
def test_no_lie_on_the_page_beats_the_certificate(case, request):
    findings = request.getfixturevalue(case)
    for k, name in enumerate(findings.names):
        found = findings.agreement.certificate.misreport_found[name].value
        assert most_shown(findings, k) <= found + 1e-8
        assert found == pytest.approx(max(0, most_shown(findings, k)), abs=1e-6)


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_no_lie_on_the_page_of_an_example_beats_the_certificate(example):
    findings = gather(agree(load(example), rng=1))
    for k, name in enumerate(findings.names):
        certificate = findings.agreement.certificate
        assert most_shown(findings, k) <= certificate.misreport_found[name].value + 1e-8
        bound = certificate.misreport_bound[name]
        assert certificate.misreport_found[name].value <= bound.value + 1e-7


def test_breakers_gain_by_their_own_view(river):
    gains = river.agreement.certificate.deviation_gain
    tempted = [name for name in river.names if gains[name]["own"].value > 0]
    assert river.breakers == tempted


def test_nobody_is_surprised_by_what_it_expects(river):
    same = dataclasses.replace(river, expected=np.array([-4.0, -3.0]))
    assert same.surprised == []
    more = dataclasses.replace(river, expected=np.array([-3.0, -3.0]))
    assert more.surprised == ["Upstream"]
