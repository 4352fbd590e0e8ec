"""Results are plain JSON and show themselves."""

import json

import numpy as np
import pytest

from comity.agreement import agree, compare
from comity.agreement.results import Certificate, Comparison, Decision, Difference
from comity.agreement.studies.scalar import scalar_case
from comity.core import Certified


def test_an_agreement_is_plain_json():
    agreement = agree(scalar_case(0.6, 0.5, 0.2), rng=1, misreports="none")
    data = agreement.to_dict()
    again = json.loads(json.dumps(data))
    assert again["status"] == "agreed"
    assert again["payoffs"] == pytest.approx(agreement.payoffs.tolist())
    assert again["certificate"]["gain_private"]["one"]["kind"] == "exact"
    # The Case and the models are long, and stand in files of their own.
    assert not {"case", "common", "reports"} & set(again)


def test_a_comparison_is_plain_json():
    found = compare(scalar_case(0.6, 0.5, 0.2))
    again = json.loads(json.dumps(found.to_dict()))
    assert again["differences"][0]["parties"] == ["one", "two"]
    assert again["conflict"] is False
    assert again["clash"] is False


def test_what_is_not_said_has_a_default():
    difference = Difference("facts", "x", ("A", "B"), (0.0, 1.0), 1.0, 0.5, True, False)
    assert difference.effect_alone == 0
    comparison = Comparison((difference,), 0.5, False)
    assert comparison.assumptions == ()
    assert not comparison.clash


def test_a_certificate_without_a_study_knows_no_truth():
    gain = {"A": Certified.exact(1.0, "by hand")}
    certificate = Certificate(
        gain, gain, {"A": gain}, gain, gain, {"A": {}}, "ex post", {}, {}, Certified.exact(0.0)
    )
    assert certificate.true_shortfall is None
    assert "gain_private" in certificate._repr_html_()


def test_decisions_give_their_reasons():
    case = scalar_case(0.9, 0.2, 0.1, 0.1)
    agreement = agree(case, rng=1, misreports="none")
    assert agreement.status == "refused"
    refusals = [d for d in agreement.decisions if not d.accepts]
    assert refusals
    assert all(isinstance(d, Decision) and "0.7" in d.reasons[0] for d in refusals)
    assert np.isfinite(agreement.disagreement).all()
