"""Units: people in a study share one, and what is said by unit is said of the studies."""

import dataclasses

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.clustered_means import mean_by_person
from comity.inference.estimation.units import as_people, unit_of
from comity.inference.evidence import Evidence, Situation

COIN = Situation(("x", "y"), [[1, 0], [0, 0]])
TABLE = Evidence(
    (COIN,),
    ("a", "b", "c", "d", "absent"),
    np.repeat(np.arange(4), 2),
    np.zeros(8, int),
    np.array([0, 0, 0, 1, 1, 1, 0, 1]),
    studies=("Monday", "Tuesday"),
    study=np.repeat([0, 0, 1, 1], 2),
)


def test_units_by_hand():
    assert unit_of(TABLE, "person").tolist() == [0, 1, 2, 3, -1]
    assert unit_of(TABLE, "study").tolist() == [0, 0, 1, 1, -1]
    assert as_people(TABLE, "person") is TABLE
    assert as_people(TABLE, "study").people == ("Monday", "Tuesday")


def test_the_error_of_a_mean_is_that_of_the_means_of_studies():
    values = TABLE.choice.astype(float)
    means = [values[TABLE.study == k].mean() for k in (0, 1)]
    found = mean_by_person(values, as_people(TABLE, "study"), "two sessions", 0.9)
    # Student's t with one degree of freedom, 6.3138 at 90%, times the error of two means.
    assert found.high - found.value == pytest.approx(
        6.3138 * np.std(means, ddof=1) / 2**0.5, rel=1e-4
    )


def test_a_person_in_two_studies_makes_them_depend():
    mixed = dataclasses.replace(TABLE, study=np.array([0, 1, 0, 0, 1, 1, 1, 1]))
    with pytest.raises(InputError, match=r"several studies.*found a; expected person"):
        unit_of(mixed, "study")
    with pytest.raises(InputError, match="cluster"):
        unit_of(TABLE, "weather")
