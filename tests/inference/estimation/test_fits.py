"""What a fit says: intervals, criteria, and why there is no number."""

import dataclasses
import json
import math

import numpy as np
import pytest
from scipy import stats

from comity.core.errors import InputError
from comity.inference.estimation.fits import STATUSES, Fit, Search
from comity.inference.explanations import explain

UNIT = 4.0


@pytest.fixture
def found() -> Fit:
    names = ("alpha", "beta", "sensitivity")
    free_covariance = np.diag([0.04, 0.01, 0.09])
    return Fit(
        explanation=explain("charness-rabin", "logit"),
        status="identified",
        estimates={"alpha": 0.1, "beta": 0.3, "sensitivity": math.exp(1.0) / UNIT},
        standard_errors=dict.fromkeys(names, 0.2),
        model_errors=dict.fromkeys(names, 0.1),
        covariance=free_covariance,
        log_likelihood=-50.0,
        log_likelihoods=np.full(100, -0.5),
        decisions=100,
        people=5,
        clusters=5,
        flat=(),
        search=Search(8, 8, (), 5, 1e-9),
        notes=(),
        warnings=(),
        point={"alpha": 0.1, "beta": 0.3, "sensitivity": math.exp(1.0) / UNIT},
        free=np.array([0.1, 0.3, 1.0]),
        free_covariance=free_covariance,
        scale=UNIT,
    )


def test_intervals_are_students_and_keep_to_the_bounds(found):
    reach = stats.t.ppf(0.95, 4)
    shown = found.estimate("alpha", level=0.9)
    assert (shown.low, shown.high) == pytest.approx((0.1 - 0.2 * reach, 0.1 + 0.2 * reach))
    steep = found.estimate("sensitivity", level=0.9)
    assert steep.low == pytest.approx(math.exp(1 - 0.3 * reach) / UNIT)
    assert steep.high == pytest.approx(math.exp(1 + 0.3 * reach) / UNIT)
    assert steep.low > 0
    assert found.certified["alpha"].level == 0.95


def test_criteria(found):
    assert found.aic == pytest.approx(106)
    assert found.bic == pytest.approx(3 * math.log(100) + 100)


def test_no_interval_without_a_reason(found):
    spread = found.free_covariance.copy()
    spread[0] = spread[:, 0] = np.nan
    loose = dataclasses.replace(
        found,
        status="not identified",
        estimates={**found.estimates, "alpha": math.nan},
        free_covariance=spread,
        flat=("alpha up leaves every choice as likely",),
    )
    assert str(loose.estimate("alpha")) == (
        "cannot tell (not identified: alpha up leaves every choice as likely)"
    )
    assert loose.estimate("beta").kind == "estimate"
    edge = dataclasses.replace(
        loose, status="at the edge", estimates={**found.estimates, "alpha": 0.0}
    )
    assert "alpha at 0, the end of its interval" in edge.estimate("alpha").method


def test_unknown_names_are_refused(found):
    with pytest.raises(InputError, match="no such parameter"):
        found.estimate("gamma")


def test_plain_data_can_be_written(found):
    data = json.loads(json.dumps(found.to_dict()))
    assert data["explanation"] == "charness-rabin x logit"
    assert data["estimates"]["beta"] == 0.3
    assert data["search"]["starts"] == 8
    assert "log_likelihoods" not in data


def test_predictions_are_those_of_the_member(found, allocations):
    table = allocations(2, 3)
    expected = found.explanation.predict(found.point, table)
    np.testing.assert_array_equal(found.predict(table), expected)
    assert found.member("fair").name == "fair"


def test_every_way_to_end_is_explained(found):
    assert found.identified
    assert found.converged
    assert found.status in STATUSES
