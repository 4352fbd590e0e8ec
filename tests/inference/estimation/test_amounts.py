"""Expected amounts and their errors against loops."""

import numpy as np
import pytest

from comity.core.errors import InputError
from comity.inference.estimation.amounts import mean_prediction, option_amounts, rmse
from comity.inference.evidence import Evidence, Situation


def menu(*names):
    return Situation(names, np.zeros((len(names), 1)))


EVIDENCE = Evidence(
    (menu("0", "2.5", "1e1"), menu("keep 4", "lose -4")),
    ("a", "b"),
    np.array([0, 0, 1, 1]),
    np.array([0, 1, 0, 1]),
    np.array([2, 0, 1, 1]),
)
TABLE = np.array([[0.2, 0.4, 0.4], [0.75, 0.25, 0.0], [0.0, 0.5, 0.5], [0.5, 0.5, 0.0]])
EXPECTED = [5.0, 2.0, 6.25, 0.0]
CHOSEN = [10.0, 4.0, 2.5, -4.0]


def test_amounts_are_read_from_names():
    found = option_amounts(EVIDENCE)
    assert found[0].tolist() == [0.0, 2.5, 10.0]
    assert found[1, :2].tolist() == [4.0, -4.0]
    assert np.isnan(found[1, 2])


def test_means_and_errors_by_hand():
    assert mean_prediction(TABLE, option_amounts(EVIDENCE)) == pytest.approx(EXPECTED)
    errors = [(e - c) ** 2 for e, c in zip(EXPECTED, CHOSEN, strict=True)]
    found = rmse(TABLE, EVIDENCE)
    assert found.value == pytest.approx(np.sqrt(np.mean(errors)))
    assert 0 <= found.low < found.value < found.high
    doubled = 2 * option_amounts(EVIDENCE)
    assert rmse(TABLE, EVIDENCE, doubled).value == pytest.approx(2 * found.value)


def test_one_list_of_amounts_serves_all_rows():
    assert mean_prediction(TABLE, np.array([1.0, 2.0, 3.0])) == pytest.approx(TABLE @ [1, 2, 3])
    narrow = np.array([[0.5, 0.5, 0.0]])
    assert mean_prediction(narrow, np.array([1.0, 2.0])) == pytest.approx([1.5])


def test_the_mean_errs_least():
    """Of all forecasts by one amount the mean of what is chosen has the least square error."""
    rng = np.random.default_rng(1)
    amounts = np.arange(6.0)
    choice = rng.choice(6, p=[0.3, 0.1, 0.1, 0.2, 0.1, 0.2], size=200)
    evidence = Evidence(
        (menu(*"012345"),), tuple(map(str, range(200))), np.arange(200), np.zeros(200, int), choice
    )
    shares = np.tile(np.bincount(choice, minlength=6) / 200, (200, 1))
    assert rmse(shares, evidence).value == pytest.approx(choice.std())
    for other in rng.dirichlet(np.ones(6), 20):
        assert rmse(np.tile(other, (200, 1)), evidence, amounts).value >= choice.std()


@pytest.mark.parametrize("name", ["share", "3 of 10", "1,000", "nan", "inf"])
def test_amounts_are_never_guessed(name):
    evidence = Evidence((menu("1", name),), ("a",), *np.zeros((3, 1), int))
    with pytest.raises(InputError, match="not an amount"):
        option_amounts(evidence)


def test_amounts_that_do_not_fit_are_refused():
    with pytest.raises(InputError, match="does not fit"):
        rmse(TABLE, EVIDENCE, np.ones((3, 3)))
    with pytest.raises(InputError, match="does not fit"):
        rmse(TABLE, EVIDENCE, np.ones(4))
    with pytest.raises(InputError, match="row 2"):
        rmse(TABLE, EVIDENCE, np.where(np.arange(12).reshape(4, 3) == 7, np.nan, 1.0))
    alone = EVIDENCE.of_people([0])
    assert rmse(TABLE[:2], alone).kind == "unknown"
