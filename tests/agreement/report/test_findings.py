import dataclasses

import numpy as np
import pytest

from comity.agreement.report.space import own_payoffs


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


def test_the_best_lie_is_the_larger_of_certificate_and_page(river):
    found = river.lying()
    certificate = river.agreement.certificate.misreport_found
    for k, name in enumerate(river.names):
        shown = [
            s.payoffs[k] - river.scenarios[0].payoffs[k]
            for s in river.scenarios
            if s.liar == k and s.setting == "x1" and s.kind != "silent"
        ]
        assert found[name].value == pytest.approx(max(certificate[name].value, *shown))
        assert found[name].kind == "lower_bound"


def test_breakers_gain_by_their_own_view(river):
    gains = river.agreement.certificate.deviation_gain
    tempted = [name for name in river.names if gains[name]["own"].value > 0]
    assert river.breakers == tempted


def test_nobody_is_surprised_by_what_it_expects(river):
    same = dataclasses.replace(river, expected=np.array([-4.0, -3.0]))
    assert same.surprised == []
    more = dataclasses.replace(river, expected=np.array([-3.0, -3.0]))
    assert more.surprised == ["Upstream"]


def test_interim_figures_are_not_mixed_with_those_of_the_page(river):
    certificate = dataclasses.replace(river.agreement.certificate, information="interim")
    agreement = dataclasses.replace(river.agreement, certificate=certificate)
    assert dataclasses.replace(river, agreement=agreement).lying() == certificate.misreport_found
