"""What a fit of several types says."""

import json

import numpy as np
import pytest
from scipy import stats

from comity.core.errors import InputError
from comity.inference.estimation.fits import Search
from comity.inference.estimation.mixture_fits import MixtureFit
from comity.inference.explanations import explain

SELFISH = explain("own-payoff", "logit")


@pytest.fixture
def found() -> MixtureFit:
    steep = {"steep": {"sensitivity": 2.0}, "shallow": {"sensitivity": 0.1}}
    return MixtureFit(
        explanations=(SELFISH, SELFISH),
        types=("steep", "shallow"),
        status="identified",
        shares={"steep": 0.7, "shallow": 0.3},
        share_errors={"steep": 0.1, "shallow": 0.1},
        estimates=steep,
        standard_errors=steep,
        posteriors=np.array([[1.0, 0.0], [0.0, 1.0], [0.25, 0.75]]),
        people=("person 0", "person 1", "person 5"),
        log_likelihood=-9.0,
        log_likelihoods=np.full(3, -3.0),
        decisions=12,
        clusters=3,
        entropy=0.56,
        normalised_entropy=0.1,
        shared=(),
        flat=(),
        search=Search(2, 2, (), 3, 0.0),
        notes=(),
        warnings=(),
        points=steep,
        free=np.zeros(3),
        free_covariance=np.eye(3),
        coordinates=(),
        scale=1.0,
    )


def test_people_are_predicted_by_posteriors_and_strangers_by_shares(found, allocations):
    table = allocations(3, 4)
    steep, shallow = (SELFISH.predict({"sensitivity": s}, table) for s in (2.0, 0.1))
    predicted = found.predict(table)
    np.testing.assert_allclose(predicted[:4], steep[:4])
    np.testing.assert_allclose(predicted[4:8], shallow[4:8])
    np.testing.assert_allclose(predicted[8:], 0.7 * steep[8:] + 0.3 * shallow[8:])


def test_strangers_are_of_each_type_with_its_share(found, allocations):
    table = allocations(3, 4)
    rows = np.arange(len(table))
    likelihoods = [
        [
            SELFISH.predict({"sensitivity": s}, table)[rows, 0][table.person == p].prod()
            for p in range(3)
        ]
        for s in (2.0, 0.1)
    ]
    np.testing.assert_allclose(
        np.exp(found.people_log_likelihoods(table)), np.array([0.7, 0.3]) @ likelihoods
    )


def test_share_s_interval_is_symmetric_in_log_odds(found):
    shown = found.share("steep", level=0.9)
    reach = stats.t.ppf(0.95, 2) * 0.1 / 0.21
    odds = np.log(0.7 / 0.3) + reach * np.array([-1, 1])
    np.testing.assert_allclose([shown.low, shown.high], 1 / (1 + np.exp(-odds)))
    with pytest.raises(InputError, match="no such type"):
        found.share("level")


def test_criteria_and_plain_data(found):
    assert found.aic == pytest.approx(24)
    assert found.icl == pytest.approx(found.bic + 1.12)
    assert json.loads(json.dumps(found.to_dict()))["shares"] == {"steep": 0.7, "shallow": 0.3}


def test_types_are_members(found):
    names = [(m.name, m.parameters["sensitivity"]) for m in found.members()]
    assert names == [("steep", 2.0), ("shallow", 0.1)]
